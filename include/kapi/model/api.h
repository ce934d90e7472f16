// SPDX-License-Identifier: GPL-2.0-only
// One API as its spec declares it. See kapi/model.h for the conventions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/model/signature.h"

namespace kapi {

struct Error {
  std::string name;  // "ENOENT"
  int64_t code = 0;  // negative, as the kernel returns it
  std::string condition;
  std::string description;

  bool operator==(const Error&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("code", self.code);
    visit("condition", self.condition);
    visit("description", self.description);
  }
};

struct Lock {
  std::string name;
  std::string type;   // none, mutex, spinlock, rwlock, seqlock, rcu, semaphore, custom
  std::string scope;  // internal, acquires, releases, caller_held
  std::string description;

  bool operator==(const Lock&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("type", self.type);
    visit("scope", self.scope);
    visit("description", self.description);
  }
};

// A constraint of the API as a whole, in words.
struct ApiConstraint {
  std::string name;
  std::string expression;
  std::string description;

  bool operator==(const ApiConstraint&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("expression", self.expression);
    visit("description", self.description);
  }
};

struct Signal {
  std::string name;
  std::optional<int64_t> number;       // absent: not one specific signal
  std::vector<std::string> direction;  // receive, send, handle, block, ignore
  std::string action;                  // default, terminate, …, restart, transform
  std::string target;
  std::string condition;
  std::string description;
  std::string timing;
  std::optional<uint64_t> priority;
  bool restartable = false;
  bool interruptible = false;
  std::optional<int64_t> error;  // as written in the spec, normally negative
  std::optional<int64_t> transform_to;
  std::string queue_behavior;
  std::optional<Bits> sa_flags_required;
  std::optional<Bits> sa_flags_forbidden;
  std::vector<std::string> state_required;  // running, sleeping, stopped, traced, zombie, dead
  std::vector<std::string> state_forbidden;

  bool operator==(const Signal&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("number", self.number);
    visit("direction", self.direction);
    visit("action", self.action);
    visit("target", self.target);
    visit("condition", self.condition);
    visit("description", self.description);
    visit("timing", self.timing);
    visit("priority", self.priority);
    visit("restartable", self.restartable);
    visit("interruptible", self.interruptible);
    visit("error", self.error);
    visit("transform_to", self.transform_to);
    visit("queue_behavior", self.queue_behavior);
    visit("sa_flags_required", self.sa_flags_required);
    visit("sa_flags_forbidden", self.sa_flags_forbidden);
    visit("state_required", self.state_required);
    visit("state_forbidden", self.state_forbidden);
  }
};

struct SignalMask {
  std::string name;
  std::vector<int64_t> signals;  // sorted
  std::string description;

  bool operator==(const SignalMask&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("signals", self.signals);
    visit("description", self.description);
  }
};

struct SideEffect {
  std::vector<std::string> types;  // alloc_memory, …, irreversible
  std::string target;
  std::string condition;
  std::string description;
  bool reversible = false;

  bool operator==(const SideEffect&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("types", self.types);
    visit("target", self.target);
    visit("condition", self.condition);
    visit("description", self.description);
    visit("reversible", self.reversible);
  }
};

struct StateTransition {
  std::string object;
  std::string from;
  std::string to;
  std::string condition;
  std::string description;

  bool operator==(const StateTransition&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("object", self.object);
    visit("from", self.from);
    visit("to", self.to);
    visit("condition", self.condition);
    visit("description", self.description);
  }
};

struct Capability {
  std::string name;
  int64_t number = 0;  // CAP_*; 0 is CAP_CHOWN
  std::string action;  // bypass_check, increase_limit, …, perform_operation
  std::string allows;
  std::string without_cap;
  std::string check_condition;
  std::optional<uint64_t> priority;
  std::vector<int64_t> alternatives;  // sorted

