// SPDX-License-Identifier: GPL-2.0-only
// The types of one BTF, alone or as the continuation of another, numbered in one sequence: the ids
// of the base, then those of the module.
//
// A module's types are numbered, and its names lie, behind those of the vmlinux it was built with,
// its base. Since Linux 6.11 a module may carry a copy of what it needs of that (.BTF.base, "the
// distilled base": the names and sizes of its records without their members), so that it fits other
// builds. Its ids then are behind those of the copy, and each type of the copy is looked up in the
// base by name.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "types/btf_check.h"
#include "types/name_index.h"
#include "types/type_source.h"

struct btf;
struct btf_type;

namespace kapi {

// Questions that are const may come from several threads.
class BtfSource : public TypeSource {
 public:
  enum class Part { whole, distilled };

  // `pointer_size` 0: as the types say. Both throw InputError.
  BtfSource(Cursor bytes, uint64_t pointer_size, Part part = Part::whole);
  // Of a module. `distilled`, if it is not null, is its .BTF.base; else ids count from the base. A
  // null base leaves the records of the distilled one incomplete. One of both is there.
  BtfSource(Cursor bytes, uint64_t pointer_size, const std::shared_ptr<const BtfSource>& base,
            const std::shared_ptr<const BtfSource>& distilled);
  ~BtfSource() override;
  BtfSource(const BtfSource&) = delete;
  BtfSource& operator=(const BtfSource&) = delete;

  // A definition of the module's own before one of its base.
  std::optional<SourceId> find(const TypeName& name) override { return lookup(name); }
  std::optional<SourceId> lookup(const TypeName& name) const;
  Shape describe(SourceId id, Detail detail) override { return shape(id, detail); }
  Shape shape(SourceId id, Detail detail) const;
  Place place(SourceId id) const override;
  std::vector<Enumerator> enumerators() const;
  std::vector<std::vector<SourceId>> find_all(const std::vector<TypeName>& names) override;
  std::vector<std::vector<FunctionShape>> functions(
      const std::vector<FunctionName>& names) override;
  std::vector<TypeName> names() override;
  std::vector<SourceId> unnamed_enumerations() override;

  struct NamedFunction {
    std::string name;
    SourceId prototype;
    std::vector<std::string> parameters;  // names; a variadic one has its dots as a last, empty one
  };
  // Nothing if that is the id of no function.
  std::optional<NamedFunction> function(SourceId id) const;

 private:
  struct Free {
    void operator()(btf* handle) const;
  };
  void open(const BtfSource* before);
  void relocate(const BtfSource& distilled);
  uint64_t base_count() const { return base_ ? base_->count() : 0; }
  uint64_t count() const { return base_count() + summary_.offset.size(); }
  // The id that a type of this BTF itself (not of its base) uses -> the one in the sequence.
  uint64_t in_sequence(uint32_t own) const;
  // The id in libbpf's handle of a type of this BTF itself.
  uint32_t in_handle(uint64_t id) const {
    return summary_.first_id + static_cast<uint32_t>(id - base_count() - 1);
  }
  const btf_type* type(uint64_t id) const;
  const char* text(uint32_t offset) const;
  // Past type tags, which say how a pointer may be used ("user", "rcu"), not what it points to.
  SourceId follow(uint32_t own) const;
  // The tag and name of a definition; nothing for what has neither, or is declared only.
  std::optional<std::pair<TypeTag, std::string_view>> definition(const btf_type* type) const;
  template <class Visit>
  void for_each_type(Visit visit) const;
  void fill_index() const;
  void index(uint64_t id, const btf_type* type, std::string_view name) const;
  Shape own_shape(SourceId id, Detail detail) const;
  Shape record(const btf_type* type, Detail detail) const;
  void integer_bits(SourceId target, Member& member) const;
  EnumType enumeration(const btf_type* type) const;
  Shape function(const btf_type* type) const;

  std::shared_ptr<const BtfSource> base_;
  std::shared_ptr<const BtfSource> distilled_;  // libbpf's handle refers to its
  BtfSummary summary_;
  std::unique_ptr<btf, Free> handle_;
  uint64_t pointer_size_;
  Part part_ = Part::whole;
  std::vector<uint64_t> of_distilled_;  // from the ids of the distilled base to those of the base
  mutable std::once_flag indexed_;
  mutable NameIndex index_;
  mutable std::map<std::string, uint64_t> bases_;  // by canonical name
};

}  // namespace kapi
