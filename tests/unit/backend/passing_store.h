// Passes everything on to a store that outlives it.
#pragma once

#include <string>

#include "backend/store.h"

namespace stackctl::backend {

class PassingStore final : public Store {
 public:
  explicit PassingStore(Store& store) : store_(store) {}

  std::string where() const override { return store_.where(); }
  Result<std::optional<Entry>> read(const std::string& name) override { return store_.read(name); }
  Result<std::optional<std::string>> write(const std::string& name, const std::string& text,
                                           const std::string& version) override {
    return store_.write(name, text, version);
  }
  Result<bool> remove(const std::string& name, const std::string& version) override {
    return store_.remove(name, version);
  }

 private:
  Store& store_;
};

}  // namespace stackctl::backend
