#include "cli/plan_markdown.h"

#include <algorithm>
#include <utility>

#include "cli/entries.h"
#include "cli/fault_text.h"
#include "cli/plan_text.h"
#include "cli/step_text.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace markdown {
namespace {

constexpr std::size_t kShortestFence = 3;

std::size_t longest_run_of_ticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char byte : text) {
    run = byte == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char byte : harmless(text)) {
    if (byte == '<')
      result += "&lt;";
    else if (byte == '>')
      result += "&gt;";
    else if (byte == '&')
      result += "&amp;";
    else
      result += byte == '\n' || byte == '\t' ? ' ' : byte;
  }
  return result;
}

/// "      ~ size = 2" → "!       size = 2": diffs have their sign in front.
std::string diff_line(std::string line) {
  const std::size_t at = line.find_first_not_of(' ');
  const bool has_sign = at != std::string::npos && at + 1 < line.size() && line[at + 1] == ' ' &&
                        (line[at] == '+' || line[at] == '-' || line[at] == '~' || line[at] == '>');
  if (!has_sign) return at == 0 ? " " + line : line;
  const char sign = line[at] == '~' || line[at] == '>' ? '!' : line[at];
  line[at] = ' ';
  line[0] = sign;
  return line;
}

std::string left_out(std::size_t number, std::string_view noun) {
  return number == 0 ? "" : "\n*" + counted(number, noun) + " left out here for want of room.*\n";
}

/// As much of a text as fits, without a broken character.
std::string cut(std::string_view text, std::size_t most) {
  std::size_t end = std::min(text.size(), most);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  return std::string(text.substr(0, end));
}

/// Takes whole parts as long as there is room for them and for the words about the others.
class Fitting {
 public:
  Fitting(std::string text, std::size_t most) : text_(std::move(text)), most_(most) {}

  bool fits(std::size_t bytes) const { return text_.size() + bytes <= most_; }

  /// In order, up to the first that does not fit.
  void add_lines(const std::vector<std::string>& lines, std::string_view noun) {
    std::size_t bytes = 0;
    for (const std::string& line : lines) bytes += line.size();
    if (fits(bytes)) return add_all(lines);
    const std::size_t note = left_out(lines.size(), noun).size();
    std::size_t shown = 0;
    while (shown < lines.size() && fits(lines[shown].size() + note)) text_ += lines[shown++];
    add_note(left_out(lines.size() - shown, noun));
  }

  /// Each that fits: a huge one does not hide those after it.
  void add_sections(const std::vector<std::string>& sections) {
    std::size_t bytes = 0;
    for (const std::string& section : sections) bytes += section.size();
    if (fits(bytes)) return add_all(sections);
    const std::size_t note = note_of(sections.size()).size();
    std::size_t hidden = 0;
    for (const std::string& section : sections) {
      if (fits(section.size() + note))
        text_ += section;
      else
        ++hidden;
    }
    add_note(note_of(hidden));
  }

  static std::string note_of(std::size_t hidden) {
    if (hidden == 0) return {};
    return "\n*The details of " + counted(hidden, "change") +
           " are left out here for want of room.*\n";
  }

  std::string take() { return std::move(text_); }

 private:
  void add_all(const std::vector<std::string>& parts) {
    for (const std::string& part : parts) text_ += part;
  }
  void add_note(const std::string& note) {
    if (fits(note.size())) text_ += note;
  }

  std::string text_;
  std::size_t most_;
};

}  // namespace

std::string foreign(std::string_view text) {
  std::string line = harmless(text);
  std::ranges::replace_if(
      line, [](char byte) { return byte == '\n' || byte == '\t'; }, ' ');
  if (trim(line).empty()) return {};
  const std::size_t run = longest_run_of_ticks(line);
  const std::string fence(run + 1, '`');
  const std::string gap = run > 0 ? " " : "";  // a tick at the edge would lengthen the fence
  return fence + gap + line + gap + fence;
}

std::string diff_block(std::string_view lines) {
  const std::string fence(std::max(kShortestFence, longest_run_of_ticks(lines) + 1), '`');
  std::string block = fence + "diff\n";
  std::vector<std::string> all = split(lines, '\n');
  while (!all.empty() && all.back().empty()) all.pop_back();
  for (std::string& line : all) block += diff_line(std::move(line)) + "\n";
  return block + fence + "\n";
}

std::string folded(std::string_view title, const std::string& body) {
  return "\n<details><summary><code>" + escaped(title) + "</code></summary>\n\n" + body +
         "\n</details>\n";
}

std::string fit(const Page& page, std::size_t max_bytes) {
  if (page.heading.size() > max_bytes) return cut(page.plain_heading, max_bytes);
  Fitting fitting(page.heading, max_bytes);
  fitting.add_lines(page.lines, page.noun);
  fitting.add_sections(page.sections);
  return fitting.take();
}

}  // namespace markdown

namespace {

using markdown::foreign;

std::string fault_line(const Diagnostic& fault) {
  std::string line = fault.severity == Severity::error ? "- ❌ **error** " : "- ⚠️ **warning** ";
  if (!fault.address.empty()) line += foreign(fault.address) + " ";
  line += foreign(fault.summary);
  if (!fault.detail.empty()) line += " " + foreign(fault.detail);
  const std::string place = place_text(fault.location);
  return line + (place.empty() ? "" : " at " + foreign(place)) + "\n";
}

std::string_view verb_of(Effect effect) {
  switch (effect) {
    case Effect::destroy:
      return "destroy";
    case Effect::replace:
      return "replace";
    case Effect::change:
      return "change";
    case Effect::wait:
      return "wait for";
    case Effect::run:
      return "run";
    case Effect::add:
      break;
  }
  return "add";
}

std::string entry_line(const Entry& entry) {
  const engine::Step& step = *entry.step;
  std::string line = "- **" + std::string(verb_of(entry.effect)) + "** " + foreign(subject(step)) +
                     " " + foreign(step.type->name);
  const std::string reason = brief_reason(entry);
  if (!reason.empty()) line += ": " + foreign(reason);
  return line + "\n";
}

std::string entry_section(const engine::Plan& plan, const Entry& entry) {
  const std::string title = std::string(symbol(entry)) + " " + subject(*entry.step) + " " +
                            std::string(fate_text(entry.effect));
  return markdown::folded(title, markdown::diff_block(step_text(plan, entry, false).plain()));
}

std::string kept_line(const engine::Kept& kept) {
  return "- **keep** " + foreign(kept.address) + " " + foreign(kept.type->name) + ": " +
         foreign(kept.reason) + "\n";
}

}  // namespace

std::string plan_markdown(const engine::Plan& plan, std::size_t max_bytes) {
  const bool is_refused = has_errors(plan.faults);
  std::string summary = plan.empty() ? "No changes." : figures_text(plan);
  if (is_refused && plan.empty()) summary = "There is no plan.";
  if (is_refused && !plan.empty()) summary += " It must not be applied.";
  markdown::Page page;
  page.noun = "line";
  page.plain_heading = summary + "\n";
  page.heading = "### " + foreign(plan.stack) + ": " + summary + "\n\n";
  for (const Diagnostic& fault : plan.faults) page.lines.push_back(fault_line(fault));
  for (const Entry& entry : entries(plan)) {
    page.lines.push_back(entry_line(entry));
    if (!entry.step->implied) page.sections.push_back(entry_section(plan, entry));
  }
  for (const engine::Kept& kept : plan.kept) page.lines.push_back(kept_line(kept));
  return markdown::fit(page, max_bytes);
}

}  // namespace stackctl::cli
