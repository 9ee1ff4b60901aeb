// A plan as people see it: one entry for each object, the two halves of a replacement in one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/style.h"
#include "engine/plan.h"

namespace stackctl::cli {

/// In the order in which plans show them: the most dangerous first.
enum class Effect { destroy, replace, change, wait, add, run };

struct Entry {
  Effect effect = Effect::add;
  const engine::Step* step = nullptr;     ///< of a replacement: the create
  const engine::Step* removal = nullptr;  ///< of a replacement: the remove
  bool creates_first = false;             ///< of a replacement
};

/// By effect, then in the order of the plan.
std::vector<Entry> entries(const engine::Plan& plan);

/// What one step does, with no eye to its partner.
Effect effect_of(const engine::Step& step);

/// Whether a resource that is there gets another name.
bool is_renamed(const engine::Step& step);

/// What a line is about: "web", "web (after_create)" for a command that goes with it.
std::string subject(const engine::Step& step);

/// A hook's command, shortened to a few words.
std::string command_text(const Hook& hook);

std::string_view symbol(const Entry& entry);   ///< "+", "-/+"
std::string_view meaning(const Entry& entry);  ///< for the legend: "create"
Label label_of(Effect effect);

}  // namespace stackctl::cli
