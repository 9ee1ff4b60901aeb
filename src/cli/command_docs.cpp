#include <filesystem>
#include <fstream>

#include "cli/commands.h"
#include "cli/reference.h"
#include "cli/screen.h"

namespace stackctl::cli {
namespace {

Result<bool> write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return error("cannot write " + path.string());
  return true;
}

}  // namespace

int run_docs(const Options& options, World& world) {
  const Screen screen(options, world);
  const std::filesystem::path folder =
      options.subject.empty() ? "docs/reference" : std::filesystem::path(options.subject);
  std::error_code fault;
  std::filesystem::create_directories(folder, fault);
  if (fault)
    return screen.fault(
               error("cannot make the folder " + folder.string() + ": " + fault.message())),
           kFailure;
  for (const Page& page : reference_pages(world)) {
    const Result<bool> written = write(folder / page.name, page.text);
    if (!written) return screen.fault(written.fault()), kFailure;
    screen.data(Text().line((folder / page.name).string()));
  }
  return kSuccess;
}

}  // namespace stackctl::cli
