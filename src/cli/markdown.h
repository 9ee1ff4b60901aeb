// What the reference pages are written with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stackctl/schema.h"

namespace stackctl::cli::markdown {

/// The first words of every page: that nobody should edit it, and what makes it anew.
std::string made_from_tables();

std::string code(std::string_view text);
/// Without line breaks and bars, which end a cell.
std::string cell(std::string_view text);
std::string row(const std::vector<std::string>& cells);
std::string header(const std::vector<std::string>& cells);
std::string codes(const std::vector<std::string>& words);

/// A table of what can be declared (`outputs`: of what cannot), members under their path.
std::string attribute_table(const Schema& schema, bool outputs);

}  // namespace stackctl::cli::markdown
