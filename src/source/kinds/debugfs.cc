// SPDX-License-Identifier: GPL-2.0-only
// What the kernel shows of its specs: /sys/kernel/debug, its folder kapi, a copy of one, or a
// single file of it.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "kapi/kdoc.h"
#include "source/kind.h"

namespace kapi {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxSize = size_t{64} << 20;  // of one file; the kernel's own are some 30 KB
constexpr size_t kHeadSize = 4096;
constexpr int kLooked = 16;  // files of a folder that are looked at to tell what it is
constexpr const char* kTexts = "specs";
constexpr const char* kJsons = "specs-json";

DebugfsForm form_of(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) {
    return DebugfsForm::none;
  }
  try {
    return debugfs_form(read_head(path.string(), kHeadSize));
  } catch (const InputError&) {
    return DebugfsForm::none;
  }
}

std::set<std::string> file_names(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    names.insert(entry->path().filename().string());
  }
  return names;
}

bool holds_specs(const fs::path& folder) {
  int looked = 0;
  for (const std::string& name : file_names(folder)) {
    const DebugfsForm form = form_of(folder / name);
    if (form == DebugfsForm::text || form == DebugfsForm::json) {
      return true;
    }
    if (++looked == kLooked) {
      break;
    }
  }
  return false;
}

bool is_kapi_folder(const fs::path& path) {
  return form_of(path / "list") == DebugfsForm::list || holds_specs(path / kTexts) ||
         holds_specs(path / kJsons);
}

// The folder itself, or kapi in a mounted debugfs; empty if it is neither.
fs::path kapi_folder(const fs::path& path) {
  return is_kapi_folder(path) ? path : is_kapi_folder(path / "kapi") ? path / "kapi" : fs::path();
}

bool probe(const Candidate& candidate) {
  return candidate.is_folder ? !kapi_folder(candidate.path).empty()
                             : debugfs_form(candidate.text()) != DebugfsForm::none;
}

// Reads the files of one input into a corpus.
class Loader {
 public:
  Loader() { corpus_.source.kind = "debugfs"; }

  Corpus load(const fs::path& path) {
    std::error_code failed;
    fs::path named = path;
    if (!named.has_filename()) {
      named = named.parent_path();
    }
    corpus_.source.file = to_utf8(named.filename().string());
    if (fs::is_directory(path, failed)) {
      load_folder(path);
    } else {
      load_file(path);
    }
    finish();
    return std::move(corpus_);
  }

 private:
  void load_folder(const fs::path& path) {
    const fs::path folder = kapi_folder(path);
    if (folder.empty()) {
      throw InputError({path.string(), "", std::nullopt},
                       "holds neither a kapi folder of debugfs nor the files of one",
                       "a mounted debugfs has it as kapi/ if the kernel was built with "
                       "CONFIG_KAPI_SPEC_DEBUGFS; only root can read it");
    }
    std::set<std::string> names;
    for (const char* part : {kTexts, kJsons}) {
      const auto files = file_names(folder / part);
      names.insert(files.begin(), files.end());
    }
    std::error_code failed;
    const bool listed = fs::exists(folder / "list", failed);
    if (listed) {
      list(folder / "list", "list", !names.empty());
    }
    for (const std::string& name : names) {
      spec(folder, name);
    }
    for (const auto& [name, description] : listed_) {
      if (names.count(name) == 0) {
        missing(name, description, !names.empty());
      }
    }
    for (const auto& name : names) {
      if (listed && listed_.count(name) == 0) {
        note(Level::warning, "not-listed", name, "the list does not name it", "list:1");
      }
    }
  }

  void load_file(const fs::path& path) {
    const std::string shown = to_utf8(path.filename().string());
    const std::string text = read_file(path.string(), kMaxSize);
    const DebugfsForm form = debugfs_form(std::string_view(text).substr(0, kHeadSize));
    if (form == DebugfsForm::none) {
      throw InputError({path.string(), "", std::nullopt}, "is no file of a kapi folder of debugfs",
                       "expected list, or a file of specs/ or of specs-json/");
    }
    if (form == DebugfsForm::list) {
      list(path, shown, false);
      for (const auto& [name, description] : listed_) {
        missing(name, description, false);
      }
      return;
    }
    if (auto read = read_spec(text, shown)) {
      add(std::move(read->spec), {shown}, read->diagnostics);
    }
  }

  // ---- one spec ----

  struct Reading {
    DebugfsSpec spec;
    std::vector<Diagnostic> diagnostics;
    bool sound = true;  // without an error
    bool is_text = false;
  };

