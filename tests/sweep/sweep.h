// A client that dies, or a cloud that fails, at any one write of an operation on a stack; and
// whether the next run ends where an undisturbed one does.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "support/client.h"

namespace sweep {

using namespace stackctl;
using support::Client;
using support::Lab;
using support::Wanted;

/// A stack in two versions; between them lies what can be changed in place.
struct Scenario {
  std::string name;
  std::string stack;
  std::vector<Declaration> declarations;
  std::vector<Declaration> changed;
};

struct Figures {
  std::size_t writes = 0;
  std::size_t cases = 0;
  std::size_t unseen = 0;  ///< cases of `kUnseen` that took one more run
};

/// All operations of one scenario, undisturbed and disturbed.
class Sweep {
 public:
  using Complain = std::function<void(const std::string& what)>;

  /// `foreign` is a saved account with objects that are not the stack's. `only` picks cases by the
  /// beginning of their names: "wordpress/replace/crash-after@7"; empty: all.
  Sweep(Scenario scenario, std::string foreign, std::string only, Complain complain);

  void create();
  void update();
  void replace();
  void destroy();

  const Figures& figures() const { return figures_; }

 private:
  struct Goal;

  Wanted whole() const;
  /// Where it ends undisturbed. The state of the account once the stack stands.
  const std::string& created();
  void disturb(const std::string& operation, const std::string& start, const Goal& goal);
  std::string try_one(const std::string& start, const Goal& goal, const simulator::Fault& fault);
  std::string recover(const Goal& goal, const simulator::Fault& fault);
  std::string run_again(const Goal& goal, const Wanted& wanted);
  std::string compare(const Goal& goal, Client& client);
  std::string reach(Client& client, const Wanted& wanted);
  bool is_picked(const std::string& name) const;

  Scenario scenario_;
  std::string foreign_;
  std::string only_;
  Complain complain_;
  Lab lab_;
  Value foreign_objects_;
  std::string created_;
  std::string attempt_;  ///< the plan of the run after the disturbed one
  Figures figures_;
};

}  // namespace sweep
