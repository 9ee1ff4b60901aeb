#include "backend/file_store.h"

#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

namespace stackctl::backend {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() { fs::create_directories(path_); }
  ~Folder() { fs::remove_all(path_); }
  std::string in(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_ =
      fs::temp_directory_path() / ("stackctl-test-store-" + std::to_string(::getpid()));
};

std::unique_ptr<Store> open(const std::string& folder) {
  auto store = open_file_store(folder);
  REQUIRE(store);
  return *std::move(store);
}

unsigned mode_of(const std::string& path) {
  struct stat status = {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

void put(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// Adds one to the number in `name`, `times` times; each addition that others overtake is repeated.
void count(Store& store, const std::string& name, int times) {
  while (times > 0) {
    const auto entry = store.read(name);
    if (!entry) return;
    const int number = *entry ? std::stoi((*entry)->text) : 0;
    const auto version =
        store.write(name, std::to_string(number + 1), *entry ? (*entry)->version : "");
    if (!version) return;
    if (*version) --times;
  }
}

}  // namespace

TEST_CASE("an entry of a file store is written and removed only at the version that is known") {
  const Folder folder;
  const auto store = open(folder.in("state"));
  CHECK(!*store->read("a"));
  CHECK(!*store->write("a", "one", "x"));
  const auto first = *store->write("a", "one", "");
  REQUIRE(first);
  CHECK(!*store->write("a", "two", ""));
  const auto entry = *store->read("a");
  REQUIRE(entry);
  CHECK(entry->text == "one");
  CHECK(entry->version == *first);
  const auto second = *store->write("a", "two", *first);
  REQUIRE(second);
  CHECK(*second != *first);
  CHECK(!*store->remove("a", *first));
  CHECK(!*store->remove("a", ""));
  CHECK(*store->remove("a", *second));
  CHECK(!*store->remove("a", *second));
  CHECK(!*store->read("a"));
}

TEST_CASE("names of entries stay in the folder, whatever they are") {
  const Folder folder;
  const auto store = open(folder.in("state"));
  for (const std::string name :
       {"../../etc/x", "/abs", ".lock", "..", "a b\n", "ä", "a%2fb", "a/b"}) {
    INFO(name);
    REQUIRE(*store->write(name, name, ""));
    CHECK((*store->read(name))->text == name);
  }
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder.in("")))
    files += entry.is_regular_file();
  CHECK(files == 8 + 1);  // and the lock
}

TEST_CASE("a file store is for its owner, or as its folder for a group, never for others") {
  const mode_t before = ::umask(0);
  const Folder folder;
  REQUIRE(*open(folder.in("deep/er/own"))->write("a", "x", ""));
  CHECK(mode_of(folder.in("deep")) == 0700);
  CHECK(mode_of(folder.in("deep/er/own")) == 0700);
  CHECK(mode_of(folder.in("deep/er/own/a")) == 0600);
  CHECK(mode_of(folder.in("deep/er/own/.lock")) == 0600);
  struct Row {
    mode_t folder;
    mode_t file;
  };
  for (const Row& row : {Row{0770, 0660}, {0750, 0640}, {0777, 0660}, {0755, 0640}}) {
    const std::string shared = folder.in("shared");
    fs::create_directory(shared);
    REQUIRE(::chmod(shared.c_str(), row.folder) == 0);
    REQUIRE(*open(shared)->write("a", "x", ""));
    CHECK(mode_of(shared + "/a") == row.file);
    CHECK(mode_of(shared + "/.lock") == row.file);
    fs::remove_all(shared);
  }
  ::umask(before);
}

TEST_CASE("what a run left that died while it wrote is no obstacle") {
  const Folder folder;
  const auto store = open(folder.in("state"));
  put(folder.in("state/a.new"), "half");
  ::chmod(folder.in("state/a.new").c_str(), 0400);
  REQUIRE(*store->write("a", "whole", ""));
  CHECK((*store->read("a"))->text == "whole");
  CHECK(!fs::exists(folder.in("state/a.new")));
}

TEST_CASE("what is no entry is a fault that names it") {
  const Folder folder;
  const auto store = open(folder.in("state"));
  fs::create_directory(folder.in("state/a"));
  put(folder.in("state/huge"), std::string(std::size_t{2} << 20, 'x'));
  fs::create_symlink("huge", folder.in("state/link"));
  REQUIRE(::mkfifo(folder.in("state/pipe").c_str(), 0600) == 0);
  for (const char* name : {"a", "huge", "link"}) {
    INFO(name);
    const auto entry = store->read(name);
    REQUIRE(!entry);
    CHECK(entry.fault().summary == "cannot read " + folder.in("state/") + name);
    CHECK(!entry.fault().detail.empty());
    CHECK(!store->write(name, "x", ""));
  }
  static_cast<void>(store->read("pipe"));  // does not wait for somebody to write
  put(folder.in("file"), "");
  CHECK(!open_file_store(folder.in("file")));
  CHECK(!open_file_store(folder.in("file/below")));
  CHECK(!open_file_store("/proc/stackctl"));
}

TEST_CASE("threads and processes that write at once lose nothing to each other") {
  const Folder folder;
  const std::string path = folder.in("state");
  constexpr int kTimes = 200;
  const pid_t child = ::fork();
  if (child == 0) {
    auto store = open_file_store(path);
    if (store) count(**store, "n", kTimes);
    ::_exit(store ? 0 : 1);
  }
  std::vector<std::thread> threads(2);
  for (std::thread& thread : threads)
    thread = std::thread([&] {
      auto store = open_file_store(path);
      if (store) count(**store, "n", kTimes);
    });
  for (std::thread& thread : threads) thread.join();
  int status = -1;
  CHECK(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK((*open(path)->read("n"))->text == std::to_string(3 * kTimes));
}

TEST_CASE("where leases are kept: as asked for, else as the desktop's rules say, else at home") {
  using Variables = std::map<std::string, std::string, std::less<>>;
  struct Row {
    Variables variables;
    std::string path;
    bool is_asked_for;
  };
  const std::vector<Row> rows = {
      {{{"STACKCTL_STATE_DIR", "/shared"}, {"XDG_STATE_HOME", "/s"}, {"HOME", "/h"}},
       "/shared",
       true},
      {{{"STACKCTL_STATE_DIR", "here"}}, "here", true},
      {{{"STACKCTL_STATE_DIR", ""}, {"XDG_STATE_HOME", "/s"}, {"HOME", "/h"}},
       "/s/stackctl",
       false},
      {{{"XDG_STATE_HOME", "s"}, {"HOME", "/h"}}, "/h/.local/state/stackctl", false},
      {{{"HOME", "/h"}}, "/h/.local/state/stackctl", false},
      {{{"HOME", ""}}, "", false},
      {{}, "", false}};
  for (const Row& row : rows) {
    INFO(row.path);
    const auto folder = state_folder([&](std::string_view name) -> std::optional<std::string> {
      const auto found = row.variables.find(name);
      if (found == row.variables.end()) return std::nullopt;
      return found->second;
    });
    CHECK((folder ? folder->path : "") == row.path);
    CHECK((folder && folder->is_asked_for) == row.is_asked_for);
  }
}

}  // namespace stackctl::backend