  static bool has_error(const std::vector<Diagnostic>& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](const auto& d) { return d.level == Level::error; });
  }

  std::optional<Reading> read_spec(std::string_view text, const std::string& shown) {
    Reading reading;
    // The first implementation printed JSON into specs/.
    reading.is_text = debugfs_form(text.substr(0, kHeadSize)) == DebugfsForm::text;
    auto spec = reading.is_text ? read_debugfs_text(text, shown, reading.diagnostics)
                                : read_debugfs_json(text, shown, reading.diagnostics);
    reading.sound = !has_error(reading.diagnostics);
    if (!spec) {
      unnamed_.insert(unnamed_.end(), reading.diagnostics.begin(), reading.diagnostics.end());
      return std::nullopt;
    }
    reading.spec = std::move(*spec);
    return reading;
  }

  std::optional<Reading> read_spec(const fs::path& folder, const char* part,
                                   const std::string& name) {
    const fs::path path = folder / part / name;
    std::error_code failed;
    if (!fs::exists(path, failed)) {
      return std::nullopt;
    }
    const std::string shown = fmt::format("{}/{}", part, to_utf8(name));
    try {
      return read_spec(read_file(path.string(), kMaxSize), shown);
    } catch (const InputError& error) {
      unnamed_.push_back({Level::error, "unreadable", "", error.reason(), shown, std::nullopt});
      return std::nullopt;
    }
  }

  void spec(const fs::path& folder, const std::string& name) {
    unnamed_.clear();
    auto text = read_spec(folder, kTexts, name);
    auto json = read_spec(folder, kJsons, name);
    const std::string shown = to_utf8(name);
    const std::string places[] = {fmt::format("{}/{}", kTexts, shown),
                                  fmt::format("{}/{}", kJsons, shown)};
    const bool read = text || json;
    for (Diagnostic& diagnostic : unnamed_) {
      diagnostic.subject = shown;
      diagnostic.level = read ? Level::warning : diagnostic.level;
      corpus_.diagnostics.push_back(std::move(diagnostic));
    }
    if (!read) {
      total_++;
      return;
    }
    if (!text || !json) {
      auto& one = text ? text : json;
      add(std::move(one->spec), {text ? places[0] : places[1]}, one->diagnostics);
      return;
    }
    both(*text, *json, places);
  }

  // Where one form is damaged the other stands in for it.
  void both(Reading& text, Reading& json, const std::string (&places)[2]) {
    auto diagnostics = text.diagnostics;
    diagnostics.insert(diagnostics.end(), json.diagnostics.begin(), json.diagnostics.end());
    if (text.sound != json.sound && (!json.sound || whole_is_in_doubt(text))) {
      soften(diagnostics);
      const bool use_text = text.sound;
      add(use_text ? std::move(text.spec) : std::move(json.spec), {places[use_text ? 0 : 1]},
          diagnostics);
      return;
    }
    if (json.sound) {
      for (Diagnostic& diagnostic : diagnostics) {
        if (!only_in_text(diagnostic)) {
          soften(diagnostic);
        }
      }
    }
    add(text.is_text ? merge_debugfs(text.spec, json.spec) : std::move(json.spec),
        {places[0], places[1]}, diagnostics);
  }

  static bool only_in_text(const Diagnostic& diagnostic) {
    return diagnostic.subject.ends_with("/params") ||
           diagnostic.subject.ends_with("/state_transitions");
  }
  // Not only a list that JSON has as well.
  static bool whole_is_in_doubt(const Reading& reading) {
    return std::any_of(reading.diagnostics.begin(), reading.diagnostics.end(), [](const auto& d) {
      return d.level == Level::error &&
             (d.subject.find('/') == std::string::npos || only_in_text(d));
    });
  }
  static void soften(Diagnostic& diagnostic) {
    if (diagnostic.level == Level::error) {
      diagnostic.level = Level::warning;
      diagnostic.message += "; the other form was used";
    }
  }
  static void soften(std::vector<Diagnostic>& diagnostics) {
    for (Diagnostic& diagnostic : diagnostics) {
      soften(diagnostic);
    }
  }

  void add(DebugfsSpec spec, const std::vector<std::string>& places,
           const std::vector<Diagnostic>& diagnostics) {
    total_++;
    whole_ += has_error(diagnostics) ? 0 : 1;
    for (const std::string& place : places) {
      Origin origin;
      origin.subject = spec.api.name;
      origin.section = place + ":1";
      corpus_.source.origins.push_back(std::move(origin));
      forms_.insert(place.starts_with(kJsons) ? "JSON" : "text");
    }
    corpus_.diagnostics.insert(corpus_.diagnostics.end(), diagnostics.begin(), diagnostics.end());
    omits_.insert(spec.omits.begin(), spec.omits.end());
    const Api& api = spec.api;
    late_lists_ = late_lists_ || !api.side_effects.empty() || !api.state_transitions.empty() ||
                  !api.capabilities.empty();
    if (!names_.insert(api.name).second) {
      note(Level::error, "duplicate-api", api.name,
           fmt::format("a second spec is called {}", api.name), places[0] + ":1");
    }
    corpus_.apis.push_back(std::move(spec.api));
  }

  // ---- the list ----

  void list(const fs::path& path, const std::string& shown, bool with_files) {
    std::vector<Diagnostic> noticed;
    std::vector<DebugfsEntry> entries;
    try {
      entries = read_debugfs_list(read_file(path.string(), kMaxSize), shown, noticed);
    } catch (const InputError& error) {
      noticed.push_back({Level::error, "unreadable", "specs", error.reason(), shown, std::nullopt});
    }
    list_sound_ = !has_error(noticed);
    if (with_files && !list_sound_) {
      soften(noticed);  // the files say which specs there are
    }
    corpus_.diagnostics.insert(corpus_.diagnostics.end(), noticed.begin(), noticed.end());
    for (DebugfsEntry& entry : entries) {
      const std::string name = entry.name;
      if (!listed_.emplace(name, std::move(entry.description)).second) {
        note(Level::error, "duplicate-api", name,
             fmt::format("a second spec is called {}; there is a file for one of them only", name),
             shown + ":1");
      }
    }
  }

  // An API that stands in the list alone.
  void missing(const std::string& name, const std::string& description, bool others_have_files) {
    total_++;
    Api api;
    api.name = name;
    api.kind = name.starts_with("sys_") ? "syscall" : "function";
    api.description = description;
    if (others_have_files) {
      note(Level::error, "file-missing", name, "the list names it, and there is no file for it",
           "list:1");
    } else {
      whole_++;
      forms_.insert("list");
      const auto omits = debugfs_list_omits();
      omits_.insert(omits.begin(), omits.end());
    }
    corpus_.apis.push_back(std::move(api));
  }

  // ---- the whole ----

  void note(Level level, std::string code, std::string subject, std::string message,
            std::string section) {
    corpus_.diagnostics.push_back({level, std::move(code), std::move(subject), std::move(message),
                                   std::move(section), std::nullopt});
  }

  void finish() {
    // A kernel that prints these lists for one spec prints them for all.
    if (late_lists_ && omits_.count("capabilities") != 0) {
      for (const char* list : {"capabilities", "side_effects", "state_transitions"}) {
        omits_.erase(list);
      }
    }
    corpus_.source.omits.assign(omits_.begin(), omits_.end());
    corpus_.source.format =
        fmt::format("debugfs ({})", fmt::join(forms_.begin(), forms_.end(), " and "));
    const bool complete = whole_ == total_ && list_sound_;
    corpus_.coverage.push_back({"specs",
                                complete      ? "complete"
                                : whole_ == 0 ? "unread"
                                              : "partial",
                                whole_, total_, corpus_.source.format});
  }

  Corpus corpus_;
  std::map<std::string, std::string> listed_;  // descriptions by name
  std::set<std::string> names_;                // of the specs
  std::set<std::string> omits_;
  std::set<std::string> forms_;
  std::vector<Diagnostic> unnamed_;  // of files that hold no spec
  uint64_t total_ = 0;
  uint64_t whole_ = 0;
  bool list_sound_ = true;
  bool late_lists_ = false;
};

Corpus load(const std::string& path, const LoadOptions& options) {
  Corpus corpus;
  if (options.specs) {
    corpus = Loader().load(path);
  } else {
    corpus.source.kind = "debugfs";
    corpus.coverage.push_back({"specs", "not_asked", 0, 0, ""});
  }
  corpus.coverage.push_back(options.syscalls
                                ? Coverage{"syscalls", "absent", 0, 0, "debugfs shows specs only"}
                                : Coverage{"syscalls", "not_asked", 0, 0, ""});
  return corpus;
}

}  // namespace

extern const InputKindEntry kind_debugfs;
const InputKindEntry kind_debugfs = {
    "debugfs", "a mounted debugfs, its folder kapi, or a copy of what is in it", probe,
    /*by_request=*/true, load};

}  // namespace kapi
