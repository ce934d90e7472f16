// SPDX-License-Identifier: GPL-2.0-only
// types: the C types of an image as a graph, and objects of those types as values.
//
//   TypeGraph graph;
//   auto types = open_types(image, diagnostics);       // BTF, else DWARF, else nothing
//   auto spec = types->import(graph, {TypeTag::structure, "kernel_api_spec"});
//   Object object = ObjectReader(image, graph).object(*spec, address);
//   std::optional<std::string> name = object.member("name")->string();
//
// Nodes are plain structs behind an index. The graph has a text form with printer and parser, so
// that passes over it are tested as text and the printed graph is the debugger.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "kapi/base.h"
#include "kapi/image.h"

namespace kapi {

using TypeId = uint32_t;  // index of a node in its TypeGraph; 0 is always void

struct VoidType {
  bool operator==(const VoidType&) const = default;
};
struct IntegerType {
  std::string name;
  uint64_t size = 0;  // bytes
  bool is_signed = false;
  bool is_bool = false;
  bool is_char = false;  // a character by declaration, so arrays of it are text; a plain `char`
                         // is never signed here, because BTF does not say
  bool operator==(const IntegerType&) const = default;
};
struct FloatType {
  std::string name;
  uint64_t size = 0;
  bool operator==(const FloatType&) const = default;
};
struct PointerType {
  TypeId target = 0;
  uint64_t size = 0;
  bool operator==(const PointerType&) const = default;
};
struct ArrayType {
  TypeId element = 0;
  uint64_t count = 0;  // 0 for a flexible array
  bool operator==(const ArrayType&) const = default;
};
struct Member {
  std::string name;  // empty for an anonymous struct or union
  TypeId type = 0;
  uint64_t bit_offset = 0;  // from the start of the record, in a byte from the least significant
                            // bit if little-endian, from the most significant if big-endian
  uint64_t bit_size = 0;    // 0 unless a bit-field
  bool operator==(const Member&) const = default;
};
struct RecordType {
  std::string name;  // empty if anonymous
  bool is_union = false;
  bool complete = true;  // false: only the name is known (declared only, or not imported)
  uint64_t size = 0;
  std::vector<Member> members;
  bool operator==(const RecordType&) const = default;
};
struct Enumerator {
  std::string name;
  int64_t value = 0;  // the bit pattern when the enum is unsigned
  bool operator==(const Enumerator&) const = default;
};
struct EnumType {
  std::string name;
  uint64_t size = 0;
  bool is_signed = false;
  bool complete = true;
  std::vector<Enumerator> enumerators;
  bool operator==(const EnumType&) const = default;
};
struct TypedefType {
  std::string name;
  TypeId target = 0;
  bool operator==(const TypedefType&) const = default;
};
enum class Qualifier { const_, volatile_, restrict_, atomic_ };
struct QualifiedType {
  Qualifier qualifier = Qualifier::const_;
  TypeId target = 0;
  bool operator==(const QualifiedType&) const = default;
};
struct FunctionType {
  TypeId result = 0;
  std::vector<TypeId> parameters;
  bool variadic = false;
  bool operator==(const FunctionType&) const = default;
};

using TypeNode = std::variant<VoidType, IntegerType, FloatType, PointerType, ArrayType, RecordType,
                              EnumType, TypedefType, QualifiedType, FunctionType>;

enum class TypeTag { structure, union_, enumeration, typedef_, base };

// What a C programmer calls a type: "struct kernel_api_spec", "size_t".
struct TypeName {
  TypeTag tag = TypeTag::structure;
  std::string name;
  bool operator==(const TypeName&) const = default;
};

// How a C compiler lays out what a declaration leaves open.
struct Abi {
  uint64_t pointer_size = 8;            // bytes; also of long and size_t
  uint64_t max_alignment_of_64bit = 8;  // of u64 and double in a record: 4 on i386
  bool packed = false;                  // every record __packed
};

class TypeGraph {
 public:
  TypeGraph();

  TypeId add(TypeNode node);
  // The id of an equal node, or of a new one: for types whose content is their identity.
  TypeId intern(TypeNode node);
  // Gives an incomplete record or enum its content, in place. Its tag and name must stay.
  void complete(TypeId id, TypeNode node);
  // Throws std::out_of_range for an id that was never given out: a bug here, not bad input.
  const TypeNode& operator[](TypeId id) const { return nodes_.at(id); }
  TypeNode& operator[](TypeId id) { return nodes_.at(id); }
  size_t size() const { return nodes_.size(); }

