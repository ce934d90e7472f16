// SPDX-License-Identifier: GPL-2.0-only
#include "surface/reach.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace kapi;

namespace {

// An image's types, all of them known.
class Declared : public ExactTypes {
 public:
  explicit Declared(std::string_view text) : graph_(TypeGraph::parse(text, Abi{})) {}
  std::string_view origin() const override { return "test"; }
  const TypeGraph& graph() const override { return graph_; }
  std::vector<std::vector<TypeId>> find(const std::vector<TypeName>&) override { return {}; }
  std::vector<std::vector<Prototype>> functions(const std::vector<FunctionName>&) override {
    return {};
  }
  bool complete(TypeId record) override {
    const auto* type = std::get_if<RecordType>(&graph_[record]);
    return type != nullptr && type->complete;
  }
  std::vector<TypeName> names() override { return {}; }
  std::vector<TypeId> unnamed_enumerations() override { return {}; }

 private:
  TypeGraph graph_;
};

// The names of what is reached, in order.
std::vector<std::string> reached(std::string_view text, const TypeName& root) {
  Declared types(text);
  Reach reach(types);
  reach.add(*types.graph().find(root), "call");
  std::vector<std::string> names;
  for (const auto& [id, users] : reach.reached()) {
    names.push_back(types.graph().spelling(id));
    CHECK(users == std::set<std::string>{"call"});
  }
  std::sort(names.begin(), names.end());
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("what is behind pointers, within, and in arrays is reached; functions are not followed") {
  CHECK(reached(R"(struct message {
  vector *struct part
  header struct head
  table [4]struct row
  next *struct message
  call *func(*struct unseen) *struct unseen
  set set_t
  - union {
    deep *const struct leaf
  }
}
struct part {
  base *void
}
struct head {
  mode enum mode
}
struct row {
  x u8
}
struct leaf {
  x u8
}
struct unseen {
  x u8
}
enum mode size 4 {
  OFF 0
}
typedef set_t struct {
  sig [2]u64
}
typedef message_t *struct message
)",
                {TypeTag::typedef_, "message_t"}) == Names{"enum mode", "set_t", "struct head",
                                                           "struct leaf", "struct message",
                                                           "struct part", "struct row"});
}

TEST_CASE("the kernel's own records behind a pointer are left out") {
  const char* text = R"(struct msqid_ds {
  msg_first *struct msg
  known struct counted
  hidden *struct opaque
}
struct msg {
  list struct list_head
  ns *struct ns
}
struct ns {
  x u8
}
struct counted {
  x u8
}
struct list_head {
  next *struct list_head
}
struct wrapped {
  - union {
    lock typed_t
  }
}
typedef typed_t struct spinlock
struct spinlock {
  x u32
}
struct opaque
)";
  CHECK(reached(text, {TypeTag::structure, "msqid_ds"}) ==
        Names{"struct counted", "struct msqid_ds"});
  CHECK(reached(text, {TypeTag::structure, "wrapped"}).empty());
}

TEST_CASE("held by value it is part of what holds it") {
  Declared types("struct a {\n  x *struct b\n  y struct b\n}\nstruct b {\n  z u8\n}\n");
  Reach reach(types);
  reach.add(*types.graph().find({TypeTag::structure, "a"}), "one");
  reach.add(*types.graph().find({TypeTag::structure, "b"}), "two");
  const auto users = reach.reached().at(*types.graph().find({TypeTag::structure, "b"}));
  CHECK(users == std::set<std::string>{"one", "two"});
}
