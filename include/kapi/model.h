// SPDX-License-Identifier: GPL-2.0-only
// model: the canonical form of what one input promises, whatever it was read from.
//
//   Corpus corpus = ...;                        // from an image, a source tree, a stored corpus
//   canonicalise(corpus);                       // one order for all
//   std::string json = to_json(corpus);         // same input, same bytes, on any machine
//   Corpus again = corpus_from_json(json, "a.json");
//
// Each struct lists its members once, in `members(self, visit)`. JSON both ways, the JSON Schema
// and the comparison are derived from that list, so a member cannot be written and not read, or
// read and not compared. Conventions: an empty string, an empty list and an empty optional mean
// "absent" and are not written (except for what identifies an element: name, fact, state, abi,
// entry, subject of an origin, type of a constraint); enumerations are lower-case kernel tokens
// ("caller_held"), and a number without a known token is "unknown_17"; the order of params, fields
// and state transitions is meaning, every other list is sorted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/base.h"

namespace kapi {

inline constexpr int kCorpusSchema = 1;

// A set of bits, written as a hexadecimal string.
struct Bits {
  uint64_t value = 0;
  bool operator==(const Bits&) const = default;
};

// ---- one API -----------------------------------------------------------------------------------

// The constraint of a parameter or of a struct field. Which members count depends on `type`: none,
// range (min, max), mask, enum (values), alignment, power_of_two, page_aligned, nonzero,
// user_string (min and max length without the NUL), user_path, user_ptr (size), buffer, custom.
struct Constraint {
  std::string type;
  std::optional<int64_t> min;
  std::optional<int64_t> max;  // absent in a range: no upper bound
  std::optional<Bits> mask;
  std::vector<int64_t> values;  // sorted
  std::optional<uint64_t> alignment;
  std::optional<uint64_t> size;  // bytes

  bool operator==(const Constraint&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("type", self.type);
    visit("min", self.min);
    visit("max", self.max);
    visit("mask", self.mask);
    visit("values", self.values);
    visit("alignment", self.alignment);
    visit("size", self.size);
  }
};

// A parameter of an API, or of a syscall as the image exposes it.
struct Param {
  std::string name;
  std::string type_name;           // C text: "int flags", "const char *"
  std::string type;                // void, int, uint, ptr, struct, …, fd, user_ptr, path, custom
  std::vector<std::string> flags;  // in, out, inout, optional, const, user, …
  std::optional<Constraint> constraint;
  std::optional<uint64_t> size;  // bytes
  std::optional<uint64_t> alignment;
  std::optional<int64_t> size_param;  // 0-based index of the parameter that holds the count
  std::optional<uint64_t> size_multiplier;
  std::string description;
  std::string constraint_text;
  // Of a sysfs attribute (RFC v2).
  std::string sysfs_path;
  std::string sysfs_permissions;  // octal: "0644"
  std::string default_value;
  std::string units;
  std::optional<int64_t> step;
  std::vector<std::string> allowed_strings;  // sorted

  bool operator==(const Param&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("type_name", self.type_name);
    visit("type", self.type);
    visit("flags", self.flags);
    visit("constraint", self.constraint);
    visit("size", self.size);
    visit("alignment", self.alignment);
    visit("size_param", self.size_param);
    visit("size_multiplier", self.size_multiplier);
    visit("description", self.description);
    visit("constraint_text", self.constraint_text);
    visit("sysfs_path", self.sysfs_path);
    visit("sysfs_permissions", self.sysfs_permissions);
    visit("default_value", self.default_value);
    visit("units", self.units);
    visit("step", self.step);
    visit("allowed_strings", self.allowed_strings);
  }
};

struct Return {
  std::string type_name;
  std::string type;
  std::string check;                     // exact, range, error_check, fd, custom, no_return
  std::optional<int64_t> success_value;  // exact
  std::optional<int64_t> success_min;    // range
  std::optional<int64_t> success_max;
  std::vector<int64_t> error_values;  // error_check; sorted
  std::string description;

