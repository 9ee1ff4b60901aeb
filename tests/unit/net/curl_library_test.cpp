// libcurl comes whole or not at all, and says why not.
#include "net/curl_library.h"

#include <string>

#include <catch2/catch.hpp>

namespace stackctl::net {
namespace {

using Catch::Matchers::Contains;

TEST_CASE("libcurl is loaded with all of its functions") {
  const Result<CurlLibrary> curl = load_curl();
  REQUIRE(curl);
  CHECK(curl->easy_strerror(CURLE_OK) == std::string("No error"));
}

TEST_CASE("a libcurl that is missing or is another library is a fault with its reason") {
  struct Row {
    const char* file;
    std::string why;
  };
  const Row row =
      GENERATE(values<Row>({{"libnowhere.so.4", "libnowhere.so.4: cannot open shared object file"},
                            {"libc.so.6", "libc.so.6 has no function curl_global_init"}}));
  const Result<CurlLibrary> curl = load_curl(row.file);
  REQUIRE_FALSE(curl);
  CHECK_THAT(curl.fault().summary, Contains("cannot load libcurl") && Contains(row.why));
  CHECK_THAT(curl.fault().hint, Contains("libcurl4"));
}

}  // namespace
}  // namespace stackctl::net
