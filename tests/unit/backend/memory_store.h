// A store in memory that can be away, or lose an answer.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "backend/store.h"

namespace stackctl::backend {

class MemoryStore final : public Store {
 public:
  bool is_away = false;       ///< nothing reaches it
  bool loses_answer = false;  ///< the next write is done, but nobody hears of it
  int writes = 0;
  std::map<std::string, Entry> entries;

  std::string where() const override { return "memory"; }

  Result<std::optional<Entry>> read(const std::string& name) override {
    if (is_away) return error("the store is away");
    const auto entry = entries.find(name);
    return entry == entries.end() ? std::optional<Entry>() : entry->second;
  }

  Result<std::optional<std::string>> write(const std::string& name, const std::string& text,
                                           const std::string& version) override {
    if (is_away) return error("the store is away");
    if (!has_version(name, version)) return std::optional<std::string>();
    const std::string next = std::to_string(++writes);
    entries[name] = {text, next};
    if (std::exchange(loses_answer, false)) return error("no answer");
    return std::optional<std::string>(next);
  }

  Result<bool> remove(const std::string& name, const std::string& version) override {
    if (is_away) return error("the store is away");
    if (version.empty() || !has_version(name, version)) return false;
    entries.erase(name);
    return true;
  }

 private:
  bool has_version(const std::string& name, const std::string& version) const {
    const auto entry = entries.find(name);
    return (entry == entries.end() ? "" : entry->second.version) == version;
  }
};

}  // namespace stackctl::backend
