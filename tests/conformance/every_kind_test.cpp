// One stack of every kind and every native type, through its whole life on the simulator: made,
// changed by taking out one attribute after the other, destroyed. What becomes of it when something
// fails is in tests/sweep.
#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "exoscale/provider.h"
#include "kinds/kinds.h"
#include "stackctl/address.h"
#include "stackctl/final_snapshot.h"
#include "support/account.h"
#include "support/echo.h"
#include "support/example.h"

using namespace stackctl;
using support::Account;

namespace {

const std::string kName = "shop";

using Addresses = std::multiset<std::string>;

/// What declarations come to.
struct Wanted {
  engine::Desired desired;
  engine::PlanOptions options;

  Wanted(const std::vector<Declaration>& declarations, const engine::Bindings& bindings)
      : desired(engine::lower(kName, declarations, bindings)) {
    options.lifecycles = engine::bound_lifecycles(declarations, desired);
  }
};

std::vector<Declaration> declarations() {
  return support::load_stack("tests/stacks/every_kind.yaml").stack.resources;
}

/// An account for the stack.
struct Shop {
  support::Echo echo;
  Account account;
  Wanted whole;

  explicit Shop(Account::Wrap wrap = {})
      : account({}, std::move(wrap)), whole(declarations(), account.bindings()) {
    account.run_hooks_with(echo);
  }

  engine::Plan plan(const Wanted& wanted) { return account.plan(wanted.desired, wanted.options); }
  std::string pending(const Wanted& wanted) { return support::brief(plan(wanted)); }
  /// Empty when it succeeds.
  std::string apply(const engine::Plan& plan) {
    try {
      return account.carry_out(plan).succeeded() ? "" : "failed";
    } catch (const std::runtime_error& fault) {
      return fault.what();
    }
  }
  std::string apply() { return apply(plan(whole)); }

  Wanted nothing(bool clean) const {
    Wanted wanted({}, account.bindings());
    wanted.options = whole.options;
    wanted.options.clean = clean;
    return wanted;
  }
  std::string destroy(bool clean) { return apply(plan(nothing(clean))); }

  /// The addresses of all that there is.
  Addresses owned() {
    Addresses addresses;
    for (const auto& [object, binding] : account.refresh(nothing(true).desired).objects)
      if (engine::owned_by(object, kName)) addresses.insert(object.mark->address);
    return addresses;
  }