  bool operator==(const Capability&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("number", self.number);
    visit("action", self.action);
    visit("allows", self.allows);
    visit("without_cap", self.without_cap);
    visit("check_condition", self.check_condition);
    visit("priority", self.priority);
    visit("alternatives", self.alternatives);
  }
};

// ---- sockets (RFC v2 to PATCH v2) --------------------------------------------------------------

struct SocketState {
  std::vector<std::string> required_states;  // closed, bound, listen, established, …
  std::vector<std::string> forbidden_states;
  std::string resulting_state;
  std::string state_condition;
  std::vector<std::string> applicable_protocols;  // tcp, udp, unix, …

  bool operator==(const SocketState&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("required_states", self.required_states);
    visit("forbidden_states", self.forbidden_states);
    visit("resulting_state", self.resulting_state);
    visit("state_condition", self.state_condition);
    visit("applicable_protocols", self.applicable_protocols);
  }
};

struct ProtocolBehavior {
  std::vector<std::string> applicable_protocols;
  std::string behavior;
  std::optional<int64_t> protocol_flags;
  std::string flag_description;

  bool operator==(const ProtocolBehavior&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("applicable_protocols", self.applicable_protocols);
    visit("behavior", self.behavior);
    visit("protocol_flags", self.protocol_flags);
    visit("flag_description", self.flag_description);
  }
};

struct BufferSpec {
  std::vector<std::string> buffer_behaviors;  // peek, truncate, scatter, …
  std::optional<uint64_t> min_buffer_size;    // bytes
  std::optional<uint64_t> max_buffer_size;
  std::optional<uint64_t> optimal_buffer_size;
  std::string fragmentation_rules;
  std::optional<bool> can_partial_transfer;  // absent: no
  std::string partial_transfer_rules;

  bool operator==(const BufferSpec&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("buffer_behaviors", self.buffer_behaviors);
    visit("min_buffer_size", self.min_buffer_size);
    visit("max_buffer_size", self.max_buffer_size);
    visit("optimal_buffer_size", self.optimal_buffer_size);
    visit("fragmentation_rules", self.fragmentation_rules);
    visit("can_partial_transfer", self.can_partial_transfer);
    visit("partial_transfer_rules", self.partial_transfer_rules);
  }
};

struct AsyncSpec {
  std::vector<std::string> supported_modes;  // nonblock, poll_ready, …; block is no bit
  std::optional<int64_t> nonblock_errno;
  std::optional<Bits> poll_events_in;
  std::optional<Bits> poll_events_out;
  std::string completion_condition;
  std::optional<bool> supports_timeout;  // absent: no
  std::string timeout_behavior;

  bool operator==(const AsyncSpec&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("supported_modes", self.supported_modes);
    visit("nonblock_errno", self.nonblock_errno);
    visit("poll_events_in", self.poll_events_in);
    visit("poll_events_out", self.poll_events_out);
    visit("completion_condition", self.completion_condition);
    visit("supports_timeout", self.supports_timeout);
    visit("timeout_behavior", self.timeout_behavior);
  }
};

struct AddressFamily {
  std::string name;
  int64_t family = 0;                        // AF_*
  std::optional<uint64_t> addr_struct_size;  // bytes
  std::optional<uint64_t> min_addr_len;
  std::optional<uint64_t> max_addr_len;
  std::string addr_format;
  std::vector<std::string> features;  // broadcast, multicast, wildcard
  std::string special_addresses;
  std::optional<uint64_t> port_range_min;
  std::optional<uint64_t> port_range_max;

