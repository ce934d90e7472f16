// SPDX-License-Identifier: GPL-2.0-only
#include "report/page/page.h"

#include <doctest/doctest.h>

#include <limits>

#include "sample.h"

using namespace kapi;

namespace {

using Limits = std::numeric_limits<int64_t>;

std::string accepted(const Constraint& constraint) {
  return page::accepted_text(constraint, {}, "params/x/constraint");
}

std::string fact(const std::vector<page::Fact>& facts, std::string_view label) {
  for (const page::Fact& fact : facts) {
    if (fact.label == label) {
      return fact.value;
    }
  }
  return "(none)";
}

}  // namespace

TEST_CASE("what a constraint accepts, in words") {
  CHECK(accepted({.type = "none"}).empty());
  CHECK(accepted({.type = "range", .min = 1, .max = 4}) == "1 to 4");
  CHECK(accepted({.type = "range", .min = 1}) == "1 or more");
  CHECK(accepted({.type = "range", .min = Limits::min(), .max = 4096}) == "4096 or less");
  CHECK(accepted({.type = "range", .min = Limits::min(), .max = Limits::max()}) == "any value");
  CHECK(accepted({.type = "mask", .mask = Bits{0x7}}) == "only the bits 0x7");
  CHECK(accepted({.type = "mask", .mask = Bits{0}}) == "no bit: 0x0 only");
  CHECK(accepted({.type = "enum", .values = {-1, 3}}) == "one of -1, 3");
  CHECK(accepted({.type = "enum"}) == "any value, as none is listed");
  CHECK(accepted({.type = "alignment", .alignment = 64}) == "multiples of 64");
  CHECK(accepted({.type = "user_string", .min = 1, .max = 255}) ==
        "a string in user memory, of 1 to 255 bytes without the NUL");
  CHECK(accepted({.type = "user_ptr", .size = 24}) == "a pointer to user memory of 24 bytes");
  // Neither a token without words nor a member that its type does not use is lost.
  CHECK(accepted({.type = "unknown_17"}) == "unknown 17");
  CHECK(accepted({.type = "nonzero", .mask = Bits{0x3}}) == "any value but 0; bits 0x3");
}

TEST_CASE("an expression that could not be resolved stands where its number would") {
  Api api;
  api.unresolved = {{"params/flags/constraint/mask", "O_RDONLY | O_FANCY"},
                    {"params/size/constraint/max", "PAGE_SIZE"}};
  CHECK(page::accepted_text({.type = "mask"}, api, "params/flags/constraint") ==
        "only the bits O_RDONLY | O_FANCY");
  CHECK(page::accepted_text({.type = "range", .min = 1}, api, "params/size/constraint") ==
        "1 to PAGE_SIZE");
  CHECK(page::accepted_text({.type = "mask"}, api, "params/other/constraint") ==
        "certain bits only");
}

TEST_CASE("a parameter says what its C type does not, and names the parameter with its count") {
  Api api;
  api.params = {{.name = "buf",
                 .type_name = "char __user *",
                 .type = "user_ptr",
                 .flags = {"inout", "user"},
                 .size_param = 1,
                 .size_multiplier = 1},
                {.name = "count", .type_name = "size_t", .type = "uint", .flags = {"in"}},
                {.name = "mode", .type_name = "umode_t", .type = "uint"},
                {.name = "fd", .type_name = "int", .type = "fd", .size_param = 9}};
  const page::Item buf = page::param_item(api, api.params[0]);
  CHECK(buf.term == "char __user *buf");
  CHECK(buf.gloss == "in and out");
  CHECK(fact(buf.facts, "Count") == "in the parameter count");
  CHECK(fact(buf.facts, "Size of an element") == "1 byte");
  CHECK(page::param_item(api, api.params[1]).gloss == "in");
  CHECK(page::param_item(api, api.params[2]).gloss == "unsigned integer");
  const page::Item fd = page::param_item(api, api.params[3]);
  CHECK(fd.gloss == "file descriptor");
  CHECK(fact(fd.facts, "Count") == "in a parameter that there is not (index 9)");
}

