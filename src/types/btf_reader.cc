// SPDX-License-Identifier: GPL-2.0-only
// BTF through libbpf: kernel Documentation/bpf/btf.rst.
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <fmt/format.h>

#include <cstring>
#include <map>
#include <memory>

#include "kapi/types.h"
#include "types/base_names.h"
#include "types/btf_check.h"
#include "types/importer.h"
#include "types/name_index.h"

namespace kapi {
namespace {

struct BtfDeleter {
  void operator()(btf* handle) const { btf__free(handle); }
};

// libbpf reports to stderr unless told otherwise; what it has to say comes back as an error code.
btf* parse_quietly(std::span<const std::byte> bytes) {
  const libbpf_print_fn_t before = libbpf_set_print(nullptr);
  btf* handle = btf__new(bytes.data(), static_cast<uint32_t>(bytes.size()));
  libbpf_set_print(before);
  return handle;
}

bool is_float_name(std::string_view name) {
  return name == "float" || name == "double" || name == "long double" || name == "_Float128";
}

class BtfSource : public TypeSource {
 public:
  BtfSource(Cursor bytes, uint64_t pointer_size) : summary_(check_btf(bytes)) {
    if (summary_.whole.size() > UINT32_MAX) {
      summary_.whole.fail("BTF of more than 4 GiB");
    }
    handle_.reset(parse_quietly(summary_.whole.span()));
    if (!handle_) {
      summary_.whole.fail(fmt::format("libbpf refuses this BTF: {}", std::strerror(errno)));
    }
    pointer_size_ = pointer_size != 0 ? pointer_size : btf__pointer_size(handle_.get());
    if (pointer_size_ == 0) {
      pointer_size_ = 8;  // no type named long: BTF of a fragment
    }
  }

  std::optional<SourceId> find(const TypeName& name) override {
    if (!indexed_) {
      fill_index();
    }
    if (name.tag == TypeTag::base) {
      const auto it = bases_.find(name.name);
      return it == bases_.end() ? std::nullopt : std::optional(SourceId{it->second, 0});
    }
    const auto id = index_.find(name.tag, name.name);
    if (!id || text(type(static_cast<uint32_t>(*id))->name_off) != name.name) {
      return std::nullopt;
    }
    return SourceId{*id, 0};
  }

  Shape describe(SourceId id, Detail detail) override {
    const auto number = static_cast<uint32_t>(id.key);
    const btf_type* type = this->type(number);
    switch (btf_kind(type)) {
      case BTF_KIND_INT: {
        // pahole writes a float as an integer unless told otherwise.
        if (is_float_name(text(type->name_off))) {
          return {FloatType{text(type->name_off), type->size}, {}};
        }
        const int encoding = btf_int_encoding(type);
        return {
            canonical_integer(text(type->name_off), type->size, (encoding & BTF_INT_SIGNED) != 0,
                              (encoding & BTF_INT_BOOL) != 0, (encoding & BTF_INT_CHAR) != 0),
            {}};
      }
      case BTF_KIND_FLOAT:
        return {FloatType{text(type->name_off), type->size}, {}};
      case BTF_KIND_PTR:
        return {PointerType{0, pointer_size_}, {follow(type->type, id)}};
      case BTF_KIND_ARRAY:
        return {ArrayType{0, btf_array(type)->nelems}, {follow(btf_array(type)->type, id)}};
      case BTF_KIND_STRUCT:
      case BTF_KIND_UNION:
        return record(id, type, detail);
      case BTF_KIND_FWD:
        return {RecordType{text(type->name_off), btf_kflag(type), false, 0, {}}, {}};
      case BTF_KIND_ENUM:
      case BTF_KIND_ENUM64:
        return {enumeration(type), {}};
      case BTF_KIND_TYPEDEF:
        return {TypedefType{text(type->name_off), 0}, {follow(type->type, id)}};
      case BTF_KIND_CONST:
        return {QualifiedType{Qualifier::const_, 0}, {follow(type->type, id)}};
      case BTF_KIND_VOLATILE:
        return {QualifiedType{Qualifier::volatile_, 0}, {follow(type->type, id)}};
      case BTF_KIND_RESTRICT:
        return {QualifiedType{Qualifier::restrict_, 0}, {follow(type->type, id)}};
      case BTF_KIND_FUNC_PROTO:
        return function(id, type);
      default:
        throw InputError(place(id), fmt::format("type {} is a variable, a function, a section or "
                                                "a tag, and used as a type",
                                                number));
    }
  }

  std::vector<Enumerator> enumerators() const {
    std::vector<Enumerator> all;
    for (uint32_t id = 1; id <= summary_.offset.size(); id++) {
      const btf_type* type = this->type(id);
      if (btf_is_any_enum(type)) {
        auto own = enumeration(type).enumerators;
        std::move(own.begin(), own.end(), std::back_inserter(all));
      }
    }
    return all;
  }

