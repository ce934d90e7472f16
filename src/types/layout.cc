// SPDX-License-Identifier: GPL-2.0-only
#include "types/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace kapi {

Place text_place(size_t line) { return {"", "type graph text, line", line}; }

namespace {

constexpr int kMaxNesting = 64;
constexpr uint64_t kMaxBits = uint64_t{1} << 43;  // a terabyte: sums below never wrap

uint64_t align_up(uint64_t value, uint64_t alignment) {
  return (value + alignment - 1) / alignment * alignment;
}

class RecordLayout {
 public:
  RecordLayout(TypeGraph& graph, const Abi& abi, const std::map<TypeId, OpenRecord>& open)
      : graph_(graph), abi_(abi), open_(open) {}

  void run() {
    for (const auto& entry : open_) {
      record(entry.first, 0);
    }
  }

 private:
  // Lays a record out once; returns its alignment in bytes.
  uint64_t record(TypeId id, int depth) {
    const auto it = open_.find(id);
    if (it == open_.end()) {
      return 1;
    }
    const OpenRecord& open = it->second;
    const auto [state, first] = alignments_.try_emplace(id, 0);
    if (!first) {
      if (state->second == 0) {
        throw InputError(text_place(open.line), graph_.spelling(id) + " holds itself by value");
      }
      return state->second;
    }
    if (depth > kMaxNesting) {
      throw InputError(text_place(open.line), "records nested too deeply");
    }
    RecordType type = std::get<RecordType>(graph_[id]);
    uint64_t alignment = 1;
    uint64_t end = 0;       // bits, of the last member
    uint64_t furthest = 0;  // bits, of all members
    for (size_t i = 0; i < type.members.size(); i++) {
      Member& member = type.members[i];
      uint64_t member_alignment = alignment_of(member.type, open, depth);
      if (open.packed || abi_.packed) {
        member_alignment = 1;
      }
      alignment = std::max(alignment, member_alignment);
      const uint64_t bits = width(member, open);
      if (!open.placed[i]) {
        member.bit_offset = type.is_union ? 0 : place(member, end, member_alignment, open);
      }
      if (member.bit_offset > kMaxBits) {
        throw InputError(text_place(open.line), "member " + member.name + " lies too far out");
      }
      end = member.bit_offset + bits;
      furthest = std::max(furthest, end);
    }
    if (!open.sized) {
      type.size = align_up((furthest + 7) / 8, alignment);
    }
    graph_.complete(id, std::move(type));
    alignments_[id] = alignment;
    return alignment;
  }

  // The first bit at or after `end` where the member may begin.
  uint64_t place(const Member& member, uint64_t end, uint64_t alignment, const OpenRecord& open) {
    if (member.bit_size == 0) {
      return align_up(align_up(end, 8), alignment * 8);
    }
    if (open.packed || abi_.packed) {
      return end;
    }
    // A bit-field does not cross the boundary of a unit of its declared type.
    const uint64_t unit = graph_.size_of(member.type) * 8;
    const bool crosses = end / unit != (end + member.bit_size - 1) / unit;
    return crosses ? align_up(end, alignment * 8) : end;
  }

  uint64_t width(const Member& member, const OpenRecord& open) {
    const uint64_t size = graph_.size_of(member.type);
    if (size > kMaxBits / 8) {
      throw InputError(text_place(open.line), "member " + member.name + " is too large");
    }
    if (member.bit_size > size * 8) {
      throw InputError(text_place(open.line), fmt::format("member {} has {} bits, its type {}",
                                                          member.name, member.bit_size, size * 8));
    }
    return member.bit_size != 0 ? member.bit_size : size * 8;
  }

  // Bytes. Lays out what is held by value on the way, so that its size is known afterwards.
  uint64_t alignment_of(TypeId id, const OpenRecord& holder, int depth) {
    id = graph_.strip(id);
    for (int i = 0; i < kMaxNesting; i++) {
      const auto* array = std::get_if<ArrayType>(&graph_[id]);
      if (array == nullptr) {
        break;
      }
      id = graph_.strip(array->element);
    }
    const TypeNode& node = graph_[id];
    if (const auto* type = std::get_if<RecordType>(&node)) {
      if (!type->complete) {
        throw InputError(text_place(holder.line),
                         "the size of " + graph_.spelling(id) + " is not known");
      }
      return record(id, depth + 1);
    }
    if (const auto* enumeration = std::get_if<EnumType>(&node)) {
      if (!enumeration->complete) {
        // Compilers take an int unless a value needs more; no kernel uses -fshort-enums.
        graph_.complete(id, EnumType{enumeration->name, 4, false, true, {}});
      }
    }
    const uint64_t size = graph_.size_of(id);
    if (size == 0) {
      throw InputError(text_place(holder.line),
                       "a member cannot be of type " + graph_.spelling(id));
    }
    const uint64_t natural = std::bit_floor(std::min<uint64_t>(size, 16));
    return natural == 8 ? std::max<uint64_t>(abi_.max_alignment_of_64bit, 1) : natural;
  }

  TypeGraph& graph_;
  const Abi& abi_;
  const std::map<TypeId, OpenRecord>& open_;
  std::map<TypeId, uint64_t> alignments_;  // bytes; 0 while the record is being laid out
};

}  // namespace

void lay_out_records(TypeGraph& graph, const Abi& abi, const std::map<TypeId, OpenRecord>& open) {
  RecordLayout(graph, abi, open).run();
}

}  // namespace kapi
