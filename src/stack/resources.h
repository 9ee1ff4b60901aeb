// The resources of a stack: what references to them mean, and their declarations.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stack/attribute.h"
#include "stack/context.h"
#include "stack/lazy.h"
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

  /// What `name` means in an expression: the resource itself, an attribute that is known already,
  /// or a reference. Nothing when there is no such resource.
  std::optional<Value> lookup(const Name& name, const Report& report);
  std::vector<std::string_view> names() const;

  /// Checks all resources. Those that `when` leaves out are not among the declarations.
  std::vector<Declaration> declare(Providers& providers);

 private:
  enum class Role { attribute, common, native, later, unknown };

  struct Resource {
    const Entry* entry = nullptr;
    const Kind* kind = nullptr;  ///< null: reported already
    Lazy is_present;
    std::vector<Lazy> values;  ///< of the attributes, parallel to the entries of the body
    Locations locations;
  };

  void add(const Entry& entry);
  const Kind* find_kind(const Entry& entry);
  Resource* find(std::string_view name);
  const Kind* kind_of(std::string_view name) const;
  bool is_present(Resource& resource, const Report& report);

  Value attribute(Resource& resource, const Attribute& attribute, const Name& name,
                  const Report& report);
  const Value& read(Resource& resource, std::size_t index, const Report& report);
  Value left_out(const Resource& resource, const Name& name, const Report& report);

  Role role(const Kind& kind, std::string_view key) const;
  void check_keys(const Resource& resource);
  void report_key(const Resource& resource, const Entry& entry, Role role);
  std::optional<Declaration> declare(Resource& resource, Providers& providers);
  Value attributes(Resource& resource);
  Value native(Resource& resource, std::string_view provider);
  bool is_protected(const Node& body);
  std::vector<std::string> dependencies(const Node& body);
  void add_dependency(const Node& node, std::vector<std::string>& out);

  Context& context_;
  Names* names_ = nullptr;
  std::vector<Resource> resources_;
  std::unordered_map<std::string_view, std::size_t> index_;
};

}  // namespace stackctl::stack
