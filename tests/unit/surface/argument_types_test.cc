// SPDX-License-Identifier: GPL-2.0-only
#include "surface/argument_types.h"

#include <doctest/doctest.h>

using namespace kapi;

namespace {

// Types as an image would have them.
class Declared : public TypeReader {
 public:
  std::string_view origin() const override { return "test"; }
  std::optional<TypeId> import(TypeGraph& graph, const TypeName& name) override {
    if (graph.size() == 1) {
      graph = TypeGraph::parse(
          "typedef umode_t unsigned short\n"
          "typedef loff_t s64\n"
          "typedef handler_t *func(int) void\n"
          "enum rule size 4 {\n  A 0\n}\n"
          "struct pair {\n  a int\n  b int\n}\ntypedef pair_t struct pair\n",
          Abi{});
    }
    return graph.find(name);
  }
  std::vector<Enumerator> enumerators() override { return {}; }
};

void check(ArgumentTypes& types, const char* text, const char* type, uint64_t size) {
  CAPTURE(text);
  const auto& seen = types.classify(text);
  REQUIRE(seen);
  CHECK(seen->type == type);
  CHECK(seen->size == size);
}

}  // namespace

TEST_CASE("the ABI's view of C types") {
  Declared declared;
  ArgumentTypes types(declared, 8);
  check(types, "int", "int", 4);
  check(types, "const int", "int", 4);
  check(types, "unsigned", "uint", 4);
  check(types, "unsigned long", "uint", 8);
  check(types, "long", "int", 8);
  check(types, "long long unsigned int", "uint", 8);
  check(types, "unsigned char", "uint", 1);
  check(types, "short", "int", 2);
  check(types, "const char *", "ptr", 8);
  check(types, "struct iocb * *", "ptr", 8);
  check(types, "umode_t", "uint", 2);
  check(types, "const umode_t", "uint", 2);
  check(types, "loff_t", "int", 8);
  check(types, "handler_t", "ptr", 8);
  check(types, "enum rule", "uint", 4);
  CHECK_FALSE(types.classify("nowhere_t"));
  CHECK_FALSE(types.classify("pair_t"));
  CHECK_FALSE(types.classify(""));
}

TEST_CASE("long is as wide as a pointer") {
  Declared declared;
  ArgumentTypes types(declared, 4);
  check(types, "unsigned long", "uint", 4);
  check(types, "long long", "int", 8);
  check(types, "void *", "ptr", 4);
}
