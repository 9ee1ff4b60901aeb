// The reference pages, made from the tables.
#pragma once

#include <string>
#include <vector>

#include "cli/world.h"

namespace stackctl::cli {

struct Page {
  std::string name;  ///< "kinds.md"
  std::string text;
};

/// One for the kinds, the functions and the commands, and one for each provider.
std::vector<Page> reference_pages(const World& world);

/// Their texts, in files of their own.
std::string kinds_page(const World& world);
std::string provider_page(const Provider& provider);
std::string functions_page();
std::string commands_page();

}  // namespace stackctl::cli
