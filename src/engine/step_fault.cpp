#include "engine/step_fault.h"

namespace stackctl::engine {

Diagnostic with_account(Diagnostic why, const Connection& connection) {
  const std::string where = connection.where();
  why.detail = why.detail.empty() ? where : where + ": " + why.detail;
  return why;
}

}  // namespace stackctl::engine
