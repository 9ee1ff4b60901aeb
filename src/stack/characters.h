// Texts as rows of characters, not bytes.
#pragma once

#include <string_view>
#include <vector>

namespace stackctl::stack {

/// The UTF-8 characters (code points) of `text`; a stray byte counts as one.
inline std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> result;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    result.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return result;
}

}  // namespace stackctl::stack
