// Values that are computed when they are first asked for.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stack/operators.h"
#include "stackctl/value.h"

namespace stackctl::stack {

struct Lazy {
  enum class State : std::uint8_t { untouched, running, done };
  State state = State::untouched;
  Value value;
};

/// What is being computed, outermost first: "local" and "site", "db" and "size".
class Running {
 public:
  struct Label {
    std::string_view prefix;
    std::string_view name;
    bool operator==(const Label&) const = default;
  };

  /// The value of `lazy`, by `compute` at the first time. When it is being computed already, it
  /// refers to itself: then `report` is told so, with the chain.
  template <class Compute, class Report>
  const Value& get(Lazy& lazy, Label label, const Compute& compute, const Report& report) {
    if (lazy.state == Lazy::State::done) return lazy.value;
    if (lazy.state == Lazy::State::running) {
      report(chain(label));
      lazy.value = invalid();
      return lazy.value;
    }
    lazy.state = Lazy::State::running;
    labels_.push_back(label);
    lazy.value = compute();
    labels_.pop_back();
    lazy.state = Lazy::State::done;
    return lazy.value;
  }

 private:
  /// An error such as "local.a refers to itself", with the way there as detail.
  Diagnostic chain(Label label) const {
    std::string way;
    bool is_inside = false;
    for (const Label& step : labels_) {
      is_inside = is_inside || step == label;
      if (is_inside) way += spelled(step) + " → ";
    }
    Diagnostic fault = error(spelled(label) + " refers to itself");
    fault.detail = way + spelled(label);
    return fault;
  }

  static std::string spelled(Label label) {
    return std::string(label.prefix) + '.' + std::string(label.name);
  }

  std::vector<Label> labels_;
};

}  // namespace stackctl::stack
