// SPDX-License-Identifier: GPL-2.0-only
// A spec in blocks, with short tokens (PATCH v3 on) or KAPI_ ones (RFC v4 on): what the generator
// of PATCH v4 makes of it.
#pragma once

#include "kdoc/prototype.h"
#include "kdoc/spec_values.h"

namespace kapi {

// Fills everything but name and kind.
void read_block_spec(const DocComment& comment, const FunctionPrototype& prototype,
                     const SpecValues& values);

// Its parts.
void read_block_params(const DocComment& comment, const FunctionPrototype& prototype,
                       const SpecValues& values);
void read_block_return(const DocComment& comment, const SpecValues& values);
void read_block_errors(const DocComment& comment, const SpecValues& values);
void read_block_locks(const DocComment& comment, const SpecValues& values);
void read_block_constraints(const DocComment& comment, const SpecValues& values);
void read_block_signals(const DocComment& comment, const SpecValues& values);
void read_block_side_effects(const DocComment& comment, const SpecValues& values);
void read_block_state_transitions(const DocComment& comment, const SpecValues& values);
void read_block_capabilities(const DocComment& comment, const SpecValues& values);

// The line "TYPE, target, text[, condition=…][, reversible=yes]".
struct FlatEffect {
  std::string type;
  std::string target;
  std::string description;
  std::string condition;
  bool reversible = false;
};
FlatEffect split_flat_effect(std::string_view line);

}  // namespace kapi
