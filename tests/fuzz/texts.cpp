// The readers of texts that come over the wire: JSON, XML, what stands in URLs.
#include "stackctl/http.h"
#include "stackctl/json.h"
#include "stackctl/xml.h"
#include "targets.h"

using namespace stackctl;

namespace fuzz {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool has_control(std::string_view text) {
  for (const char c : text)
    if (is_control(c)) return true;
  return false;
}

/// Splits at "\n", into at most one more than that many parts.
http::Fields fields_in(std::string_view text) {
  http::Fields fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t colon = std::min(line.find(':'), line.size());
    fields.emplace_back(line.substr(0, colon), line.substr(std::min(colon + 1, line.size())));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return fields;
}

}  // namespace

void json_text(std::string_view input) {
  const Result<Value> parsed = json::parse(input);
  if (!parsed) {
    require(!has_control(parsed.fault().summary), "faults of JSON show none of it");
    return;
  }
  for (const int indent : {-1, 2}) {
    const Result<Value> again = json::parse(json::write(*parsed, json::Secrets::revealed, indent));
    require(again && *again == *parsed, "what is written reads the same");
  }
  display(*parsed);
  references(*parsed);
}

void xml_text(std::string_view input) {
  const Result<Value> parsed = xml::parse(input);
  if (!parsed) return require(!has_control(parsed.fault().summary), "faults show none of the XML");
  require(parsed->map() != nullptr && parsed->map()->size() == 1, "there is one outermost element");
  const auto& [root, content] = *parsed->map()->begin();
  // What stands behind a colon need not be a name.
  if (input.find(':') == std::string_view::npos)
    require(static_cast<bool>(xml::parse(xml::write(root, content))), "what is written is read");
  xml::each(xml::content(*parsed)["Bucket"]);
}

void http_text(std::string_view input) {
  require(http::decode(http::encode(input)) == input, "decode undoes encode");
  const http::Fields fields = fields_in(input);
  require(http::parse_query(http::query_string(fields)) == fields || fields.size() <= 1 ||
              input.find(':') == std::string_view::npos,
          "parse_query undoes query_string");
  const http::Url url = http::split(input);
  require(url.scheme.empty() || url.path.starts_with('/'), "a path begins with a slash");
  http::parse_query(input);
  http::decode(input);
  http::find(fields, "Retry-After");
}

}  // namespace fuzz
