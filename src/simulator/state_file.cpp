#include "simulator/state_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace stackctl::simulator {
namespace {

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool write_private(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool is_written = write_all(file, text);
  return ::close(file) == 0 && is_written;
}

}  // namespace

std::optional<Diagnostic> load_state(Cloud& cloud, const std::string& path, Time now) {
  std::error_code missing;
  if (!std::filesystem::exists(path, missing)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return error("cannot read " + path);
  auto fault = cloud.load(text, now);
  if (fault) fault->summary = path + ": " + fault->summary;
  return fault;
}

std::optional<Diagnostic> save_state(const Cloud& cloud, const std::string& path) {
  const std::string temporary = path + ".new";
  if (write_private(temporary, cloud.save()) && std::rename(temporary.c_str(), path.c_str()) == 0)
    return std::nullopt;
  return error("cannot write " + path + ": " + std::strerror(errno));
}

}  // namespace stackctl::simulator
