#include <algorithm>
#include <charconv>

#include "cli/change.h"
#include "cli/commands.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

struct Wish {
  std::string name;
  std::int64_t count = 0;
};

Result<Wish> parse_wish(const std::string& subject) {
  const std::size_t equals = subject.find('=');
  Wish wish;
  if (equals != std::string::npos) {
    wish.name = subject.substr(0, equals);
    const char* const end = subject.data() + subject.size();
    const auto [stop, fault] = std::from_chars(subject.data() + equals + 1, end, wish.count);
    if (fault == std::errc{} && stop == end && wish.count >= 0 && equals > 0) return wish;
  }
  return error("scale wants NAME=N, not '" + subject + "'", "for example: stackctl scale web=3");
}

Diagnostic no_such_resource(const stack::Stack& stack, const std::string& name) {
  const auto is_instance = [&](const Declaration& each) {
    return each.address.starts_with(name + '[');
  };
  if (std::ranges::any_of(stack.resources, is_instance))
    return error("'" + name + "' stands for several resources: the stack file decides how many",
                 "change its 'count' or 'for_each'; a variable there can be given with --var");
  std::vector<std::string_view> names;
  for (const Declaration& declaration : stack.resources) names.push_back(declaration.address);
  return error("there is no resource '" + name + "' in stack " + stack.name, suggest(name, names));
}

/// Sets the count that the stack file does not say.
std::optional<Diagnostic> fulfil(const Wish& wish, stack::Stack& stack) {
  const auto found =
      std::find_if(stack.resources.begin(), stack.resources.end(),
                   [&](const Declaration& each) { return each.address == wish.name; });
  if (found == stack.resources.end()) return no_such_resource(stack, wish.name);
  const Attribute* const count = find(found->kind->schema, "count");
  if (count == nullptr)
    return error("'" + wish.name + "' is of kind " + std::string(found->kind->name) +
                 ", which has no count");
  const std::string wrong = count->check_value == nullptr ? "" : count->check_value(wish.count);
  if (!wrong.empty()) return error("the count of '" + wish.name + "' " + wrong);
  found->attributes.map()->insert_or_assign("count", Value(wish.count));
  auto places = std::make_shared<Places>(*found->locations);
  places->erase("count");
  found->locations = std::move(places);
  return std::nullopt;
}

}  // namespace

int run_scale(const Options& options, World& world) {
  const Result<Wish> wish = parse_wish(options.subject);
  if (!wish) return Screen(options, world).fault(wish.fault()), kFailure;
  return with_lease(options, world, [&](Session& session, Screen& screen) -> int {
    if (const auto fault = fulfil(*wish, session.stack())) return screen.fault(*fault), kFailure;
    engine::PlanOptions selection = options.plan;
    selection.targets.push_back(wish->name);
    const std::optional<Planned> planned = session.plan(session.stack().resources, selection);
    if (!planned) return kFailure;
    return carry_out(session, *planned, {"Apply", "Do you want to scale " + wish->name + "?"},
                     options, world, screen);
  });
}

}  // namespace stackctl::cli
