// SPDX-License-Identifier: GPL-2.0-only
// Specs in images: that the fixtures use all there is, and what becomes of damaged ones.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "kapi/spec.h"
#include "spec/find_layout.h"
#include "spec/spec_array.h"

using namespace kapi;

namespace {

std::string path_of(const std::string& image) {
  return std::string(KAPI_FIXTURES) + "/revisions/" + image;
}

std::vector<std::byte> bytes_of(const std::string& image) {
  std::ifstream file(path_of(image), std::ios::binary);
  REQUIRE(file);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto* first = reinterpret_cast<const std::byte*>(text.data());
  return {first, first + text.size()};
}

SpecLayout layout_called(const std::string& revision, const Image& image) {
  for (const auto* table : layout_table()) {
    if (table->revision == revision) {
      return layout_of(*table, abi_of(image));
    }
  }
  FAIL("no table of " << revision);
  return {};
}

Corpus read(const std::shared_ptr<const Image>& image) {
  Corpus corpus;
  const auto types = open_types(image, corpus.diagnostics);
  read_specs(image, *types, corpus);
  return corpus;
}

bool has_diagnostic(const Corpus& corpus, const std::string& code) {
  return std::any_of(corpus.diagnostics.begin(), corpus.diagnostics.end(),
                     [&](const Diagnostic& d) { return d.code == code; });
}

// ---- what is used ------------------------------------------------------------------------------

class Usage {
 public:
  Usage(const Image& image, const TypeGraph& graph) : image_(image), graph_(graph) {}

  void look(TypeId type, uint64_t address) {
    const auto* record = std::get_if<RecordType>(&graph_[graph_.strip(type)]);
    if (record == nullptr) {
      return;
    }
    for (const auto& member : record->members) {
      const uint64_t place = address + member.bit_offset / 8;
      if (graph_.size_of(member.type) == 0) {
        continue;  // the network of a kernel without one
      }
      const TypeNode& node = graph_[graph_.strip(member.type)];
      const std::string name = record->name + "." + member.name;
      if (const auto* array = std::get_if<ArrayType>(&node)) {
        for (uint64_t i = 0; i < array->count; i++) {
          look(array->element, place + i * graph_.size_of(array->element));
        }
      }
      look(member.type, place);
      all.insert(name);
      const auto bytes = image_.at(place).take(graph_.size_of(member.type));
      if (std::any_of(bytes.begin(), bytes.end(), [](std::byte b) { return b != std::byte{}; })) {
        used.insert(name);
      }
    }
  }

  std::set<std::string> all;
  std::set<std::string> used;

 private:
  const Image& image_;
  const TypeGraph& graph_;
};

// ---- damage ------------------------------------------------------------------------------------

// A fixture in memory, to be changed at addresses of its specs.
struct Damaged {
  Damaged(const std::string& name, const std::string& revision)
      : bytes(bytes_of(name)), original(Image::open(path_of(name))) {
    layout = layout_called(revision, *original);
    const auto array = find_spec_array(*original);
    REQUIRE(array);
    std::vector<Diagnostic> noticed;
    places = read_places(*original, *array, layout, noticed);
    REQUIRE(places.size() >= 4);
  }

  void put(uint64_t address, const std::string& text) {
    const auto location = original->locate(address);
    REQUIRE(location);
    std::memcpy(bytes.data() + location->file_offset, text.data(), text.size());
  }
  uint64_t member(size_t spec, const char* name) const {
    const auto found = find_member(layout.graph, layout.spec, name);
    REQUIRE(found);
    return places[spec].target + found->bit_offset / 8;
  }
  Corpus reread() { return read(Image::from_memory(bytes, "damaged")); }

  std::vector<std::byte> bytes;
  std::shared_ptr<const Image> original;
  SpecLayout layout;
  std::vector<SpecSlot> places;
};

const std::string kThousand("\xe8\x03\0\0", 4);

}  // namespace

TEST_CASE("the fixtures use every member of every revision") {
  const std::pair<const char*, const char*> images[] = {
      {"rfc1-bare", "RFC v1"},
      {"rfc2-bare", "RFC v2"},
      {"rfc3-bare", "RFC v3"},
      {"rfc4-bare", "RFC v4"},
      {"rfc5-bare", "RFC v5"},
      {"p1-bare", "PATCH v1"},
      {"p2-bare", "PATCH v2"},
      {"p4-bare", "PATCH v3/v4"},
      {"rfc2-no-net-bare", "RFC v2 without CONFIG_NET"},
      {"rfc3-no-net-bare", "RFC v3 without CONFIG_NET"}};
  for (const auto& pair : images) {
    const std::string revision = pair.second;
    CAPTURE(revision);
    const auto image = Image::open(path_of(pair.first));
    const SpecLayout layout = layout_called(revision, *image);
    const auto array = find_spec_array(*image);
    REQUIRE(array);
    std::vector<Diagnostic> noticed;
    Usage usage(*image, layout.graph);
    for (const auto& place : read_places(*image, *array, layout, noticed)) {
      usage.look(layout.spec, place.target);
    }
    CHECK(noticed.empty());
    std::set<std::string> unused;
    std::set_difference(usage.all.begin(), usage.all.end(), usage.used.begin(), usage.used.end(),
                        std::inserter(unused, unused.end()));
    // Never written: by no revision, and before PATCH v1.
    unused.erase("kernel_api_spec.sigmask_magic");
    if (!layout.meanings().writes_return_magic) {
      unused.erase("kernel_api_spec.return_magic");
    }
    std::string all_unused;
    for (const auto& member : unused) {
      all_unused += member + " ";
    }
    CHECK(all_unused.empty());
    CHECK(usage.used.size() > 100);
  }
}

