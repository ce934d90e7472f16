// SPDX-License-Identifier: GPL-2.0-only
// What a type leads to.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "kapi/types/exact.h"
#include "surface/internal_types.h"

namespace kapi {

class Reach {
 public:
  explicit Reach(ExactTypes& types) : types_(types), internal_(types) {}

  // Adds what the type leads to: itself, what it holds by value, what its pointers point to.
  // Records of the kernel's own behind a pointer are left out, and that which is asked for itself
  // if it is one; functions are not followed. Throws InputError.
  void add(TypeId root, const std::string& user);
  // Adds a type of whatever kind, and completes what it holds by value.
  void add_alone(TypeId type);

  // Named records, typedefs of records and of enumerations without a name, and enumerations; each
  // with its users. All are complete, also what they hold by value.
  const std::map<TypeId, std::set<std::string>>& reached() const { return reached_; }

 private:
  struct Step {
    TypeId type = 0;
    bool behind_pointer = false;
  };

  const std::vector<TypeId>& reach(TypeId root);
  // Notes the type in `found` and in `next` what it leads to directly.
  void visit(Step step, std::vector<TypeId>& found, std::vector<Step>& next);
  void complete_held(std::vector<Step> next);
  void visit_typedef(Step step, std::vector<TypeId>& found, std::vector<Step>& next);
  bool visit_record(Step step, std::vector<TypeId>& found);

  ExactTypes& types_;
  InternalTypes internal_;
  std::map<TypeId, std::set<std::string>> reached_;
  std::map<TypeId, std::vector<TypeId>> of_root_;
};

}  // namespace kapi
