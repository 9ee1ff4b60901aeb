#include "engine/spec.h"

#include <unordered_map>

#include "stackctl/crypto.h"
#include "stackctl/json.h"

namespace stackctl::engine {
namespace {

constexpr char kVersion = '2';
// Characters, 18 bits: a test of all tables finds attributes of one schema that have the same.
constexpr std::size_t kCode = 3;
constexpr std::size_t kDigest = 5;  // characters, 30 bits
constexpr std::size_t kEntry = kCode + kDigest;

/// Made once for each name: a plan asks for the codes of every attribute of every object.
const std::string& code_of(const Attribute& attribute) {
  thread_local std::unordered_map<std::string, std::string> codes;
  const auto [place, is_new] = codes.try_emplace(std::string(attribute.name));
  if (is_new) place->second = crypto::base64url(crypto::sha256(attribute.name)).substr(0, kCode);
  return place->second;
}

std::string digest_text(const Attribute& attribute, const Value& value) {
  return json::write(canonical(value, attribute), json::Secrets::revealed);
}

std::string fast_digest(std::string_view text) {
  return crypto::base64url(crypto::sha256(text)).substr(0, kDigest);
}

std::string salt_of(const SpecKey& key) { return key.stack + "/" + key.address; }

/// For secrets: a short password must not be found by trying.
std::string make_slow_digest(std::string_view text, const SpecKey& key) {
  return crypto::base64url(crypto::scrypt(text, salt_of(key), 16)).substr(0, kDigest);
}

std::string slow_digest(std::string_view text, const SpecKey& key) {
  return key.digests == nullptr ? make_slow_digest(text, key) : key.digests->of(text, key);
}

/// Whether the mark remembers `attribute` of what was declared.
bool is_recorded(const Attribute& attribute, const Value& declared) {
  return !attribute.is_output && !attribute.is_uncompared && !declared[attribute.name].is_null();
}

}  // namespace

std::string SecretDigests::of(std::string_view text, const SpecKey& key) {
  const auto [place, is_new] =
      known_.try_emplace(crypto::sha256(salt_of(key) + '\0' + std::string(text)));
  if (is_new) place->second = make_slow_digest(text, key);
  return place->second;
}

std::string make_spec(const Schema& schema, const Value& declared, const SpecKey& key,
                      std::string_view flags) {
  std::string spec = kVersion + std::string(flags) + '.';
  for (const Attribute& attribute : schema) {
    if (!is_recorded(attribute, declared)) continue;
    const Value& value = declared[attribute.name];
    const std::string text = digest_text(attribute, value);
    spec += code_of(attribute) + (value.has_secret() ? slow_digest(text, key) : fast_digest(text));
  }
  return spec;
}

Spec Spec::parse(std::string_view text) {
  Spec spec;
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || !text.starts_with(kVersion)) return spec;
  if ((text.size() - dot - 1) % kEntry != 0) return spec;
  spec.known_ = true;
  spec.flags_ = text.substr(1, dot - 1);
  spec.entries_ = text.substr(dot + 1);
  return spec;
}

std::optional<std::string_view> Spec::digest(const Attribute& attribute) const {
  const std::string& code = code_of(attribute);
  const std::string_view entries = entries_;
  for (std::size_t at = 0; at < entries.size(); at += kEntry)
    if (entries.substr(at, kCode) == code) return entries.substr(at + kCode, kDigest);
  return std::nullopt;
}

std::optional<bool> Spec::matches(const Attribute& attribute, const Value& value,
                                  const SpecKey& key) const {
  const auto recorded = digest(attribute);
  if (!recorded) return std::nullopt;
  // A provider may call secret what the stack file gave as plain text, so both are tried.
  const std::string text = digest_text(attribute, value);
  return fast_digest(text) == *recorded ||
         (value.has_secret() && slow_digest(text, key) == *recorded);
}

bool Spec::declares_same(const Schema& schema, const Value& declared) const {
  std::size_t expected = 0;
  for (const Attribute& attribute : schema) {
    if (!is_recorded(attribute, declared)) continue;
    if (!this->declared(attribute)) return false;
    ++expected;
  }
  return known_ && expected * kEntry == entries_.size();
}

}  // namespace stackctl::engine
