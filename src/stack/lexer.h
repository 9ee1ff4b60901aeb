// The words of an expression.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stackctl::stack {

/// A part of a scalar's text.
struct Span {
  std::size_t at = 0;
  std::size_t length = 0;
};

struct Token {
  enum class Form : std::uint8_t { end, number, text, name, symbol, broken };
  Form form = Form::end;
  Span span;
  /// Of a text: its content. Of a broken token: what is wrong with it. Else the token as written.
  std::string word;
};

/// Reads tokens one by one. A name swallows a '-' that a letter or digit follows ("web-sg"), so a
/// subtraction needs a blank on one side at least.
class Lexer {
 public:
  /// Starts at byte `at` of `text`, which must outlive the lexer.
  Lexer(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  Token next();
  /// Where the next token would be looked for.
  std::size_t position() const { return at_; }

 private:
  Token take(Token::Form form, std::size_t length);
  Token name();
  Token number();
  Token quoted();
  Token unknown_escape(std::size_t backslash);

  std::string_view text_;
  std::size_t at_;
};

}  // namespace stackctl::stack
