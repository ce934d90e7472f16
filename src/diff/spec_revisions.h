// SPDX-License-Identifier: GPL-2.0-only
// What the posted revisions of struct kernel_api_spec can say, so far as they differ in it: a
// member that a revision lacks is absent from all its specs, whatever the kernel does.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kapi/diff.h"

namespace kapi {

// In the order they were posted.
enum class SpecRevision { rfc1, rfc2, rfc3, rfc4, rfc5, patch1, patch2, patch3 };
std::string_view name(SpecRevision revision);  // "RFC v1", …, "PATCH v3/v4"

// The revision by which a corpus' specs were read; nothing if it has none or that is in doubt.
std::optional<SpecRevision> spec_revision(const Source& source);

// Whether the finding is that one side says what the other side's revision has no member for.
bool explained_by_revision(const Finding& finding, SpecRevision before, SpecRevision after);

}  // namespace kapi
