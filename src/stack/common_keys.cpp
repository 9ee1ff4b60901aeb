#include "stack/common_keys.h"

#include <algorithm>
#include <utility>

namespace stackctl::stack {
namespace {

std::string has_items(const Value& value) {
  return value.items().empty() ? "must not be empty" : "";
}

std::string lasts(const Value& value) {
  return value.integer() != nullptr && *value.integer() == 0 ? "must be longer than 0s" : "";
}

bool is_environment_name(std::string_view name) {
  constexpr std::string_view digits = "0123456789";
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  return !name.empty() && digits.find(name.front()) == std::string_view::npos &&
         std::ranges::all_of(name, [&](char c) {
           return digits.find(c) != std::string_view::npos ||
                  letters.find(c) != std::string_view::npos;
         });
}

std::string has_environment_names(const Value& value) {
  for (const auto& member : *value.map())
    if (!is_environment_name(member.first))
      return "must have names of letters, digits and '_', not '" + member.first + "'";
  return "";
}

Attribute hook(std::string_view name, std::string_view help) {
  return object(name, help,
                {
                    list_of("command", text("argument", "The program, or an argument of it"),
                            "The program and its arguments; a text is run by the shell (sh -c)")
                        .required()
                        .check(has_items),
                    map_of("environment", text("variable", "Value of the variable"),
                           "Variables that the command finds; the place for secrets")
                        .check(has_environment_names),
                });
}

Attribute timeout(std::string_view name, std::string_view help) {
  return duration(name, help).check(lasts);
}

Schema make_identity_keys() {
  return {
      text("kind", "What it is").required(),
      text("provider", "Which entry of `providers` realises it; otherwise the stack's `provider`"),
      integer("count",
              "How many instances there are: web[0], web[1] … `count.index` tells them apart")
          .check(check::not_negative),
      any("for_each",
          "An instance for each member of a map or each text of a list: nodes[\"a\"] … `each.key` "
          "and `each.value` tell them apart"),
      boolean("when", "Whether there is such a resource at all").otherwise(true),
      list_of("depends_on", text("resource", "Name or address of a resource"),
              "Resources that must be there first, beside those it refers to"),
      map_of(
          "existing", text("value", "What the attribute must be"),
          "What tells an object that is there already, by its id, its name or another attribute: "
          "it is looked up, and never changed"),
  };
}

Schema make_lifecycle_keys() {
  return {
      boolean("protect", "It must not be destroyed or replaced; `false` takes a protection back"),
      text(
          "on_delete",
          "What becomes of it when it goes: `retain` leaves it in the cloud, `snapshot` keeps what "
          "it holds")
          .one_of({"delete", "retain", "snapshot"})
          .otherwise("delete"),
      text("on_replace", "Which half of a replacement comes first; otherwise as its type wants")
          .one_of({"create_first", "delete_first"}),
      list_of("ignore_changes", text("attribute", "An attribute of the kind"),
              "Attributes whose differences are left alone; `all` for every one"),
      object("timeouts", "How long a step may take until it counts as failed",
             {
                 timeout("create", "To make it"),
                 timeout("update", "To change it"),
                 timeout("delete", "To remove it"),
             }),
      text("adopt", "The id of an object without an owner that becomes this resource")
          .check(check::not_empty),
      object("hooks", "Commands that go with its life",
             {
                 hook("after_create", "Run when it has been made or replaced"),
                 hook("before_delete", "Run before it is removed"),
             }),
  };
}

}  // namespace

const Schema& identity_keys() {
  static const Schema kKeys = make_identity_keys();
  return kKeys;
}

const Schema& lifecycle_keys() {
  static const Schema kKeys = make_lifecycle_keys();
  return kKeys;
}

Schema existing_keys(const Kind& kind) {
  Schema schema;
  for (const Attribute& attribute : kind.schema) {
    if (attribute.type != Type::text || attribute.is_write_only) continue;
    Attribute row = text(attribute.name, attribute.help);
    row.choices = attribute.choices;
    row.check_value = attribute.check_value == nullptr ? check::not_empty : attribute.check_value;
    schema.push_back(std::move(row));
  }
  for (const std::string_view name : {"id", "name"})
    if (find(schema, name) == nullptr)
      schema.push_back(text(name, name == "id" ? "Identifier in the cloud" : "Name in the cloud")
                           .check(check::not_empty));
  return schema;
}

}  // namespace stackctl::stack
