// Functions on files and their paths. Paths start at the folder of the file that names them.
#include <array>
#include <string>
#include <utility>

#include "stack/functions.h"
#include "stack/template.h"
#include "stackctl/crypto.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;

std::optional<std::string> content(const Value& path, const FileReader& read_file) {
  return read_file ? read_file(*path.text()) : std::nullopt;
}

Diagnostic unreadable(const Value& path) {
  return operand_error(0, "cannot read the file '" + *path.text() + "'",
                       "paths start at the folder of the stack file");
}

Result<Value> base_name(Arguments arguments, const FileReader&) {
  const std::string_view path = *arguments[0].text();
  return Value(path.substr(path.rfind('/') + 1));
}

Result<Value> folder_name(Arguments arguments, const FileReader&) {
  const std::string_view path = *arguments[0].text();
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return Value(".");
  return Value(path.substr(0, slash == 0 ? 1 : slash));
}

Result<Value> file(Arguments arguments, const FileReader& read_file) {
  std::optional<std::string> text = content(arguments[0], read_file);
  if (!text) return unreadable(arguments[0]);
  return Value(*std::move(text));
}

Result<Value> file_base64(Arguments arguments, const FileReader& read_file) {
  const std::optional<std::string> text = content(arguments[0], read_file);
  if (!text) return unreadable(arguments[0]);
  return Value(crypto::base64(*text));
}

Result<Value> file_exists(Arguments arguments, const FileReader& read_file) {
  return Value(content(arguments[0], read_file).has_value());
}

Result<Value> template_file(Arguments arguments, const FileReader& read_file) {
  const std::optional<std::string> text = content(arguments[0], read_file);
  if (!text) return unreadable(arguments[0]);
  Result<Filled> filled = fill_template(*text, *arguments[1].map());
  if (!filled) {
    Diagnostic fault = filled.fault();
    fault.path = "1";
    return fault;
  }
  return filled->text;
}

constexpr std::array kTable = {
    Function{"basename", "basename(path)", "What stands behind the last slash", "s", Trait::none,
             base_name},
    Function{"dirname", "dirname(path)", "What stands before the last slash", "s", Trait::none,
             folder_name},
    Function{"file", "file(path)", "The text of a file; the path starts at the stack file's folder",
             "s", Trait::reads_files, file},
    Function{"filebase64", "filebase64(path)", "The content of a file in base64", "s",
             Trait::reads_files, file_base64},
    Function{"fileexists", "fileexists(path)", "Whether the file can be read", "s",
             Trait::reads_files, file_exists},
    Function{"templatefile", "templatefile(path, map)",
             "The text of a file, with ${name} replaced by members of the map", "sm",
             Trait::reads_files, template_file},
};

}  // namespace

std::span<const Function> files() { return kTable; }

}  // namespace stackctl::stack::function
