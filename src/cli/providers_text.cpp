#include "cli/providers_text.h"

#include <string>
#include <vector>

#include "cli/policy.h"
#include "cli/records.h"
#include "cli/table.h"
#include "cli/type_facts.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr std::size_t kIndent = 2;

Cell heading(std::string_view words) { return {std::string(words), Label::faint}; }

/// Times that mean nothing for what is never made are left out.
std::string time_text(const ResourceType& type, Duration duration) {
  return type.marked == Marked::never ? "-" : display(duration);
}

Text types_text(const Provider& provider) {
  Table table;
  table.add({heading("native type"), heading("mark"), heading("create"), heading("remove"),
             heading("rank"), heading("listing")});
  for (const ResourceType* type : provider.types)
    table.add({{std::string(type->name)},
               {std::string(place_of_mark(*type))},
               {time_text(*type, type->typical)},
               {time_text(*type, type->typical_removal)},
               {std::to_string(type->rank)},
               {join(listings_of(*type), ", "), Label::faint}});
  return table.text(kIndent);
}

Text settings_text(const Provider& provider) {
  Table table;
  for (const Attribute& attribute : provider.settings)
    table.add({{std::string(attribute.name)}, {std::string(attribute.help), Label::faint}});
  return table.text(kIndent);
}

Text limits_text(const Provider& provider) {
  Text text;
  for (const ResourceType* type : provider.types) {
    const std::vector<std::string> limits = limits_of(*type);
    if (limits.empty()) continue;
    text.line("  " + std::string(type->name));
    for (const std::string& limit : limits) text.line("    - " + limit, Label::faint);
  }
  return text;
}

List texts(const std::vector<std::string>& words) { return List(words.begin(), words.end()); }

Map type_record(const ResourceType& type) {
  return {{"resource_type", type.name},
          {"help", type.help},
          {"mark", place_of_mark(type)},
          {"listings", texts(listings_of(type))},
          {"parent", type.parent.empty() ? Value() : Value(type.parent)},
          {"typical_seconds", seconds(type.typical)},
          {"typical_removal_seconds", seconds(type.typical_removal)},
          {"timeout_seconds", seconds(type.timeout)},
          {"rank", type.rank},
          {"replaced_by_changes_of", texts(immutable_attributes(type))},
          {"limits", texts(limits_of(type))}};
}

Map provider_record(std::span<const Kind* const> kinds, const Provider& provider) {
  List realised;
  for (const Kind* kind : kinds)
    if (realises(provider, kind->name)) realised.emplace_back(kind->name);
  List types;
  for (const ResourceType* type : provider.types) types.emplace_back(type_record(*type));
  Map settings;
  for (const Attribute& attribute : provider.settings)
    settings[std::string(attribute.name)] = attribute.help;
  return {{"name", provider.name},
          {"help", provider.help},
          {"settings", std::move(settings)},
          {"kinds", std::move(realised)},
          {"types", std::move(types)}};
}

}  // namespace

Text providers_text(std::span<const Kind* const> kinds,
                    std::span<const Provider* const> providers) {
  Table table;
  std::vector<Cell> names = {heading("kind")};
  for (const Provider* provider : providers) names.push_back(heading(provider->name));
  table.add(std::move(names));
  for (const Kind* kind : kinds) {
    if (kind->is_local) continue;
    std::vector<Cell> row = {{std::string(kind->name)}};
    for (const Provider* provider : providers) {
      const bool can = realises(*provider, kind->name);
      row.push_back({can ? "yes" : "-", can ? Label::good : Label::faint});
    }
    table.add(std::move(row));
  }
  Text text = table.text(kIndent);
  for (const Provider* provider : providers) {
    text.line().line(provider->name, Label::heading);
    text.add(types_text(*provider));
  }
  return text.line().line("'stackctl providers NAME' tells settings and limits.", Label::faint);
}

Text provider_text(std::span<const Kind* const> kinds, const Provider& provider) {
  std::vector<std::string> realised;
  for (const Kind* kind : kinds)
    if (realises(provider, kind->name)) realised.emplace_back(kind->name);
  Text text = Text().line(provider.name, Label::heading).line("  " + std::string(provider.help));
  text.line().line("Settings (of its entry under 'providers')", Label::heading);
  text.add(settings_text(provider));
  text.line().line("Kinds", Label::heading).line("  " + join(realised, ", "));
  text.line().line("Native types", Label::heading).add(types_text(provider));
  text.line().line("Limits", Label::heading).add(limits_text(provider));
  return text;
}

Map providers_record(std::span<const Kind* const> kinds,
                     std::span<const Provider* const> providers) {
  List records;
  for (const Provider* provider : providers)
    records.emplace_back(provider_record(kinds, *provider));
  return {{"providers", std::move(records)}};
}

}  // namespace stackctl::cli
