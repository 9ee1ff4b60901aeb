#include "stack/expression.h"

#include <array>
#include <utility>

#include "stack/document.h"

namespace stackctl::stack {
namespace {

constexpr int kMaxDepth = 64;
constexpr int kMaxSteps = 500;  ///< operators and members in a row: each makes the tree deeper

struct BinaryOperator {
  std::string_view symbol;
  int power;  ///< higher binds tighter
};
constexpr std::array kBinaryOperators = {
    BinaryOperator{"||", 2}, BinaryOperator{"&&", 3}, BinaryOperator{"==", 4},
    BinaryOperator{"!=", 4}, BinaryOperator{"<", 5},  BinaryOperator{"<=", 5},
    BinaryOperator{">", 5},  BinaryOperator{">=", 5}, BinaryOperator{"+", 6},
    BinaryOperator{"-", 6},  BinaryOperator{"*", 7},  BinaryOperator{"/", 7},
    BinaryOperator{"%", 7}};

int power_of(const Token& token) {
  if (token.form != Token::Form::symbol) return 0;
  for (const BinaryOperator& row : kBinaryOperators)
    if (row.symbol == token.word) return row.power;
  return 0;
}

Span join(Span a, Span b) { return {a.at, b.at + b.length - a.at}; }

/// Precedence climbing over one `${…}`.
class Parser {
 public:
  Parser(std::string_view text, std::size_t at, const Report& report)
      : text_(text), lexer_(text, at), report_(report) {
    advance();
  }

  /// The expression up to its closing brace; `end` is then the byte behind that.
  std::optional<Expression> parse(std::size_t& end) {
    std::optional<Expression> expression = conditional();
    if (!expression) return std::nullopt;
    if (!is("}")) return fail("expected '}'");
    end = token_.span.at + 1;
    return expression;
  }

 private:
  using Parsed = std::optional<Expression>;

  void advance() { token_ = lexer_.next(); }
  bool is(std::string_view symbol) const {
    return token_.form == Token::Form::symbol && token_.word == symbol;
  }
  bool accept(std::string_view symbol) {
    if (!is(symbol)) return false;
    advance();
    return true;
  }

  std::nullopt_t fail(std::string_view expected) {
    if (token_.form == Token::Form::broken) {
      report_(token_.span, error(token_.word));
    } else if (token_.form == Token::Form::end) {
      report_(token_.span, error("the expression ends too early: " + std::string(expected),
                                 "close it with '}', or write $${ for a literal ${"));
    } else {
      report_(token_.span,
              error(std::string(expected) + ", but found '" +
                    std::string(text_.substr(token_.span.at, token_.span.length)) + "'"));
    }
    return std::nullopt;
  }

  static Expression node(Expression::Form form, Span span, Token token,
                         std::vector<Expression> parts = {}) {
    return {form, span, token.span, std::move(token.word), {}, std::move(parts)};
  }
  static Expression literal(Value value, Span span) {
    return {Expression::Form::literal, span, span, {}, std::move(value), {}};
  }

  std::nullopt_t too_deep() {
    report_(token_.span, error("the expression is too long or too deep", "split it with locals"));
    return std::nullopt;
  }

  Parsed conditional() {
    if (++depth_ > kMaxDepth) return too_deep();
    Parsed result = choice();
    --depth_;
    return result;
  }

  Parsed choice() {
    Parsed condition = binary(1);
    if (!condition || !is("?")) return condition;
    Token mark = token_;
    advance();
    Parsed yes = conditional();
    if (!yes) return std::nullopt;
    if (!accept(":")) return fail("expected ':' of '? :'");
    Parsed no = conditional();
    if (!no) return std::nullopt;
    const Span span = join(condition->span, no->span);
    return node(Expression::Form::conditional, span, std::move(mark),
                {*std::move(condition), *std::move(yes), *std::move(no)});
  }

  Parsed binary(int least) {
    Parsed left = unary();
    while (left) {
      const int power = power_of(token_);
      if (power == 0 || power < least) return left;
      if (++steps_ > kMaxSteps) return too_deep();
      Token symbol = token_;
      advance();
      Parsed right = binary(power + 1);
      if (!right) return std::nullopt;
      const Span span = join(left->span, right->span);
      left = node(Expression::Form::binary, span, std::move(symbol),
                  {*std::move(left), *std::move(right)});
    }
    return left;
  }

  Parsed unary() {
    if (!is("!") && !is("-")) return postfix();
    if (++depth_ > kMaxDepth) return too_deep();
    Token symbol = token_;
    advance();
    Parsed operand = unary();
    --depth_;
    if (!operand) return std::nullopt;
    const Span span = join(symbol.span, operand->span);
    return node(Expression::Form::unary, span, std::move(symbol), {*std::move(operand)});
  }

  Parsed postfix() {
    Parsed result = primary();
    while (result) {
      if (++steps_ > kMaxSteps) return too_deep();
      if (accept("."))
        result = result->form == Expression::Form::splat ? further_member(*std::move(result))
                                                         : member(*std::move(result));
      else if (is("["))
        result = index(*std::move(result));
      else
        return result;
    }
    return result;
  }

