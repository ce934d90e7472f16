// SPDX-License-Identifier: GPL-2.0-only
// A stored corpus is input like any other: it may come from another version, another tool or a
// text editor. What the schema does not allow is refused with its JSON pointer, because a member
// that was misspelt and silently dropped would later read as a change of the kernel.
#include <fmt/format.h>

#include <limits>

#include "model/json_parser.h"
#include "model/members.h"

namespace kapi {
namespace {

using Json = nlohmann::json;

// Where in the document: a chain on the call stack, spelt out only when something is wrong.
struct Path {
  const Path* parent = nullptr;
  std::string_view member;
  std::optional<size_t> index;

  std::string pointer() const {
    if (parent == nullptr) {
      return {};
    }
    return json_pointer(parent->pointer(), index ? std::to_string(*index) : std::string(member));
  }
};

std::string found(const Json& json) {
  switch (json.type()) {
    case Json::value_t::null:
      return "null";
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return json.empty() ? "an empty list" : "a list";
    case Json::value_t::string:
      return fmt::format("the string \"{:.60}\"", printable(json.get_ref<const std::string&>()));
    case Json::value_t::boolean:
      return json.get<bool>() ? "true" : "false";
    default:
      return "the number " + json.dump();
  }
}

class CorpusReader {
 public:
  explicit CorpusReader(const std::string& file) : file_(file) {}

  Corpus read(const ParsedJson& parsed) {
    const Path root;
    check_schema(parsed.root, root);
    if (!parsed.duplicate.empty()) {
      throw InputError({file_, parsed.duplicate, {}}, "the member is there twice");
    }
    Corpus corpus;
    read_record(parsed.root, root, corpus);
    return corpus;
  }

 private:
  [[noreturn]] void fail(const Path& path, std::string reason, std::string hint = {}) const {
    throw InputError({file_, to_utf8(path.pointer()), {}}, std::move(reason), std::move(hint));
  }
  [[noreturn]] void expected(const Path& path, std::string_view what, const Json& json) const {
    fail(path, fmt::format("expected {}, found {}", what, found(json)));
  }

  // Before anything else: of another version nothing else can be said to be wrong.
  void check_schema(const Json& json, const Path& root) const {
    constexpr const char* kHint = "`kapitool extract` writes one";
    if (!json.is_object() || !json.contains("schema")) {
      fail(root, "not a stored corpus: no member \"schema\"", kHint);
    }
    const Json& schema = json["schema"];
    const Path path{&root, "schema", {}};
    if (!schema.is_number_integer()) {
      expected(path, "the number of a schema version", schema);
    }
    if (schema != kCorpusSchema) {
      fail(path,
           fmt::format("schema version {}, but this build reads version {}", schema.dump(),
                       kCorpusSchema),
           "use the kapitool that wrote it, or extract the corpus again with this one");
    }
  }

  template <class T>
  void read_record(const Json& json, const Path& path, T& record) const {
    if (!json.is_object()) {
      expected(path, "an object", json);
    }
    check_names<T>(json, path);
    visit_members(record, [&](const char* name, auto& member) {
      using Member = std::remove_cvref_t<decltype(member)>;
      const Path at{&path, name, {}};
      const auto value = json.find(name);
      if (value == json.end()) {
        if (is_required<T, Member>(name)) {
          fail(path, fmt::format("the member \"{}\" is missing", name));
        }
        return;
      }
      if constexpr (std::same_as<Member, std::string>) {
        read_string<T>(*value, at, member);
      } else {
        read_value(*value, at, member);
      }
    });
  }

  template <class T>
  void check_names(const Json& json, const Path& path) const {
    std::vector<std::string_view> names;
    names.reserve(32);
    const T record{};
    visit_members(record, [&](const char* name, const auto&) { names.emplace_back(name); });
    for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        fail({&path, name, {}},
             fmt::format("unknown member; known are {}", fmt::join(names, ", ")));
      }
    }
  }

