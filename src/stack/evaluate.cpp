#include "stack/evaluate.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "stack/functions.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

bool has_known_shape(const Value& value) {
  return value.deferred() == nullptr && value.reference() == nullptr;
}

class Evaluator {
 public:
  Evaluator(std::string_view text, const Scope& scope, const Report& report)
      : text_(text), scope_(scope), report_(report) {}

  Value value(const Expression& node) {
    switch (node.form) {
      case Expression::Form::literal:
        return node.value;
      case Expression::Form::name:
        return name(node);
      case Expression::Form::member:
        return member(node);
      case Expression::Form::index:
        return index(node);
      case Expression::Form::splat:
        return splat(node);
      case Expression::Form::call:
        return call(node);
      case Expression::Form::unary:
        return unary(node);
      case Expression::Form::binary:
        return binary(node);
      case Expression::Form::conditional:
        return conditional(node);
      case Expression::Form::list:
        return values(node.parts);
      case Expression::Form::object:
        return object(node);
      case Expression::Form::text:
        return apply(node, values(node.parts), join_texts);
    }
    return {};
  }

 private:
  Value fail(Span span, Diagnostic fault) {
    report_(span, std::move(fault));
    return invalid();
  }

  /// Places a fault on the operand that its path names, if any, else on the operator.
  Value fail(const Expression& node, Diagnostic fault) {
    Span span = node.token.length > 0 ? node.token : node.span;
    std::size_t operand = 0;
    const std::string& path = fault.path;
    const auto [end, status] = std::from_chars(path.data(), path.data() + path.size(), operand);
    if (status == std::errc() && operand < node.parts.size()) span = node.parts[operand].span;
    fault.path.clear();
    return fail(span, std::move(fault));
  }

  Value take(const Expression& node, Result<Value> result) {
    return result ? *std::move(result) : fail(node, result.fault());
  }

  Value apply(const Expression& node, List operands, const Operation& operation) {
    const bool is_broken = std::any_of(operands.begin(), operands.end(), is_invalid);
    if (is_broken) return invalid();
    for (std::size_t i = 0; i < operands.size(); ++i)
      if (const Reference* bare = operands[i].reference();
          bare != nullptr && bare->attribute.empty())
        return fail(node.parts[i].span,
                    error("'" + bare->target + "' is a resource, not a value",
                          "name one of its attributes: " + bare->target + ".id"));
    std::string source(text_.substr(node.span.at, node.span.length));
    return take(node, compute(std::move(operands), operation, std::move(source)));
  }

  List values(const std::vector<Expression>& parts) {
    List result;
    result.reserve(parts.size());
    for (const Expression& part : parts) result.push_back(value(part));
    return result;
  }

  Value name(const Expression& node) {
    return scope_.lookup({node.word, {}, node.span, {}}, report_);
  }

  Value member(const Expression& node) {
    const Expression& object = node.parts[0];
    if (object.form == Expression::Form::name)
      return scope_.lookup({object.word, node.word, object.span, node.token}, report_);
    Value of = value(object);
    if (const Reference* resource = bare(of))
      return scope_.lookup({resource->target, node.word, object.span, node.token}, report_);
    return item(node, std::move(of), Value(node.word));
  }

  Value index(const Expression& node) {
    const Expression& object = node.parts[0];
    if (object.form == Expression::Form::name && scope_.instance) {
      const Value key = value(node.parts[1]);
      if (is_invalid(key)) return invalid();
      const Name name{object.word, {}, object.span, node.token};
      if (std::optional<Value> instance = scope_.instance(name, key, report_))
        return *std::move(instance);
    }
    Value of = value(object);
    if (const Reference* resource = bare(of)) return fail(node.token, no_list(*resource));
    return item(node, std::move(of), value(node.parts[1]));
  }

  static const Reference* bare(const Value& value) {
    const Reference* reference = value.reference();
    return reference != nullptr && reference->attribute.empty() ? reference : nullptr;
  }

  static Diagnostic no_list(const Reference& resource) {
    return error("'" + resource.target + "' is one resource, not a list of them");
  }

