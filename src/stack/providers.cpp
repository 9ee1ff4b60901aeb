#include "stack/providers.h"

#include <algorithm>
#include <utility>

#include "stack/placement.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

const ProviderWords* find(const Vocabulary& vocabulary, std::string_view name) {
  for (const ProviderWords& provider : vocabulary.providers)
    if (provider.name == name) return &provider;
  return nullptr;
}

std::vector<std::string_view> names(const Vocabulary& vocabulary) {
  std::vector<std::string_view> result;
  for (const ProviderWords& provider : vocabulary.providers) result.push_back(provider.name);
  return result;
}

bool has_kind(const ProviderWords& provider, std::string_view kind) {
  return std::find(provider.kinds.begin(), provider.kinds.end(), kind) != provider.kinds.end();
}

}  // namespace

Providers::Providers(const Node& root, const Scope& scope, Context& context)
    : root_(root), scope_(scope), context_(context) {
  if (const Node* declared = section(root, "providers", context)) {
    for (const Entry& item : declared->entries) {
      if (const ProviderWords* provider = find(context.vocabulary, item.key))
        use(*provider, locate_key(item));
      else
        context.report_key(error("unknown provider '" + item.key + "'",
                                 suggest(item.key, names(context.vocabulary))),
                           item);
    }
  }
  const Entry* chosen = root.find("provider");
  if (chosen == nullptr) {
    if (context.vocabulary.providers.size() == 1) default_ = &context.vocabulary.providers.front();
    return;
  }
  default_ = named(chosen->value, "'provider'");
  has_bad_default_ = default_ == nullptr;
  if (default_ != nullptr) use(*default_, locate(chosen->value));
}

const ProviderWords* Providers::named(const Node& node, std::string_view what) {
  const Value value = evaluate_known(node, what, scope_, context_);
  const std::string* name = expect_text(value, what, node, context_);
  if (name == nullptr) return nullptr;
  const ProviderWords* provider = find(context_.vocabulary, *name);
  if (provider == nullptr)
    context_.report(
        error("unknown provider '" + *name + "'", suggest(*name, names(context_.vocabulary))),
        node);
  return provider;
}

const ProviderWords* Providers::choose(const Entry& resource, const Kind& kind) {
  const ProviderWords* provider = default_;
  // Any will do where none is asked for anything.
  if (kind.is_local && !context_.vocabulary.providers.empty())
    return &context_.vocabulary.providers.front();
  if (const Entry* own = resource.value.find("provider")) {
    provider = named(own->value, "'provider'");
    if (provider == nullptr) return nullptr;
  }
  if (provider == nullptr) {
    if (!has_bad_default_)
      context_.report_key(error("'" + resource.key + "' has no provider",
                                "add one for all at the top of the file: provider: NAME"),
                          resource);
    return nullptr;
  }
  if (!can_realise(*provider, kind, resource)) return nullptr;
  use(*provider, locate_key(resource));
  return provider;
}

bool Providers::can_realise(const ProviderWords& provider, const Kind& kind,
                            const Entry& resource) {
  if (has_kind(provider, kind.name)) return true;
  std::vector<std::string> able;
  for (const ProviderWords& other : context_.vocabulary.providers)
    if (has_kind(other, kind.name)) able.emplace_back(other.name);
  Diagnostic fault =
      error("the provider '" + std::string(provider.name) + "' has no " + std::string(kind.name));
  fault.hint = able.empty() ? "no provider has it yet" : "these have: " + join(able, ", ");
  const Entry* own = resource.value.find("provider");
  const Entry* kind_entry = resource.value.find("kind");
  context_.report(std::move(fault), (own != nullptr ? own : kind_entry)->value);
  return false;
}

void Providers::use(const ProviderWords& provider, Location location) {
  for (const Used& used : used_)
    if (used.provider == &provider) return;
  used_.push_back({&provider, std::move(location)});
}

std::vector<ProviderEntry> Providers::entries() {
  std::vector<ProviderEntry> result;
  for (Used& used : used_) result.push_back(entry(*used.provider, std::move(used.location)));
  return result;
}

ProviderEntry Providers::entry(const ProviderWords& provider, Location location) {
  const Entry* section = root_.find("providers");
  const Entry* given = section == nullptr ? nullptr : section->value.find(provider.name);
  Value settings = given == nullptr
                       ? Value()
                       : evaluate_known(given->value, "a setting of a provider", scope_, context_);
  ProviderEntry result{std::string(provider.name), {}, std::move(location)};
  if (is_invalid(settings)) return result;
  if (settings.is_null()) settings = Map{};
  Diagnostics faults;
  result.settings = validate(settings, provider.settings, faults);
  for (Diagnostic& fault : faults) {
    fault.location =
        given == nullptr ? result.location : place(*given, provider.settings, fault.path);
    context_.faults.push_back(std::move(fault));
  }
  return result;
}

}  // namespace stackctl::stack
