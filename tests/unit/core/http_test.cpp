#include "stackctl/http.h"

#include <catch2/catch.hpp>

namespace http = stackctl::http;

TEST_CASE("http: fields are found by name without regard to case") {
  http::Fields fields = {{"Content-Type", "text/plain"}, {"content-type", "second"}};
  CHECK(http::find(fields, "CONTENT-TYPE") == "text/plain");
  CHECK_FALSE(http::find(fields, "Content").has_value());

  http::set(fields, "CONTENT-type", "application/json");
  http::set(fields, "Accept", "*/*");
  CHECK(fields == http::Fields{{"Content-Type", "application/json"},
                               {"content-type", "second"},
                               {"Accept", "*/*"}});
}

TEST_CASE("http: URLs are split into their parts") {
  struct Row {
    std::string_view url, scheme, host, port, path;
  };
  const Row row = GENERATE(values<Row>({
      {"https://api.example.com/v2/zone", "https", "api.example.com", "", "/v2/zone"},
      {"http://127.0.0.1:8080/v2", "http", "127.0.0.1", "8080", "/v2"},
      {"http://localhost", "http", "localhost", "", "/"},
      {"http://localhost:80", "http", "localhost", "80", "/"},
      {"https://[2001:db8::1]/x", "https", "[2001:db8::1]", "", "/x"},
      {"https://[2001:db8::1]:8443/x:y", "https", "[2001:db8::1]", "8443", "/x:y"},
      {"https://user:word@host:1/p", "https", "host", "1", "/p"},
      {"http://host?a=b/c", "http", "host", "", "/"},
      {"http://host/p?a=http://x", "http", "host", "", "/p"},
      {"unix:///run/engine.sock", "unix", "", "", "/run/engine.sock"},
      {"/only/path", "", "", "", "/only/path"},
      {"", "", "", "", "/"},
  }));
  CAPTURE(row.url);
  const http::Url parts = http::split(row.url);
  CHECK(parts.scheme == row.scheme);
  CHECK(parts.host == row.host);
  CHECK(parts.port == row.port);
  CHECK(parts.path == row.path);
}

TEST_CASE("http: percent encoding") {
  struct Row {
    std::string plain, encoded;
  };
  const Row row = GENERATE(values<Row>({
      {"", ""},
      {"AZaz09-._~", "AZaz09-._~"},
      {"a b", "a%20b"},
      {"a+b/c=d&e%", "a%2Bb%2Fc%3Dd%26e%25"},
      {"\xC3\xA9", "%C3%A9"},
      {std::string("\0\xFF", 2), "%00%FF"},
  }));
  CHECK(http::encode(row.plain) == row.encoded);
  CHECK(http::decode(row.encoded) == row.plain);
}

TEST_CASE("http: decoding leaves broken escapes as they are") {
  CHECK(http::decode("a+b") == "a b");
  CHECK(http::decode("%2f%2F") == "//");
  CHECK(http::decode("100%") == "100%");
  CHECK(http::decode("%2") == "%2");
  CHECK(http::decode("%zz%41") == "%zzA");
}

TEST_CASE("http: query strings go there and back") {
  const http::Fields query = {{"a", "1"}, {"b", "x y"}, {"a", "&="}, {"empty", ""}};
  CHECK(http::query_string(query) == "a=1&b=x%20y&a=%26%3D&empty=");
  CHECK(http::parse_query(http::query_string(query)) == query);
  CHECK(http::query_string({}).empty());
  CHECK(http::parse_query("").empty());
  CHECK(http::parse_query("&&a&b=1=2&") == http::Fields{{"a", ""}, {"b", "1=2"}});
}