  Value splat(const Expression& node) {
    const Value object = value(node.parts[0]);
    if (is_invalid(object)) return invalid();
    if (const Reference* resource = bare(object)) return fail(node.token, no_list(*resource));
    List keys = values({node.parts.begin() + 1, node.parts.end()});
    if (std::any_of(keys.begin(), keys.end(), is_invalid)) return invalid();
    if (!has_known_shape(object)) return splat_later(node, object, std::move(keys));
    if (object.list() == nullptr && object.map() == nullptr)
      return fail(node.token,
                  error("'[*]' wants a list or a map, not " + with_article(type_name(object))));
    List result;
    for (const Value* item : items_of(object)) {
      result.push_back(descend(node, *item, keys));
      if (is_invalid(result.back())) return invalid();
    }
    return result;
  }

  /// The items of a list, or the members of a map in the order of their keys.
  static std::vector<const Value*> items_of(const Value& object) {
    std::vector<const Value*> items;
    for (const Value& item : object.items()) items.push_back(&item);
    if (const Map* map = object.map())
      for (const auto& member : *map) items.push_back(&member.second);
    return items;
  }

  Value descend(const Expression& node, Value item, const List& keys) {
    for (std::size_t i = 0; i < keys.size() && !is_invalid(item); ++i) {
      const Span at = node.parts[i + 1].span;
      const Reference* resource = bare(item);
      if (resource != nullptr && keys[i].text() != nullptr) {
        const std::string target = resource->target;
        item = scope_.lookup({target, *keys[i].text(), node.span, at}, report_);
        continue;
      }
      std::string source(text_.substr(node.span.at, node.span.length));
      Result<Value> next = take_known_item({std::move(item), keys[i]}, std::move(source));
      item = next ? *std::move(next) : fail(at, stripped(next.fault()));
    }
    return item;
  }

  static Result<Value> take_known_item(List operands, std::string source) {
    const bool is_known = has_known_shape(operands[0]) && operands[1].is_known();
    return is_known ? take_item(operands)
                    : compute(std::move(operands), take_item, std::move(source));
  }

  Value splat_later(const Expression& node, const Value& object, List operands) {
    operands.insert(operands.begin(), object);
    const auto each = [](std::span<const Value> known) -> Result<Value> {
      if (known[0].list() == nullptr && known[0].map() == nullptr)
        return operand_error(
            0, "'[*]' wants a list or a map, not " + with_article(type_name(known[0])));
      List result;
      for (const Value* item : items_of(known[0])) {
        Result<Value> value = *item;
        for (const Value& key : known.subspan(1))
          if (value) value = take_item(List{*value, key});
        if (!value) return value;
        result.push_back(*std::move(value));
      }
      return Value(std::move(result));
    };
    std::string source(text_.substr(node.span.at, node.span.length));
    return take(node, compute(std::move(operands), each, std::move(source)));
  }

  Value item(const Expression& node, Value object, Value key) {
    if (is_invalid(object) || is_invalid(key)) return invalid();
    if (has_known_shape(object) && key.is_known()) {
      const List operands{std::move(object), std::move(key)};
      Result<Value> result = take_item(operands);
      // The member of `a.b` is no part of its own: its fault goes to the token.
      if (!result && node.parts.size() == 1) return fail(node.token, stripped(result.fault()));
      return take(node, std::move(result));
    }
    return apply_item(node, std::move(object), std::move(key));
  }

  Value apply_item(const Expression& node, Value object, Value key) {
    std::string source(text_.substr(node.span.at, node.span.length));
    return take(node, compute({std::move(object), std::move(key)}, take_item, std::move(source)));
  }

  static Diagnostic stripped(Diagnostic fault) {
    fault.path.clear();
    return fault;
  }

  Value call(const Expression& node) {
    const Function* function = find_function(node.word);
    if (function == nullptr) return fail(node.token, unknown_function(node.word));
    if (std::optional<Diagnostic> fault = check_count(*function, node.parts.size()))
      return fail(node.token, *std::move(fault));
    if (function->trait == Function::Trait::catches) return attempt(node);
    List arguments = values(node.parts);
    if (function->trait == Function::Trait::none ||
        !std::all_of(arguments.begin(), arguments.end(), is_open))
      return call_on_known(node, *function, std::move(arguments));
    return take(node, stack::call(*function, arguments, scope_.read_file));
  }

