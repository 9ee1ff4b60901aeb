// Which connection realises which part of the stack.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "stackctl/provider.h"

namespace stackctl::engine {

/// An entry of the stack file's `providers:`, connected.
struct Binding {
  std::string name;  ///< as declarations name it
  const Provider* provider = nullptr;
  std::shared_ptr<const Connection> connection;
};
using Bindings = std::vector<Binding>;

}  // namespace stackctl::engine
