// Where a command's words go: data to standard output, all else to standard error.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cli/options.h"
#include "cli/style.h"
#include "cli/world.h"
#include "stackctl/clock.h"
#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::cli {

class Screen {
 public:
  Screen(const Options& options, World& world);

  bool is_json() const { return is_json_; }
  bool in_colour() const { return out_in_colour_; }
  const Terminal& terminal() const { return world_.terminal; }

  void data(const Text& text) const { world_.out(text.render(out_in_colour_)); }
  void raw(std::string_view text) const { world_.out(text); }
  void note(const Text& text) const { world_.error(text.render(error_in_colour_)); }
  /// One JSON line: `fields` with the type, the version of the format and, if given, the time.
  void record(std::string_view type, Map fields, Time at = {}) const;

  /// A fault for people on standard error, or a record.
  void fault(const Diagnostic& fault) const;
  void faults(const Diagnostics& faults) const;

  /// The texts of the stack's files, to quote from.
  void quote_from(std::map<std::string, std::string, std::less<>> sources);
  Text fault_text(const Diagnostic& fault) const;

 private:
  World& world_;
  std::map<std::string, std::string, std::less<>> sources_;
  bool is_json_;
  bool out_in_colour_;
  bool error_in_colour_;
};

/// Which faults are about, and how to meet them again.
Text faults_text(const Service& service);

}  // namespace stackctl::cli
