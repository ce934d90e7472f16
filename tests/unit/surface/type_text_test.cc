// SPDX-License-Identifier: GPL-2.0-only
#include "surface/type_text.h"

#include <doctest/doctest.h>

using namespace kapi;

namespace {

std::string spelling(const char* text) { return read_type_text(text).spelling; }

}  // namespace

TEST_CASE("one spelling for the C text of a type") {
  CHECK(spelling("unsigned") == "unsigned int");
  CHECK(spelling("long unsigned int") == "unsigned long");
  CHECK(spelling("const char __user *") == "const char *");
  CHECK(spelling("char const *") == "const char *");
  CHECK(spelling("const void * *") == "const void **");
  CHECK(spelling("const char __user *const __user *") == "const char *const *");
  CHECK(spelling("const volatile int*") == "const volatile int *");
  CHECK(spelling("volatile const int *") == "const volatile int *");
  CHECK(spelling("struct iovec __attribute__((btf_type_tag(\"user\"))) *") == "struct iovec *");
  CHECK(spelling("umode_t") == "umode_t");
}

TEST_CASE("qualifiers of the value itself are dropped") {
  CHECK(spelling("const int") == "int");
  CHECK(spelling("const enum landlock_rule_type") == "enum landlock_rule_type");
  CHECK(spelling("const struct landlock_ruleset_attr *const") ==
        "const struct landlock_ruleset_attr *");
}

TEST_CASE("what a text names") {
  CHECK(*read_type_text("const struct open_how __user *").named ==
        TypeName{TypeTag::structure, "open_how"});
  CHECK(*read_type_text("union bpf_attr *").named == TypeName{TypeTag::union_, "bpf_attr"});
  CHECK(*read_type_text("enum rule").named == TypeName{TypeTag::enumeration, "rule"});
  CHECK(*read_type_text("cap_user_data_t").named == TypeName{TypeTag::typedef_, "cap_user_data_t"});
  for (const char* base : {"int", "void *", "unsigned long *", "", "*"}) {
    CAPTURE(base);
    CHECK_FALSE(read_type_text(base).named);
  }
}

TEST_CASE("declarators that are no chain of pointers stay as they are") {
  CHECK(spelling("void (*)(int)") == "void ( * ) ( int )");
  CHECK_FALSE(read_type_text("struct pair [2]").named);
}
