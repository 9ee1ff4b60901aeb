// Text written with labels; whether they become colours is decided at the end.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stackctl::cli {

enum class Label {
  plain,
  heading,
  faint,
  add,
  change,
  destroy,
  replace,
  good,
  warning,
  error,
};

class Text {
 public:
  Text& add(std::string_view text, Label label = Label::plain);
  Text& add(const Text& other);
  Text& line(std::string_view text = {}, Label label = Label::plain);

  /// Adds `remark` at the end of the first line.
  Text& annotate(std::string_view remark, Label label);

  bool empty() const { return spans_.empty(); }
  std::string plain() const;
  /// With ANSI escapes for the labels.
  std::string coloured() const;
  std::string render(bool in_colour) const { return in_colour ? coloured() : plain(); }

 private:
  std::vector<std::pair<Label, std::string>> spans_;
};

/// How many columns a UTF-8 text takes, counting each character as one.
std::size_t columns(std::string_view text);
/// `text` padded with spaces to `width` columns.
std::string padded(std::string_view text, std::size_t width);
/// At most `width` columns of `text`; what is cut off shows as "…".
std::string shortened(std::string_view text, std::size_t width);
/// "1 object", "2 objects".
std::string counted(std::size_t number, std::string_view noun);
/// `text` with control characters made visible, so that no cloud can move the cursor.
std::string harmless(std::string_view text);

}  // namespace stackctl::cli
