// SPDX-License-Identifier: GPL-2.0-only
#include "source/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>

#include "kapi/source.h"
#include "kapi/unpack.h"

namespace kapi {
namespace {

constexpr size_t kMaxConfig = size_t{8} << 20;  // a kernel's takes some 300 KB
constexpr std::string_view kFact = "config";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

// The length of CONFIG_NAME at the start of a line; 0 if none is there.
size_t name_length(std::string_view line) {
  constexpr std::string_view kPrefix = "CONFIG_";
  if (!line.starts_with(kPrefix)) {
    return 0;
  }
  const auto end = std::find_if_not(line.begin(), line.end(), is_word);
  const auto length = static_cast<size_t>(end - line.begin());
  return length == kPrefix.size() ? 0 : length;
}

// The symbol of "# CONFIG_AIO is not set"; empty for any other line.
std::string unset_by(std::string_view line) {
  constexpr std::string_view kBefore = "# ";
  constexpr std::string_view kAfter = " is not set";
  if (!line.starts_with(kBefore) || !line.ends_with(kAfter)) {
    return {};
  }
  line = line.substr(kBefore.size());
  return name_length(line) + kAfter.size() == line.size()
             ? std::string(line.substr(0, name_length(line)))
             : std::string();
}

bool is_number(std::string_view value) {
  const auto all_of = [](std::string_view digits, auto test) {
    return !digits.empty() && std::all_of(digits.begin(), digits.end(), test);
  };
  if (value.starts_with("0x") || value.starts_with("0X")) {
    return all_of(value.substr(2), [](char c) {
      return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
  }
  return all_of(value.substr(value.starts_with('-') ? 1 : 0), is_digit);
}

// In quotes, with \" and \\ within.
bool is_string(std::string_view value) {
  if (value.size() < 2 || value.front() != '"') {
    return false;
  }
  size_t at = 1;
  while (at < value.size() && value[at] != '"') {
    at += value[at] == '\\' ? 2 : 1;
  }
  return at + 1 == value.size();
}

bool is_value(std::string_view value) {
  return value == "y" || value == "m" || value == "n" || is_number(value) || is_string(value);
}

std::string_view without_blanks(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r";
  const size_t first = line.find_first_not_of(kBlanks);
  return first == line.npos ? std::string_view()
                            : line.substr(first, line.find_last_not_of(kBlanks) + 1 - first);
}

Coverage* find_row(Corpus& corpus) {
  const auto row = std::find_if(corpus.coverage.begin(), corpus.coverage.end(),
                                [](const Coverage& c) { return c.fact == kFact; });
  return row == corpus.coverage.end() ? nullptr : &*row;
}

void set_row(Corpus& corpus, std::string state, std::string detail, uint64_t read = 0,
             uint64_t total = 0) {
  Coverage* row = find_row(corpus);
  if (row == nullptr) {
    row = &corpus.coverage.emplace_back();
  }
  *row = {std::string(kFact), std::move(state), read, total, std::move(detail)};
}

// Reads a config into the corpus and states how much of it.
void take(Corpus& corpus, std::string_view text, const std::string& file, std::string detail) {
  std::vector<Diagnostic> noticed;
  corpus.source.config = read_config(text, file, noticed);
  const uint64_t sound = corpus.source.config.size();
  set_row(corpus, noticed.empty() ? "complete" : "partial", std::move(detail), sound,
          sound + noticed.size());
  corpus.diagnostics.insert(corpus.diagnostics.end(), noticed.begin(), noticed.end());
}

// Without its config, symbols still tell one thing: these functions are compiled only with
// CONFIG_KAPI_RUNTIME_CHECKS, in every revision that was posted (include/linux/kernel_api_spec.h
// has inline stubs otherwise).
void tell_by_symbols(const Image& image, Corpus& corpus) {
  const Coverage* specs = find_coverage(corpus, "specs");
  const bool checks = image.symbol("kapi_validate_syscall_params").has_value();
  if (!checks && (!image.has_symbols() || image.format() == ImageFormat::elf_rel ||
                  specs == nullptr || specs->read == 0)) {
    set_row(corpus, "absent", "the image does not embed it (CONFIG_IKCONFIG)");
    return;
  }
  corpus.source.config = {fmt::format("CONFIG_KAPI_RUNTIME_CHECKS={}", checks ? 'y' : 'n')};
  set_row(corpus, "partial",
          "the image does not embed it (CONFIG_IKCONFIG); its symbols tell of run-time checks");
}

}  // namespace

std::vector<std::string> read_config(std::string_view bytes, const std::string& file,
                                     std::vector<Diagnostic>& diagnostics) {
  const Cursor whole(std::as_bytes(std::span(bytes)), file, "", 0, Endian::little);
  std::string unpacked;
  if (bytes.starts_with("\x1f\x8b")) {
    unpacked = gunzip(whole, kMaxConfig);
    bytes = unpacked;
  }
  std::map<std::string, std::string, std::less<>> values;
  std::vector<Diagnostic> noticed;
  const auto note = [&](size_t line, std::string message) {
    noticed.push_back({Level::warning, "config-line", std::string(kFact), std::move(message),
                       fmt::format("line {}", line), std::nullopt});
  };
  for (size_t number = 1; !bytes.empty(); number++) {
    const size_t end = bytes.find('\n');
    const std::string_view line = without_blanks(bytes.substr(0, end));
    bytes.remove_prefix(end == bytes.npos ? bytes.size() : end + 1);
    if (line.empty() || line.front() == '#') {
      values.erase(unset_by(line));
      continue;
    }
    const size_t length = name_length(line);
    const bool sound = length != 0 && length < line.size() && line[length] == '=' &&
                       is_value(line.substr(length + 1)) && is_utf8(line);
    if (sound) {
      values[std::string(line.substr(0, length))] = line.substr(length + 1);
    } else {
      constexpr size_t kShown = 80;
      note(number, fmt::format("'{}' is no line of a .config", to_utf8(line.substr(0, kShown))));
    }
  }
  if (values.size() <= noticed.size()) {
    whole.fail("is no configuration of a kernel",
               "expected a .config, a /boot/config-*, or /proc/config.gz");
  }
  diagnostics.insert(diagnostics.end(), std::make_move_iterator(noticed.begin()),
                     std::make_move_iterator(noticed.end()));
  std::vector<std::string> lines;
  for (const auto& [symbol, value] : values) {
    if (value != "n") {  // as "# CONFIG_X is not set"
      lines.push_back(fmt::format("{}={}", symbol, value));
    }
  }
  std::sort(lines.begin(), lines.end());  // '=' and '_' sort otherwise than the names do
  return lines;
}

void read_own_config(const Image& image, Corpus& corpus) {
  try {
    const auto text = embedded_config(image);
    if (text) {
      take(corpus, *text, "the embedded configuration", "embedded in the image (CONFIG_IKCONFIG)");
    } else {
      tell_by_symbols(image, corpus);
    }
  } catch (const InputError& error) {
    corpus.diagnostics.push_back(
        {Level::warning, "config-unreadable", std::string(kFact),
         fmt::format("what the image embeds (CONFIG_IKCONFIG) {}", error.reason()),
         error.place().section, error.place().offset});
    set_row(corpus, "unread", "what the image embeds is damaged");
  }
}

void read_given_config(const std::string& path, Corpus& corpus) {
  const std::vector<std::string> own = std::move(corpus.source.config);
  const Coverage* row = find_row(corpus);
  const bool had_own = row != nullptr && row->state == "complete";
  take(corpus, read_file(path, kMaxConfig), path,
       to_utf8(std::filesystem::path(path).filename().string()));
  const auto& given = corpus.source.config;
  std::vector<std::string> differing;
  std::set_symmetric_difference(own.begin(), own.end(), given.begin(), given.end(),
                                std::back_inserter(differing));
  if (had_own && !differing.empty()) {
    corpus.diagnostics.push_back(
        {Level::warning, "config-replaced", std::string(kFact),
         fmt::format("the one given ({}) stands instead of the one that the input has, and {} "
                     "line{}: is it of this kernel?",
                     to_utf8(path), differing.size(),
                     differing.size() == 1 ? " differs" : "s differ"),
         "", std::nullopt});
  }
}

}  // namespace kapi
