// SPDX-License-Identifier: GPL-2.0-only
// The types of fields and arguments, where the corpora know what is behind a name.
#pragma once

#include "kapi/model.h"

namespace kapi {

enum class FieldRelation {
  respelled,  // the same values, or a record of the same layout
  reread,     // the same bytes, read as something else: a sign, a pointer, a record that is unknown
  changed,
};
// Of two fields of the same size.
FieldRelation relate_fields(const Field& before, const Field& after, const Corpus& old_corpus,
                            const Corpus& new_corpus);

// The layouts that two pointers of other types point to, if both are known and are not the same.
struct Pointees {
  const Struct* before = nullptr;
  const Struct* after = nullptr;
};
Pointees other_pointees(const Param& before, const Param& after, const Corpus& old_corpus,
                        const Corpus& new_corpus);

}  // namespace kapi
