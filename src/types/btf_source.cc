// SPDX-License-Identifier: GPL-2.0-only
// BTF through libbpf: kernel Documentation/bpf/btf.rst.
#include "types/btf_source.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <fmt/format.h>

#include <cstring>

#include "types/base_names.h"
#include "types/memory_file.h"

namespace kapi {
namespace {

// libbpf reports to stderr unless told otherwise; what it has to say comes back as an error code.
// Its printer is one for all threads, so it is silenced once and for all.
btf* parse_quietly(std::span<const std::byte> bytes, btf* before) {
  static const libbpf_print_fn_t kBefore = libbpf_set_print(nullptr);
  (void)kBefore;
  if (before == nullptr) {
    return btf__new(bytes.data(), static_cast<uint32_t>(bytes.size()));
  }
  // Not btf__new_split(): libbpf 1.1 declares it and does not export it.
  const Descriptor file(memory_file(bytes));
  return file.get() < 0
             ? nullptr
             : btf__parse_raw_split(fmt::format("/proc/self/fd/{}", file.get()).c_str(), before);
}

bool is_float_name(std::string_view name) {
  return name == "float" || name == "double" || name == "long double" || name == "_Float128";
}

}  // namespace

void BtfSource::Free::operator()(btf* handle) const { btf__free(handle); }

BtfSource::~BtfSource() = default;

BtfSource::BtfSource(Cursor bytes, uint64_t pointer_size, Part part)
    : summary_(check_btf(bytes)), pointer_size_(pointer_size), part_(part) {
  open(nullptr);
}

BtfSource::BtfSource(Cursor bytes, uint64_t pointer_size,
                     const std::shared_ptr<const BtfSource>& base,
                     const std::shared_ptr<const BtfSource>& distilled)
    : base_(base ? base : distilled),
      distilled_(distilled),
      summary_(check_btf(bytes, distilled ? &distilled->summary_ : &base->summary_)),
      pointer_size_(pointer_size) {
  open(distilled ? distilled.get() : base.get());
  summary_.signed_enums = summary_.signed_enums || base_->summary_.signed_enums;
  if (base && distilled) {
    relocate(*distilled);
  }
}

void BtfSource::open(const BtfSource* before) {
  if (summary_.whole.size() > UINT32_MAX) {
    summary_.whole.fail("BTF of more than 4 GiB");
  }
  handle_.reset(
      parse_quietly(summary_.whole.span(), before == nullptr ? nullptr : before->handle_.get()));
  if (!handle_) {
    summary_.whole.fail(fmt::format("libbpf refuses this BTF: {}", std::strerror(errno)));
  }
  if (pointer_size_ == 0) {
    pointer_size_ = before != nullptr ? before->pointer_size_ : btf__pointer_size(handle_.get());
  }
  if (pointer_size_ == 0) {
    pointer_size_ = 8;  // no type named long: BTF of a fragment
  }
}

uint64_t BtfSource::in_sequence(uint32_t own) const {
  if (own >= summary_.first_id) {
    return base_count() + (own - summary_.first_id) + 1;
  }
  return of_distilled_.empty() ? own : of_distilled_.at(own);
}

std::optional<SourceId> BtfSource::lookup(const TypeName& name) const {
  std::call_once(indexed_, [this] { fill_index(); });
  if (name.tag == TypeTag::base) {
    const auto it = bases_.find(name.name);
    if (it != bases_.end()) {
      return SourceId{it->second, 0};
    }
  } else if (const auto id = index_.find(name.tag, name.name);
             id && text(type(*id)->name_off) == name.name) {
    return SourceId{*id, 0};
  }
  return base_ ? base_->lookup(name) : std::nullopt;
}

Shape BtfSource::shape(SourceId id, Detail detail) const {
  return id.key <= base_count() ? base_->shape(id, detail) : own_shape(id, detail);
}

Shape BtfSource::own_shape(SourceId id, Detail detail) const {
  const btf_type* type = this->type(id.key);
  switch (btf_kind(type)) {
    case BTF_KIND_INT: {
      // pahole writes a float as an integer unless told otherwise.
      if (is_float_name(text(type->name_off))) {
        return {FloatType{text(type->name_off), type->size}, {}};
      }
      const int encoding = btf_int_encoding(type);
      return {canonical_integer(text(type->name_off), type->size, (encoding & BTF_INT_SIGNED) != 0,
                                (encoding & BTF_INT_BOOL) != 0, (encoding & BTF_INT_CHAR) != 0),
              {}};
    }
    case BTF_KIND_FLOAT:
      return {FloatType{text(type->name_off), type->size}, {}};
    case BTF_KIND_PTR:
      return {PointerType{0, pointer_size_}, {follow(type->type)}};
    case BTF_KIND_ARRAY:
      return {ArrayType{0, btf_array(type)->nelems}, {follow(btf_array(type)->type)}};
    case BTF_KIND_STRUCT:
    case BTF_KIND_UNION:
      return record(type, detail);
    case BTF_KIND_FWD:
      return {RecordType{text(type->name_off), btf_kflag(type), false, 0, {}}, {}};
    case BTF_KIND_ENUM:
    case BTF_KIND_ENUM64:
      return {enumeration(type), {}};
    case BTF_KIND_TYPEDEF:
      return {TypedefType{text(type->name_off), 0}, {follow(type->type)}};
    case BTF_KIND_CONST:
      return {QualifiedType{Qualifier::const_, 0}, {follow(type->type)}};
    case BTF_KIND_VOLATILE:
      return {QualifiedType{Qualifier::volatile_, 0}, {follow(type->type)}};
    case BTF_KIND_RESTRICT:
      return {QualifiedType{Qualifier::restrict_, 0}, {follow(type->type)}};
    case BTF_KIND_FUNC_PROTO:
      return function(type);
    default:
      throw InputError(place(id), fmt::format("type {} is a variable, a function, a section or "
                                              "a tag, and used as a type",
                                              id.key));
  }
}

std::vector<Enumerator> BtfSource::enumerators() const {
  std::vector<Enumerator> all = base_ ? base_->enumerators() : std::vector<Enumerator>();
  for (uint64_t id = base_count() + 1; id <= count(); id++) {
    const btf_type* type = this->type(id);
    if (btf_is_any_enum(type)) {
      auto own = enumeration(type).enumerators;
      std::move(own.begin(), own.end(), std::back_inserter(all));
    }
  }
  return all;
}

Place BtfSource::place(SourceId id) const {
  if (id.key <= base_count()) {
    return base_->place(id);
  }
  Cursor at = summary_.whole;
  at.seek(summary_.offset.at(id.key - base_count() - 1));
  return at.place();
}

const btf_type* BtfSource::type(uint64_t id) const {
  return id != 0 && id <= base_count()
             ? base_->type(id)
             : btf__type_by_id(handle_.get(), id == 0 ? 0 : in_handle(id));
}

// A module's names are also those of what it continues.
const char* BtfSource::text(uint32_t offset) const {
  return btf__name_by_offset(handle_.get(), offset);
}

SourceId BtfSource::follow(uint32_t own) const {
  const SourceId start{in_sequence(own), 0};
  uint64_t id = start.key;
  for (size_t steps = 0; steps <= summary_.offset.size(); steps++) {
    if (id != 0 && id <= base_count()) {
      return base_->follow(static_cast<uint32_t>(id));
    }
    if (id == 0 || btf_kind(type(id)) != BTF_KIND_TYPE_TAG) {
      return {id, 0};
    }
    id = in_sequence(type(id)->type);
  }
  throw InputError(place(start), "a chain of type tags without an end");
}

void BtfSource::fill_index() const {
  index_.reserve(summary_.offset.size() / 2);  // a third of the types of a kernel have names
  for (uint64_t id = base_count() + 1; id <= count(); id++) {
    const btf_type* type = this->type(id);
    const std::string_view name = text(type->name_off);
    if (!name.empty()) {
      index(id, type, name);
    }
  }
}

// Definitions only: neither forward declarations nor enums without enumerators.
void BtfSource::index(uint64_t id, const btf_type* type, std::string_view name) const {
  if (part_ == Part::distilled && btf_is_composite(type)) {
    return;
  }
  switch (btf_kind(type)) {
    case BTF_KIND_STRUCT:
      index_.add(TypeTag::structure, name, id);
      break;
    case BTF_KIND_UNION:
      index_.add(TypeTag::union_, name, id);
      break;
    case BTF_KIND_ENUM:
    case BTF_KIND_ENUM64:
      if (btf_vlen(type) != 0) {
        index_.add(TypeTag::enumeration, name, id);
      }
      break;
    case BTF_KIND_TYPEDEF:
      index_.add(TypeTag::typedef_, name, id);
      break;
    case BTF_KIND_INT:
    case BTF_KIND_FLOAT:
      bases_.emplace(name_of(own_shape({id, 0}, Detail::whole).node)->name, id);
      break;
    default:
      break;
  }
}

Shape BtfSource::record(const btf_type* type, Detail detail) const {
  RecordType record{text(type->name_off), btf_is_union(type), true, type->size, {}};
  std::vector<SourceId> refs;
  if (part_ == Part::distilled) {
    return {RecordType{record.name, record.is_union, false, 0, {}}, {}};
  }
  if (detail == Detail::name && !record.name.empty()) {
    return {std::move(record), {}};
  }
  const btf_member* members = btf_members(type);
  for (uint32_t i = 0; i < btf_vlen(type); i++) {
    Member member{text(members[i].name_off), 0, btf_member_bit_offset(type, i),
                  btf_member_bitfield_size(type, i)};
    const SourceId target = follow(members[i].type);
    if (!btf_kflag(type)) {
      integer_bits(target, member);
    }
    record.members.push_back(std::move(member));
    refs.push_back(target);
  }
  return {std::move(record), std::move(refs)};
}

// Without the kind flag, which came with Linux 5.0, a bit-field has an integer type of its own
// that is narrower than its bytes.
void BtfSource::integer_bits(SourceId target, Member& member) const {
  if (target.key == 0) {
    return;
  }
  const btf_type* type = this->type(target.key);
  if (btf_is_int(type) && btf_int_bits(type) < type->size * 8) {
    member.bit_offset += btf_int_offset(type);
    member.bit_size = btf_int_bits(type);
  }
}

// Signed if a value is negative. Writers of BTF did not mark signed enums before Linux 6.0; then
// a value with its top bit set counts as negative.
EnumType BtfSource::enumeration(const btf_type* type) const {
  const uint32_t count = btf_vlen(type);
  EnumType enumeration{text(type->name_off), type->size, false, true, {}};
  if (count == 0 && !enumeration.name.empty()) {
    return {enumeration.name, 0, false, false, {}};
  }
  const bool may_be_signed = btf_kflag(type) || !summary_.signed_enums;
  const auto add = [&](uint32_t name, int64_t signed_value, uint64_t unsigned_value) {
    enumeration.is_signed = enumeration.is_signed || (may_be_signed && signed_value < 0);
    enumeration.enumerators.push_back(
        {text(name), may_be_signed ? signed_value : static_cast<int64_t>(unsigned_value)});
  };
  for (uint32_t i = 0; i < count; i++) {
    if (btf_is_enum64(type)) {
      const auto& value = btf_enum64(type)[i];
      const uint64_t bits = btf_enum64_value(&value);
      add(value.name_off, static_cast<int64_t>(bits), bits);
    } else {
      const auto& value = btf_enum(type)[i];
      add(value.name_off, value.val, static_cast<uint32_t>(value.val));
    }
  }
  return enumeration;
}

std::optional<BtfSource::NamedFunction> BtfSource::function(SourceId id) const {
  if (id.key == 0 || id.key > count()) {
    return std::nullopt;
  }
  if (id.key <= base_count()) {
    return base_->function(id);
  }
  const btf_type* function = type(id.key);
  if (!btf_is_func(function)) {
    return std::nullopt;
  }
  NamedFunction named{text(function->name_off), follow(function->type), {}};
  const btf_type* prototype = named.prototype.key == 0 ? nullptr : type(named.prototype.key);
  if (prototype == nullptr || !btf_is_func_proto(prototype)) {
    throw InputError(place(id), fmt::format("function {} has no prototype", id.key));
  }
  for (uint32_t i = 0; i < btf_vlen(prototype); i++) {
    named.parameters.emplace_back(text(btf_params(prototype)[i].name_off));
  }
  return named;
}

Shape BtfSource::function(const btf_type* type) const {
  FunctionType function;
  std::vector<SourceId> refs = {follow(type->type)};
  const btf_param* parameters = btf_params(type);
  const uint32_t count = btf_vlen(type);
  for (uint32_t i = 0; i < count; i++) {
    // A variadic function ends with a parameter that has neither name nor type.
    if (i + 1 == count && parameters[i].name_off == 0 && parameters[i].type == 0) {
      function.variadic = true;
      break;
    }
    refs.push_back(follow(parameters[i].type));
  }
  return {std::move(function), std::move(refs)};
}

}  // namespace kapi