  /// Its shape is known, and looking at it gives no secret away.
  static bool is_open(const Value& value) {
    return has_known_shape(value) && value.secret() == nullptr;
  }

  Value call_on_known(const Expression& node, const Function& function, List arguments) {
    const bool is_broken = std::any_of(arguments.begin(), arguments.end(), is_invalid);
    if (function.trait == Function::Trait::reads_files && !is_broken)
      return fail(node.token,
                  error("'" + node.word +
                        "' cannot read a file whose name is secret or known after apply"));
    return apply(node, std::move(arguments), [&function](std::span<const Value> known) {
      return stack::call(function, known, {});
    });
  }

  /// try() and can(): the first argument that has no fault.
  Value attempt(const Expression& node) {
    const bool asks = node.word == "can";
    for (const Expression& part : node.parts) {
      bool failed = false;
      const Report note = [&failed](Span, const Diagnostic&) { failed = true; };
      Value result = Evaluator(text_, scope_, note).value(part);
      failed = failed || is_invalid(result);
      if (asks) return !failed;
      if (!failed) return result;
    }
    return fail(node.token, error("every argument of 'try' has a fault", "end with a plain value"));
  }

  Value unary(const Expression& node) {
    return apply(node, values(node.parts), [symbol = node.word](std::span<const Value> operands) {
      return apply_unary(symbol, operands[0]);
    });
  }

  Value binary(const Expression& node) {
    if (node.word == "&&" || node.word == "||") return logical(node);
    return apply(node, values(node.parts), [symbol = node.word](std::span<const Value> operands) {
      return apply_binary(symbol, operands);
    });
  }

  static Result<Value> truth(std::size_t operand, const Value& value, std::string_view of) {
    if (value.boolean() != nullptr) return value;
    return operand_error(
        operand, std::string(of) + " wants true or false, not " + with_article(type_name(value)));
  }

  Value logical(const Expression& node) {
    const bool decides = node.word == "||";
    Value left = value(node.parts[0]);
    if (is_invalid(left)) return left;
    if (left.boolean() != nullptr && *left.boolean() == decides) return decides;
    const auto both = [decides, of = "'" + node.word +
                                     "'"](std::span<const Value> operands) -> Result<Value> {
      for (std::size_t i = 0; i < 2; ++i) {
        Result<Value> side = truth(i, operands[i], of);
        if (!side || *side->boolean() == decides) return side;
      }
      return Value(!decides);
    };
    return apply(node, {std::move(left), value(node.parts[1])}, both);
  }

  Value conditional(const Expression& node) {
    Value condition = value(node.parts[0]);
    if (is_invalid(condition)) return condition;
    if (condition.is_known()) {
      const Result<Value> known = truth(0, condition, "'? :'");
      if (!known) return take(node, known);
      return value(node.parts[*known->boolean() ? 1 : 2]);
    }
    return apply(node, {std::move(condition), value(node.parts[1]), value(node.parts[2])},
                 [](std::span<const Value> operands) -> Result<Value> {
                   Result<Value> known = truth(0, operands[0], "'? :'");
                   if (!known) return known;
                   return operands[*known->boolean() ? 1 : 2];
                 });
  }

  Value object(const Expression& node) {
    Map::Members members;
    for (std::size_t i = 0; i + 1 < node.parts.size(); i += 2)
      members.emplace_back(*node.parts[i].value.text(), value(node.parts[i + 1]));
    return Map::of(std::move(members));
  }

  std::string_view text_;
  const Scope& scope_;
  const Report& report_;
};

}  // namespace

Value evaluate(std::string_view text, const Scope& scope, const Report& report) {
  const std::optional<Expression> expression = parse_scalar(text, report);
  if (!expression) return invalid();
  return Evaluator(text, scope, report).value(*expression);
}

}  // namespace stackctl::stack
