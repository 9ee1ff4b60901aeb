#include "stackctl/signature_v4.h"

#include <catch2/catch.hpp>

using namespace stackctl;

namespace {

using std::chrono::sys_days;
using std::chrono::year;

const Time kSuiteTime =
    sys_days{year{2015} / 8 / 30} + std::chrono::hours{12} + std::chrono::minutes{36};
constexpr signature_v4::Scope kSuiteScope{"service", "us-east-1"};
constexpr std::string_view kSuiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

const Time kStorageTime = sys_days{year{2013} / 5 / 24};
constexpr signature_v4::Scope kStorageScope{"s3", "us-east-1"};
constexpr signature_v4::Credentials kStorageKey{"AKIAIOSFODNN7EXAMPLE",
                                                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
constexpr std::string_view kStorageHost = "https://examplebucket.s3.amazonaws.com";

struct Row {
  std::string name;
  http::Request request;
  std::string signature;
};

/// A request with the query as it would stand in the URL.
http::Request request(std::string method, const std::string& url, http::Fields headers = {},
                      std::string body = {}) {
  http::Request made;
  made.method = std::move(method);
  const auto mark = url.find('?');
  if (mark != std::string::npos) made.query = http::parse_query(url.substr(mark + 1));
  made.url = url.substr(0, mark);
  made.headers = std::move(headers);
  made.body = std::move(body);
  return made;
}

Row suite(std::string name, const std::string& method, const std::string& target,
          std::string signature, http::Fields headers = {}, std::string body = {}) {
  return {std::move(name),
          request(method, "https://example.amazonaws.com" + target, std::move(headers),
                  std::move(body)),
          std::move(signature)};
}

std::string authorization(const http::Request& request) {
  return std::string(http::find(request.headers, "Authorization").value_or(""));
}

std::string signature_of(const http::Request& request) {
  const std::string header = authorization(request);
  return header.substr(header.rfind('=') + 1);
}

const std::string kVanilla = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
const std::string kPost = "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b";
const std::string kUnreserved =
    "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const std::string kFormDigest = "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e";

}  // namespace

TEST_CASE("signature_v4: the published test suite") {
  const Row row = GENERATE(values<Row>({
      suite("get-vanilla", "GET", "/", kVanilla),
      suite("get-header-key-duplicate", "GET", "/",
            "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
            {{"My-Header1", "value2"}, {"My-Header1", "value2"}, {"My-Header1", "value1"}}),
      suite("get-header-value-order", "GET", "/",
            "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01",
            {{"My-Header1", "value4"},
             {"My-Header1", "value1"},
             {"My-Header1", "value3"},
             {"My-Header1", "value2"}}),
      suite("get-header-value-trim", "GET", "/",
            "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
            {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}}),
      suite("get-relative-normalized", "GET", "/example/..", kVanilla),
      suite("get-relative-relative-normalized", "GET", "/example1/example2/../..", kVanilla),
      suite("get-slash-dot-slash-normalized", "GET", "/./", kVanilla),
      suite("get-slash-normalized", "GET", "//", kVanilla),
      suite("get-slash-pointless-dot-normalized", "GET", "/./example",
            "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"),
      suite("get-slashes-normalized", "GET", "//example//",
            "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
      suite("get-space-normalized", "GET", "/example space/",
            "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
      suite("get-unreserved", "GET", "/" + kUnreserved,
            "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
      suite("get-utf8", "GET", "/ሴ",
            "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
      suite("get-vanilla-empty-query-key", "GET", "/?Param1=value1",
            "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"),
      suite("get-vanilla-query-order-encoded", "GET",
            "/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
            "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac"),
      suite("get-vanilla-query-order-key-case", "GET", "/?Param2=value2&Param1=value1",
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
      suite("get-vanilla-query-unreserved", "GET", "/?" + kUnreserved + "=" + kUnreserved,
            "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"),
      suite("get-vanilla-utf8-query", "GET", "/?ሴ=bar",
            "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
      suite("post-vanilla", "POST", "/", kPost),
      suite("post-header-key-sort", "POST", "/",
            "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
            {{"My-Header1", "value1"}}),
      suite("post-header-value-case", "POST", "/",
            "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
            {{"My-Header1", "VALUE1"}}),
      suite("post-vanilla-query", "POST", "/?Param1=value1",
            "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"),
      suite("post-x-www-form-urlencoded", "POST", "/",
            "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
            {{"Content-Type", "application/x-www-form-urlencoded"},
             {"Content-Length", "13"},
             {"X-Amz-Content-Sha256", kFormDigest}},
            "Param1=value1"),
      suite("post-x-www-form-urlencoded-parameters", "POST", "/",
            "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422",
            {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
             {"Content-Length", "13"},
             {"X-Amz-Content-Sha256", kFormDigest}},
            "Param1=value1"),
  }));
  INFO(row.name);
  http::Request request = row.request;
  signature_v4::sign(request, kSuiteScope, {"AKIDEXAMPLE", kSuiteSecret}, kSuiteTime);
  CHECK(signature_of(request) == row.signature);
}

TEST_CASE("signature_v4: temporary credentials (get-vanilla-with-session-token)") {
  http::Request request;
  request.url = "https://example.amazonaws.com/";
  signature_v4::sign(request, kSuiteScope,
                     {"AKIDEXAMPLE", kSuiteSecret,
                      "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267"},
                     kSuiteTime);
  CHECK(authorization(request) ==
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date;x-amz-security-token, "
        "Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
}

TEST_CASE("signature_v4: the examples in the documentation of S3") {
  const std::string host(kStorageHost);
  const Row row = GENERATE_COPY(values<Row>({
      {"GET object", request("GET", host + "/test.txt", {{"Range", "bytes=0-9"}}),
       "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
      {"PUT object",
       request("PUT", host + "/test%24file.text",
               {{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
               "Welcome to Amazon S3."),
       "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
      {"GET bucket lifecycle", request("GET", host + "/?lifecycle"),
       "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
      {"GET bucket", request("GET", host + "/?max-keys=2&prefix=J"),
       "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
  }));
  INFO(row.name);
  http::Request request = row.request;
  signature_v4::sign(request, kStorageScope, kStorageKey, kStorageTime);
  CHECK(signature_of(request) == row.signature);
}

TEST_CASE("signature_v4: what is signed of a path and a host") {
  struct Case {
    std::string url, service, path, host;
  };
  const Case row = GENERATE(values<Case>({
      {"https://a.test/b%20c/%e1//./d+e", "s3", "/b%20c/%e1//./d%2Be", "a.test"},
      {"https://a.test/b%20c", "iam", "/b%2520c", "a.test"},
      {"https://a.test/b/../../c/./", "iam", "/c/", "a.test"},
      {"https://a.test", "iam", "/", "a.test"},
      {"https://a.test:443/x%", "s3", "/x%25", "a.test"},
      {"https://a.test:80/", "s3", "/", "a.test:80"},
      {"http://a.test:80/", "s3", "/", "a.test"},
      {"http://[::1]:8080/", "s3", "/", "[::1]:8080"},
  }));
  http::Request request;
  request.url = row.url;
  const std::string text = signature_v4::canonical_request(request, row.service);
  CHECK(text.substr(0, text.find("\n\nhost\n")) == "GET\n" + row.path + "\n\nhost:" + row.host);
}

TEST_CASE("signature_v4: signing anew replaces the old signature") {
  http::Request once;
  once.url = "https://sos.test/bucket";
  http::Request twice = once;
  signature_v4::sign(twice, kStorageScope, kStorageKey, kSuiteTime);
  signature_v4::sign(twice, kStorageScope, kStorageKey, kStorageTime);
  signature_v4::sign(once, kStorageScope, kStorageKey, kStorageTime);
  CHECK(once.headers == twice.headers);
}