TEST_CASE("a count past its array is clamped and said, whatever the layout was found by") {
  for (const char* fixture : {"rfc3-bare", "rfc3-stripped", "rfc3-btf", "p2-bare"}) {
    const std::string name = fixture;
    CAPTURE(name);
    Damaged image(name, name == "p2-bare" ? "PATCH v2" : "RFC v3");
    image.put(image.member(0, "signal_count"), kThousand);
    const Corpus corpus = image.reread();
    CHECK(corpus.coverage.at(0).state == "partial");
    CHECK(corpus.coverage.at(0).total == 4);
    CHECK(corpus.apis.size() == 4);
    CHECK(has_diagnostic(corpus, "count-too-large"));
  }
}

TEST_CASE("text that fills its array ends with it") {
  Damaged image("rfc4-bare", "RFC v4");
  image.put(image.member(1, "description"), std::string(512, 'A'));
  const Corpus corpus = image.reread();
  CHECK(corpus.coverage.at(0).state == "complete");
  const auto found = std::find_if(corpus.apis.begin(), corpus.apis.end(), [](const Api& api) {
    return api.description == std::string(512, 'A');
  });
  CHECK(found != corpus.apis.end());
}

TEST_CASE("bytes in the padding between specs are no spec") {
  for (const std::string& lie : {std::string("\x01"), std::string("liar"), std::string(15, '~')}) {
    CAPTURE(lie);
    // With symbols the specs are found all the same; the bytes are said.
    Damaged bare("rfc3-bare", "RFC v3");
    const uint64_t padding = bare.places[0].target + bare.layout.size();
    REQUIRE(bare.places[1].target - padding >= lie.size());
    bare.put(padding, lie);
    const Corpus corpus = bare.reread();
    CHECK(corpus.apis.size() == 4);
    CHECK(corpus.coverage.at(0).state == "partial");
    CHECK(has_diagnostic(corpus, "spec-unreadable"));

    // Without, nothing is made up.
    Damaged stripped("rfc3-stripped", "RFC v3");
    stripped.put(padding, lie);
    const Corpus none = stripped.reread();
    CHECK(none.coverage.at(0).state != "complete");
    for (const Api& api : none.apis) {
      CHECK(api.name != "liar");
    }
  }
}

TEST_CASE("a wrong magic, an unknown number, a spec without a name") {
  Damaged magic("p1-bare", "PATCH v1");
  magic.put(magic.member(0, "error_magic"), "AAAA");
  CHECK(has_diagnostic(magic.reread(), "bad-magic"));

  Damaged number("rfc2-bare", "RFC v2");
  number.put(number.member(2, "api_type"), std::string("\x09\0\0\0", 4));
  const Corpus corpus = number.reread();
  CHECK(std::any_of(corpus.apis.begin(), corpus.apis.end(),
                    [](const Api& api) { return api.kind == "unknown_9"; }));

  Damaged name("rfc2-bare", "RFC v2");
  name.put(name.member(0, "name"), std::string(128, '\0'));
  CHECK(name.reread().apis.size() == name.places.size() - 1);
}

TEST_CASE("an element behind those that are counted is warned of, blank ones are left out") {
  Damaged image("rfc1-bare", "RFC v1");
  for (size_t i = 0; i < image.places.size(); i++) {
    image.put(image.member(i, "lock_count"), std::string(4, '\0'));
    image.put(image.member(i, "constraint_count"), std::string("\x05\0\0\0", 4));
  }
  const Corpus corpus = image.reread();
  CHECK(has_diagnostic(corpus, "element-uncounted"));
  CHECK(has_diagnostic(corpus, "element-blank"));
  CHECK(corpus.coverage.at(0).state != "unread");
  for (const Api& api : corpus.apis) {
    CHECK(api.locks.empty());
    CHECK(api.constraints.size() <= 2);
  }
}

TEST_CASE("RFC v3: the count of a return's error values is not taken for that of the errors") {
  Damaged image("rfc3-bare", "RFC v3");
  for (size_t i = 0; i < image.places.size(); i++) {
    image.put(image.member(i, "error_count"), std::string("\x01\0\0\0", 4));
  }
  const Corpus corpus = image.reread();
  CHECK(corpus.coverage.at(0).state == "complete");
  CHECK(has_diagnostic(corpus, "error-count-of-return"));
  const auto demo = std::find_if(corpus.apis.begin(), corpus.apis.end(),
                                 [](const Api& api) { return api.name == "sys_demo"; });
  REQUIRE(demo != corpus.apis.end());
  CHECK(demo->errors.size() == 3);
}

TEST_CASE("a stripped image cut anywhere is read in part or refused") {
  const auto whole = bytes_of("p4-stripped");
  for (size_t size = 64; size < whole.size(); size += 997) {
    const std::span<const std::byte> part(whole.data(), size);
    try {
      const Corpus corpus = read(Image::from_memory(part, "cut"));
      CHECK(corpus.coverage.size() == 1);
      CHECK(corpus.apis.size() <= 4);
    } catch (const InputError&) {
      // No ELF file any more.
    }
  }
}
