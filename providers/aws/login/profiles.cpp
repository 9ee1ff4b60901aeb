#include "profiles.h"

#include <optional>
#include <utility>

#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kBlanks = " \t";

class SectionParser {
 public:
  Result<Sections> run(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    int number = 0;
    for (const std::string& line : split(text, '\n')) {
      ++number;
      if (const char* const fault = take(line))
        return error("line " + std::to_string(number) + ": " + fault);
    }
    return std::move(sections_);
  }

 private:
  const char* take(std::string_view line) {
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#' || content.front() == ';') return nullptr;
    if (content.front() == '[') return begin_section(content);
    if (section_ == nullptr) return "a setting before the first section";
    const bool is_indented = kBlanks.find(line.front()) != std::string_view::npos;
    if (is_indented && !key_.empty()) return take_below(content);
    return take_setting(content);
  }

  const char* begin_section(std::string_view content) {
    const std::size_t end = content.find(']');
    if (end == std::string_view::npos) return "a section without ']'";
    section_ = &sections_[std::string(trim(content.substr(1, end - 1)))];
    key_.clear();
    return nullptr;
  }

  const char* take_setting(std::string_view content) {
    auto setting = parse(content);
    if (!setting) return "neither a section nor KEY = VALUE";
    key_ = setting->first;
    section_->insert_or_assign(key_, std::move(setting->second));
    return nullptr;
  }

  /// A setting of its own where the key has no value, else more of that value.
  const char* take_below(std::string_view content) {
    std::string& value = (*section_)[key_];
    if (!value.empty()) {
      value.append("\n").append(content);
      return nullptr;
    }
    auto setting = parse(content);
    if (!setting) return "neither a section nor KEY = VALUE";
    section_->insert_or_assign(key_ + '.' + setting->first, std::move(setting->second));
    return nullptr;
  }

  static std::optional<std::pair<std::string, std::string>> parse(std::string_view content) {
    const std::size_t sign = content.find_first_of("=:");
    if (sign == std::string_view::npos || sign == 0) return std::nullopt;
    return std::pair(to_lower(trim(content.substr(0, sign))),
                     std::string(trim(content.substr(sign + 1))));
  }

  Sections sections_;
  Section* section_ = nullptr;
  std::string key_;
};

std::string path_in(const Surroundings& surroundings, std::string_view variable,
                    std::string_view usual) {
  const std::string path = surroundings.environment(variable).value_or("");
  return path.empty() ? std::string(usual) : path;
}

Result<Sections> read_sections(const Surroundings& surroundings, SharedFile& file) {
  const std::optional<std::string> text = surroundings.read_file(file.path);
  file.is_there = text.has_value();
  if (!text) return Sections{};
  Result<Sections> sections = parse_sections(*text);
  if (!sections) return error("cannot read " + file.path + ": " + sections.fault().summary);
  return sections;
}

void merge(Section& into, const Section& from) {
  for (const auto& [key, value] : from) into.insert_or_assign(key, value);
}

/// "[default]", "[profile NAME]", "[sso-session NAME]", "[services NAME]". Names may be quoted.
void take_config_section(Profiles& profiles, const std::string& title, const Section& section) {
  const Result<std::vector<std::string>> words = split_words(title);
  if (!words || words->empty()) return;
  if (words->size() == 1 && words->front() == "default")
    return merge(profiles.profiles["default"].settings, section);
  constexpr std::size_t kind_and_name = 2;
  if (words->size() != kind_and_name) return;
  const std::string& kind = (*words)[0];
  const std::string& name = (*words)[1];
  if (kind == "profile") merge(profiles.profiles[name].settings, section);
  if (kind == "sso-session") merge(profiles.sessions[name], section);
  if (kind == "services") merge(profiles.services[name], section);
}

}  // namespace

Result<Sections> parse_sections(std::string_view text) { return SectionParser().run(text); }

std::string Profile::text(std::string_view key) const {
  const auto setting = settings.find(key);
  return setting == settings.end() ? "" : setting->second;
}

const Profile* Profiles::find(std::string_view name) const {
  const auto profile = profiles.find(name);
  return profile == profiles.end() ? nullptr : &profile->second;
}

std::vector<std::string_view> Profiles::names() const {
  std::vector<std::string_view> names;
  names.reserve(profiles.size());
  for (const auto& [name, profile] : profiles) names.emplace_back(name);
  return names;
}

Result<Profiles> read_profiles(const Surroundings& surroundings) {
  Profiles profiles;
  profiles.config.path = path_in(surroundings, "AWS_CONFIG_FILE", "~/.aws/config");
  profiles.credentials.path =
      path_in(surroundings, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials");
  const Result<Sections> config = read_sections(surroundings, profiles.config);
  if (!config) return config.fault();
  const Result<Sections> credentials = read_sections(surroundings, profiles.credentials);
  if (!credentials) return credentials.fault();
  for (const auto& [title, section] : *config) take_config_section(profiles, title, section);
  for (const auto& [name, section] : *credentials) {
    Profile& profile = profiles.profiles[name];
    profile.secrets = section;
    merge(profile.settings, section);
  }
  return profiles;
}

Result<std::vector<std::string>> split_words(std::string_view line) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool is_escape = c == '\\' && quote != '\'' && i + 1 < line.size() &&
                           (quote == 0 || line[i + 1] == '"' || line[i + 1] == '\\');
    if (is_escape) {
      word = word.value_or("") + line[++i];
    } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
      quote = quote == 0 ? c : '\0';
      word = word.value_or("");
    } else if (quote == 0 && (c == ' ' || c == '\t' || c == '\n')) {
      if (word) words.push_back(*std::exchange(word, std::nullopt));
    } else {
      word = word.value_or("") + c;
    }
  }
  if (quote != 0) return error("a quote that does not end");
  if (word) words.push_back(*word);
  return words;
}

}  // namespace stackctl::aws
