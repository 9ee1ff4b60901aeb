#include "net/surroundings.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <pwd.h>
#include <sys/types.h>
#include <system_error>
#include <unistd.h>

#include "net/command.h"
#include "stackctl/crypto.h"

namespace stackctl::net {
namespace {

constexpr std::size_t max_file_bytes = std::size_t{16} << 20;

std::optional<std::string> environment(std::string_view name) {
  const char* const value = std::getenv(std::string(name).c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

std::string home_directory() {
  if (const auto home = environment("HOME"); home && !home->empty()) return *home;
  const passwd* const user = ::getpwuid(::getuid());
  return user != nullptr && user->pw_dir != nullptr ? user->pw_dir : "";
}

std::string expand_home(std::string_view path) {
  if (!path.starts_with("~/")) return std::string(path);
  return home_directory() + std::string(path.substr(1));
}

std::optional<std::string> read_file(std::string_view path) {
  const std::string name = expand_home(path);
  std::error_code ignored;
  if (std::filesystem::is_directory(name, ignored)) return std::nullopt;
  std::ifstream file(name, std::ios::binary);
  if (!file) return std::nullopt;
  std::string text;
  std::string chunk(std::size_t{64} << 10, '\0');
  while (file && text.size() <= max_file_bytes) {
    file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    text.append(chunk, 0, static_cast<std::size_t>(file.gcount()));
  }
  crypto::wipe(chunk);
  if (file.bad() || text.size() > max_file_bytes) return std::nullopt;
  return text;
}

}  // namespace

Surroundings real_surroundings() {
  return {environment, read_file,
          [](const std::vector<std::string>& command) { return run_command(command); }};
}

}  // namespace stackctl::net
