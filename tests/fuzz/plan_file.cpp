// Saved plans.
#include "cli/plan_file.h"

#include "stackctl/json.h"
#include "targets.h"

using namespace stackctl;

namespace fuzz {

void plan_file(std::string_view input) {
  const bool looks_like_one = cli::is_plan_file(input);
  const Result<Value> record = cli::parse_plan_file(input, "plan.json");
  if (!record) return require(!record.fault().summary.empty(), "every fault says something");
  require(looks_like_one || input.find("stackctl_plan") != std::string_view::npos,
          "what is read as a plan says that it is one");
  const engine::PlanOptions options = cli::plan_options((*record)["options"]);
  const Value again = cli::options_record(options, (*record)["options"]["destroy"] == Value(true));
  for (const char* name : {"targets", "excludes", "replace", "max_destroy", "destroy", "clean"})
    require(again[name] == (*record)["options"][name], "no option of a plan is lost");
  const Value seen = cli::seen_record(cli::seen_from((*record)["seen"]));
  require(seen == (*record)["seen"], "nothing that a plan has seen is lost");
  Map rest = *record->map();
  rest.erase("stackctl_plan");
  const Result<Value> written = cli::parse_plan_file(cli::plan_file_text(rest), "plan.json");
  require(written && (*written)["seen"] == seen, "a plan that is written reads the same");
}

}  // namespace fuzz