  Parsed member(Expression object) {
    if (token_.form != Token::Form::name) return fail("expected a name after '.'");
    const Span span = join(object.span, token_.span);
    Expression result = node(Expression::Form::member, span, token_, {std::move(object)});
    advance();
    return result;
  }

  Parsed index(Expression object) {
    advance();
    if (is("*")) return splat(std::move(object));
    Parsed key = conditional();
    if (!key) return std::nullopt;
    const Token close = token_;
    if (!accept("]")) return fail("expected ']'");
    const Span span = join(object.span, close.span);
    if (object.form == Expression::Form::splat) return further(std::move(object), *key, span);
    const Span token = key->span;
    Expression result{Expression::Form::index, span, token, {}, {}, {}};
    result.parts.push_back(std::move(object));
    result.parts.push_back(*std::move(key));
    return result;
  }

  Parsed splat(Expression object) {
    const Span star = token_.span;
    advance();
    const Token close = token_;
    if (!accept("]")) return fail("expected ']'");
    Expression result{Expression::Form::splat, join(object.span, close.span), star, {}, {}, {}};
    result.parts.push_back(std::move(object));
    return result;
  }

  /// What stands behind `[*]` is taken of each item.
  static Parsed further(Expression splat, const Expression& key, Span span) {
    splat.span = span;
    splat.parts.push_back(key);
    return splat;
  }

  Parsed further_member(Expression splat) {
    if (token_.form != Token::Form::name) return fail("expected a name after '.'");
    const Expression key = literal(token_.word, token_.span);
    const Span span = join(splat.span, token_.span);
    advance();
    return further(std::move(splat), key, span);
  }

  Parsed primary() {
    Token token = token_;
    switch (token.form) {
      case Token::Form::number:
        advance();
        return literal(plain_value(token.word), token.span);
      case Token::Form::text:
        advance();
        return literal(std::move(token.word), token.span);
      case Token::Form::name:
        return name();
      default:
        break;
    }
    if (is("(")) return parenthesised();
    if (is("[")) return sequence(Expression::Form::list, "]");
    if (is("{")) return object();
    return fail("expected a value");
  }

  Parsed name() {
    Token token = token_;
    advance();
    if (token.word == "true") return literal(true, token.span);
    if (token.word == "false") return literal(false, token.span);
    if (token.word == "null") return literal({}, token.span);
    if (!is("(")) return node(Expression::Form::name, token.span, token);
    Parsed call = sequence(Expression::Form::call, ")");
    if (!call) return std::nullopt;
    call->span = join(token.span, call->span);
    call->token = token.span;
    call->word = std::move(token.word);
    return call;
  }

  Parsed parenthesised() {
    advance();
    Parsed inner = conditional();
    if (!inner) return std::nullopt;
    if (!accept(")")) return fail("expected ')'");
    return inner;
  }

  /// The values between the current bracket and `close`, separated by commas.
  Parsed sequence(Expression::Form form, std::string_view close) {
    const Token open = token_;
    advance();
    std::vector<Expression> parts;
    while (!is(close)) {
      Parsed part = conditional();
      if (!part) return std::nullopt;
      parts.push_back(*std::move(part));
      if (!accept(",") && !is(close)) return fail("expected ',' or '" + std::string(close) + "'");
    }
    const Span span = join(open.span, token_.span);
    advance();
    return node(form, span, open, std::move(parts));
  }

  Parsed object() {
    const Token open = token_;
    advance();
    std::vector<Expression> parts;
    while (!is("}")) {
      if (token_.form != Token::Form::name && token_.form != Token::Form::text)
        return fail("expected a key");
      parts.push_back(literal(token_.word, token_.span));
      advance();
      if (!accept(":")) return fail("expected ':' after the key");
      Parsed value = conditional();
      if (!value) return std::nullopt;
      parts.push_back(*std::move(value));
      if (!accept(",") && !is("}")) return fail("expected ',' or '}'");
    }
    const Span span = join(open.span, token_.span);
    advance();
    return node(Expression::Form::object, span, open, std::move(parts));
  }

  std::string_view text_;
  Lexer lexer_;
  const Report& report_;
  Token token_;
  int depth_ = 0;
  int steps_ = 0;
};

void add_literal(Expression& text, std::string& literal, std::size_t end) {
  if (literal.empty()) return;
  const Span span{end - literal.size(), literal.size()};
  text.parts.push_back({Expression::Form::literal, span, span, {}, std::move(literal), {}});
  literal.clear();
}

}  // namespace

std::optional<Expression> parse_scalar(std::string_view text, const Report& report) {
  Expression result{Expression::Form::text, {0, text.size()}, {}, {}, {}, {}};
  std::string literal;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.substr(at).starts_with("$${")) {
      literal += "${";
      at += 3;
    } else if (text.substr(at).starts_with("${")) {
      add_literal(result, literal, at);
      std::optional<Expression> part = Parser(text, at + 2, report).parse(at);
      if (!part) return std::nullopt;
      result.parts.push_back(*std::move(part));
    } else {
      literal += text[at++];
    }
  }
  const bool is_sole = result.parts.size() == 1 && literal.empty() && text.starts_with("${");
  if (is_sole) return std::move(result.parts.front());
  add_literal(result, literal, text.size());
  return result;
}

}  // namespace stackctl::stack
