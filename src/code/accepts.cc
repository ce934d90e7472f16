// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>

#include "code/accepted.h"
#include "kapi/code.h"

namespace kapi {
namespace {

constexpr std::string_view kFact = "code";
constexpr std::string_view kAbi = "x86_64";
constexpr uint64_t kWord = 8;  // bytes

std::string_view text_of(code::Verdict verdict) {
  switch (verdict) {
    case code::Verdict::proved:
      return "proved";
    case code::Verdict::conditional:
      return "conditional";
    case code::Verdict::unknown:
      break;
  }
  return "unknown";
}

Accepts accepts_of(const code::Accepted& accepted, const code::Program& program) {
  Accepts out;
  out.width = accepted.width;
  out.verdict = text_of(accepted.verdict);
  out.reason = accepted.reason;
  if (accepted.kind == code::Accepted::unknown) {
    out.kind = "unknown";
    return out;
  }
  if (accepted.kind == code::Accepted::mask) {
    out.kind = "mask";
    out.mask = Bits{accepted.bits};
  } else {
    out.kind = "values";
    out.values = accepted.values;
  }
  out.errno_.assign(accepted.errors.begin(), accepted.errors.end());
  for (const uint64_t address : accepted.deciders) {
    out.evidence.push_back(program.place(address));
  }
  std::sort(out.evidence.begin(), out.evidence.end());
  return out;
}

bool is_number(std::string_view type) { return type == "int" || type == "uint" || type == "enum"; }

// "struct open_how *" -> "open_how"; empty if it points to nothing with fields.
std::string_view pointee(std::string_view type_name) {
  for (const std::string_view word : {"const ", "struct ", "union "}) {
    if (type_name.starts_with(word)) {
      type_name.remove_prefix(word.size());
    }
  }
  const size_t end = type_name.find(" *");
  return end == type_name.npos || end + 2 != type_name.size() ? std::string_view()
                                                              : type_name.substr(0, end);
}

class Reader {
 public:
  Reader(const code::Program& program, Corpus& corpus)
      : program_(program), summaries_(program), corpus_(corpus) {}

  void read() {
    for (Syscall& syscall : corpus_.syscalls) {
      if (syscall.abi == kAbi) {
        read_syscall(syscall);
      }
    }
  }

  Coverage coverage() const {
    return {std::string(kFact), "complete", proved_, asked_,
            fmt::format("{} of {} arguments and fields proved, {} conditional; the others accept "
                        "anything, or it is not known what",
                        proved_, asked_, conditional_)};
  }

 private:
  void read_syscall(Syscall& syscall) {
    const auto entry = program_.address_of(syscall.entry);
    if (!entry || !program_.is_code(*entry)) {
      return;
    }
    code::Questions questions(program_, summaries_, *entry);
    const size_t count = std::min<size_t>(syscall.params.size(), code::Variables::kArguments);
    for (size_t i = 0; i < count; i++) {
      Param& param = syscall.params[i];
      code::Part part;
      part.argument = part.variable = code::Variables::argument(static_cast<unsigned>(i));
      if (is_number(param.type) && param.size && *param.size <= kWord && *param.size > 0) {
        part.width = static_cast<unsigned>(*param.size * 8);
        part.is_signed = param.type == "int";
        param.accepts = ask(questions, part);
      } else if (param.type == "ptr") {
        read_fields(questions, part, param);
      }
    }
  }

  void read_fields(code::Questions& questions, code::Part part, Param& param) {
    const Struct* layout = layout_of(pointee(param.type_name));
    if (layout == nullptr) {
      return;
    }
    const code::Variable argument = part.argument;
    questions.baseline(argument - 1U);
    const auto words = questions.variables().words_of(argument);
    for (const Field& field : layout->fields) {
      const bool whole = field.size && *field.size > 0 && !field.bits &&
                         field.offset % kWord + *field.size <= kWord;
      if (!whole || !is_number(field.type)) {
        continue;
      }
      for (const code::Variable word : words) {
        if (questions.variables().offset_of(word) == field.offset / kWord * kWord) {
          part.variable = word;
          part.bit = static_cast<unsigned>(field.offset % kWord * 8);
          part.width = static_cast<unsigned>(*field.size * 8);
          part.is_signed = field.type == "int";
          param.fields.push_back({field.name, ask(questions, part)});
        }
      }
    }
  }

  const Struct* layout_of(std::string_view name) const {
    const auto it = std::find_if(
        corpus_.types.begin(), corpus_.types.end(),
        [&](const Struct& type) { return type.name == name && type.kind == "struct"; });
    return name.empty() || it == corpus_.types.end() ? nullptr : &*it;
  }

  Accepts ask(code::Questions& questions, const code::Part& part) {
    Accepts accepts = accepts_of(questions.accepted(part), program_);
    asked_++;
    proved_ += accepts.verdict == "proved" ? 1 : 0;
    conditional_ += accepts.verdict == "conditional" ? 1 : 0;
    return accepts;
  }

  const code::Program& program_;
  code::Summaries summaries_;
  Corpus& corpus_;
  uint64_t asked_ = 0;
  uint64_t proved_ = 0;
  uint64_t conditional_ = 0;
};

}  // namespace

void read_accepts(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus) {
  const auto row = [&](std::string state, std::string why) {
    corpus.coverage.push_back({std::string(kFact), std::move(state), 0, 0, std::move(why)});
  };
  if (image->arch() != Arch::x86_64) {
    row("unread",
        fmt::format("the code of {} is not read, that of x86_64 is", name(image->arch())));
    return;
  }
  if (std::none_of(corpus.syscalls.begin(), corpus.syscalls.end(), [](const Syscall& syscall) {
        return syscall.abi == kAbi && syscall.has_signature();
      })) {
    row("absent", "no syscall of x86_64 with a signature");
    return;
  }
  try {
    const auto exact = types.exact();
    const code::Program program(image, exact.get());
    Reader reader(program, corpus);
    reader.read();
    corpus.coverage.push_back(reader.coverage());
  } catch (const InputError& error) {
    corpus.diagnostics.push_back({Level::error, "code-malformed", "", error.reason(),
                                  error.place().section, error.place().offset});
    row("unread", error.reason());
  }
}

}  // namespace kapi