  bool operator==(const AddressFamily&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("family", self.family);
    visit("addr_struct_size", self.addr_struct_size);
    visit("min_addr_len", self.min_addr_len);
    visit("max_addr_len", self.max_addr_len);
    visit("addr_format", self.addr_format);
    visit("features", self.features);
    visit("special_addresses", self.special_addresses);
    visit("port_range_min", self.port_range_min);
    visit("port_range_max", self.port_range_max);
  }
};

struct Network {
  std::optional<SocketState> socket_state;
  std::vector<ProtocolBehavior> protocol_behaviors;
  std::optional<BufferSpec> buffer_spec;
  std::optional<AsyncSpec> async_spec;
  std::vector<AddressFamily> addr_families;
  // connection_oriented, message_oriented, oob_data, peek, reentrant, select_poll
  std::vector<std::string> features;
  std::string connection_establishment;
  std::string connection_termination;
  std::string data_transfer_semantics;

  bool operator==(const Network&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("socket_state", self.socket_state);
    visit("protocol_behaviors", self.protocol_behaviors);
    visit("buffer_spec", self.buffer_spec);
    visit("async_spec", self.async_spec);
    visit("addr_families", self.addr_families);
    visit("features", self.features);
    visit("connection_establishment", self.connection_establishment);
    visit("connection_termination", self.connection_termination);
    visit("data_transfer_semantics", self.data_transfer_semantics);
  }
};

// ---- one API, whole ----------------------------------------------------------------------------

// A value that a source text gives as an expression whose names are not known: the member is absent
// from the model and stands here. `path` names it from the API down, elements by name:
// "params/flags/constraint/mask", "params/count/size", "signals/SIGIO/number".
struct Unresolved {
  std::string path;
  std::string expression;  // "O_RDONLY | O_FANCY"

  bool operator==(const Unresolved&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("path", self.path);
    visit("expression", self.expression);
  }
};

struct Api {
  std::string name;  // "sys_open"
  std::string kind;  // syscall, ioctl, function, sysfs
  uint64_t version = 0;
  std::string description;
  std::string long_description;
  std::vector<std::string> contexts;  // process, softirq, …, sleepable
  std::vector<Param> params;
  std::optional<Return> return_;
  std::vector<Error> errors;
  std::vector<Lock> locks;
  std::vector<ApiConstraint> constraints;
  std::vector<Signal> signals;
  std::vector<SignalMask> signal_masks;
  std::vector<Struct> structs;
  std::vector<SideEffect> side_effects;
  std::vector<StateTransition> state_transitions;
  std::vector<Capability> capabilities;
  std::string examples;
  std::string notes;
  std::string since_version;
  std::optional<bool> deprecated;  // absent: no
  std::string replacement;         // of a deprecated API
  // Of an ioctl (RFC v2).
  std::optional<Bits> cmd;
  std::string cmd_name;
  std::optional<uint64_t> input_size;  // bytes
  std::optional<uint64_t> output_size;
  std::string file_ops_name;
  // Of a sysfs attribute (RFC v2).
  std::string subsystem;
  std::string device_type;
  std::optional<Network> network;
  std::vector<Unresolved> unresolved;  // sorted by path

  bool operator==(const Api&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("kind", self.kind);
    visit("version", self.version);
    visit("description", self.description);
    visit("long_description", self.long_description);
    visit("contexts", self.contexts);
    visit("params", self.params);
    visit("return", self.return_);
    visit("errors", self.errors);
    visit("locks", self.locks);
    visit("constraints", self.constraints);
    visit("signals", self.signals);
    visit("signal_masks", self.signal_masks);
    visit("structs", self.structs);
    visit("side_effects", self.side_effects);
    visit("state_transitions", self.state_transitions);
    visit("capabilities", self.capabilities);
    visit("examples", self.examples);
    visit("notes", self.notes);
    visit("since_version", self.since_version);
    visit("deprecated", self.deprecated);
    visit("replacement", self.replacement);
    visit("cmd", self.cmd);
    visit("cmd_name", self.cmd_name);
    visit("input_size", self.input_size);
    visit("output_size", self.output_size);
    visit("file_ops_name", self.file_ops_name);
    visit("subsystem", self.subsystem);
    visit("device_type", self.device_type);
    visit("network", self.network);
    visit("unresolved", self.unresolved);
  }
};

}  // namespace kapi
