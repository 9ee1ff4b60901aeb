// A plan as Markdown, for comments on pull requests.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/style.h"
#include "engine/plan.h"

namespace stackctl::cli {

/// Summary, faults, one line for each object, and their blocks folded away. At most `max_bytes`:
/// what does not fit is left out whole, and counted.
std::string plan_markdown(const engine::Plan& plan, std::size_t max_bytes);

namespace markdown {

/// Text of others as code: nothing in it is read as Markdown or HTML.
std::string foreign(std::string_view text);

/// `lines`, whose signs stand anywhere, as a block of a diff that cannot be left from inside.
std::string diff_block(std::string_view lines);

/// A folded part. `title` is plain text.
std::string folded(std::string_view title, const std::string& body);

/// Parts of a page, each of which is shown whole or not at all.
struct Page {
  std::string heading;                ///< one paragraph
  std::string plain_heading;          ///< the same without markup, for when there is no room
  std::vector<std::string> lines;     ///< in the order of their weight
  std::vector<std::string> sections;  ///< folded parts
  std::string_view noun;              ///< what a line is about: "change"
};
std::string fit(const Page& page, std::size_t max_bytes);

}  // namespace markdown
}  // namespace stackctl::cli
