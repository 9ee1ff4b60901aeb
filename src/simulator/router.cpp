#include "simulator/router.h"

#include <optional>

#include "stackctl/text.h"

namespace stackctl::simulator {
namespace {

std::string_view take_segment(std::string_view& path) {
  const std::size_t end = path.find('/', 1);
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(segment.size());
  return segment;
}

// Matches "/{id}:stop" with "/5c2e…:stop" and "/rules" with itself.
bool match_segment(std::string_view pattern, std::string_view segment, Match& match) {
  if (!pattern.starts_with("/{")) return pattern == segment;
  const std::size_t close = pattern.find('}');
  const std::string_view verb = pattern.substr(close + 1);
  if (!segment.ends_with(verb)) return false;
  const std::string_view encoded = segment.substr(1, segment.size() - 1 - verb.size());
  if (encoded.empty() || encoded.find(':') != std::string_view::npos) return false;
  std::string argument = http::decode(encoded);
  const std::string_view name = pattern.substr(2, close - 2);
  if (name.ends_with("id") && !is_uuid(argument))
    match.malformed = std::string(name) + ": must be a UUID";
  match.arguments.push_back(std::move(argument));
  return true;
}

std::optional<Match> match_path(std::string_view pattern, std::string_view path) {
  Match match;
  while (!pattern.empty() && !path.empty())
    if (!match_segment(take_segment(pattern), take_segment(path), match)) return std::nullopt;
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return match;
}

}  // namespace

Match find_route(std::string_view method, std::string_view path) {
  Match none;
  for (const Type* type : types())
    for (const Route& route : type->routes) {
      auto match = match_path(route.path, path);
      if (!match) continue;
      none.is_known_path = true;
      if (route.method != method) continue;
      match->route = &route;
      match->is_known_path = true;
      return *match;
    }
  return none;
}

}  // namespace stackctl::simulator
