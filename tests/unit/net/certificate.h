// Throw-away TLS identities.
#pragma once

#include <filesystem>
#include <string>

namespace stackctl::net::test {

/// A fresh key and a certificate for it, signed by itself; both are files while this lives.
class Certificate {
 public:
  /// `label` makes the file names unique; the other is as in "IP:127.0.0.1" or "DNS:example.com".
  Certificate(const std::string& label, const std::string& subject_alternative_name);
  ~Certificate();
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  std::string certificate_file() const { return certificate_path_.string(); }
  std::string key_file() const { return key_path_.string(); }

 private:
  std::filesystem::path certificate_path_;
  std::filesystem::path key_path_;
};

}  // namespace stackctl::net::test
