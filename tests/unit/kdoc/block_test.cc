// SPDX-License-Identifier: GPL-2.0-only
// Specs in blocks. Expectations are what the generator of PATCH v4 writes and a compiler makes of
// it, as measured on that generator.
#include <doctest/doctest.h>

#include <limits>

#include "spec_text.h"

namespace kapi {
namespace {

using test::block_source;
using test::losses;
using test::Losses;
using test::only_api;
using test::read;
using test::source_of;

constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

// As sys_read is specified, in miniature.
constexpr std::string_view kRead =
    "sys_fetch - Fetch data from\n"
    "            an open file\n"
    "@fd: File to fetch from,\n"
    "     which must be open\n"
    "@buf: Where to put it\n"
    "@count: How much at most\n"
    "\n"
    "long-desc: Fetches up to @count bytes.\n"
    "  Stops at the end of the file.\n"
    "\n"
    "  Directories are refused.\n"
    "\n"
    "contexts: process, sleepable\n"
    "\n"
    "param: fd\n"
    "  type: fd, input\n"
    "  constraint-type: range(0, INT_MAX)\n"
    "  cdesc: Open for reading\n"
    "    and not a path only\n"
    "\n"
    "param: buf\n"
    "  type: user_ptr, output\n"
    "  constraint-type: buffer(2)\n"
    "\n"
    "param: count\n"
    "  type: uint, input\n"
    "  constraint-type: range(0, SIZE_MAX)\n"
    "\n"
    "return:\n"
    "  type: int\n"
    "  check-type: range\n"
    "  success: >= 0\n"
    "  desc: Bytes fetched, or\n"
    "    a negative error.\n"
    "\n"
    "error: EBADF, Not open for reading\n"
    "  desc: The descriptor is not valid,\n"
    "  or was not opened for reading.\n"
    "\n"
    "error: ERESTARTSYS, Interrupted\n"
    "\n"
    "lock: file->f_pos_lock\n"
    "  type: mutex\n"
    "  acquired: true\n"
    "  released: true\n"
    "  desc: For regular files.\n"
    "\n"
    "lock: RCU read-side, rcu\n"
    "  released: yes\n"
    "\n"
    "signal: Any signal\n"
    "  direction: receive, handle\n"
    "  action: restart\n"
    "  condition: While it waits\n"
    "  desc: Gives up\n"
    "    what it has.\n"
    "  errno: -EINTR\n"
    "  timing: during\n"
    "  priority: 3\n"
    "  restartable: yes\n"
    "  interruptible: yes\n"
    "  number: SIGTERM\n"
    "  target: the caller\n"
    "  queue: none\n"
    "  transform_to: SIGKILL\n"
    "  state_required: KAPI_SIGNAL_STATE_RUNNING | KAPI_SIGNAL_STATE_SLEEPING\n"
    "\n"
    "side-effect: file_position | modify_state\n"
    "  target: file->f_pos\n"
    "  condition: Seekable files\n"
    "  desc: Moves on.\n"
    "  reversible: yes\n"
    "\n"
    "state-trans: file\n"
    "  from: idle\n"
    "  to: read\n"
    "  condition: count is not 0\n"
    "  desc: Was read\n"
    "\n"
    "capability: CAP_DAC_OVERRIDE\n"
    "  type: bypass_check\n"
    "  allows: Reading it\n"
    "  without: Permissions count\n"
    "  condition: On open\n"
    "  priority: 1\n"
    "\n"
    "constraint: Size limit\n"
    "  desc: At most 2 GiB\n"
    "  expr: count <= MAX_RW_COUNT\n"
    "\n"
    "examples: n = fetch(fd, buf, 10);\n"
    "  n = fetch(fd, buf, 0);\n"
    "\n"
    "notes: Short reads are normal.\n";
constexpr std::string_view kReadFunction =
    "SYSCALL_DEFINE3(fetch, unsigned int, fd, char __user *, buf,\n\t\tsize_t, count)\n{\n}\n";

TEST_CASE("a whole spec in short tokens") {
  const SpecTexts texts = read(source_of(kRead, kReadFunction));
  CHECK(losses(texts) == Losses{});
  CHECK(texts.forms == std::set<std::string>{"kernel-doc blocks"});
  REQUIRE(texts.apis.size() == 1);
  REQUIRE(texts.origins.size() == 1);
  CHECK(texts.origins[0].subject == "sys_fetch");
  CHECK(texts.origins[0].section == "fs/thing.c:2");
  const Api& api = texts.apis[0];
  CHECK(api.name == "sys_fetch");
  CHECK(api.kind == "syscall");
  CHECK(api.version == 1);
  CHECK(api.description == "Fetch data from an open file");
  CHECK(api.long_description ==
        "Fetches up to @count bytes. Stops at the end of the file. Directories are refused.");
  CHECK(api.contexts == std::vector<std::string>{"process", "sleepable"});
  REQUIRE(api.params.size() == 3);
  Param fd;
  fd.name = "fd";
  fd.type_name = "unsigned int fd";
  fd.type = "fd";
  fd.flags = {"in"};
  fd.constraint.emplace().type = "range";
  fd.constraint->min = 0;
  fd.constraint->max = 2147483647;
  fd.description = "File to fetch from, which must be open";
  fd.constraint_text = "Open for reading and not a path only";
  CHECK(api.params[0] == fd);
  CHECK(api.params[1].type_name == "char __user * buf");
  CHECK(api.params[1].flags == std::vector<std::string>{"out", "user"});
  CHECK(api.params[1].constraint->type == "buffer");
  CHECK(api.params[1].size_param == 2);
  CHECK(api.params[2].constraint->min == 0);
  CHECK(!api.params[2].constraint->max);  // SIZE_MAX is stored as -1
  CHECK(api.return_ == Return{"KAPI_TYPE_INT",
                              "int",
                              "range",
                              std::nullopt,
                              0,
                              kMax,
                              {},
                              "Bytes fetched, or a negative error."});
  CHECK(api.errors ==
        std::vector<Error>{{"EBADF", -9, "Not open for reading",
                            "The descriptor is not valid, or was not opened for reading."},
                           {"ERESTARTSYS", -512, "Interrupted", "Interrupted"}});
  CHECK(api.locks ==
        std::vector<Lock>{{"file->f_pos_lock", "mutex", "internal", "For regular files."},
                          {"RCU read-side", "rcu", "releases", ""}});
  Signal signal;
  signal.name = "Any signal";
  signal.number = 15;
  signal.direction = {"handle", "receive"};
  signal.action = "restart";
  signal.target = "the caller";
  signal.condition = "While it waits";
  signal.description = "Gives up what it has.";
  signal.timing = "during";
  signal.priority = 3;
  signal.restartable = true;
  signal.interruptible = true;
  signal.error = -4;
  signal.transform_to = 9;
  signal.queue_behavior = "none";
  signal.state_required = {"running", "sleeping"};
  CHECK(api.signals == std::vector<Signal>{signal});
  CHECK(
      api.side_effects ==
      std::vector<SideEffect>{
          {{"file_position", "modify_state"}, "file->f_pos", "Seekable files", "Moves on.", true}});
  // The generator puts the condition into the text.
  CHECK(api.state_transitions ==
        std::vector<StateTransition>{{"file", "idle", "read", "", "count is not 0, Was read"}});
  CHECK(api.capabilities == std::vector<Capability>{{"CAP_DAC_OVERRIDE",
                                                     1,
                                                     "bypass_check",
                                                     "Reading it",
                                                     "Permissions count",
                                                     "On open",
                                                     1,
                                                     {}}});
  CHECK(api.constraints ==
        std::vector<ApiConstraint>{{"Size limit", "count <= MAX_RW_COUNT", "At most 2 GiB"}});
  CHECK(api.examples == "n = fetch(fd, buf, 10); n = fetch(fd, buf, 0);");
  CHECK(api.notes == "Short reads are normal.");
  CHECK(api.unresolved.empty());
}

TEST_CASE("the same spec in KAPI_ tokens is the same") {
  std::string text(kRead);
  const std::pair<std::string_view, std::string_view> kLong[] = {
      {"contexts: process, sleepable", "context-flags: KAPI_CTX_PROCESS | KAPI_CTX_SLEEPABLE"},
      {"type: fd, input", "type: KAPI_TYPE_FD\n  flags: KAPI_PARAM_IN"},
      {"constraint-type: range(0, INT_MAX)",
       "constraint-type: KAPI_CONSTRAINT_RANGE\n  range: 0, INT_MAX"},
      {"type: user_ptr, output",
       "type: KAPI_TYPE_USER_PTR\n  flags: KAPI_PARAM_OUT | "
       "KAPI_PARAM_USER"},
      {"constraint-type: buffer(2)", "constraint-type: KAPI_CONSTRAINT_BUFFER\n  size-param: 2"},
      {"type: uint, input", "type: KAPI_TYPE_UINT\n  flags: KAPI_PARAM_IN"},
      {"constraint-type: range(0, SIZE_MAX)",
       "constraint-type: KAPI_CONSTRAINT_RANGE\n  range: 0, SIZE_MAX"},
      {"type: int\n", "type: KAPI_TYPE_INT\n"},
      {"check-type: range", "check-type: KAPI_RETURN_RANGE"},
      {"type: mutex", "type: KAPI_LOCK_MUTEX"},
      {"read-side, rcu", "read-side, KAPI_LOCK_RCU"},
      {"direction: receive, handle", "direction: KAPI_SIGNAL_RECEIVE | KAPI_SIGNAL_HANDLE"},
      {"action: restart", "action: KAPI_SIGNAL_ACTION_RESTART"},
      {"timing: during", "timing: KAPI_SIGNAL_TIME_DURING"},
      {"side-effect: file_position | modify_state",
       "side-effect: KAPI_EFFECT_FILE_POSITION | KAPI_EFFECT_MODIFY_STATE"},
      {"type: bypass_check", "type: KAPI_CAP_BYPASS_CHECK"}};
  for (const auto& [from, to] : kLong) {
    const size_t at = text.find(from);
    REQUIRE(at != text.npos);
    text.replace(at, from.size(), to);
  }
  const SpecTexts texts = read(source_of(text, kReadFunction));
  CHECK(losses(texts) == Losses{});
  CHECK(texts.forms == std::set<std::string>{"kernel-doc blocks, KAPI_ tokens"});
  CHECK(only_api(texts) == only_api(read(source_of(kRead, kReadFunction))));
}

TEST_CASE("what the generator loses is lost, and said once") {
  const auto check = [](std::string_view lines, const Losses& expected) {
    CAPTURE(lines);
    const SpecTexts texts = read(block_source(lines));
    CHECK(losses(texts) == expected);
    return only_api(texts);
  };

  SUBCASE("errors") {
    CHECK(check("error: EPERM\n  desc: text\n", {"item-dropped:6"}).errors.empty());
    CHECK(check("error: -EPERM, no\n", {"item-dropped:6"}).errors.empty());
    const Api split = check("error: EINVAL, bad flag, or bad mode\n", {"comma-in-error:6"});
    CHECK(split.errors == std::vector<Error>{{"bad flag", -22, "or bad mode", "or bad mode"}});
    const Api merged =
        check("error: EINVAL, a\n  desc: first\nEPERM, b\n  desc: second\n", {"item-lost:8"});
    CHECK(merged.errors == std::vector<Error>{{"EINVAL", -22, "a", "first EPERM, b second"}});
    const Api bare = check("error: EINVAL, a\nEPERM, b\n", {});
    CHECK(bare.errors == std::vector<Error>{{"EINVAL", -22, "a", "a"}, {"EPERM", -1, "b", "b"}});
    const Api condition = check("error: EINVAL, a\n  condition: sometimes\n", {"key-unknown:7"});
    CHECK(condition.errors[0].description == "condition: sometimes");
    const Api blank = check("error: EINVAL, a\n  desc: first\n\n  second\n", {"text-lost:9"});
    CHECK(blank.errors[0].description == "first");
    const Api unknown = check("error: ENOTHING, a\n", {});
    CHECK(unknown.unresolved == std::vector<Unresolved>{{"errors/ENOTHING/code", "-ENOTHING"}});
    CHECK(unknown.errors[0].code == 0);
  }
  SUBCASE("locks") {
    CHECK(check("lock: a\n  desc: text\n", {"item-dropped:6"}).locks.empty());
    const Api scope = check("lock: a, mutex\n  scope: acquires\n", {"key-unknown:7"});
    CHECK(scope.locks[0].scope == "internal");
    const Api conditional =
        check("lock: a, mutex\n  acquired: conditional\n  released: true\n", {"token-unknown:7"});
    CHECK(conditional.locks[0].scope == "releases");
    CHECK(check("lock: a, mutex\n  acquired: yes\n  released: no\n", {}).locks[0].scope ==
          "acquires");
    const Api cut = check("lock: a, mutex\n  desc: Held while: reading\n    and: it goes\n    on\n",
                          {"key-unknown:8"});
    CHECK(cut.locks[0].description == "Held while: reading");
    const Api wrapped =
        check("lock: a, mutex\n  desc: One\n    two words: three\n", {"line-cut:8"});
    CHECK(wrapped.locks[0].description == "One");
    const Api type = check("lock: a, big_lock\n", {"token-unknown:6"});
    CHECK(type.locks[0].type.empty());
    CHECK(type.unresolved == std::vector<Unresolved>{{"locks/a/type", "big_lock"}});
  }
  SUBCASE("signals") {
    // The indented key opens a section; the rest of the block becomes text of an error.
    const Api error = check("signal: SIGX\n  error: -EINTR\n  timing: during\n",
                            {"item-dropped:7", "section-split:7"});
    CHECK(error.signals[0].timing.empty());
    CHECK(error.signals[0].action == "return");
    CHECK(error.signals[0].direction == std::vector<std::string>{"receive"});
    CHECK(error.signals[0].restartable == false);
    CHECK(check("signal: S\n  restartable: true\n", {"token-unknown:7"}).signals[0].restartable ==
          false);
    CHECK(check("signal: S\n  errno: EINTR\n", {"errno-positive:6"}).signals[0].error == 4);
    const Api timing = check("signal: S\n  timing: later\n", {"does-not-compile:7"});
    CHECK(timing.unresolved == std::vector<Unresolved>{{"signals/S/timing", "later"}});
    const Api flags = check("signal: S\n  sa_flags_required: SA_RESTART\n", {});
    CHECK(flags.unresolved ==
          std::vector<Unresolved>{{"signals/S/sa_flags_required", "SA_RESTART"}});
    const Api name =
        check("signal: A signal with a name that is too long for it\n", {"text-cut:6"});
    CHECK(name.signals[0].name == "A signal with a name that is...");
    CHECK(name.signals[0].name.size() == 31);
    CHECK(check("signal: S\n  desc: a\n  desc: b\n", {"key-repeated:7"}).signals[0].description ==
          "b");
  }
  SUBCASE("side effects") {
    const Api flat =
        check("side-effect: modify_state, file, It moves, condition=open, reversible=yes\n", {});
    CHECK(flat.side_effects ==
          std::vector<SideEffect>{{{"modify_state"}, "file", "open", "It moves", true}});
    const Api ignored =
        check("side-effect: modify_state, network\n  target: file\n", {"text-lost:7"});
    CHECK(ignored.side_effects[0].target == "network");
    CHECK(ignored.side_effects[0].types == std::vector<std::string>{"modify_state"});
    const Api unknown = check("side-effect: KAPI_EFFECT_MAGIC\n", {"token-unknown:6"});
    CHECK(unknown.side_effects[0].types == std::vector<std::string>{"modify_state"});
    CHECK(check("side-effect: KAPI_EFFECT_SCHEDULER\n", {}).side_effects[0].types ==
          std::vector<std::string>{"schedule"});
    CHECK(check("side-effect: none\n  desc: a\n", {}).side_effects[0].types.empty());
    const Api copied = check("side-effect: magic\n  target: t\n", {"token-unknown:6"});
    CHECK(copied.unresolved == std::vector<Unresolved>{{"side_effects/t/types", "magic"}});
  }
  SUBCASE("state transitions") {
    const Api flat = check("state-trans: file, open, closed, on exit, It closes\n", {});
    CHECK(flat.state_transitions ==
          std::vector<StateTransition>{{"file", "open", "closed", "", "on exit, It closes"}});
  }
  SUBCASE("capabilities") {
    CHECK(check("capability: none\n", {}).capabilities.empty());
    const Api head = check("capability: CAP_KILL, bypass, Signals anybody\n", {});
    CHECK(head.capabilities[0].name == "Signals anybody");
    CHECK(head.capabilities[0].number == 5);
    CHECK(head.capabilities[0].action == "bypass_check");
    CHECK(check("capability: CAP_KILL\n  type: magic\n", {"token-unknown:6"})
              .capabilities[0]
              .action == "perform_operation");
    CHECK(check("capability: CAP_KILL\n  desc: Words\n", {}).capabilities[0].name == "Words");
    const Api made_up =
        check("capability: CAP_KILL\n  allows: a\n\n  more text\n", {"item-made-up:9"});
    CHECK(made_up.capabilities.size() == 2);
    CHECK(made_up.unresolved.size() == 1);
    const Api unknown = check("capability: CAP_NEW\n", {});
    CHECK(unknown.unresolved ==
          std::vector<Unresolved>{{"capabilities/CAP_NEW/number", "CAP_NEW"}});
  }
  SUBCASE("the return value") {
    CHECK(!check("return:\n  check-type: fd\n", {"item-dropped:6"}).return_);
    const Api exact = check("return:\n  type: int\n  success: 1\n", {"text-lost:6"});
    CHECK(exact.return_ == Return{"KAPI_TYPE_INT", "int", "exact", 0, {}, {}, {}, ""});
    const Api range = check("return:\n  type: int\n  check-type: range\n", {});
    CHECK(range.return_->success_min == 0);
    CHECK(range.return_->success_max == 0);
    const Api blank = check("return:\n  type: int\n\n  desc: text\n", {"text-lost:9"});
    CHECK(blank.return_->description.empty());
    const Api type = check("return:\n  type: void\n  desc: a\n", {"token-unknown:6"});
    CHECK(type.return_->type_name == "void");
    CHECK(type.unresolved == std::vector<Unresolved>{{"return/type", "void"}});
    CHECK(check("Returns:\n  type: fd\n  check-type: fd\n", {}).return_->check == "fd");
  }
  SUBCASE("contexts and text") {
    CHECK(check("", {}).contexts == std::vector<std::string>{"process"});
    CHECK(check("notes: One.\n\nnotes: Two.\n", {}).notes == "One. Two.");
    const Api split = check("notes: One.\n  error: two\n", {"item-dropped:7", "section-split:7"});
    CHECK(split.notes == "One.");
    const Api since = check("notes: One.\nsince-version: 4.0\n", {"key-unknown:7"});
    CHECK(since.notes == "One. since-version: 4.0");
    CHECK(check("note: One.\n", {"section-ignored:6"}).notes.empty());
    CHECK(check("struct-field: a, u32, b\n", {"section-ignored:6"}).structs.empty());
    CHECK(check("Notes: One::\n  code\n", {}).notes == "One:: code");
    CHECK(check("@error: EINVAL, text\n", {"param-unknown:6", "section-ignored:6"}).errors.empty());
  }
}

TEST_CASE("long text is cut, by characters of the C literal") {
  const std::string words(600, 'x');
  const SpecTexts texts = read(block_source("constraint: a\n  desc: " + words + "\n"));
  CHECK(losses(texts) == Losses{"text-cut:6"});
  CHECK(only_api(texts).constraints[0].description == std::string(508, 'x') + "...");
  CHECK(losses(read(block_source("constraint: a\n  desc: " + std::string(511, 'x') + "\n"))) ==
        Losses{});
  const std::string quotes(256, '"');
  CHECK(only_api(read(block_source("constraint: a\n  desc: " + quotes + "\n")))
            .constraints[0]
            .description == std::string(254, '"') + "...");
  std::string umlauts;
  for (int i = 0; i < 511; i++) {
    umlauts += "\xc3\xbc";
  }
  CHECK(losses(read(block_source("constraint: a\n  desc: " + umlauts + "\n"))) == Losses{});
  CHECK(only_api(read(block_source("notes: " + words + "\n"))).notes == words);
}

TEST_CASE("which comments are specs") {
  // One indicator is not enough: a plain comment may have a section "lock".
  CHECK(read(source_of("sys_thing - text\n\nlock: a, mutex\n")).apis.empty());
  const SpecTexts one = read(source_of("sys_thing - text\n\ncontexts: process\n"));
  CHECK(one.apis.empty());
  CHECK(losses(one) == Losses{"not-a-spec:2"});
  CHECK(read(source_of("sys_thing - text\n\nlock: a, mutex\nconstraint: b\n")).apis.size() == 1);
  CHECK(read(source_of("sys_thing - text\n\nLock: a, mutex\nCONSTRAINT: b\n")).apis.size() == 1);
  // Not at the start of a line, not two stars, not of a function.
  const std::string spec = "long-desc: a\ncontexts: process\n";
  CHECK(read("  " + source_of("sys_thing - text\n\n" + spec)).apis.empty());
  CHECK(read(source_of("struct thing - text\n\n" + spec)).apis.empty());
  CHECK(read(source_of("DOC: thing\n\n" + spec)).apis.empty());
  const SpecTexts other = read(source_of("sys_other - text\n\n" + spec));
  CHECK(other.apis.empty());
  CHECK(losses(other) == Losses{"function-mismatch:2"});
  CHECK(losses(read(source_of("sys_thing - text\n\n" + spec, ""))) == Losses{"function-missing:2"});
}

TEST_CASE("the function behind the comment names the parameters") {
  const auto params = [](std::string_view name, std::string_view function) {
    const Api api = only_api(read(
        source_of(std::string(name) + " - text\n\nlong-desc: a\ncontexts: process\n", function)));
    std::vector<std::string> out;
    for (const Param& param : api.params) {
      out.push_back(param.name + '|' + param.type_name);
    }
    return out;
  };
  using List = std::vector<std::string>;
  CHECK(params("sys_open", "SYSCALL_DEFINE2(open, const char __user *, name, int, flags)\n{") ==
        List{"name|const char __user * name", "flags|int flags"});
  CHECK(params("sys_open", "COMPAT_SYSCALL_DEFINE1(open, int, fd)\n{") == List{"fd|int fd"});
  CHECK(params("sys_pause", "SYSCALL_DEFINE0(pause)\n{") == List{"void|void"});
  CHECK(params("kfree", "void kfree(const void *object);") == List{"object|const void *object"});
  CHECK(params("f", "static inline int f(struct a *a, char b[10],\n\t\tu8 c)\n{") ==
        List{"a|struct a *a", "b|char b[10]", "c|u8 c"});
  CHECK(params("f", "int f(void (*done)(int, int), ...)\n{") ==
        List{"done|void (*done)(int, int)", "...|..."});
  CHECK(params("f", "EXPORT int __printf(1, 2) f(int a) __acquires(x)\n{") == List{"a|int a"});
  CHECK(params("f", "#define f(a, b) \\\n\tg(a)\n") == List{"a|a", "b|b"});
  CHECK(params("f", "#ifdef X\nint f(int a /* the a */) // text {\n{") == List{"a|int a"});
}

}  // namespace
}  // namespace kapi
