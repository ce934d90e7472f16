// SPDX-License-Identifier: GPL-2.0-only
// From the initialiser of a struct kernel_api_spec to an Api. Mirrors, member for member, how a
// spec of RFC v2 is read from an image (src/spec/decode*.cc).
#pragma once

#include "kapi/model.h"
#include "kdoc/macro_record.h"

namespace kapi {

Api build_macro_api(const MacroRecord& spec);
// Of a driver's command, from the struct around its spec.
void build_macro_command(const MacroRecord& holder, Api& api);

// The parts, in files of their own.
std::vector<std::string> build_macro_flags(const MacroRecord& holder);
std::optional<Constraint> build_macro_constraint(const MacroRecord& holder,
                                                 std::string_view enum_values);
Param build_macro_param(const MacroRecord& param, std::string_view kind);
std::optional<Return> build_macro_return(const MacroRecord& spec);
void build_macro_lists(const MacroRecord& spec, Api& api);
std::optional<Network> build_macro_network(const MacroRecord& spec);

}  // namespace kapi
