// Runs a target without libFuzzer: its corpus, then a fixed number of mutations from a seed. Equal
// seeds try equal inputs.
// usage: fuzz --target=NAME [--seed=N] [--mutations=N] CORPUS | fuzz --target=NAME --input=HEX
#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

#include "targets.h"

namespace {

constexpr std::size_t kLongest = 1 << 16;
constexpr unsigned int kPatience = 20;  // seconds for one input
constexpr int kHexadecimal = 16;

// Read by the signal handler.
std::string under_way;
const char* target_name = "";

void write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(STDERR_FILENO, text.data(), text.size());
    if (count <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// Whatever was under way is printed so that it can be repeated.
void on_signal(int signal) {
  constexpr std::string_view digits = "0123456789abcdef";
  write_all(signal == SIGALRM ? "fuzz: no end of this input" : "fuzz: this input ends the process");
  write_all("; repeat it with: fuzz --target=");
  write_all(target_name);
  write_all(" --input=");
  for (const char c : under_way) {
    const auto code = static_cast<unsigned char>(c);
    const std::array<char, 2> hex = {digits[code >> 4U], digits[code & 15U]};
    write_all({hex.data(), hex.size()});
  }
  write_all("\n");
  std::_Exit(EXIT_FAILURE);
}

void run(const fuzz::Target& target, std::string input) {
  under_way = std::move(input);
  ::alarm(kPatience);
  target.run(under_way);
  ::alarm(0);
}

std::vector<std::string> read_corpus(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    paths.push_back(entry.path());
  std::ranges::sort(paths);  // the order of a folder is not the same everywhere
  std::vector<std::string> inputs;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

class Mutator {
 public:
  Mutator(const std::vector<std::string>& corpus, std::uint32_t seed)
      : corpus_(corpus), random_(seed) {}

  std::string next() {
    std::string input = corpus_[below(corpus_.size())];
    for (std::size_t change = 0; change <= below(4); ++change) mutate(input);
    if (input.size() > kLongest) input.resize(kLongest);
    return input;
  }

 private:
  /// The library's distributions differ from one implementation to the next.
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  void mutate(std::string& input) {
    static constexpr std::array<std::string_view, 30> tokens = {"null",
                                                                "true",
                                                                "{}",
                                                                "[]",
                                                                "[",
                                                                "{",
                                                                "}",
                                                                "]",
                                                                "\"",
                                                                "${",
                                                                "-1",
                                                                "0",
                                                                "1e999",
                                                                "99999999999999999999",
                                                                "\xff",
                                                                "\x1b[2J",
                                                                "../",
                                                                "/",
                                                                ": ",
                                                                "\n",
                                                                "\n  - ",
                                                                "&a ",
                                                                "*a",
                                                                "<a>",
                                                                "</a>",
                                                                "<!--",
                                                                "%",
                                                                "stackctl:stack",
                                                                "[stackctl s web]",
                                                                "\xc2\x9b"};
    const std::size_t at = below(input.size() + 1);
    switch (below(6)) {
      case 0:
        input.insert(at, tokens[below(tokens.size())]);
        break;
      case 1:
        input.erase(at, 1 + below(16));
        break;
      case 2:
        if (at < input.size()) input[at] = static_cast<char>(random_());
        break;
      case 3:
        input.insert(at, input.substr(below(input.size()), 1 + below(64)));
        break;
      case 4:
        if (at < input.size()) input.replace(at, 1 + below(8), tokens[below(tokens.size())]);
        break;
      default: {
        const std::string& other = corpus_[below(corpus_.size())];
        input.replace(at, std::string::npos, other.substr(below(other.size())));
      }
    }
  }

  const std::vector<std::string>& corpus_;
  std::minstd_rand random_;
};

struct Options {
  const fuzz::Target* target = nullptr;
  std::uint32_t seed = 1;
  int mutations = -1;
  std::string input;
  bool has_input = false;
  std::string corpus;
};

std::string from_hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    unsigned char byte = 0;
    std::from_chars(digits.data() + i, digits.data() + i + 2, byte, kHexadecimal);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

Options read_options(int count, char** arguments) {
  Options options;
  for (const std::string_view argument :
       std::span(arguments, static_cast<std::size_t>(count)).subspan(1)) {
    const std::size_t equal = std::min(argument.find('='), argument.size());
    const std::string_view name = argument.substr(0, equal);
    const std::string_view value = argument.substr(std::min(equal + 1, argument.size()));
    const char* const end = value.data() + value.size();
    if (name == "--target") options.target = fuzz::target_called(value);
    if (name == "--seed") std::from_chars(value.data(), end, options.seed);
    if (name == "--mutations") std::from_chars(value.data(), end, options.mutations);
    if (name == "--input") options.input = from_hex(value), options.has_input = true;
    if (!argument.starts_with("--")) options.corpus = argument;
  }
  return options;
}

int work(const Options& options) {
  const fuzz::Target& target = *options.target;
  if (options.has_input) return run(target, options.input), EXIT_SUCCESS;
  const std::vector<std::string> corpus = read_corpus(options.corpus);
  if (corpus.empty()) return EXIT_FAILURE;
  for (const std::string& input : corpus) run(target, input);
  Mutator mutator(corpus, options.seed);
  const int mutations = options.mutations < 0 ? target.mutations : options.mutations;
  for (int i = 0; i < mutations; ++i) run(target, mutator.next());
  std::printf("%s: %zu inputs of the corpus and %d mutations from seed %u\n", target_name,
              corpus.size(), mutations, options.seed);
  return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** arguments) {
  const Options options = read_options(count, arguments);
  if (options.target == nullptr || (options.corpus.empty() && !options.has_input)) {
    std::fputs("usage: fuzz --target=NAME [--seed=N] [--mutations=N] CORPUS\n", stderr);
    return EXIT_FAILURE;
  }
  target_name = options.target->name.data();
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM})
    std::signal(signal, on_signal);
  return work(options);
}
