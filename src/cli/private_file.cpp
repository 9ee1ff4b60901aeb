#include "cli/private_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace stackctl::cli {
namespace fs = std::filesystem;

Result<bool> write_private_file(const std::string& path, std::string_view text) {
  const std::string draft = path + ".new";
  std::error_code fault;
  {
    std::ofstream stream(draft, std::ios::binary | std::ios::trunc);
    // Before the first byte is in it.
    fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write, fault);
    if (!fault) stream << text;
    if (fault || !stream.flush()) return error("cannot write " + draft, fault.message());
  }
  fs::rename(draft, path, fault);
  if (fault) return error("cannot write " + path, fault.message());
  return true;
}

}  // namespace stackctl::cli
