#include "backend/file_store.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "stackctl/crypto.h"

namespace stackctl::backend {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
constexpr mode_t kGroupToo = S_IRGRP | S_IWGRP;
constexpr std::size_t kLargestEntry = std::size_t{1} << 20;

Diagnostic failed(const std::string& what, const std::string& path) {
  Diagnostic fault = error("cannot " + what + " " + path);
  fault.detail = std::generic_category().message(errno);
  return fault;
}

class File {
 public:
  File(const std::string& path, int flags, mode_t mode = kOwnerOnly)
      : number_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode)) {}
  File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  File& operator=(File&&) = delete;
  ~File() {
    if (number_ >= 0) ::close(number_);
  }

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

/// Any name as the name of a file: what is not plain is percent-encoded.
std::string file_name(std::string_view name) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  std::string file;
  for (const char each : name) {
    const bool is_plain =
        kPlain.find(each) != std::string_view::npos && !(file.empty() && each == '.');
    file += is_plain ? std::string(1, each) : "%" + crypto::hex(std::string(1, each));
  }
  return file;
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool read_all(int file, std::string& text) {
  std::array<char, 4096> chunk{};
  while (text.size() <= kLargestEntry) {
    const ssize_t count = ::read(file, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count == 0;
    text.append(chunk.data(), static_cast<std::size_t>(count));
  }
  errno = EFBIG;
  return false;
}

class FileStore final : public Store {
 public:
  explicit FileStore(std::string folder) : folder_(std::move(folder)) {}

  std::string where() const override { return folder_; }

  Result<std::optional<Entry>> read(const std::string& name) override {
    const std::string path = path_of(name);
    const File file(path, O_RDONLY | O_NONBLOCK);
    if (!file.is_open() && errno == ENOENT) return std::optional<Entry>();
    Entry entry;
    if (!file.is_open() || !read_all(file.number(), entry.text)) return failed("read", path);
    entry.version = crypto::hex(crypto::sha256(entry.text));
    return std::optional<Entry>(std::move(entry));
  }

  Result<std::optional<std::string>> write(const std::string& name, const std::string& text,
                                           const std::string& version) override {
    const Result<File> locked = lock();
    if (!locked) return locked.fault();
    const Result<bool> same = has_version(name, version);
    if (!same) return same.fault();
    if (!*same) return std::optional<std::string>();
    const std::string path = path_of(name);
    const std::string draft = path + ".new";
    if (!write_draft(draft, text) || ::rename(draft.c_str(), path.c_str()) != 0)
      return failed("write", path);
    return std::optional<std::string>(crypto::hex(crypto::sha256(text)));
  }

  Result<bool> remove(const std::string& name, const std::string& version) override {
    const Result<File> locked = lock();
    if (!locked) return locked.fault();
    const Result<bool> same = has_version(name, version);
    if (!same) return same.fault();
    if (!*same || version.empty()) return false;
    const std::string path = path_of(name);
    if (::unlink(path.c_str()) != 0) return failed("remove", path);
    return true;
  }

  /// Held until it is closed, by nobody else in this process or another one. It is never removed:
  /// whoever waits for it would wait for a file that is no more.
  Result<File> lock() const {
    const std::string path = folder_ + "/.lock";
    File file(path, O_RDWR | O_CREAT);
    if (!file.is_open()) return failed("write", path);
    share(file.number());
    while (::flock(file.number(), LOCK_EX) != 0)
      if (errno != EINTR) return failed("lock", path);
    return file;
  }

 private:
  std::string path_of(const std::string& name) const { return folder_ + "/" + file_name(name); }

  Result<bool> has_version(const std::string& name, const std::string& version) {
    const Result<std::optional<Entry>> entry = read(name);
    if (!entry) return entry.fault();
    return (*entry ? (*entry)->version : std::string()) == version;
  }

  bool write_draft(const std::string& draft, std::string_view text) const {
    ::unlink(draft.c_str());  // of a run that died here
    const File file(draft, O_WRONLY | O_CREAT | O_EXCL);
    if (!file.is_open()) return false;
    share(file.number());
    return write_all(file.number(), text) && ::fdatasync(file.number()) == 0;
  }

  /// Whoever may work in the folder may work with the file. What belongs to somebody else is as its
  /// owner left it.
  void share(int file) const {
    struct stat folder = {};
    if (::stat(folder_.c_str(), &folder) != 0) return;
    const mode_t group = folder.st_mode & kGroupToo;
    if (group != 0 && ::fchown(file, static_cast<uid_t>(-1), folder.st_gid) != 0) return;
    static_cast<void>(::fchmod(file, kOwnerOnly | group));
  }

  std::string folder_;
};

bool make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), S_IRWXU) == 0 || errno == EEXIST) return true;
  const std::size_t slash = path.find_last_of('/');
  if (errno != ENOENT || slash == std::string::npos || slash == 0) return false;
  return make_folder(path.substr(0, slash)) &&
         (::mkdir(path.c_str(), S_IRWXU) == 0 || errno == EEXIST);
}

}  // namespace

Result<std::unique_ptr<Store>> open_file_store(const std::string& folder) {
  if (!make_folder(folder)) return failed("make the folder", folder);
  auto store = std::make_unique<FileStore>(folder);
  if (const Result<File> locked = store->lock(); !locked) return locked.fault();
  return std::unique_ptr<Store>(std::move(store));
}

std::optional<StateFolder> state_folder(
    const std::function<std::optional<std::string>(std::string_view)>& environment) {
  const auto given = environment("STACKCTL_STATE_DIR");
  if (given && !given->empty()) return StateFolder{*given, true};
  const auto state_home = environment("XDG_STATE_HOME");
  if (state_home && state_home->starts_with('/')) return StateFolder{*state_home + "/stackctl"};
  const auto home = environment("HOME");
  if (!home || !home->starts_with('/')) return std::nullopt;
  return StateFolder{*home + "/.local/state/stackctl"};
}

}  // namespace stackctl::backend
