// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>

#include "kapi/policy.h"

namespace kapi {
namespace {

bool says_everything(const Corpus& corpus) {
  return corpus.source.omits.empty() &&
         std::none_of(corpus.coverage.begin(), corpus.coverage.end(),
                      [](const Coverage& row) { return row.state == "not_asked"; });
}

}  // namespace

PolicyContext policy_context(const Corpus& old_corpus, const Corpus& new_corpus,
                             const Date& today) {
  PolicyContext context;
  context.today = today;
  context.everything = says_everything(old_corpus) && says_everything(new_corpus);
  for (const Corpus* corpus : {&old_corpus, &new_corpus}) {
    for (const Api& api : corpus->apis) {
      context.kinds[api.name].push_back(api.kind);
    }
  }
  return context;
}

}  // namespace kapi
