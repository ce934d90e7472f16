// SPDX-License-Identifier: GPL-2.0-only
// What a spec of a socket call says of sockets.
#include <fmt/format.h>

#include "report/layout.h"
#include "report/page/words.h"

namespace kapi::page {
namespace {

std::string yes_no(const std::optional<bool>& value) {
  return value ? *value ? "yes" : "no" : std::string();
}

Section part(std::string title, Facts& facts) {
  return {.title = std::move(title), .nested = true, .facts = facts.take()};
}

Section state_section(const SocketState& state) {
  Facts facts;
  facts.add("Must be", words(state.required_states));
  facts.add("Must not be", words(state.forbidden_states));
  facts.add("Becomes", words(state.resulting_state)).add("When", state.state_condition);
  facts.add("Protocols", words(state.applicable_protocols));
  return part("Socket state", facts);
}

Section buffer_section(const BufferSpec& buffer) {
  Facts facts;
  facts.add("Behaviour", words(buffer.buffer_behaviors));
  facts.add_bytes("Least size", buffer.min_buffer_size);
  facts.add_bytes("Greatest size", buffer.max_buffer_size);
  facts.add_bytes("Best size", buffer.optimal_buffer_size);
  facts.add("Fragmentation", buffer.fragmentation_rules);
  facts.add("Partial transfer", yes_no(buffer.can_partial_transfer));
  facts.add("Rules of partial transfer", buffer.partial_transfer_rules);
  return part("Buffers", facts);
}

Section async_section(const Api& api, const AsyncSpec& async) {
  Facts facts;
  facts.add("Modes", words(async.supported_modes));
  facts.add("Error instead of blocking",
            async.nonblock_errno ? error_text(api, *async.nonblock_errno) : "");
  facts.add("Poll events in", async.poll_events_in).add("Poll events out", async.poll_events_out);
  facts.add("Complete when", async.completion_condition);
  facts.add("Timeout", yes_no(async.supports_timeout));
  facts.add("On timeout", async.timeout_behavior);
  return part("Without blocking", facts);
}

Section protocol_section(const std::vector<ProtocolBehavior>& behaviors) {
  Section section{.title = "Protocols", .nested = true};
  for (const ProtocolBehavior& behavior : behaviors) {
    Facts facts;
    facts.add("Flags", behavior.protocol_flags).add("Meaning of flags", behavior.flag_description);
    const std::string protocols = words(behavior.applicable_protocols);
    section.items.push_back({.term = protocols.empty() ? "any protocol" : protocols,
                             .name = "",
                             .gloss = "",
                             .prose = prose_of({behavior.behavior}),
                             .facts = facts.take()});
  }
  return section;
}

Section family_section(const std::vector<AddressFamily>& families) {
  Section section{.title = "Address families", .nested = true};
  for (const AddressFamily& family : families) {
    Facts facts;
    facts.add_bytes("Size of the address structure", family.addr_struct_size);
    facts.add_bytes("Least length of an address", family.min_addr_len);
    facts.add_bytes("Greatest length of an address", family.max_addr_len);
    facts.add("Format", family.addr_format).add("Features", words(family.features));
    facts.add("Special addresses", family.special_addresses);
    facts.add("Lowest port", family.port_range_min).add("Highest port", family.port_range_max);
    section.items.push_back({.term = family.name,
                             .name = "",
                             .gloss = number(family.family),
                             .code = true,
                             .prose = {},
                             .facts = facts.take()});
  }
  return section;
}

}  // namespace

std::vector<Section> network_sections(const Api& api) {
  const Network& network = *api.network;
  Facts facts;
  facts.add("Features", words(network.features));
  facts.add("Connecting", network.connection_establishment);
  facts.add("Disconnecting", network.connection_termination);
  facts.add("Data transfer", network.data_transfer_semantics);
  std::vector<Section> sections = {{.title = "Sockets", .facts = facts.take()}};
  if (network.socket_state) {
    sections.push_back(state_section(*network.socket_state));
  }
  sections.push_back(protocol_section(network.protocol_behaviors));
  if (network.buffer_spec) {
    sections.push_back(buffer_section(*network.buffer_spec));
  }
  if (network.async_spec) {
    sections.push_back(async_section(api, *network.async_spec));
  }
  sections.push_back(family_section(network.addr_families));
  return sections;
}

}  // namespace kapi::page
