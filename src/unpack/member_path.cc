// SPDX-License-Identifier: GPL-2.0-only
// Paths in a package. They are only ever compared with each other and never reach a file system;
// a package that holds an odd one is read without it.
#include "unpack/member_path.h"

#include <algorithm>
#include <map>
#include <vector>

#include "kapi/unpack.h"

namespace kapi {
namespace {

// The kernel's own limits.
constexpr size_t kMaxLinks = 40;
constexpr size_t kMaxPath = 4096;

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string path;
  for (const std::string& part : parts) {
    path += (path.empty() ? "" : "/") + part;
  }
  return path;
}

using Index = std::map<std::string_view, const PackageMember*, std::less<>>;

// Walks a path part by part, as the kernel does. False if it leads out, or through a file.
bool walk(const Index& index, std::string_view path, std::vector<std::string>& at, size_t& links) {
  if (path.size() > kMaxPath) {
    return false;
  }
  for (const std::string_view part : parts_of(path)) {
    if (part == "..") {
      if (at.empty()) {
        return false;
      }
      at.pop_back();
      continue;
    }
    at.emplace_back(part);
    for (auto found = index.find(joined(at)); found != index.end();
         found = index.find(joined(at))) {
      const PackageMember& member = *found->second;
      if (member.kind != PackageMember::Kind::symlink) {
        break;
      }
      if (++links > kMaxLinks) {
        return false;
      }
      at.pop_back();
      if (member.target.starts_with('/')) {
        at.clear();
      }
      if (!walk(index, member.target, at, links)) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

std::optional<std::string> member_path(std::string_view path) {
  std::string normal;
  for (const std::string_view part : parts_of(path)) {
    if (part == "..") {
      return std::nullopt;
    }
    normal += normal.empty() ? "" : "/";
    normal += part;
  }
  return normal.empty() ? std::nullopt : std::optional(normal);
}

std::optional<std::string> resolve_member(const std::vector<PackageMember>& members,
                                          std::string_view path) {
  Index index;
  for (const PackageMember& member : members) {
    index[member.path] = &member;
  }
  std::vector<std::string> at;
  size_t links = 0;
  if (!walk(index, path, at, links)) {
    return std::nullopt;
  }
  auto found = index.find(joined(at));
  if (found != index.end() && found->second->kind == PackageMember::Kind::hardlink) {
    found = index.find(found->second->target);
  }
  const bool is_file = found != index.end() && found->second->kind == PackageMember::Kind::file;
  return is_file ? std::optional(found->second->path) : std::nullopt;
}

}  // namespace kapi