  // The first node of that tag and name; a complete one before an incomplete one. Names are those
  // the nodes were added with.
  std::optional<TypeId> find(const TypeName& name) const;
  // All nodes of that tag and name in the order they were added.
  std::vector<TypeId> find_all(const TypeName& name) const;
  // The type behind typedefs and qualifiers. A chain longer than the graph (a cycle) ends at void.
  TypeId strip(TypeId id) const;
  // Bytes an object of the type takes; 0 if that is not known (void, functions, incomplete types).
  // Saturates at UINT64_MAX, so that a size check fails instead of wrapping.
  uint64_t size_of(TypeId id) const;
  // The type as C writes it in a declaration without a name: "const char *", "struct
  // kapi_param_spec[16]".
  std::string spelling(TypeId id) const;

  // The text form of all named types in order of tag and name; parse(print()) prints the same.
  // src/types/graph_text.cc describes the grammar.
  std::string print() const;
  // Throws InputError with the line as its offset.
  static TypeGraph parse(std::string_view text);
  // The same for text written by hand: members and records without `@` and `size` are laid out by
  // the rules of C for this ABI, and C's base types and the kernel's u8 … s64 need no declaration.
  static TypeGraph parse(std::string_view text, const Abi& abi);

 private:
  std::vector<TypeNode> nodes_;
  std::unordered_map<std::string, std::vector<TypeId>> by_name_;
  std::unordered_multimap<uint64_t, TypeId> by_content_;
};

// The one spelling that C's integer types have in a graph: "long unsigned int" -> "unsigned long".
// Other names are unchanged.
std::string canonical_base_name(std::string_view name);

// What a node is called by a C programmer; nothing for types without a name.
std::optional<TypeName> name_of(const TypeNode& node);

// A member found by name, also inside anonymous structs and unions; bit_offset counts from the
// start of `record`.
std::optional<Member> find_member(const TypeGraph& graph, TypeId record, std::string_view name);

class ExactTypes;  // kapi/types/exact.h

// One source of types in an image.
class TypeReader {
 public:
  virtual ~TypeReader() = default;
  // "BTF" or "DWARF"; of a reader of both, where the last imported type came from.
  virtual std::string_view origin() const = 0;
  // Copies a named type and all it holds by value into the graph; behind a pointer only scalars,
  // enums and functions come along, and records as an incomplete node to be imported by name when
  // wanted. An id already imported is returned again. Nothing if the image has no such type.
  // Malformed type data throws InputError.
  virtual std::optional<TypeId> import(TypeGraph& graph, const TypeName& name) = 0;
  // The enumerators of all enumerations, named or not, in the order of the type data; a name may
  // occur more than once. Walks all of it.
  virtual std::vector<Enumerator> enumerators() = 0;
  // The same types told apart by what refers to them; of a reader of both those of one `origin`,
  // "BTF" or "DWARF" (empty: BTF, or DWARF if there is none). Null if there are none. Not to be
  // used after its reader.
  virtual std::unique_ptr<ExactTypes> exact(std::string_view origin = {});
};

// The BTF of a vmlinux as that which modules continue ("split BTF"): their types are numbered, and
// their names lie, behind its own. One serves any number of modules, from several threads.
class BtfBase;
// Null if the image has no .BTF section; both throw InputError if it is malformed. `owner` keeps
// the bytes of raw BTF, and the names of their place, alive.
std::shared_ptr<const BtfBase> open_btf_base(std::shared_ptr<const Image> image);
std::shared_ptr<const BtfBase> open_btf_base(Cursor bytes, std::shared_ptr<const void> owner);

// Null if the image has no .BTF section (no .debug_info); throws InputError if it is malformed.
// Split BTF is read with its base, and what that holds is imported as if it were its own; it is
// malformed if there is none, or one that it does not fit, which numbers and names tell, but for a
// base that differs in no name and in no number of types. With a section .BTF.base (Linux 6.11) the
// base may be of another build, or be missing: its records are then names only.
std::unique_ptr<TypeReader> open_btf(std::shared_ptr<const Image> image,
                                     std::shared_ptr<const BtfBase> base = nullptr);
std::unique_ptr<TypeReader> open_dwarf(std::shared_ptr<const Image> image);
// Raw BTF bytes: /sys/kernel/btf/vmlinux, `bpftool btf dump … format raw`, a .BTF section.
std::unique_ptr<TypeReader> open_btf(Cursor bytes, std::shared_ptr<const BtfBase> base = nullptr);
// Whether the bytes begin like raw BTF of either endianness.
bool is_btf(std::span<const std::byte> bytes);
// Whether BTF cannot be read without a base.
bool is_split_btf(Cursor bytes);
bool needs_btf_base(const Image& image);

// Where the types of an image are besides the image itself.
struct OtherTypes {
  std::shared_ptr<const BtfBase> btf_base;
  // Finds the separate debug file; null if there is none. Asked at most once, when a type is wanted
  // of an image that has neither BTF nor DWARF, or when DWARF itself is wanted and it has none.
  std::function<std::shared_ptr<const Image>()> debug_file;
};

// All of an image: BTF first, DWARF opened only for a name that BTF does not have. A source that is
// malformed becomes a diagnostic and counts as absent, as does split BTF without its base. Never
// null. The reader adds diagnostics while it imports, so `diagnostics` must outlive it.
std::unique_ptr<TypeReader> open_types(std::shared_ptr<const Image> image,
                                       std::vector<Diagnostic>& diagnostics,
                                       OtherTypes others = {});

// ---- objects -----------------------------------------------------------------------------------

class ObjectReader;

// A typed place in an image. Reads nothing until asked; each accessor is bounds-checked and answers
// nothing, with a diagnostic in the reader, where the bytes cannot be read.
class Object {
 public:
  TypeId type() const { return type_; }
  uint64_t address() const { return address_; }

