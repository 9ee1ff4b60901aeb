// The way in for libFuzzer. usage: fuzz --target=NAME [its own options] [CORPUS...]
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "targets.h"

namespace {

const fuzz::Target* chosen = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  constexpr std::string_view option = "--target=";
  for (int i = 1; i < *count; ++i)
    if (const std::string_view argument = (*arguments)[i]; argument.starts_with(option))
      chosen = fuzz::target_called(argument.substr(option.size()));
  if (chosen != nullptr) return 0;
  std::fputs("usage: fuzz --target=NAME [OPTION...] [CORPUS...]; NAME is one of:", stderr);
  for (const fuzz::Target& target : fuzz::targets())
    std::fprintf(stderr, " %s", target.name.data());
  std::fputs("\n", stderr);
  std::exit(EXIT_FAILURE);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
