// The providers of a stack: the default, their settings, who realises what.
#pragma once

#include <string_view>
#include <vector>

#include "stack/context.h"

namespace stackctl::stack {

class Providers {
 public:
  /// Reads `provider` and `providers` of the file. All three must outlive this.
  Providers(const Node& root, const Scope& scope, Context& context);

  /// The provider of the resource `resource`, which is a `kind`; noted as used. Null, and reported,
  /// when there is none or it cannot realise the kind.
  const ProviderWords* choose(const Entry& resource, const Kind& kind);

  /// Every provider that is declared or used, in the order of the file, with settings checked.
  std::vector<ProviderEntry> entries();

 private:
  const ProviderWords* named(const Node& node, std::string_view what);
  bool can_realise(const ProviderWords& provider, const Kind& kind, const Entry& resource);
  void use(const ProviderWords& provider, Location location);
  ProviderEntry entry(const ProviderWords& provider, Location location);

  struct Used {
    const ProviderWords* provider;
    Location location;
  };

  const Node& root_;
  const Scope& scope_;
  Context& context_;
  bool has_bad_default_ = false;
  const ProviderWords* default_ = nullptr;
  std::vector<Used> used_;
};

}  // namespace stackctl::stack
