// Figures as JSON on standard output. usage: bench PART [NUMBER...]; run.sh runs all of them.
#include "bench/bench.h"

#include <array>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/offline.h"
#include "stackctl/json.h"

using namespace stackctl;

namespace {

struct Part {
  std::string_view name;
  Value (*measure)(std::size_t number);
};

constexpr std::array kParts = {
    Part{"apply", bench::apply},     Part{"engine", bench::engine_alone},
    Part{"example", bench::example}, Part{"members", bench::members},
    Part{"plan", bench::plan},
};

int fail(std::string_view why) {
  std::cerr << "bench: " << why << "\n";
  return 1;
}

Result<Value> measure(std::string_view name, const std::vector<std::size_t>& numbers) {
  if (name == "offline") return bench::offline(numbers);
  for (const Part& part : kParts)
    if (part.name == name) return part.measure(numbers.empty() ? 0 : numbers.front());
  return error("there is no part '" + std::string(name) + "'");
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> words(argv, static_cast<std::size_t>(argc));
  if (words.size() < 2) return fail("usage: bench PART [NUMBER...]");
  const std::string_view name = words[1];
  if (name == "run" && words.size() > 3)
    return std::cout << json::write(bench::command(std::stoi(words[2]), words.subspan(3).data()))
                     << "\n",
           0;
  std::vector<std::size_t> numbers;
  for (const char* const word : words.subspan(2)) numbers.push_back(std::stoul(word));
  if (name == "offline" && numbers.empty()) numbers = {1'000, 10'000, 100'000};
  const Result<Value> figures = measure(name, numbers);
  if (!figures) return fail(figures.fault().summary);
  std::cout << json::write(Map{{std::string(name), *figures}}, json::Secrets::hidden, 2) << "\n";
}
