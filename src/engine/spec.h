// The compact memory in the ownership mark: which attributes the stack file declared when it was
// last applied, and a digest of each. It tells a change of the file from a change of the cloud.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "stackctl/resource.h"
#include "stackctl/schema.h"
#include "stackctl/value.h"

namespace stackctl::engine {

struct SpecKey;

/// Digests of secrets. They are slow on purpose, so each is made once.
class SecretDigests {
 public:
  std::string of(std::string_view text, const SpecKey& key);

 private:
  std::map<std::string, std::string> known_;  // by a digest of text and salt
};

/// What digests of secrets are salted with, so that equal passwords look different.
struct SpecKey {
  std::string stack;
  std::string address;
  SecretDigests* digests = nullptr;  ///< null: none is remembered
};

/// What the mark remembers beside the attributes, as letters before the first '.'.
namespace flag {
inline constexpr char kHookOwed = 'h';   ///< a hook after its creation has not succeeded yet
inline constexpr char kProtected = 'p';  ///< it must not be destroyed
inline constexpr char kRetained = 'r';   ///< it stays when nobody wants it any more
inline constexpr char kSnapshot = 's';   ///< a snapshot is made before it goes
}  // namespace flag

/// "2", the flags, "." and, for each declared attribute, three characters that stand for its name
/// and five for its value, so that 30 of them fit the 256 of a tag.
std::string make_spec(const Schema& schema, const Value& declared, const SpecKey& key,
                      std::string_view flags = {});

/// A spec read back.
class Spec {
 public:
  /// An unreadable text gives a spec that knows nothing.
  static Spec parse(std::string_view text);

  bool known() const { return known_; }
  const std::string& flags() const { return flags_; }
  bool has(char flag) const { return flags_.find(flag) != std::string::npos; }
  bool declared(const Attribute& attribute) const { return digest(attribute).has_value(); }
  /// Whether `value` is what was declared; nothing when `attribute` was not declared.
  std::optional<bool> matches(const Attribute& attribute, const Value& value,
                              const SpecKey& key) const;
  /// Whether just the attributes of `declared` were declared, whatever their values.
  bool declares_same(const Schema& schema, const Value& declared) const;

 private:
  std::optional<std::string_view> digest(const Attribute& attribute) const;
  bool known_ = false;
  std::string flags_;
  std::string entries_;
};

}  // namespace stackctl::engine
