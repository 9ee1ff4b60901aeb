#include "cli/screen.h"

#include <utility>

#include "cli/fault_text.h"
#include "cli/records.h"
#include "stackctl/json.h"

namespace stackctl::cli {
namespace {

bool colour_wanted(const Options& options, const World& world) {
  if (options.no_color || options.json) return false;
  const auto no_color = world.surroundings.environment("NO_COLOR");
  return !no_color || no_color->empty();
}

}  // namespace

Screen::Screen(const Options& options, World& world)
    : world_(world),
      is_json_(options.json),
      out_in_colour_(colour_wanted(options, world) && world.terminal.out),
      error_in_colour_(colour_wanted(options, world) && world.terminal.error) {}

void Screen::record(std::string_view type, Map fields, Time at) const {
  fields["type"] = type;
  fields["format"] = kRecordFormat;
  if (at != Time{}) fields["time"] = timestamp(at);
  world_.out(json::write(fields) + "\n");
}

void Screen::fault(const Diagnostic& fault) const {
  if (is_json_) return record("diagnostic", fault_record(fault));
  note(fault_text(fault));
}

void Screen::faults(const Diagnostics& faults) const {
  for (const Diagnostic& each : faults) fault(each);
}

void Screen::quote_from(std::map<std::string, std::string, std::less<>> sources) {
  sources_ = std::move(sources);
}

Text Screen::fault_text(const Diagnostic& fault) const { return cli::fault_text(fault, sources_); }

Text faults_text(const Service& service) {
  const std::string seed = std::to_string(service.seed);
  return Text().line("faults " + service.faults + " with seed " + seed +
                     "; the same again: --seed " + seed);
}

}  // namespace stackctl::cli
