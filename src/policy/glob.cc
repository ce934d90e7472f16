// SPDX-License-Identifier: GPL-2.0-only
// Globs as a walk over all places of the pattern at once: backtracking over two kinds of stars
// would take exponential time on a pattern that is made for it.
#include <vector>

#include "kapi/policy.h"

namespace kapi {
namespace {

struct Token {
  enum Kind { literal, one, in_segment, any } kind;
  char value = 0;
};

std::vector<Token> tokens_of(std::string_view glob) {
  std::vector<Token> tokens;
  tokens.reserve(glob.size());
  for (size_t i = 0; i < glob.size(); i++) {
    if (glob[i] == '*') {
      const bool is_double = i + 1 < glob.size() && glob[i + 1] == '*';
      tokens.push_back({is_double ? Token::any : Token::in_segment});
      i += is_double ? 1 : 0;
    } else if (glob[i] == '?') {
      tokens.push_back({Token::one});
    } else {
      i += glob[i] == '\\' && i + 1 < glob.size() ? 1 : 0;
      tokens.push_back({Token::literal, glob[i]});
    }
  }
  return tokens;
}

// Stars may stand for nothing: whoever is before one is behind it as well.
void pass_stars(const std::vector<Token>& tokens, std::vector<bool>& at) {
  for (size_t i = 0; i < tokens.size(); i++) {
    if (at[i] && (tokens[i].kind == Token::any || tokens[i].kind == Token::in_segment)) {
      at[i + 1] = true;
    }
  }
}

}  // namespace

bool glob_matches(std::string_view glob, std::string_view text) {
  // Most globs differ from most texts before their first special character.
  const size_t plain = glob.find_first_of("*?\\");
  if (plain == glob.npos) {
    return glob == text;
  }
  if (text.substr(0, plain) != glob.substr(0, plain)) {
    return false;
  }
  const std::vector<Token> tokens = tokens_of(glob);
  std::vector<bool> at(tokens.size() + 1);
  at[0] = true;
  pass_stars(tokens, at);
  for (const char c : text) {
    std::vector<bool> next(tokens.size() + 1);
    bool alive = false;
    for (size_t i = 0; i < tokens.size(); i++) {
      const Token& token = tokens[i];
      if (!at[i]) {
        continue;
      }
      const bool stays = token.kind == Token::any || (token.kind == Token::in_segment && c != '/');
      const bool steps = (token.kind == Token::literal && token.value == c) ||
                         (token.kind == Token::one && c != '/');
      next[i] = next[i] || stays;
      next[i + 1] = next[i + 1] || steps;
      alive = alive || stays || steps;
    }
    if (!alive) {
      return false;
    }
    pass_stars(tokens, next);
    at.swap(next);
  }
  return at.back();
}

}  // namespace kapi
