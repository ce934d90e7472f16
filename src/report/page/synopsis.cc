// SPDX-License-Identifier: GPL-2.0-only
// How it is called, as C declares it.
#include <algorithm>

#include "report/layout.h"
#include "report/page/page.h"
#include "report/text.h"

namespace kapi::page {
namespace {

// "char __user * name" as "char __user *name".
std::string tidy(std::string text) {
  for (size_t at = text.find("* "); at != text.npos; at = text.find("* ", at + 1)) {
    if (at + 2 < text.size() && text[at + 2] != '/') {
      text.erase(at + 1, 1);
    }
  }
  return text;
}

}  // namespace

std::string declared(const Param& param) {
  const std::string& type = param.type_name.empty() ? param.type : param.type_name;
  return tidy(declaration_text(type, param.name));
}

namespace {

std::vector<Declaration> declarations(const std::vector<Param>& params) {
  std::vector<Declaration> list;
  list.reserve(params.size());
  for (const Param& param : params) {
    list.push_back({declared(param), one_line(param.name)});
  }
  return list;
}

// The C type, where the spec says one or the kind of API has only one; empty otherwise.
std::string result_of(const Api& api) {
  if (!api.return_) {
    return {};
  }
  const Return& value = *api.return_;
  if (!value.type_name.empty() && !value.type_name.starts_with("KAPI_TYPE_")) {
    return one_line(value.type_name);
  }
  return value.type == "void"    ? "void"
         : value.type == "fd"    ? "int"
         : api.kind == "syscall" ? "long"
                                 : "";
}

}  // namespace

std::string call_name(std::string_view name, std::string_view kind) {
  constexpr std::string_view kPrefix = "sys_";
  const bool prefixed = kind == "syscall" && name.starts_with(kPrefix) && name != kPrefix;
  return one_line(prefixed ? name.substr(kPrefix.size()) : name);
}

std::vector<Prototype> synopsis_of(const Api* api, const std::vector<const Syscall*>& syscalls) {
  if (api != nullptr && api->kind == "ioctl") {
    const std::string command = api->cmd_name.empty() ? api->name : api->cmd_name;
    return {{"int", "ioctl", {{"int fd", "fd"}, {one_line(command), ""}, {"...", ""}}}};
  }
  if (api != nullptr) {
    const bool sysfs = api->kind == "sysfs";
    return sysfs ? std::vector<Prototype>{}
                 : std::vector<Prototype>{{result_of(*api), call_name(api->name, api->kind),
                                           declarations(api->params)}};
  }
  std::vector<Prototype> list;
  for (const Syscall* syscall : syscalls) {
    Prototype prototype{.result = "long",
                        .name = one_line(syscall->name),
                        .params = declarations(syscall->params),
                        .params_known = syscall->has_signature()};
    if (std::none_of(list.begin(), list.end(), [&](const Prototype& other) {
          return plain_text(other) == plain_text(prototype);
        })) {
      list.push_back(std::move(prototype));
    }
  }
  return list;
}

std::string plain_text(const Prototype& prototype) {
  std::vector<std::string> params;
  for (const Declaration& declaration : prototype.params) {
    params.push_back(declaration.text);
  }
  const std::string list = !prototype.params_known ? "/* not known */"
                           : params.empty()        ? "void"
                                                   : joined(params);
  const bool pointer = prototype.result.ends_with('*');
  return prototype.result + (prototype.result.empty() || pointer ? "" : " ") + prototype.name +
         "(" + list + ");";
}

}  // namespace kapi::page
