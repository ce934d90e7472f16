// SPDX-License-Identifier: GPL-2.0-only
// Built on the library's events and not on its own tree builder, which keeps the last of two equal
// members without a word and follows any depth.
#include "model/json_parser.h"

#include <fmt/format.h>

#include <algorithm>

#include "kapi/base.h"

namespace kapi {
namespace {

using Json = nlohmann::json;

class TreeBuilder {
 public:
  TreeBuilder(const std::string& file, size_t size, ParsedJson& out)
      : file_(file), size_(size), out_(out) {}

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(int64_t value) { return add(value); }
  bool number_unsigned(uint64_t value) { return add(value); }
  bool number_float(double value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }  // JSON text has none

  bool start_object(size_t) { return open(Json::object()); }
  bool start_array(size_t) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    Frame& frame = frames_.back();
    const auto [place, added] = frame.container->get_ref<Json::object_t&>().emplace(name, nullptr);
    if (!added && out_.duplicate.empty()) {
      out_.duplicate = json_pointer(pointer(), name);
    }
    frame.member = place;
    return true;
  }

  bool parse_error(size_t position, const std::string&, const nlohmann::detail::exception& error) {
    // The library counts the bytes it has read, the offending one included.
    const uint64_t offset = std::min(position == 0 ? 0 : position - 1, size_);
    throw InputError({file_, {}, offset}, "not JSON: " + reason(error.what()));
  }

 private:
  struct Frame {
    Json* container;
    Json::object_t::iterator member;  // of an object: the one whose value comes next
  };

  // "line 3, column 5: syntax error while parsing value - invalid literal", without the library's
  // own prefix and without the token it stopped at, which may be as long as the input.
  static std::string reason(std::string_view what) {
    what.remove_prefix(std::min(what.find("] ") + 2, what.size()));
    constexpr std::string_view kPrefix = "parse error at ";
    if (what.starts_with(kPrefix)) {
      what.remove_prefix(kPrefix.size());
    }
    return to_utf8(what.substr(0, what.find("; last read")).substr(0, 200));
  }

  Json* place(Json&& value) {
    if (frames_.empty()) {
      out_.root = std::move(value);
      return &out_.root;
    }
    Frame& frame = frames_.back();
    if (frame.container->is_array()) {
      frame.container->push_back(std::move(value));
      return &frame.container->back();
    }
    frame.member->second = std::move(value);
    return &frame.member->second;
  }

  bool add(Json&& value) {
    place(std::move(value));
    return true;
  }

  bool open(Json&& value) {
    if (frames_.size() == kMaxJsonDepth) {
      throw InputError({file_, pointer(), {}},
                       fmt::format("nested more than {} levels deep", kMaxJsonDepth));
    }
    Json* container = place(std::move(value));
    frames_.push_back({container, {}});
    return true;
  }

  bool close() {
    frames_.pop_back();
    return true;
  }

  std::string pointer() const {
    std::string pointer;
    for (size_t i = 0; i + 1 < frames_.size(); i++) {
      const Frame& frame = frames_[i];
      pointer = json_pointer(pointer, frame.container->is_array()
                                          ? std::to_string(frame.container->size() - 1)
                                          : frame.member->first);
    }
    return pointer;
  }

  const std::string& file_;
  size_t size_;
  ParsedJson& out_;
  std::vector<Frame> frames_;
};

}  // namespace

ParsedJson parse_json(std::string_view text, const std::string& file) {
  ParsedJson parsed;
  TreeBuilder builder(file, text.size(), parsed);
  Json::sax_parse(text.begin(), text.end(), &builder);
  return parsed;
}

std::string json_pointer(std::string_view parent, std::string_view member) {
  std::string pointer(parent);
  pointer += '/';
  for (const char c : member) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

}  // namespace kapi
