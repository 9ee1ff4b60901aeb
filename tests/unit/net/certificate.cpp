#include "certificate.h"

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace stackctl::net::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Handle = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

void require(bool succeeded) {
  if (!succeeded) throw std::runtime_error("cannot make a test certificate");
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  require(extension != nullptr);
  require(X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

X509Handle self_signed(EVP_PKEY* key, const std::string& subject_alternative_name) {
  X509Handle certificate(X509_new(), X509_free);
  require(certificate != nullptr);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* const name = X509_get_subject_name(certificate.get());
  const unsigned char common_name[] = "stackctl test";
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  add_extension(certificate.get(), NID_subject_alt_name, subject_alternative_name);
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  require(X509_sign(certificate.get(), key, EVP_sha256()) > 0);
  return certificate;
}

File open_for_writing(const std::filesystem::path& path) {
  File file(std::fopen(path.c_str(), "w"), std::fclose);
  require(file != nullptr);
  return file;
}

std::filesystem::path temporary_path(const std::string& name) {
  return std::filesystem::temp_directory_path() /
         ("stackctl-test-" + std::to_string(::getpid()) + "-" + name);
}

}  // namespace

Certificate::Certificate(const std::string& label, const std::string& subject_alternative_name)
    : certificate_path_(temporary_path(label + ".crt")), key_path_(temporary_path(label + ".key")) {
  const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  require(key != nullptr);
  const X509Handle certificate = self_signed(key.get(), subject_alternative_name);
  const File certificate_file = open_for_writing(certificate_path_);
  require(PEM_write_X509(certificate_file.get(), certificate.get()) == 1);
  const File key_file = open_for_writing(key_path_);
  require(PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
          1);
}

Certificate::~Certificate() {
  std::error_code ignored;
  std::filesystem::remove(certificate_path_, ignored);
  std::filesystem::remove(key_path_, ignored);
}

}  // namespace stackctl::net::test
