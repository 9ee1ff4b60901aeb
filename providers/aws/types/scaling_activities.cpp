#include "scaling_activities.h"

#include <string_view>
#include <utility>

#include "aws/api/wire.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kStarted = "StartTime";

const Value* last_launch(const Value& activities) {
  const Value* last = nullptr;
  for (const Value& activity : items_of(activities)) {
    if (!activity.text_at("Description").starts_with("Launching")) continue;
    if (last == nullptr || activity.text_at(kStarted) > last->text_at(kStarted)) last = &activity;
  }
  return last;
}

Diagnostic cannot_launch(const Value& activity) {
  Diagnostic fault =
      error("AWS cannot launch its members", "mend what AWS complains of, and apply again");
  const std::string_view message = activity.text_at("StatusMessage");
  fault.detail = harmless(message.empty() ? activity.text_at("Description") : message);
  return fault;
}

}  // namespace

std::optional<Diagnostic> launch_failure(const Value& answer, Value& seen) {
  const Value* const last = last_launch(answer["Activities"]);
  if (last == nullptr) return std::nullopt;
  const std::string_view status = last->text_at("StatusCode");
  if (status == "Successful") seen = Value();
  if (status != "Failed" && status != "Cancelled") return std::nullopt;
  const Value before = std::exchange(seen, (*last)[kStarted]);
  if (before.is_null() || before == seen) return std::nullopt;
  return cannot_launch(*last);
}

}  // namespace stackctl::aws