  /// All that is nobody's, apart from what the cloud itself has.
  Addresses strangers() {
    Addresses names;
    for (const auto& [object, binding] : account.refresh(nothing(true).desired).objects) {
      const std::string name(object.attributes.text_at("name"));
      const bool is_public = object.attributes.text_at("visibility") == "public";
      if (!object.mark && object.type->parent.empty() && name != "default" && !is_public)
        names.insert(std::string(object.type->name) + ' ' + name);
    }
    return names;
  }
};

/// What there is once all is applied. Databases bear no mark: they are told from those of an
/// application by nothing.
Addresses everything(const engine::Desired& desired) {
  Addresses addresses;
  for (const engine::DesiredObject& object : desired.objects)
    if (!object.object.is_lookup && object.object.helps.empty() &&
        object.object.type->name != "exoscale.database")
      addresses.insert(object.object.address);
  return addresses;
}

std::size_t count_writes(Shop& shop, const engine::Plan& plan) {
  std::size_t writes = 0;
  shop.account.runner().dispatcher().on_attempt(
      [&](const engine::Attempt& attempt) { writes += attempt.access == Access::write ? 1 : 0; });
  CHECK(shop.apply(plan) == "");
  return writes;
}

// --- one attribute less --------------------------------------------------------------------------

/// What stands in the file and may not be missing, though its kind does not require it alone.
const std::set<std::string_view> kNeeded = {
    "front health.type",  // 'path' is for http
    "lb listeners[0].health.type",
    "lb listeners[0].targets",  // or what other clouds can do without them
    "lb listeners[1].targets",  //
    "base name",                // what else should it be looked up by?
    "app build",                // nor is there anything else to make it from
    "rescue checksum",          // of what is fetched
    "rescue from_url",          //
    "ledger size",              // unless there is a snapshot
    "audit from_snapshot",      // unless there is a size
    "www value",                // or values
    "shop value",               //
    "bastions values",          //
    "mail value",               //
    "mail priority",            // MX has one
};

/// What changes nothing in the cloud when it goes, although its value differs from the default.
struct Unseen {
  std::string_view beginning;
  std::string_view why;
};
constexpr Unseen kUnseen[] = {
    {"app build.key_pair", "it is about the builder, not about what comes of it"},
    {"app build.security_groups", "the same"},
    {"bastion networks[0].address", "any address will do, so the one that it has as well"},
    {"spare labels", "ignore_changes"},
    {"web update", "it says how to change, not what there is"},
    {"orders databases", "they may have become an application's own: they go with the service"},
    {"reports databases", "the same"},
    {"orders version", "without one the newest is taken when it is made"},
};
/// What the cloud cannot do.
constexpr Unseen kOneWay[] = {
    {"bastion disk", "a disk only grows"},
};

template <class Table>
bool is_in(const Table& table, std::string_view name) {
  return std::ranges::any_of(table,
                             [&](const Unseen& row) { return name.starts_with(row.beginning); });
}

/// The first step of "[0].port" and of "health.path", and what is behind it.
std::pair<std::string_view, std::string_view> split_path(std::string_view path) {
  if (path.starts_with('.')) path.remove_prefix(1);
  const std::size_t end = path.find_first_of(".[", 1);
  return {path.substr(0, end), end == std::string_view::npos ? "" : path.substr(end)};
}

/// `value` without what stands at `path`; nothing when nothing stands there.
std::optional<Value> without(Value value, std::string_view path) {
  const auto [step, rest] = split_path(path);
  if (List* list = value.list(); list != nullptr && step.starts_with('[')) {
    const auto item = list->begin() + std::stoi(std::string(step.substr(1)));
    if (rest.empty()) return list->erase(item), value;
    const std::optional<Value> changed = without(*item, rest);
    if (changed) *item = *changed;
    return changed ? std::optional(value) : std::nullopt;
  }
  Map* map = value.map();
  const auto member = map == nullptr ? Map::iterator{} : map->find(step);
  if (map == nullptr || member == map->end()) return std::nullopt;
  if (rest.empty()) return map->erase(member), value;
  const std::optional<Value> changed = without(member->second, rest);
  if (changed) member->second = *changed;
  return changed ? std::optional(value) : std::nullopt;
}

enum class Left { nothing_there, required, same, different };

/// Takes what stands at `path` out of `declaration`.
Left take_out(Declaration& declaration, std::string_view path) {
  const std::string block = declaration.provider + '.';
  const bool is_native = path.starts_with(block);
  Value& given = is_native ? declaration.native : declaration.attributes;
  if (is_native) path.remove_prefix(block.size());
  const auto [name, rest] = split_path(path);
  const Attribute* const attribute = find(declaration.kind->schema, name);
  const bool is_opaque = attribute != nullptr && attribute->type == Type::any;
  if (is_opaque && !rest.empty()) return Left::nothing_there;
  const std::optional<Value> less = without(given, path);
  if (!less) return Left::nothing_there;
  Diagnostics faults;
  const Value checked = is_native ? *less : validate(*less, declaration.kind->schema, faults);
  if (has_errors(faults)) return Left::required;
  const bool is_same = checked[name] == given[name];
  given = checked;
  return is_same ? Left::same : Left::different;
}

bool changes(const engine::Plan& plan, std::string_view resource) {
  return std::ranges::any_of(plan.steps, [&](const engine::Step& step) {
    return declared_name(step.address) == resource;
  });
}

/// Takes one attribute after the other out of the stack and puts it back.
class Pruning {
 public:
  Pruning() { CHECK(shop_.apply() == ""); }

  void run() {
    std::set<std::string> seen;
    for (const Declaration& declaration : declarations_) {
      const std::string resource(declared_name(declaration.address));
      if (!declaration.existing.is_null() || !seen.insert(resource).second) continue;
      for (const auto& [path, place] : *declaration.locations) prune(resource, path);
    }
    CHECK(count_ > 150);
  }

 private:
  void prune(const std::string& resource, const std::string& path) {
    const std::string name = resource + ' ' + path;
    INFO(name);
    std::vector<Declaration> fewer = declarations_;
    Left left = Left::nothing_there;
    for (Declaration& declaration : fewer)
      if (declared_name(declaration.address) == resource) left = take_out(declaration, path);
    if (left == Left::nothing_there || left == Left::required) return;
    const Wanted less(fewer, shop_.account.bindings());
    CHECK(has_errors(less.desired.faults) == kNeeded.contains(name));
    if (has_errors(less.desired.faults) || is_lookup(less, resource)) return;
    const bool is_change = left == Left::different && !is_in(kUnseen, name);
    ++count_;
    const engine::Plan plan = shop_.plan(less);
    CHECK(changes(plan, resource) == is_change);
    if (is_in(kOneWay, name)) return;
    become(less, plan);
    become(shop_.whole, shop_.plan(shop_.whole));
  }

  static bool is_lookup(const Wanted& wanted, const std::string& resource) {
    const engine::DesiredObject* const main = wanted.desired.find(resource);
    return main != nullptr && main->object.is_lookup;
  }

