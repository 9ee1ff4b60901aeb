#include "simulator/operations.h"

#include <algorithm>
#include <array>

#include "simulator/fate.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "operation";
constexpr std::size_t kept_operations = 2000;
constexpr std::size_t between_looks = 500;  // more operations, before old ones are looked for again
constexpr auto kept_for = std::chrono::minutes{15};

// Old results are forgotten, as the cloud does some day; a state file must not grow for ever.
void forget_old(Account& account) {
  Table& operations = account.table(type_name);
  if (operations.size() < kept_operations || operations.size() % between_looks != 0) return;
  const auto limit = (account.now() - kept_for).time_since_epoch().count();
  std::erase_if(operations, [&](const auto& entry) {
    return entry.second.contains(".ended") && entry.second[".ended"] < limit;
  });
}

Json& add_operation(Account& account, std::string_view state) {
  forget_old(account);
  const std::string id = account.random_id();
  return account.add(type_name, id, {{"id", id}, {"state", state}});
}

void end(Account& account, const std::string& id, const std::optional<Failure>& failure,
         bool loses_reference) {
  Json* operation = account.find(type_name, id);
  if (operation == nullptr) return;
  (*operation)["state"] = failure ? "failure" : "success";
  (*operation)[".ended"] = account.now().time_since_epoch().count();
  if (failure) {
    (*operation)["reason"] = failure->reason;
    (*operation)["message"] = failure->message;
  } else if (loses_reference) {
    operation->erase("reference");
  }
}

// {type, id, changes}
std::optional<Failure> change(Account& account, const Json& arguments) {
  Json* object =
      account.find(arguments["type"].get<std::string>(), arguments["id"].get<std::string>());
  if (object == nullptr || is_leaving(*object))
    return Failure{"interrupted", "The object was deleted meanwhile"};
  merge(*object, arguments["changes"]);
  return std::nullopt;
}

// {type, id}
std::optional<Failure> remove(Account& account, const Json& arguments) {
  account.erase(arguments["type"].get<std::string>(), arguments["id"].get<std::string>());
  return std::nullopt;
}

std::optional<Failure> nothing(Account&, const Json&) { return std::nullopt; }

constexpr std::array actions{Action{"change", change}, Action{"remove", remove},
                             Action{"nothing", nothing}, Action{failing_action, take_back}};

constexpr std::array routes{
    Route{.method = "GET", .path = "/operation/{id}", .handler = show, .object = type_name},
};

// The operation that reads an object of `type`.
std::string reading_command(std::string_view type) {
  if (type == "block-storage") return "get-block-storage-volume";
  return "get-" + std::string(type);
}

}  // namespace

extern const Type operations;
const Type operations{.routes = routes, .actions = actions};

void carry_out(Account& account, const Event& event) {
  for (const Type* type : types())
    for (const Action& action : type->actions) {
      if (action.name != event.action) continue;
      const auto failure = action.carry(account, event.arguments);
      return end(account, event.operation, failure, event.arguments.contains("loses-reference"));
    }
}

Answer accept(Call& call, const Reference& reference, std::string_view action, Json arguments) {
  Json& operation = add_operation(call.account, "pending");
  operation["reference"] = {
      {"id", reference.id}, {"link", "/v2" + reference.link}, {"command", reference.command}};
  call.account.schedule(call.route.takes,
                        {std::string(action), std::move(arguments), operation["id"]});
  return {.body = visible(operation)};
}

Answer accept(Call& call, std::string_view type, std::string_view id, std::string_view action,
              Json arguments) {
  const std::string link = "/" + std::string(type) + "/" + std::string(id);
  return accept(call, Reference{std::string(id), link, reading_command(type)}, action,
                std::move(arguments));
}

Answer accept(Call& call, std::string_view action, Json arguments) {
  return accept(call, call.route.object, call.id(), action, std::move(arguments));
}

Answer accept_change(Call& call, Json changes) {
  return accept(call, "change",
                {{"type", call.route.object}, {"id", call.id()}, {"changes", std::move(changes)}});
}

Answer accept_removal(Call& call) {
  (*call.object)[".leaving"] = true;
  return accept(call, "remove", {{"type", call.route.object}, {"id", call.id()}});
}

Answer done(Call& call) { return {.body = add_operation(call.account, "success")}; }

}  // namespace stackctl::simulator
