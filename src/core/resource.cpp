#include "stackctl/resource.h"

namespace stackctl {

const Location* nearest_place(const Places* places, std::string_view path) {
  if (places == nullptr) return nullptr;
  while (!path.empty()) {
    if (const auto found = places->find(path); found != places->end()) return &found->second;
    const auto cut = path.find_last_of(".[");
    path = cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
  }
  return nullptr;
}

const Location& place_of(const Declaration& declaration, std::string_view path) {
  const Location* const place = nearest_place(declaration.locations.get(), path);
  return place == nullptr ? declaration.location : *place;
}

std::string_view origin_of(const Origins* origins, std::string_view attribute) {
  if (origins == nullptr) return attribute;
  const auto found = origins->find(attribute);
  return found == origins->end() ? attribute : std::string_view(found->second);
}

}  // namespace stackctl
