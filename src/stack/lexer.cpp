#include "stack/lexer.h"

#include <algorithm>
#include <array>
#include <optional>

namespace stackctl::stack {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word(char c) { return is_letter(c) || is_digit(c); }

constexpr std::array<std::string_view, 6> kPairs = {"<=", ">=", "==", "!=", "&&", "||"};
/// What a backslash and `c` stand for.
std::optional<char> unescape(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case '\\':
    case '"':
    case '\'':
    case '$':
      return c;
    default:
      return std::nullopt;
  }
}

constexpr std::string_view kSingles = "!-*/%+<>?:.,()[]{}";

}  // namespace

Token Lexer::take(Token::Form form, std::size_t length) {
  Token token{form, {at_, length}, std::string(text_.substr(at_, length))};
  at_ += length;
  return token;
}

Token Lexer::next() {
  while (at_ < text_.size() &&
         std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
    ++at_;
  if (at_ >= text_.size()) return {Token::Form::end, {text_.size(), 1}, {}};
  const char c = text_[at_];
  if (is_letter(c)) return name();
  if (is_digit(c)) return number();
  if (c == '\'' || c == '"') return quoted();
  const std::string_view pair = text_.substr(at_, 2);
  if (std::find(kPairs.begin(), kPairs.end(), pair) != kPairs.end())
    return take(Token::Form::symbol, 2);
  if (kSingles.find(c) != std::string_view::npos) return take(Token::Form::symbol, 1);
  Token token = take(Token::Form::broken, 1);
  const char* const meant = c == '=' ? "==" : c == '&' ? "&&" : c == '|' ? "||" : nullptr;
  token.word = "unexpected character '" + token.word + "'";
  if (meant != nullptr) token.word += std::string("; write '") + meant + "'";
  return token;
}

Token Lexer::name() {
  std::size_t end = at_;
  const auto is_inner_dash = [&] {
    return text_[end] == '-' && end + 1 < text_.size() && is_word(text_[end + 1]);
  };
  while (end < text_.size() && (is_word(text_[end]) || is_inner_dash())) ++end;
  return take(Token::Form::name, end - at_);
}

Token Lexer::number() {
  std::size_t end = at_;
  const auto digits = [&] {
    while (end < text_.size() && is_digit(text_[end])) ++end;
  };
  digits();
  if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) {
    ++end;
    digits();
  }
  return take(Token::Form::number, end - at_);
}

Token Lexer::unknown_escape(std::size_t backslash) {
  at_ = backslash;
  Token token = take(Token::Form::broken, 2);
  token.word = "unknown escape '" + token.word + "'; write a backslash as \\\\";
  return token;
}

Token Lexer::quoted() {
  const char quote = text_[at_];
  std::string content;
  for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
    if (text_[i] == quote) {
      Token token = take(Token::Form::text, i + 1 - at_);
      token.word = std::move(content);
      return token;
    }
    if (text_[i] == '\\' && i + 1 < text_.size()) {
      const std::optional<char> meant = unescape(text_[++i]);
      if (!meant) return unknown_escape(i - 1);
      content += *meant;
    } else {
      content += text_[i];
    }
  }
  Token token = take(Token::Form::broken, 1);
  token.word = "this text has no closing quote";
  return token;
}

}  // namespace stackctl::stack
