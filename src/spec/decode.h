// SPDX-License-Identifier: GPL-2.0-only
// From a struct kernel_api_spec in an image to an Api.
#pragma once

#include "kapi/model.h"
#include "spec/record.h"

namespace kapi {

Api decode_api(const Record& spec, std::string name);

// The spec of an ioctl in RFC v1: a struct around the API's, with members of its own.
Api decode_ioctl(const Record& ioctl, const Record& spec, std::string name);

// The parts, in files of their own: decode_params.cc, decode_lists.cc, decode_network.cc.
std::vector<std::string> decode_flags(const Record& holder);
Param decode_param(const Record& param, std::string_view kind);
std::optional<Constraint> decode_constraint(const Record& holder, std::string_view enum_values);
std::optional<Return> decode_return(const Record& spec);
void decode_lists(const Record& spec, Api& api);
// Nothing if the spec says nothing about sockets.
std::optional<Network> decode_network(const Record& spec);

}  // namespace kapi
