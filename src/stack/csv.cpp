#include "stack/csv.h"

#include <algorithm>
#include <utility>

namespace stackctl::stack {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Result<std::vector<CsvRow>> rows() {
    std::vector<CsvRow> result;
    while (!rest_.empty()) {
      ++line_;
      if (end_line()) continue;
      Result<CsvRow> next = row();
      if (!next) return next.fault();
      result.push_back(*std::move(next));
    }
    return result;
  }

 private:
  Result<CsvRow> row() {
    CsvRow result;
    do {
      Result<std::string> next = field();
      if (!next) return next.fault();
      result.push_back(*std::move(next));
    } while (take(','));
    if (rest_.empty() || end_line()) return result;
    return error("line " + std::to_string(line_) + ": something stands behind the closing quote");
  }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool end_line() {
    const std::size_t length = rest_.starts_with("\r\n") ? 2 : rest_.starts_with('\n') ? 1 : 0;
    rest_.remove_prefix(length);
    return length > 0;
  }

  Result<std::string> field() {
    if (take('"')) return quoted();
    const std::size_t end = std::min(rest_.find_first_of(",\n"), rest_.size());
    std::string result(rest_.substr(0, end));
    rest_.remove_prefix(end);
    if (result.ends_with('\r') && !rest_.starts_with(',')) result.pop_back();
    return result;
  }

  Result<std::string> quoted() {
    std::string result;
    while (!rest_.empty()) {
      const std::size_t end = std::min(rest_.find('"'), rest_.size());
      result += rest_.substr(0, end);
      rest_.remove_prefix(end);
      if (!take('"')) break;
      if (!take('"')) return result;
      result += '"';
    }
    return error("line " + std::to_string(line_) + ": a quoted field has no end");
  }

  std::string_view rest_;
  int line_ = 0;
};

}  // namespace

Result<std::vector<CsvRow>> parse_csv(std::string_view text) { return Reader(text).rows(); }

}  // namespace stackctl::stack
