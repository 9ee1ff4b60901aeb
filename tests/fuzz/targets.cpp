#include "targets.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace fuzz {
namespace {

constexpr std::array kTargets = {
    Target{"loader", loader, 15'000},   Target{"expression", expression, 400'000},
    Target{"listing", listing, 60'000}, Target{"answer", answer, 60'000},
    Target{"json", json_text, 400'000}, Target{"xml", xml_text, 400'000},
    Target{"http", http_text, 400'000}, Target{"mark", mark, 6'000},
    Target{"state", state, 5'000},      Target{"plan_file", plan_file, 150'000},
};

}  // namespace

std::span<const Target> targets() { return kTargets; }

const Target* target_called(std::string_view name) {
  const auto* const found = std::ranges::find(kTargets, name, &Target::name);
  return found == kTargets.end() ? nullptr : found;
}

void require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: this does not hold: %s\n", property);
  std::abort();
}

}  // namespace fuzz
