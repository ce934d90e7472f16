// SPDX-License-Identifier: GPL-2.0-only
// Which records are the kernel's own. Some structs that userspace passes hold pointers to records
// of the kernel (the `struct msg *` of struct msqid_ds), which userspace neither follows nor fills
// in.
#pragma once

#include <map>

#include "kapi/types/exact.h"

namespace kapi {

class InternalTypes {
 public:
  explicit InternalTypes(ExactTypes& types) : types_(types) {}

  // Whether the record holds by value what only the kernel can use: a list or tree linkage, a lock,
  // a counter of references. No header for userspace has any of them. The record is complete;
  // records that it holds by value are completed. Throws InputError.
  bool contains(TypeId record);

 private:
  bool look(TypeId type, int depth);

  ExactTypes& types_;
  std::map<TypeId, bool> known_;  // by record
};

}  // namespace kapi
