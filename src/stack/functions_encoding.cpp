// Functions that encode and decode.
#include <array>
#include <string>
#include <utility>

#include "stack/csv.h"
#include "stack/document.h"
#include "stack/functions.h"
#include "stackctl/crypto.h"
#include "stackctl/json.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;

const std::string& text(const Value& argument) { return *argument.text(); }

Result<Value> base64_decode(Arguments arguments, const FileReader&) {
  std::optional<std::string> bytes = crypto::base64_decode(text(arguments[0]));
  if (!bytes) return operand_error(0, "this is not base64");
  return Value(*std::move(bytes));
}

Result<Value> base64_encode(Arguments arguments, const FileReader&) {
  return Value(crypto::base64(text(arguments[0])));
}

Result<Value> csv_decode(Arguments arguments, const FileReader&) {
  const Result<std::vector<CsvRow>> rows = parse_csv(text(arguments[0]));
  if (!rows) return operand_error(0, "this is not CSV: " + rows.fault().summary);
  List result;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    const CsvRow& names = rows->front();
    const CsvRow& row = (*rows)[i];
    if (row.size() != names.size())
      return operand_error(0, "this is not CSV: row " + std::to_string(i) + " has " +
                                  std::to_string(row.size()) + " fields, the head " +
                                  std::to_string(names.size()));
    Map::Members members;
    members.reserve(names.size());
    for (std::size_t k = 0; k < names.size(); ++k) members.emplace_back(names[k], row[k]);
    result.emplace_back(Map::of(std::move(members)));
  }
  return Value(std::move(result));
}

Result<Value> json_decode(Arguments arguments, const FileReader&) {
  Result<Value> value = json::parse(text(arguments[0]));
  if (!value) return operand_error(0, "this is not JSON: " + value.fault().summary);
  return value;
}

Result<Value> json_encode(Arguments arguments, const FileReader&) {
  return Value(json::write(arguments[0], json::Secrets::revealed));
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.~").find(c) != std::string_view::npos;
}

Result<Value> url_encode(Arguments arguments, const FileReader&) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text(arguments[0])) {
    if (is_unreserved(c)) {
      result += c;
    } else if (c == ' ') {
      result += '+';
    } else {
      const auto code = static_cast<unsigned char>(c);
      result += '%';
      result += kDigits[code / kDigits.size()];
      result += kDigits[code % kDigits.size()];
    }
  }
  return Value(std::move(result));
}

Result<Value> yaml_decode(Arguments arguments, const FileReader&) {
  const Source source{"", text(arguments[0])};
  Diagnostics faults;
  const std::optional<Node> node = parse_document(source, faults);
  if (node && faults.empty()) return to_value(*node);
  const Diagnostic& first = faults.front();
  return operand_error(
      0, "this is not YAML: line " + std::to_string(first.location.line) + ": " + first.summary);
}

/// `value` at the end of what `out` says already: behind "key:" or "-".
void write_yaml(const Value& value, const std::string& indent, std::string& out) {
  const Map* map = value.map();
  const bool is_block = map != nullptr ? !map->empty() : !value.items().empty();
  if (!is_block) {
    out += ' ' + json::write(value, json::Secrets::revealed) + '\n';
    return;
  }
  out += '\n';
  if (map == nullptr) {
    for (const Value& item : value.items()) {
      out += indent + '-';
      write_yaml(item, indent + "  ", out);
    }
    return;
  }
  for (const auto& [key, member] : *map) {
    out += indent + json::write(Value(key), json::Secrets::revealed) + ':';
    write_yaml(member, indent + "  ", out);
  }
}

Result<Value> yaml_encode(Arguments arguments, const FileReader&) {
  std::string result;
  write_yaml(arguments[0], {}, result);
  return Value(result.substr(1));  // the blank or line end that would follow a key
}

constexpr std::array kTable = {
    Function{"base64decode", "base64decode(string)", "The text that a base64 string stands for",
             "s", Trait::none, base64_decode},
    Function{"base64encode", "base64encode(string)", "The string in base64", "s", Trait::none,
             base64_encode},
    Function{"csvdecode", "csvdecode(string)",
             "A list with a map for each row; the first row has the keys", "s", Trait::none,
             csv_decode},
    Function{"jsondecode", "jsondecode(string)", "The value that a JSON text stands for", "s",
             Trait::none, json_decode},
    Function{"jsonencode", "jsonencode(value)", "The value as JSON", "a", Trait::none, json_encode},
    Function{"urlencode", "urlencode(string)", "The string for the query of a URL", "s",
             Trait::none, url_encode},
    Function{"yamldecode", "yamldecode(string)", "The value that a YAML text stands for", "s",
             Trait::none, yaml_decode},
    Function{"yamlencode", "yamlencode(value)", "The value as YAML", "a", Trait::none, yaml_encode},
};

}  // namespace

std::span<const Function> encodings() { return kTable; }

}  // namespace stackctl::stack::function
