// What is fuzzed: functions that take any bytes at all. Each ends well or finds a fault of ours.
#pragma once

#include <span>
#include <string_view>

namespace fuzz {

struct Target {
  std::string_view name;
  void (*run)(std::string_view input);
  int mutations;  ///< tried by the short run
};

void loader(std::string_view input);
void expression(std::string_view input);
void listing(std::string_view input);
void answer(std::string_view input);
void json_text(std::string_view input);
void xml_text(std::string_view input);
void http_text(std::string_view input);
void mark(std::string_view input);
void plan_file(std::string_view input);
void state(std::string_view input);

std::span<const Target> targets();
/// Null where there is none of this name.
const Target* target_called(std::string_view name);

/// Ends the process when a property does not hold.
void require(bool holds, const char* property);

}  // namespace fuzz
