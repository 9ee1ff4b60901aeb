#include "cli/plan_file.h"

#include <utility>

#include "stackctl/json.h"
#include "stackctl/schema.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr std::string_view kFormatKey = "stackctl_plan";
constexpr int kIndent = 2;

Schema inputs_schema() {
  return {map_of("files", text("", ""), "").required(),
          map_of("variables",
                 object("", "",
                        {text("from", "").required(), any("value", ""), text("text", ""),
                         boolean("secret", ""), text("fingerprint", "")}),
                 "")
              .required(),
          list_of("stack_files", text("", ""), "").required(),
          list_of("variable_files", text("", ""), "").required(),
          map_of("environment", text("", ""), "").required(),
          boolean("simulated", "").required()};
}

Schema options_schema() {
  return {list_of("targets", text("", ""), "").required(),
          list_of("excludes", text("", ""), "").required(),
          list_of("replace", text("", ""), "").required(),
          integer("max_destroy", "").check(check::not_negative),
          boolean("destroy", "").required(),
          boolean("clean", "").required(),
          boolean("exclude_protected", "").required()};
}

Schema seen_schema() {
  return {text("address", "").required(), text("resource_type", "").required(),
          text("id", "").required(), map_of("digests", text("", ""), "").required()};
}

Schema provider_schema() {
  return {text("name", "").required(), text("where", "").required(),
          text("settings", "").required()};
}

const Schema& file_schema() {
  static const Schema kSchema = {
      integer(kFormatKey, "").required(),
      text("version", "").required(),
      text("stack", "").required(),
      text("made", "").required(),
      object("inputs", "", inputs_schema()).required(),
      object("options", "", options_schema()).required(),
      list_of("providers", object("", "", provider_schema()), "").required(),
      list_of("seen", object("", "", seen_schema()), "").required(),
      any("steps", "").required(),
      any("summary", "").required(),
      any("kept", "").required(),
      any("warnings", "")};
  return kSchema;
}

Diagnostic damaged(const std::string& path, const Diagnostic& why) {
  Diagnostic fault =
      error("the plan file " + path + " is damaged", "make it again with 'stackctl plan --out'");
  fault.detail = why.path.empty() ? why.summary : why.path + ": " + why.summary;
  return fault;
}

Value texts(const std::vector<std::string>& words) { return List(words.begin(), words.end()); }

std::vector<std::string> words_of(const Value& list) {
  std::vector<std::string> words;
  for (const Value& item : list.items())
    if (item.text() != nullptr) words.push_back(*item.text());
  return words;
}

bool is_true(const Value& value) { return value == Value(true); }

}  // namespace

std::string plan_file_text(Map record) {
  const std::string rest = json::write(std::move(record), json::Secrets::hidden, kIndent);
  return "{\n  \"" + std::string(kFormatKey) + "\": " + std::to_string(kPlanFileFormat) + "," +
         rest.substr(1) + "\n";
}

bool is_plan_file(std::string_view text) {
  text = trim(text);
  if (!text.starts_with('{')) return false;
  return trim(text.substr(1)).starts_with("\"" + std::string(kFormatKey) + "\"");
}

Result<Value> parse_plan_file(std::string_view text, const std::string& path) {
  const Result<Value> parsed = json::parse(text);
  if (!parsed) return damaged(path, parsed.fault());
  const std::int64_t* const format = (*parsed)[kFormatKey].integer();
  if (format != nullptr && *format > kPlanFileFormat)
    return error("the plan file " + path + " has format " + std::to_string(*format) +
                     ", which only a newer stackctl can read",
                 "apply it with the stackctl that made it");
  Diagnostics faults;
  Value record = validate(*parsed, file_schema(), faults);
  if (has_errors(faults)) return damaged(path, faults.front());
  return record;
}

Map options_record(const engine::PlanOptions& options, bool destroy) {
  Value max_destroy;
  if (options.max_destroy) max_destroy = static_cast<std::int64_t>(*options.max_destroy);
  return {{"targets", texts(options.targets)},
          {"excludes", texts(options.excludes)},
          {"replace", texts(options.replace)},
          {"max_destroy", max_destroy},
          {"destroy", destroy},
          {"clean", options.clean},
          {"exclude_protected", options.exclude_protected}};
}

engine::PlanOptions plan_options(const Value& options) {
  engine::PlanOptions result;
  result.targets = words_of(options["targets"]);
  result.excludes = words_of(options["excludes"]);
  result.replace = words_of(options["replace"]);
  if (const std::int64_t* const most = options["max_destroy"].integer())
    result.max_destroy = static_cast<std::size_t>(*most);
  result.clean = is_true(options["clean"]);
  result.exclude_protected = is_true(options["exclude_protected"]);
  return result;
}

Value seen_record(const std::vector<engine::SeenObject>& objects) {
  List list;
  for (const engine::SeenObject& object : objects) {
    Map digests;
    for (const auto& [name, digest] : object.digests) digests.emplace(name, digest);
    list.emplace_back(Map{{"address", object.address},
                          {"resource_type", object.type},
                          {"id", object.id},
                          {"digests", std::move(digests)}});
  }
  return list;
}

std::vector<engine::SeenObject> seen_from(const Value& record) {
  std::vector<engine::SeenObject> objects;
  for (const Value& item : record.items()) {
    engine::SeenObject object{std::string(item.text_at("address")),
                              std::string(item.text_at("resource_type")),
                              std::string(item.text_at("id")),
                              {}};
    if (const Map* const digests = item["digests"].map())
      for (const auto& [name, digest] : *digests)
        if (digest.text() != nullptr) object.digests.emplace(name, *digest.text());
    objects.push_back(std::move(object));
  }
  return objects;
}

}  // namespace stackctl::cli