  bool operator==(const Return&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("type_name", self.type_name);
    visit("type", self.type);
    visit("check", self.check);
    visit("success_value", self.success_value);
    visit("success_min", self.success_min);
    visit("success_max", self.success_max);
    visit("error_values", self.error_values);
    visit("description", self.description);
  }
};

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

struct Field {
  std::string name;
  std::string type;
  std::string type_name;
  uint64_t offset = 0;           // bytes from the start of the struct
  std::optional<uint64_t> size;  // bytes
  std::vector<std::string> flags;
  std::optional<Constraint> constraint;
  std::string enum_values;  // comma-separated text, as the spec has it
  std::string description;

  bool operator==(const Field&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("type", self.type);
    visit("type_name", self.type_name);
    visit("offset", self.offset);
    visit("size", self.size);
    visit("flags", self.flags);
    visit("constraint", self.constraint);
    visit("enum_values", self.enum_values);
    visit("description", self.description);
  }
};

struct Struct {
  std::string name;
  std::optional<uint64_t> size;  // bytes
  std::optional<uint64_t> alignment;
  std::vector<Field> fields;
  std::string description;

  bool operator==(const Struct&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("size", self.size);
    visit("alignment", self.alignment);
    visit("fields", self.fields);
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

// ---- surface -----------------------------------------------------------------------------------

// One implemented entry of a syscall table.
struct Syscall {
  std::string name;  // the entry without its prefix: "openat" of __x64_sys_openat
  std::string abi;   // x86_64, ia32, x32, arm64, …
  uint64_t number = 0;
  std::string entry;           // the symbol in the table
  bool has_signature = false;  // params are known (and may be none)
  std::vector<Param> params;

  bool operator==(const Syscall&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("abi", self.abi);
    visit("number", self.number);
    visit("entry", self.entry);
    visit("has_signature", self.has_signature);
    visit("params", self.params);
  }
};

// ---- provenance and coverage -------------------------------------------------------------------

// Where one subject was read.
struct Origin {
  std::string subject;  // "sys_open"
  std::string symbol;
  std::string section;
  std::optional<Bits> address;
  std::optional<Bits> offset;  // bytes from the start of the file

  bool operator==(const Origin&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("subject", self.subject);
    visit("symbol", self.symbol);
    visit("section", self.section);
    visit("address", self.address);
    visit("offset", self.offset);
  }
};

struct Source {
  std::string kind;    // "elf", "btf", "source", "debugfs"
  std::string file;    // without its folder
  std::string format;  // ET_EXEC, ET_DYN, ET_REL, BTF
  std::string architecture;
  uint64_t bits = 0;
  std::string endianness;  // little, big
  std::string release;     // "6.12.117+deb12-cloud-amd64"
  std::string banner;
  std::string build_id;
  std::string compiler;
  std::string types_from;                  // BTF, DWARF
  std::string spec_section;                // where the spec array was found, and by what
  std::string spec_layout;                 // BTF, DWARF, or the revision whose table was used
  std::vector<std::string> spec_evidence;  // why that layout
  std::vector<Origin> origins;             // sorted by subject
  // Members that inputs of this form cannot say, from the API down: "params.constraint_text". What
  // is absent there may still hold in the kernel. Sorted.
  std::vector<std::string> omits;
  // The kernel's configuration, if the image embeds it or it was given: lines of a .config that set
  // something, "CONFIG_AIO=y". Sorted.
  std::vector<std::string> config;

  bool operator==(const Source&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("kind", self.kind);
    visit("file", self.file);
    visit("format", self.format);
    visit("architecture", self.architecture);
    visit("bits", self.bits);
    visit("endianness", self.endianness);
    visit("release", self.release);
    visit("banner", self.banner);
    visit("build_id", self.build_id);
    visit("compiler", self.compiler);
    visit("types_from", self.types_from);
    visit("spec_section", self.spec_section);
    visit("spec_layout", self.spec_layout);
    visit("spec_evidence", self.spec_evidence);
    visit("origins", self.origins);
    visit("omits", self.omits);
    visit("config", self.config);
  }
};

// How much of one kind of fact was read. States:
//   complete     everything the input holds of it; what is missing does not exist
//   partial      some could not be read (diagnostics say what); what is missing may exist
//   absent       the input holds none of it (no spec section), so nothing can be concluded
//   unread       it is there, or may be, and could not be read; nothing can be concluded
//   not_asked    the caller did not ask for it
struct Coverage {
  std::string fact;  // "specs", "syscalls/x86_64", "signatures/x86_64"
  std::string state;
  uint64_t read = 0;
  uint64_t total = 0;
  std::string detail;

  bool operator==(const Coverage&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("fact", self.fact);
    visit("state", self.state);
    visit("read", self.read);
    visit("total", self.total);
    visit("detail", self.detail);
  }
};

// A name that userspace has for a number: an object-like macro of an installed header, or an
// enumerator.
struct Constant {
  std::string name;   // "O_NOATIME"
  std::string group;  // the start of the name that it shares with its like: "O_"
  int64_t value = 0;

  bool operator==(const Constant&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("group", self.group);
    visit("value", self.value);
  }
};

struct Corpus {
  int schema = kCorpusSchema;
  Source source;
  std::vector<Coverage> coverage;   // sorted by fact
  std::vector<Api> apis;            // sorted by name
  std::vector<Syscall> syscalls;    // sorted by ABI and number
  std::vector<Constant> constants;  // by which findings name values; sorted by name and group
  std::vector<Diagnostic> diagnostics;

  bool operator==(const Corpus&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("schema", self.schema);
    visit("source", self.source);
    visit("coverage", self.coverage);
    visit("apis", self.apis);
    visit("syscalls", self.syscalls);
    visit("constants", self.constants);
    visit("diagnostics", self.diagnostics);
  }
};

// Puts every list whose order is no meaning into its one order. Stable, and idempotent.
void canonicalise(Corpus& corpus);

// The coverage of a fact, or null.
const Coverage* find_coverage(const Corpus& corpus, std::string_view fact);

// UTF-8, two-space indent, trailing newline.
std::string to_json(const Corpus& corpus);
std::string to_json(const Api& api);
// Throws InputError: not JSON, not a corpus, a schema version that is not kCorpusSchema, a member
// that is missing, unknown, there twice or of the wrong type (with its JSON pointer as the section
// of its Place). Keeps the order of the file: canonicalise() what somebody else may have written.
Corpus corpus_from_json(std::string_view text, const std::string& file);
// Whether the text begins like a stored corpus, to tell inputs apart.
bool is_corpus_json(std::string_view text);
// JSON Schema (2020-12) of a stored corpus.
std::string corpus_json_schema();

// ---- value sets --------------------------------------------------------------------------------

// The type of the value a constraint looks at: the kernel sees the argument, narrowed to its C
// type, then extended to 64 bits, so an `int` of -1 has all 64 bits set and an `unsigned int`
// has 32.
struct ValueType {
  unsigned width = 64;  // bits, 1 to 64
  bool is_signed = true;
};

enum class SetOrder { equal, tightened, loosened, changed, incomparable };

struct SetComparison {
  SetOrder order = SetOrder::equal;
  // Smallest value (as an unsigned 64-bit pattern, so non-negative ones first) that only the old
  // set, and that only the new set accepts.
  std::optional<uint64_t> lost;
  std::optional<uint64_t> gained;
  // Two user_string, or two user_ptr constraints: the sets hold lengths of the memory behind the
  // argument in bytes (of a string without its NUL), and so do the witnesses.
  bool witness_is_length = false;
};

// Compares what two constraints accept; a null one accepts everything, as `none` and `buffer` do.
// Each set holds values of its own type only, so that a narrower type alone is a tightening.
// `incomparable` when one of them is not a set of values that can be decided from the number alone
// (custom, user memory, an unknown type) and they differ; of user memory, two string lengths and
// two pointers with a size can be compared. Page size is taken as 4096 on both.
SetComparison compare_constraints(const Constraint* old_constraint,
                                  const Constraint* new_constraint, ValueType old_type,
                                  ValueType new_type);
// Whether a value (already extended to 64 bits) is accepted; nothing if that cannot be decided. A
// value that the type cannot have is not.
std::optional<bool> accepts(const Constraint& constraint, ValueType type, uint64_t value);

}  // namespace kapi
