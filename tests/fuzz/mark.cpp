// Ownership marks as anybody could have written them on an object.
#include "engine/spec.h"
#include "exoscale/api/marks.h"
#include "exoscale/provider.h"
#include "exoscale/types/dns.h"
#include "targets.h"

using namespace stackctl;

namespace fuzz {
namespace {

void read_spec(std::string_view text) {
  const engine::Spec spec = engine::Spec::parse(text);
  const engine::SpecKey key{"s", "web", nullptr};
  for (const ResourceType* type : exoscale::provider.types) {
    for (const Attribute& attribute : type->schema) {
      spec.declared(attribute);
      spec.matches(attribute, "text", key);
    }
    spec.declares_same(type->schema, Map{{"name", "web"}});
  }
  spec.has(engine::flag::kProtected);
}

void read_names(std::string_view text) {
  if (const auto mark = exoscale::mark_in_name(text))
    require(exoscale::marked_name(mark->stack, mark->address) == text, "a name spells one mark");
  if (const auto mark = exoscale::mark_in_dashed_name(text))
    require(exoscale::marked_dashed_name(mark->stack, mark->address) == text,
            "a dashed name spells one mark");
  if (const auto key = exoscale::dns::key_in(text))
    require(exoscale::dns::mark_name(*key) == text, "a record's name spells one key");
  exoscale::dns::mark_in(text);
}

void read_description(std::string_view text) {
  LiveObject live;
  live.attributes = Map{{"description", text}};
  exoscale::take_mark_from_description(live);
  if (!live.mark) return;
  require(text.find(live.mark->stack) != std::string_view::npos, "a mark's stack stands there");
  require(!live.mark->stack.empty() && !live.mark->address.empty(), "a mark is whole");
}

}  // namespace

void mark(std::string_view input) {
  read_spec(input);
  read_names(input);
  read_description(input);
}

}  // namespace fuzz