  // The member of that name; nothing, without a diagnostic, if the type has none (the layout is of
  // another revision).
  std::optional<Object> member(std::string_view name) const;
  // Arrays: how many elements there are, as far as the image has bytes for them, and the i-th
  // (nothing past the end).
  uint64_t count() const;
  std::optional<Object> element(uint64_t index) const;

  // Integers, booleans, enums and pointers up to 8 bytes, as the bit pattern or sign-extended by
  // the type. Bit-fields too.
  std::optional<uint64_t> bits() const;
  std::optional<int64_t> integer() const;
  // The text of a `char *` or a char array, raw bytes, bounded by the array or by
  // ObjectReader::kMaxString. A null pointer gives nothing and no diagnostic.
  std::optional<std::string> string() const;
  // Pointers: the object pointed to; a null pointer gives nothing and no diagnostic.
  std::optional<Object> target() const;
  // The pointed-to array's i-th element: `values->pointee(3)`.
  std::optional<Object> pointee(uint64_t index) const;
  bool is_null() const;

 private:
  friend class ObjectReader;
  std::optional<uint64_t> bit_field(uint64_t size) const;
  std::optional<uint64_t> pointer() const;
  std::optional<std::string> text_at(uint64_t address, std::optional<uint64_t> bound) const;
  Object(ObjectReader* reader, TypeId type, uint64_t address, uint64_t bit_offset,
         uint64_t bit_size)
      : reader_(reader),
        type_(type),
        address_(address),
        bit_offset_(bit_offset),
        bit_size_(bit_size) {}

  ObjectReader* reader_;
  TypeId type_;
  uint64_t address_;
  uint64_t bit_offset_;  // of a bit-field, 0 to 7, counted as in Member
  uint64_t bit_size_;    // 0 unless a bit-field
};

// Reads typed objects out of an image, applying relocations and endianness. Objects keep a pointer
// to their reader, which keeps the image and the graph.
class ObjectReader {
 public:
  static constexpr size_t kMaxString = 1 << 20;    // bytes
  static constexpr size_t kMaxDiagnostics = 1000;  // held at a time; the last says that it is

  ObjectReader(std::shared_ptr<const Image> image, const TypeGraph& graph)
      : image_(std::move(image)), graph_(&graph) {}

  // A type that is not of the graph throws std::out_of_range when the object is used.
  Object object(TypeId type, uint64_t address) { return {this, type, address, 0, 0}; }
  const Image& image() const { return *image_; }
  const TypeGraph& graph() const { return *graph_; }

  // What later diagnostics are about: "sys_open/errors".
  void set_subject(std::string subject) { subject_ = std::move(subject); }
  // What could not be read since the last call, each a Level::error.
  std::vector<Diagnostic> take_diagnostics();

 private:
  friend class Object;
  void report(std::string code, uint64_t address, std::string message);

  std::shared_ptr<const Image> image_;
  const TypeGraph* graph_;
  std::string subject_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace kapi
