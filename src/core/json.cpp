#include "stackctl/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace stackctl::json {
namespace {

constexpr std::size_t most_depth = 128;
constexpr std::size_t most_bytes = std::size_t{64} << 20;
/// A value takes many times the memory of the "0," that makes it.
constexpr std::size_t most_values = 4'000'000;

/// Says where, but shows nothing of the text: it may hold secrets.
Diagnostic invalid_at(std::size_t position) {
  return error("invalid JSON at byte " + std::to_string(position));
}

/// Builds a value from the parser's events. The parser itself keeps no stack of calls, so depth
/// is bounded here, where values begin to nest.
class Builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;

  bool null() { return add(Value()); }
  bool boolean(bool value) { return add(Value(value)); }
  bool number_integer(number_integer_t value) { return add(Value(std::int64_t{value})); }
  bool number_unsigned(number_unsigned_t value) {
    const bool fits = value <= std::uint64_t{std::numeric_limits<std::int64_t>::max()};
    return add(fits ? Value(static_cast<std::int64_t>(value)) : Value(static_cast<double>(value)));
  }
  bool number_float(double value, const std::string& /*text*/) { return add(Value(value)); }
  bool string(std::string& text) { return add(Value(std::move(text))); }
  bool binary(nlohmann::json::binary_t& /*bytes*/) { return false; }
  bool start_object(std::size_t /*size*/) { return open(true); }
  bool start_array(std::size_t /*size*/) { return open(false); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& text) {
    open_.back().key = std::move(text);
    return true;
  }
  template <class Exception>
  bool parse_error(std::size_t position, const std::string& /*token*/, const Exception& /*why*/) {
    fault_ = invalid_at(position);
    return false;
  }

  const Diagnostic& fault() const { return fault_; }
  Value take() { return std::move(root_); }

 private:
  struct Open {
    bool is_object = false;
    List items = {};
    Map::Members members = {};  ///< sorted only when all are there
    std::string key = {};       ///< of the member that comes next

    Value take() && {
      return is_object ? Value(Map::of(std::move(members))) : Value(std::move(items));
    }
  };

  bool open(bool is_object) {
    if (open_.size() == most_depth) {
      fault_ = error("the JSON text nests deeper than " + std::to_string(most_depth) + " levels");
      return false;
    }
    open_.push_back({is_object});
    return true;
  }

  bool close() {
    Value value = std::move(open_.back()).take();
    open_.pop_back();
    return add(std::move(value));
  }

  bool add(Value value) {
    if (++count_ > most_values) {
      fault_ = error("the JSON text holds more than " + std::to_string(most_values) + " values");
      return false;
    }
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Open& around = open_.back(); around.is_object) {
      around.members.emplace_back(std::move(around.key), std::move(value));
    } else {
      around.items.push_back(std::move(value));
    }
    return true;
  }

  Value root_;
  std::vector<Open> open_;
  std::size_t count_ = 0;
  Diagnostic fault_;
};

bool is_plain(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

void append_text(std::string& out, const std::string& text) {
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    out += '"';
    out += text;
    out += '"';
    return;
  }
  // Bytes that are no UTF-8 become U+FFFD.
  using nlohmann::detail::error_handler_t;
  out += nlohmann::json(text).dump(-1, ' ', false, error_handler_t::replace);
}

/// Appends the JSON of each alternative of a value.
struct Writer {
  std::string& out;
  Secrets secrets;
  int indent;
  int depth = 0;

  void operator()(std::monostate) { out += "null"; }
  void operator()(bool boolean) { out += boolean ? "true" : "false"; }
  void operator()(std::int64_t number) { append_number(number); }
  void operator()(double number) {
    if (std::isfinite(number)) return append_number(number);
    out += "null";
  }
  void operator()(const std::string& text) { append_text(out, text); }
  void operator()(const Secret& secret) {
    if (secrets == Secrets::revealed) return append_text(out, secret.text);
    out += "\"(secret)\"";
  }
  void operator()(const std::shared_ptr<const Reference>&) { out += "\"(known after apply)\""; }
  void operator()(const std::shared_ptr<const Deferred>&) { out += "\"(known after apply)\""; }

  void operator()(const std::shared_ptr<List>& list) {
    if (list->empty()) return void(out += "[]");
    char separator = '[';
    ++depth;
    for (const Value& item : *list) {
      begin_item(separator);
      std::visit(*this, item.variant());
    }
    --depth;
    new_line();
    out += ']';
  }

  void operator()(const std::shared_ptr<Map>& map) {
    if (map->empty()) return void(out += "{}");
    char separator = '{';
    ++depth;
    for (const auto& [key, member] : *map) {
      begin_item(separator);
      append_text(out, key);
      out += indent < 0 ? ":" : ": ";
      std::visit(*this, member.variant());
    }
    --depth;
    new_line();
    out += '}';
  }

 private:
  void begin_item(char& separator) {
    out += separator;
    separator = ',';
    new_line();
  }

  void new_line() {
    if (indent < 0) return;
    out += '\n';
    out.append(static_cast<std::size_t>(indent) * static_cast<std::size_t>(depth), ' ');
  }

  template <class Number>
  void append_number(Number number) {
    char digits[32];
    const auto [end, fault] = std::to_chars(std::begin(digits), std::end(digits), number);
    if (fault == std::errc{}) out.append(digits, end);
  }
};

}  // namespace

Result<Value> parse(std::string_view text) {
  if (text.size() > most_bytes) return error("the JSON text is larger than 64 MiB");
  // The parser would take a null byte for the end and ignore what follows it.
  if (const std::size_t null = text.find('\0'); null != std::string_view::npos)
    return invalid_at(null + 1);
  Builder builder;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.fault();
  return builder.take();
}

std::string write(const Value& value, Secrets secrets, int indent) {
  std::string out;
  Writer writer{out, secrets, indent};
  std::visit(writer, value.variant());
  return out;
}

}  // namespace stackctl::json
