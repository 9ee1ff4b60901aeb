#include "database_service.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "stackctl/text.h"

namespace stackctl::exoscale::dbaas {
namespace {

constexpr std::array kEngines = {
    Engine{"mysql", "exoscale.mysql", "/dbaas-mysql", "mysql"},
    Engine{"postgres", "exoscale.postgres", "/dbaas-postgres", "pg"},
    Engine{"valkey", "exoscale.valkey", "/dbaas-valkey", "valkey"},
};
constexpr std::string_view kBackup = "backup-schedule";
constexpr std::string_view kFilter = "ip-filter";
constexpr std::string_view kProtection = "termination-protection";
constexpr std::string_view kRunning = "running";

const Engine& engine_of(const ResourceType& type) { return *engine_by(&Engine::type, type.name); }

std::string operation(std::string_view verb, const Engine& engine) {
  return std::string(verb) + "-dbaas-service-" + std::string(engine.word);
}

Value number_in(const Value& value) {
  if (value.text() == nullptr) return value;
  std::int64_t number = 0;
  const char* const end = value.text()->data() + value.text()->size();
  const auto [stop, fault] = std::from_chars(value.text()->data(), end, number);
  return fault == std::errc{} && stop == end ? Value(number) : Value();
}

void set_connection(LiveObject& service, const Value& listed, const Value& item) {
  const Value& parameters = item["uri-params"];
  const auto set = [&](std::string_view name, Value value) {
    if (!value.is_null())
      service.attributes.map()->insert_or_assign(std::string(name), std::move(value));
  };
  set("id", service.id);
  set("host", parameters["host"]);
  set("port", number_in(parameters["port"]));
  set("user", parameters["user"]);
  set("database", parameters["dbname"]);
  set("password", password_of(listed, service.id, parameters.text_at("user")));
}

/// Addresses go out as blocks, as they come back.
void complete_filter(const ResourceType& type, Map& body) {
  if (const auto filter = body.find(kFilter); filter != body.end())
    filter->second = canonical(filter->second, *find(type.schema, kFilter));
}

Call reveal(const Api& api, const Engine& engine, std::string_view service, std::string_view user) {
  return api.get("reveal-" + std::string(engine.path.substr(1)) + "-user-password",
                 path_to(engine.path, service) + path_to("/user", user) + "/password/reveal");
}

/// Every user that has a password to be revealed: the main one, and those of the stack.
std::set<std::string> users_of(const Value& item) {
  std::set<std::string> users{std::string(item["uri-params"].text_at("user"))};
  for (const Value& user : item["users"].items()) users.emplace(user.text_at("username"));
  users.erase("");
  return users;
}

/// Of ours all details are asked for.
Value follow_names(const Api& api, const Value& answer, std::vector<Call>& more) {
  List others;
  for (const Value& item : answer["dbaas-services"].items()) {
    const Engine* engine = engine_by(&Engine::word, item.text_at("type"));
    const std::string_view name = item.text_at("name");
    if (engine != nullptr && mark_in_dashed_name(name))
      more.push_back(api.get(operation("get", *engine), path_to(engine->path, name)));
    else
      others.push_back(item);
  }
  return Map{{"dbaas-services", std::move(others)}};
}

/// ".../dbaas-mysql/NAME/user/USER/password/reveal"
std::string service_in(const Call& call) {
  constexpr std::size_t behind = 5;
  const std::vector<std::string> parts = split(call.request.url, '/');
  return parts.size() < behind ? std::string() : http::decode(parts[parts.size() - behind]);
}

}  // namespace

const Engine* engine_by(std::string_view Engine::*member, std::string_view value) {
  const auto* const found = std::ranges::find(kEngines, value, member);
  return found == kEngines.end() ? nullptr : found;
}

std::string_view path_of(std::string_view engine) {
  const Engine* found = engine_by(&Engine::name, engine);
  return found == nullptr ? std::string_view("/dbaas") : found->path;
}

std::vector<Call> list(const Api& api, std::string_view name) {
  return {api.get("list-dbaas-services", name)};
}

Value follow_list(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more) {
  if (call.operation.starts_with("list-")) return follow_names(api, answer, more);
  if (call.operation.starts_with("reveal-")) {
    Map secret{{"service", service_in(call)}, {"username", answer["username"]}};
    if (answer["password"].text() != nullptr)
      secret.emplace("password", Secret{*answer["password"].text()});
    return Map{{"dbaas-passwords", List{std::move(secret)}}};
  }
  const Engine* engine = engine_by(&Engine::word, answer.text_at("type"));
  const std::string_view name = answer.text_at("name");
  if (engine == nullptr || !call.request.url.ends_with(path_to(engine->path, name))) return {};
  if (answer.text_at("state") == kRunning)
    for (const std::string& user : users_of(answer))
      more.push_back(reveal(api, *engine, name, user));
  return Map{{"dbaas-services", List{answer}}};
}

Value password_of(const Value& listed, std::string_view service, std::string_view user) {
  for (const Value& secret : listed["dbaas-passwords"].items())
    if (secret.text_at("service") == service && secret.text_at("username") == user)
      return secret["password"];
  return {};
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> services;
  for_each_item(type, listed["dbaas-services"], faults, [&](const Value& item) {
    if (item.text_at("type") != engine_of(type).word) return;
    LiveObject& service = services.emplace_back(decode_object(type, item));
    service.id = item.text_at("name");
    service.mark = mark_in_dashed_name(service.id);
    service.is_protected = item[kProtection] == Value(true);
    set_connection(service, listed, item);
  });
  return services;
}

Call create(const Api& api, const Work& work) {
  const Engine& engine = engine_of(*work.type);
  Map body = encode_declared(*work.type, work.desired);
  body.erase("name");
  // What the cloud would draw by lot.
  body.merge(encode_these(*work.type, work.desired, {"maintenance", std::string(kBackup)}));
  complete_filter(*work.type, body);
  return api.create(operation("create", engine), path_to(engine.path, work.desired.text_at("name")),
                    std::move(body));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map body = encode_these(*work.type, work.desired, work.changed);
  if (body.empty()) return {};
  complete_filter(*work.type, body);
  // An update without it draws a new time of the backup.
  body.merge(encode_these(*work.type, work.desired, {std::string(kBackup)}));
  const Engine& engine = engine_of(*work.type);
  return {api.act(operation("update", engine), path_to(engine.path, live.id), std::move(body))};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  const Engine& engine = engine_of(*live.type);
  const std::string path = path_to(engine.path, live.id);
  std::vector<Call> calls;
  if (live.attributes[kProtection] == Value(true))
    calls.push_back(
        api.put(operation("update", engine), path, Map{{std::string(kProtection), false}}));
  calls.push_back(api.remove(operation("delete", engine), path));
  return calls;
}

std::string awaits(const Work& /*work*/, const LiveObject& live) {
  const bool is_known = !live.attributes["password"].is_null();
  return is_known || live.state != kRunning ? std::string() : "its password";
}

std::string created_id(const Work& work, const http::Reply& /*reply*/) {
  return std::string(work.desired.text_at("name"));
}

Type managed_service(std::string_view name, std::string_view help, Schema own) {
  Schema all = {
      text("name", "Its identity, and its mark").required().replaces(),
      text("plan", "Size and number of nodes, such as startup-4").required(),
      text("version", "Version of the engine, or what it begins with").satisfied_by(is_version_of),
      set_of(kFilter, text("block", "CIDR block or address").normalise(full_block),
             "Who may connect")
          .otherwise(List{}),
      object("maintenance", "Weekly window for updates",
             {text("dow", "Day of the week").required(),
              text("time", "Beginning in UTC: HH:MM:SS").required()})
          .otherwise(Map{{"dow", "sunday"}, {"time", "03:00:00"}}),
      boolean(kProtection, "Whether the cloud refuses to delete it").otherwise(false),
      output("id", "Its name"),
      output("state", "What the cloud says of it"),
      output("host", "Host to connect to"),
      output("port", "Port to connect to", stackctl::Type::integer),
      output("uri", "Where it is, without the password"),
      output("user", "The main user"),
      output("password", "Password of the main user"),
      output("database", "The database that is there from the beginning"),
      output("node-count", "How many nodes", stackctl::Type::integer),
      output("node-memory", "Bytes", stackctl::Type::integer),
      output("disk-size", "Bytes", stackctl::Type::integer),
  };
  all.insert(all.end(), own.begin(), own.end());
  return {.resource = {.name = name,
                       .help = help,
                       .schema = std::move(all),
                       .listing = "/dbaas-service",
                       .marked = Marked::name,
                       .has_protection = true,
                       .key_is_unique = true,
                       .typical = std::chrono::minutes{3},
                       .typical_removal = std::chrono::seconds{10},
                       .rank = 2},
          .decode = decode,
          .create = create,
          .update = update,
          .remove = remove,
          .awaits = awaits,
          .created_id = created_id};
}

Attribute backup_schedule() {
  return object(kBackup, "When the daily backup begins, in UTC",
                {integer("backup-hour", "0-23"), integer("backup-minute", "0-59")})
      .otherwise(Map{{"backup-hour", 2}, {"backup-minute", 0}});
}

Attribute admin_username() {
  return text("admin-username", "The main user, if it is not to be avnadmin")
      .write_only()
      .replaces();
}

Attribute admin_password() {
  return text("admin-password", "First password of the main user").write_only().replaces();
}

std::vector<Service> marked_services(const Value& listed) {
  std::vector<Service> services;
  for (const Value& item : listed["dbaas-services"].items()) {
    const Engine* engine = engine_by(&Engine::word, item.text_at("type"));
    std::optional<Mark> mark = mark_in_dashed_name(item.text_at("name"));
    if (engine != nullptr && mark) services.push_back({engine, item, *std::move(mark)});
  }
  return services;
}

LiveObject part_of(const Service& service, const ResourceType& type, std::string_view key,
                   std::string_view name) {
  const std::string owner(service.item.text_at("name"));
  LiveObject part;
  part.type = &type;
  part.id = owner + '/' + std::string(name);
  part.attributes = Map{{"id", part.id},
                        {"service", owner},
                        {"engine", service.engine->name},
                        {std::string(key), name}};
  return part;
}

Schema part_schema(std::string_view key, Schema more) {
  Schema schema = {
      ref("service", {}, "What it is part of").required().replaces(),
      text("engine", "Engine of the service").required().replaces().one_of({"mysql", "postgres"}),
      text(key, "Unique in the service").required().replaces(),
      output("id", "Names of service and part"),
  };
  schema.insert(schema.end(), more.begin(), more.end());
  return schema;
}

Call create_part(const Api& api, const Work& work, const std::string& noun) {
  const std::string_view path = path_of(work.desired.text_at("engine"));
  const std::string key(work.type->key.front());
  return api.create("create-" + std::string(path.substr(1)) + '-' + noun,
                    path_to(path, work.desired.text_at("service")) + '/' + noun,
                    Map{{key, work.desired[key]}});
}

Call remove_part(const Api& api, const LiveObject& live, const std::string& noun) {
  const std::string_view path = path_of(live.attributes.text_at("engine"));
  return api.remove("delete-" + std::string(path.substr(1)) + '-' + noun,
                    path_to(path, live.id, '/' + noun));
}

}  // namespace stackctl::exoscale::dbaas
