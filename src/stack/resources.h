// The resources of a stack: what references to them mean, and their declarations.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stack/context.h"
#include "stack/instances.h"
#include "stack/providers.h"

namespace stackctl::stack {

class Names;

class Resources {
 public:
  /// Finds names and kinds. `section` may be null. Both must outlive this.
  Resources(const Node* section, Context& context);
  Resources(const Resources&) = delete;
  Resources& operator=(const Resources&) = delete;

  /// Must come before anything else: expressions in resources use these names.
  void attach(Names& names) { names_ = &names; }

  /// What `name` means in an expression: the resource itself, all of its instances in a list or a
  /// map, an attribute that is known already, or a reference. Nothing when there is no such
  /// resource.
  std::optional<Value> lookup(const Name& name, const Report& report);
  /// See `Scope::instance`. The span of the member is that of the key.
  std::optional<Value> instance(const Name& name, const Value& key, const Report& report);
  std::vector<std::string_view> names() const;
  /// Whether `name` is that of a kind.
  bool is_kind(std::string_view name) const;

  /// Checks all resources. Those that `when` leaves out are not among the declarations.
  std::vector<Declaration> declare(Providers& providers);

 private:
  enum class Role { attribute, common, native, unknown };

  struct Resource {
    const Entry* entry = nullptr;
    const Kind* kind = nullptr;         ///< null: reported already
    const Entry* repetition = nullptr;  ///< its count or for_each; null: there is one of it
    bool is_looked_up = false;          ///< by its `existing`
    Lazy expansion;                     ///< whether `instances` are there, by now
    std::vector<Instance> instances;
  };

  void add(const Entry& entry);
  const Kind* find_kind(const Entry& entry);
  Resource* find(std::string_view name);
  const Kind* kind_of(std::string_view name) const;
  bool expand(Resource& resource, const Report& report);
  Value expanded(Resource& resource);
  bool is_present(const Resource& resource, Instance& instance, const Report& report);
  Instance* find_instance(Resource& resource, std::string_view address);

  Value all(Resource& resource, const Name& name, const Report& report);
  Value one(const Resource& resource, Instance& instance, const Name& name, const Report& report);
  Value attribute(const Resource& resource, Instance& instance, const Attribute& attribute,
                  const Name& name, const Report& report);
  const Value& read(const Resource& resource, Instance& instance, std::size_t index,
                    const Report& report);

  Role role(const Kind& kind, std::string_view key) const;
  void check_keys(const Resource& resource);
  void check_exclusions(const Resource& resource);
  void report_unknown(const Resource& resource, const Entry& entry);
  void declare(Resource& resource, Providers& providers, std::vector<Declaration>& out);
  Declaration declare(const Resource& resource, Instance& instance, const ProviderWords* provider);
  void check_name(const Resource& resource, const Instance& instance);
  Value attributes(const Resource& resource, Instance& instance);
  Value native(const Resource& resource, Instance& instance, std::string_view provider);
  std::vector<std::string> dependencies(const Node& body, const Scope& scope);
  void add_dependency(const Value& value, const Node& node, std::vector<std::string>& out);
  void add_dependency(const std::string& address, const Node& node, std::vector<std::string>& out);

  Context& context_;
  Names* names_ = nullptr;
  std::vector<Resource> resources_;
  std::unordered_map<std::string_view, std::size_t> index_;
  std::unordered_map<std::string_view, Instance*> repeated_;           ///< by address
  std::unordered_map<std::string, std::string_view> plain_addresses_;  ///< with their addresses
};

}  // namespace stackctl::stack