TEST_CASE("a return value says what success is, and errors by name") {
  Api api;
  api.errors = {{.name = "EPERM", .code = -1}};
  api.return_ = Return{.type_name = "KAPI_TYPE_FD", .type = "fd", .check = "fd"};
  CHECK(fact(page::return_section(api).facts, "Success") == "a file descriptor, 0 or more");
  CHECK(fact(page::return_section(api).facts, "Type") == "(none)");
  api.return_ =
      Return{.type_name = "long", .type = "int", .check = "error_check", .error_values = {-22, -1}};
  CHECK(fact(page::return_section(api).facts, "Failure") == "one of EINVAL (-22), EPERM (-1)");
  api.return_ =
      Return{.type = "int", .check = "range", .success_min = 0, .success_max = Limits::max()};
  CHECK(fact(page::return_section(api).facts, "Success") == "0 or more");
  api.return_ = Return{.type = "int", .check = "unknown_9", .success_value = 3};
  CHECK(fact(page::return_section(api).facts, "Check") == "unknown 9");
  CHECK(fact(page::return_section(api).facts, "Value of success") == "3");
}

TEST_CASE("numbers that are the same everywhere have their names before them") {
  const page::Item mask = page::signal_mask_item({.name = "m", .signals = {9, 15, 17}});
  CHECK(fact(mask.facts, "Signals") == "SIGKILL (9), SIGTERM (15), signal 17");
  const page::Item capability =
      page::capability_item({.name = "CAP_X", .number = 2, .alternatives = {0, 21, 99}});
  CHECK(fact(capability.facts, "Instead of it") ==
        "CAP_CHOWN (0), CAP_SYS_ADMIN (21), capability 99");
}

TEST_CASE("a synopsis is C as far as the spec knows it") {
  const auto synopsis = [](const Api& api) {
    std::string out;
    for (const page::Prototype& prototype : page::synopsis_of(&api, {})) {
      out += plain_text(prototype);
    }
    return out;
  };
  Api api{.name = "sys_open", .kind = "syscall"};
  api.params = {{.name = "path", .type_name = "const char __user * path"},
                {.name = "flags", .type_name = "int flags"}};
  CHECK(synopsis(api) == "open(const char __user *path, int flags);");
  api.return_ = Return{.type_name = "KAPI_TYPE_INT", .type = "int"};
  CHECK(synopsis(api) == "long open(const char __user *path, int flags);");
  api.kind = "function";
  CHECK(synopsis(api) == "sys_open(const char __user *path, int flags);");
  api.return_->type_name = "struct file *";
  CHECK(synopsis(api) == "struct file *sys_open(const char __user *path, int flags);");
  api.params.clear();
  CHECK(synopsis(api) == "struct file *sys_open(void);");
  api = {.name = "binder_version", .kind = "ioctl", .cmd_name = "BINDER_VERSION"};
  CHECK(synopsis(api) == "int ioctl(int fd, BINDER_VERSION, ...);");
  CHECK(synopsis({.name = "size", .kind = "sysfs"}).empty());
}

TEST_CASE("a heading stands only above something") {
  Corpus corpus;
  corpus.apis = {{.name = "sys_x", .kind = "syscall", .version = 1}};
  const Match match{"sys_x", &corpus.apis[0], {}};
  CHECK(page::page_of(corpus, match).sections.empty());
  corpus.apis[0].structs = {{.name = "s"}};
  corpus.apis[0].examples = " \n\t\n";
  const page::Page page = page::page_of(corpus, match);
  REQUIRE(page.sections.size() == 2);
  CHECK(page.sections[0].title == "Structures");
  CHECK(page.sections[1].title == "struct s");
}

TEST_CASE("what a kind of input cannot say is said once, in words") {
  Corpus corpus;
  corpus.apis = {{.name = "sys_x", .kind = "syscall"}};
  corpus.source.kind = "debugfs";
  corpus.source.omits = {"params.constraint_text", "structs"};
  const page::Page page = page::page_of(corpus, {"sys_x", &corpus.apis[0], {}});
  const page::Section* section = page::find_section(page, "Not covered");
  REQUIRE(section != nullptr);
  CHECK(section->prose[0].find("of the kind debugfs cannot say") != std::string::npos);
  CHECK(section->prose[1] == "constraint text of params, structs.");
}
