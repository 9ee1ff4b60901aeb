#include "kinds/data_service.h"
#include "kinds/kinds.h"

namespace stackctl::kinds {
namespace {

std::string simple_name(const Value& value) {
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  const std::string* name = value.text();
  const bool is_simple = name != nullptr && !name->empty() && name->front() != '-' &&
                         name->find_first_not_of(kLetters) == std::string::npos;
  return is_simple ? "" : "must be letters, digits, '_' and '-'";
}

/// Always given, so that leaving it out means something: services cannot tell what was declared.
Attribute backup() {
  constexpr int default_hour = 2;
  return object("backup", "When the daily backup begins, in UTC",
                {integer("hour", "0-23").otherwise(default_hour).check(check::not_negative),
                 integer("minute", "0-59").otherwise(0).check(check::not_negative)})
      .otherwise(Map{{"hour", default_hour}, {"minute", 0}});
}

}  // namespace

extern const Kind database{
    .name = "database",
    .help = "A managed database service.",
    .schema = with_data_service({
        text("engine", "What it runs").required().one_of({"mysql", "postgres"}),
        integer("storage", "GiB, where the plan does not say it; it can only grow")
            .check(check::positive),
        text("name",
             "The database that is there from the beginning; the cloud's own name unless given")
            .check(simple_name),
        text("user", "The main user; the cloud's own name unless given").check(simple_name),
        text("password", "Password of the main user, a secret; the cloud makes one unless given")
            .check(check::not_empty),
        backup(),
        set_of("users", text("user", "Name").check(simple_name),
               "Users beside the main one; all others are removed"),
        set_of(
            "databases", text("database", "Name").check(simple_name),
            "Databases beside the first one; one that is no longer named stays, for what it holds"),
        output("passwords", "Passwords of the users, by name; secret", Type::map),
        output("database", "The database that is there from the beginning"),
    }),
};

}  // namespace stackctl::kinds