  void become(const Wanted& wanted, const engine::Plan& plan) {
    CHECK(shop_.apply(plan) == "");
    CHECK(shop_.pending(wanted) == "");
  }

  std::vector<Declaration> declarations_ = declarations();
  Shop shop_;
  std::size_t count_ = 0;
};

}  // namespace

TEST_CASE("the stack of every kind has every kind and every native type") {
  const Wanted wanted(declarations(), {support::bind({})});
  std::set<std::string_view> kinds;
  for (const Declaration& declaration : declarations()) {
    kinds.insert(declaration.kind->name);
    for (const Hook& hook : declaration.lifecycle.hooks)
      if (hook.name == "announce") kinds.insert("exec");  // which becomes a hook
  }
  for (const Kind* kind : kinds::all()) {
    INFO(kind->name);
    CHECK(kinds.contains(kind->name));
  }
  std::set<const ResourceType*> types;
  for (const engine::DesiredObject& object : wanted.desired.objects)
    types.insert(object.object.type);
  for (const ResourceType* type : exoscale::provider.types) {
    INFO(type->name);
    CHECK((types.contains(type) || type->marked == Marked::never));
  }
}

TEST_CASE("the stack of every kind is applied, is quiet, and goes without a trace") {
  Shop shop;
  CHECK(shop.apply() == "");
  CHECK(shop.pending(shop.whole) == "");
  CHECK(shop.owned() == everything(shop.whole.desired));
  CHECK(shop.echo.commands.size() == 2);
  CHECK(shop.destroy(true) == "");
  CHECK(shop.owned() == Addresses{});
  CHECK(shop.echo.commands.size() == 4);
}

TEST_CASE("of the stack of every kind only what is to be kept is left, until it is cleaned up") {
  Shop shop;
  CHECK(shop.apply() == "");
  const LiveObject ledger = shop.account.find(shop.whole.desired, "ledger");
  CHECK(shop.destroy(false) == "");
  CHECK(shop.owned() == Addresses{"invoices", "ledger/" + final_snapshot_name(ledger.id)});
  CHECK(shop.pending(shop.nothing(false)) == "");
  CHECK(shop.destroy(true) == "");
  CHECK(shop.owned() == Addresses{});
}

TEST_CASE("any single attribute that leaves the stack of every kind is seen, and comes back") {
  Pruning().run();
}

TEST_CASE("what is to become of a resource leaves the stack of every kind, and comes back") {
  Shop shop;
  CHECK(shop.apply() == "");
  for (const char* resource : {"ledger", "invoices"}) {
    INFO(resource);
    std::vector<Declaration> fewer = declarations();
    for (Declaration& declaration : fewer)
      if (declaration.address == resource) declaration.lifecycle.on_delete = OnDelete::remove;
    const Wanted less(fewer, shop.account.bindings());
    CHECK(shop.pending(less) == "update " + std::string(resource) + "\n");
    CHECK(shop.apply(shop.plan(less)) == "");
    CHECK(shop.pending(less) == "");
    CHECK(shop.pending(shop.whole) == "update " + std::string(resource) + "\n");
    CHECK(shop.apply() == "");
  }
}

TEST_CASE("the stack of every kind, killed after any write of an apply, is cleaned up") {
  Shop fresh;
  const std::size_t writes = count_writes(fresh, fresh.plan(fresh.whole));
  for (const bool is_file_empty : {false, true})
    for (std::size_t k = 1; k <= writes; ++k) {
      INFO("died after write " << k << (is_file_empty ? ", file emptied" : ""));
      Shop shop;
      shop.account.by_hand("POST", "/security-group", R"({"name":"theirs","description":""})");
      CHECK(shop.account.apply_and_die(shop.whole.desired, k, shop.whole.options));
      Wanted nothing = shop.nothing(true);
      if (is_file_empty) nothing.options.lifecycles.clear();
      if (!is_file_empty) nothing.options.declared = &shop.whole.desired;
      CHECK(shop.apply(shop.plan(nothing)) == "");
      Addresses strangers = shop.strangers();
      // Nobody but the file can say whose a domain or a bucket is that has no mark yet.
      if (is_file_empty)
        std::erase_if(strangers, [](const std::string& name) {
          return name.starts_with("exoscale.dns_domain") || name.starts_with("exoscale.bucket");
        });
      CHECK(strangers == Addresses{"exoscale.security_group theirs"});
      // What is still being fetched shows when it is there.
      shop.account.transport().wait(shop.account.transport().now() + std::chrono::hours{1});
      const std::string late = shop.pending(nothing);
      CHECK((late.empty() || late == "remove rescue\n"));
      CHECK(shop.apply(shop.plan(nothing)) == "");
      CHECK(shop.owned() == Addresses{});
    }
}