  Place place(SourceId id) const override {
    Cursor at = summary_.whole;
    at.seek(summary_.offset.at(id.key - 1));
    return at.place();
  }

 private:
  const btf_type* type(uint32_t id) const { return btf__type_by_id(handle_.get(), id); }
  const char* text(uint32_t offset) const { return btf__name_by_offset(handle_.get(), offset); }

  // Type tags say how a pointer may be used ("user", "rcu"), not what it points to.
  SourceId follow(uint32_t id, SourceId from) const {
    for (size_t steps = 0; steps <= summary_.offset.size(); steps++) {
      if (id == 0 || btf_kind(type(id)) != BTF_KIND_TYPE_TAG) {
        return {id, 0};
      }
      id = type(id)->type;
    }
    throw InputError(place(from), "a chain of type tags without an end");
  }

  void fill_index() {
    const auto count = static_cast<uint32_t>(summary_.offset.size());
    index_.reserve(count / 2);  // a third of the types of a kernel have names
    for (uint32_t id = 1; id <= count; id++) {
      const btf_type* type = this->type(id);
      const std::string_view name = text(type->name_off);
      if (!name.empty()) {
        index(id, type, name);
      }
    }
    indexed_ = true;
  }

  // Definitions only: neither forward declarations nor enums without enumerators.
  void index(uint32_t id, const btf_type* type, std::string_view name) {
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
        bases_.emplace(name_of(describe({id, 0}, Detail::whole).node)->name, id);
        break;
      default:
        break;
    }
  }

  Shape record(SourceId id, const btf_type* type, Detail detail) const {
    RecordType record{text(type->name_off), btf_is_union(type), true, type->size, {}};
    std::vector<SourceId> refs;
    if (detail == Detail::name && !record.name.empty()) {
      return {std::move(record), {}};
    }
    const btf_member* members = btf_members(type);
    for (uint32_t i = 0; i < btf_vlen(type); i++) {
      Member member{text(members[i].name_off), 0, btf_member_bit_offset(type, i),
                    btf_member_bitfield_size(type, i)};
      const SourceId target = follow(members[i].type, id);
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
  void integer_bits(SourceId target, Member& member) const {
    if (target.key == 0) {
      return;
    }
    const btf_type* type = this->type(static_cast<uint32_t>(target.key));
    if (btf_is_int(type) && btf_int_bits(type) < type->size * 8) {
      member.bit_offset += btf_int_offset(type);
      member.bit_size = btf_int_bits(type);
    }
  }

  // Signed if a value is negative. Writers of BTF did not mark signed enums before Linux 6.0; then
  // a value with its top bit set counts as negative.
  EnumType enumeration(const btf_type* type) const {
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

  Shape function(SourceId id, const btf_type* type) const {
    FunctionType function;
    std::vector<SourceId> refs = {follow(type->type, id)};
    const btf_param* parameters = btf_params(type);
    const uint32_t count = btf_vlen(type);
    for (uint32_t i = 0; i < count; i++) {
      // A variadic function ends with a parameter that has neither name nor type.
      if (i + 1 == count && parameters[i].name_off == 0 && parameters[i].type == 0) {
        function.variadic = true;
        break;
      }
      refs.push_back(follow(parameters[i].type, id));
    }
    return {std::move(function), std::move(refs)};
  }

  BtfSummary summary_;
  std::unique_ptr<btf, BtfDeleter> handle_;
  uint64_t pointer_size_;
  bool indexed_ = false;
  NameIndex index_;
  std::map<std::string, uint32_t> bases_;  // by canonical name
};

class BtfReader : public TypeReader {
 public:
  BtfReader(std::shared_ptr<const Image> image, Cursor bytes, uint64_t pointer_size)
      : image_(std::move(image)), source_(bytes, pointer_size) {}

  std::string_view origin() const override { return "BTF"; }

  std::optional<TypeId> import(TypeGraph& graph, const TypeName& name) override {
    return import_type(source_, graph, name);
  }
  std::vector<Enumerator> enumerators() override { return source_.enumerators(); }

 private:
  std::shared_ptr<const Image> image_;  // owns the bytes, if it is not null
  BtfSource source_;
};

}  // namespace

std::unique_ptr<TypeReader> open_btf(std::shared_ptr<const Image> image) {
  const Section* section = image->section(".BTF");
  if (section == nullptr) {
    return nullptr;
  }
  const Cursor bytes = image->contents(*section);
  const uint64_t pointer_size = image->bits() / 8;
  return std::make_unique<BtfReader>(std::move(image), bytes, pointer_size);
}

std::unique_ptr<TypeReader> open_btf(Cursor bytes) {
  return std::make_unique<BtfReader>(nullptr, bytes, 0);
}

}  // namespace kapi
