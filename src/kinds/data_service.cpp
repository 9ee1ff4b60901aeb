#include "kinds/data_service.h"

#include <charconv>

namespace stackctl::kinds {
namespace {

std::string block_or_address(const Value& value) {
  return check::address(value).empty() ? std::string() : check::cidr(value);
}

/// "03:00"
std::string time_of_day(const Value& value) {
  constexpr int hours = 24;
  constexpr int minutes = 60;
  const auto number = [&](std::size_t at) {
    int read = -1;
    const char* const begin = value.text()->data() + at;
    const auto [stop, fault] = std::from_chars(begin, begin + 2, read);
    return fault == std::errc{} && stop == begin + 2 ? read : minutes;
  };
  const bool has_form = value.text() != nullptr && value.text()->size() == 5 &&
                        (*value.text())[2] == ':' && number(0) >= 0 && number(3) >= 0;
  if (has_form && number(0) < hours && number(3) < minutes) return {};
  return "must be a time of day in UTC, such as 03:00";
}

Attribute maintenance() {
  return object("maintenance", "Weekly window for updates of the service",
                {
                    text("day", "Day of the week, or never")
                        .otherwise("sunday")
                        .one_of({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                                 "sunday", "never"}),
                    text("time", "When it begins, in UTC: HH:MM")
                        .otherwise("03:00")
                        .check(time_of_day),
                })
      .otherwise(Map{{"day", "sunday"}, {"time", "03:00"}});
}

}  // namespace

Schema with_data_service(Schema own) {
  const Schema common = {
      text("plan",
           "Size: micro, small, medium, large, or what the cloud calls it: startup-4, db.m5.large")
          .required()
          .check(check::not_empty),
      text("version", "Version, or what it begins with, such as 8.4; the newest unless given")
          .check(check::not_empty),
      set_of("allow", text("block", "CIDR block or address").check(block_or_address),
             "Who may connect; nobody unless given")
          .otherwise(List{}),
      maintenance(),
      boolean("termination_protection", "Whether the cloud refuses to delete it").otherwise(false),
      set_of("networks", ref("network", "network", "A network"),
             "The network that it is in; else the cloud's default one"),
      set_of("security_groups", ref("group", "security_group", "A group"), "Firewalls around it"),
      any("settings", "Settings of the engine: a map of its own names and values").otherwise(Map{}),
      output("id", "Identifier in the cloud"),
      output("state", "What the cloud says of it: running, rebuilding"),
      output("host", "Host to connect to"),
      output("port", "Port to connect to", Type::integer),
      output("user", "The main user"),
      output("password", "Password of the main user; secret"),
      output("uri", "Where it is, without the password"),
  };
  for (const Attribute& attribute : common)
    if (find(own, attribute.name) == nullptr) own.push_back(attribute);
  return own;
}

}  // namespace stackctl::kinds