  template <class Owner>
  void read_string(const Json& json, const Path& path, std::string& out) const {
    if (!json.is_string()) {
      expected(path, "a string", json);
    }
    out = json.get_ref<const std::string&>();
    if (out.empty() && !is_required<Owner, std::string>(path.member)) {
      fail(path, "an empty string; leave the member out");
    }
    const auto tokens = closed_tokens<Owner>(path.member);
    if (!tokens.empty() && std::find(tokens.begin(), tokens.end(), out) == tokens.end()) {
      expected(path, fmt::format("one of {}", fmt::join(tokens, ", ")), json);
    }
  }

  template <Record T>
  void read_value(const Json& json, const Path& path, T& out) const {
    read_record(json, path, out);
  }

  template <class T>
  void read_value(const Json& json, const Path& path, std::optional<T>& out) const {
    read_value(json, path, out.emplace());
  }

  template <class T>
  void read_value(const Json& json, const Path& path, std::vector<T>& out) const {
    if (!json.is_array()) {
      expected(path, "a list", json);
    }
    if (json.empty()) {
      fail(path, "an empty list; leave the member out");
    }
    out.resize(json.size());
    for (size_t i = 0; i < out.size(); i++) {
      read_value(json[i], {&path, {}, i}, out[i]);
    }
  }

  // An element of a list of strings.
  void read_value(const Json& json, const Path& path, std::string& out) const {
    if (!json.is_string()) {
      expected(path, "a string", json);
    }
    out = json.get_ref<const std::string&>();
  }

  void read_value(const Json& json, const Path& path, bool& out) const {
    if (!json.is_boolean()) {
      expected(path, "true or false", json);
    }
    out = json.get<bool>();
  }

  template <std::integral T>
  void read_value(const Json& json, const Path& path, T& out) const {
    // What fits no 64-bit integer has become a floating-point number.
    const bool fits = json.is_number_unsigned()
                          ? std::in_range<T>(json.get<uint64_t>())
                          : json.is_number_integer() && std::in_range<T>(json.get<int64_t>());
    if (!fits) {
      using Limits = std::numeric_limits<T>;
      expected(path, fmt::format("an integer from {} to {}", Limits::min(), Limits::max()), json);
    }
    out = json.get<T>();
  }

  void read_value(const Json& json, const Path& path, Bits& out) const {
    std::optional<uint64_t> value;
    if (json.is_string()) {
      value = parse_hex(json.get_ref<const std::string&>());
    }
    // One form for one value.
    if (!value || json.get_ref<const std::string&>() != hex(*value)) {
      expected(path, "a 64-bit hexadecimal string such as \"0x1f\"", json);
    }
    out.value = *value;
  }

  void read_value(const Json& json, const Path& path, Level& out) const {
    const auto level = std::find_if(kLevels.begin(), kLevels.end(), [&](Level candidate) {
      return json.is_string() && json.get_ref<const std::string&>() == name(candidate);
    });
    if (level == kLevels.end()) {
      expected(path, "one of note, warning, error", json);
    }
    out = *level;
  }

  const std::string& file_;
};

bool skip(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) {
    return false;
  }
  text.remove_prefix(prefix.size());
  return true;
}

void skip_space(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

}  // namespace

Corpus corpus_from_json(std::string_view text, const std::string& file) {
  return CorpusReader(file).read(parse_json(text, file));
}

bool is_corpus_json(std::string_view text) {
  skip(text, "\xef\xbb\xbf");
  skip_space(text);
  if (!skip(text, "{")) {
    return false;
  }
  skip_space(text);
  // Any member may come first: tools such as jq reorder them.
  bool known = false;
  const Corpus corpus;
  Corpus::members(corpus, [&](const char* name, const auto&) {
    known = known || text.starts_with(fmt::format("\"{}\"", name));
  });
  return known;
}

}  // namespace kapi
