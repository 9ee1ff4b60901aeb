#include "net/identity.h"

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <pwd.h>
#include <sys/random.h>
#include <sys/types.h>
#include <system_error>
#include <unistd.h>

#include "stackctl/crypto.h"

namespace stackctl::net {
namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kMachineDigits = 16;

std::string random_id() {
  std::string bytes(kIdBytes, '\0');
  // So few bytes come at once, or never.
  static_cast<void>(::getrandom(bytes.data(), bytes.size(), 0));
  return crypto::hex(bytes);
}

std::string user_name() {
  const passwd* const user = ::getpwuid(::geteuid());
  const bool has_name = user != nullptr && user->pw_name != nullptr;
  return has_name ? user->pw_name : "user " + std::to_string(::geteuid());
}

std::string host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "an unknown host";
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Containers of one name and one kernel still number their processes each in its own way.
std::string machine() {
  const std::string boot = text_of("/proc/sys/kernel/random/boot_id");
  std::error_code fault;
  const auto space = std::filesystem::read_symlink("/proc/self/ns/pid", fault);
  if (boot.empty() || fault) return {};
  return crypto::hex(crypto::sha256(boot + space.string())).substr(0, kMachineDigits);
}

}  // namespace

Identity identity() { return {random_id(), user_name(), host_name(), machine(), ::getpid()}; }

bool is_running(int process) {
  if (process <= 0) return false;
  if (::kill(process, 0) != 0 && errno == ESRCH) return false;
  // "4711 (name) S ...", and the name may have parentheses, too.
  const std::string status = text_of("/proc/" + std::to_string(process) + "/stat");
  const std::size_t name_end = status.rfind(") ");
  return name_end == std::string::npos || status.find_first_of("ZX", name_end) != name_end + 2;
}

}  // namespace stackctl::net
