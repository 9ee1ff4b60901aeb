// The object storage: signatures, buckets, objects.
#include <catch2/catch.hpp>

#include "client.h"
#include "simulator/sos_signature.h"
#include "stackctl/crypto.h"
#include "stackctl/signature_v4.h"
#include "stackctl/xml.h"

namespace stackctl::simulator::testing {
namespace {

constexpr Time example_time = std::chrono::sys_days{std::chrono::year{2013} / 5 / 24};
constexpr sos::Signer example{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                              "us-east-1"};

struct Vector {
  const char* method;
  const char* path;
  const char* query;
  http::Fields headers;
  const char* body;
  const char* names;
  const char* signature;
};

// The examples of the S3 API reference.
const Vector vectors[] = {
    {"GET",
     "/test.txt",
     "",
     {{"Range", "bytes=0-9"}},
     "",
     "host;range;x-amz-content-sha256;x-amz-date",
     "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
    {"PUT",
     "/test%24file.text",
     "",
     {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
     "Welcome to Amazon S3.",
     "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
     "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
    {"GET",
     "/",
     "lifecycle",
     {},
     "",
     "host;x-amz-content-sha256;x-amz-date",
     "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
    {"GET",
     "/",
     "max-keys=2&prefix=J",
     {},
     "",
     "host;x-amz-content-sha256;x-amz-date",
     "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
};

http::Request request_of(const Vector& vector) {
  http::Request request;
  request.method = vector.method;
  request.url = std::string("https://examplebucket.s3.amazonaws.com") + vector.path;
  request.query = http::parse_query(vector.query);
  request.headers = vector.headers;
  request.body = vector.body;
  request.headers.emplace_back("x-amz-date", "20130524T000000Z");
  request.headers.emplace_back("x-amz-content-sha256", crypto::hex(crypto::sha256(request.body)));
  request.headers.emplace_back(
      "Authorization",
      std::string("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/"
                  "aws4_request,SignedHeaders=") +
          vector.names + ",Signature=" + vector.signature);
  return request;
}

TEST_CASE("sos: the published signatures are accepted", "[simulator]") {
  for (const Vector& vector : vectors) {
    INFO(vector.method << " " << vector.path << "?" << vector.query);
    const auto fault = sos::check_signature(request_of(vector), example, example_time);
    INFO((fault ? fault->code : "none"));
    CHECK_FALSE(fault);
  }
}

TEST_CASE("sos: whatever is signed cannot be changed", "[simulator]") {
  using Change = void (*)(http::Request&);
  const std::tuple<const char*, Change, const char*> changes[] = {
      {"method", [](http::Request& r) { r.method = "DELETE"; }, "SignatureDoesNotMatch"},
      {"path", [](http::Request& r) { r.url += "x"; }, "SignatureDoesNotMatch"},
      {"host", [](http::Request& r) { r.url.insert(8, "x"); }, "SignatureDoesNotMatch"},
      {"body", [](http::Request& r) { r.body += " "; }, "XAmzContentSHA256Mismatch"},
      {"argument", [](http::Request& r) { r.query.emplace_back("acl", ""); },
       "SignatureDoesNotMatch"},
      {"unsigned header", [](http::Request& r) { r.headers.emplace_back("x-amz-acl", "private"); },
       "SignatureDoesNotMatch"},
      {"no signature", [](http::Request& r) { r.headers.clear(); }, "AccessDenied"},
      {"scheme", [](http::Request& r) { http::set(r.headers, "Authorization", "Bearer x"); },
       "AuthorizationHeaderMalformed"},
      {"date", [](http::Request& r) { http::set(r.headers, "x-amz-date", "20130524T000001Z"); },
       "SignatureDoesNotMatch"},
      {"old", [](http::Request& r) { http::set(r.headers, "x-amz-date", "20130524T010000Z"); },
       "RequestTimeTooSkewed"},
      {"no digest",
       [](http::Request& r) {
         std::erase_if(r.headers,
                       [](const auto& header) { return header.first == "x-amz-content-sha256"; });
       },
       "InvalidRequest"},
  };
  for (const Vector& vector : vectors)
    for (const auto& [name, change, code] : changes) {
      INFO(vector.path << ", " << name);
      http::Request request = request_of(vector);
      change(request);
      const auto fault = sos::check_signature(request, example, example_time);
      REQUIRE(fault);
      CHECK(fault->code == code);
    }
  CHECK(sos::check_signature(request_of(vectors[0]), {"other", example.secret, "us-east-1"},
                             example_time)
            ->code == "InvalidAccessKeyId");
  CHECK(sos::check_signature(request_of(vectors[0]), {example.key, example.secret, "ch-gva-2"},
                             example_time)
            ->code == "AuthorizationHeaderMalformed");
}

struct Storage {
  Client client{};
  std::string origin = "https://sos-ch-gva-2.exo.io";

  http::Reply call(const std::string& method, const std::string& path,
                   const std::string& query = "", const std::string& body = "",
                   http::Fields headers = {}) {
    http::Request request;
    request.method = method;
    request.url = origin + path;
    request.query = http::parse_query(query);
    request.headers = std::move(headers);
    request.body = body;
    signature_v4::sign(request, {"s3", "ch-gva-2"}, {default_key, default_secret}, client.now);
    return client.cloud.handle(request, client.now);
  }
};

struct Step {
  const char* method;
  const char* path;
  const char* query;
  const char* body;
  int status;
  const char* part;  ///< of the body
};

void run(Storage& storage, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    const http::Reply reply = storage.call(step.method, step.path, step.query, step.body);
    INFO(step.method << " " << step.path << "?" << step.query << ": " << reply.body);
    CHECK(reply.status == step.status);
    CHECK_THAT(reply.body, Catch::Contains(step.part));
  }
}

TEST_CASE("sos: the life of a bucket", "[simulator]") {
  constexpr const char* cors =
      "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod>"
      "<AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>";
  constexpr const char* tags =
      "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
  for (const char* origin : {"https://sos-ch-gva-2.exo.io", "http://127.0.0.1:8123/sos"}) {
    Storage storage;
    storage.origin = origin;
    run(storage, {
                     {"GET", "/", "", "", 200, "<Buckets/>"},
                     {"HEAD", "/data", "", "", 404, ""},
                     {"PUT", "/data", "", "", 200, ""},
                     {"PUT", "/data", "", "", 409, "BucketAlreadyOwnedByYou"},
                     {"PUT", "/exoscale", "", "", 409, "BucketAlreadyExists"},
                     {"PUT", "/Data", "", "", 400, "InvalidBucketName"},
                     {"HEAD", "/data", "", "", 200, ""},
                     {"GET", "/", "", "", 200, "<Name>data</Name>"},
                     {"GET", "/data", "location", "", 200, ">ch-gva-2<"},
                     {"GET", "/data", "cors", "", 404, "NoSuchCORSConfiguration"},
                     {"PUT", "/data", "cors", cors, 200, ""},
                     {"PUT", "/data", "cors", "<CORSConfiguration/>", 400, "MalformedXML"},
                     {"PUT", "/data", "cors", "<", 400, "MalformedXML"},
                     {"GET", "/data", "cors", "", 200, "<AllowedOrigin>*</AllowedOrigin>"},
                     {"DELETE", "/data", "cors", "", 204, ""},
                     {"GET", "/data", "cors", "", 404, "NoSuchCORSConfiguration"},
                     {"PUT", "/data", "tagging", tags, 200, ""},
                     {"GET", "/data", "tagging", "", 404, "NoSuchTagSet"},
                     {"PUT", "/data", "tagging", "<Tagging/>", 400, "MalformedXML"},
                     {"PUT", "/data", "policy", "{}", 400, "MalformedPolicy"},
                     {"PUT", "/data", "policy",
                      R"({"default-service-strategy":"allow","services":{}})", 204, ""},
                     {"GET", "/data", "policy", "", 200, "default-service-strategy"},
                     {"DELETE", "/data", "policy", "", 204, ""},
                     {"GET", "/data", "policy", "", 404, "NoSuchBucketPolicy"},
                     {"GET", "/data", "acl", "", 200, "FULL_CONTROL"},
                     {"GET", "/data", "lifecycle", "", 501, "NotImplemented"},
                     {"PUT", "/data", "website", "", 501, "NotImplemented"},
                     {"POST", "/data/x", "uploads", "", 501, "NotImplemented"},
                     {"GET", "/data", "", "", 501, "ListObjectsV2"},
                     {"PUT", "/data/a", "", "x", 200, ""},
                     {"DELETE", "/data", "", "", 409, "BucketNotEmpty"},
                     {"DELETE", "/data/a", "", "", 204, ""},
                     {"DELETE", "/data", "", "", 204, ""},
                     {"DELETE", "/data", "", "", 404, "NoSuchBucket"},
                 });
  }
}

TEST_CASE("sos: objects are kept byte by byte, with what describes them", "[simulator]") {
  Storage storage;
  storage.call("PUT", "/data");
  const std::string bytes("\0\xff\xfe<&", 5);
  const http::Reply put = storage.call("PUT", "/data/a%20b/%C3%A9%2B.bin", "", bytes,
                                       {{"Content-Type", "image/x"}, {"x-amz-meta-owner", "me"}});
  REQUIRE(put.status == 200);
  const std::string tag = '"' + crypto::hex(crypto::md5(bytes)) + '"';
  CHECK(http::find(put.headers, "ETag") == tag);

  Storage other;
  REQUIRE_FALSE(other.client.cloud.load(storage.client.cloud.save(), storage.client.now));
  const http::Reply got = other.call("GET", "/data/a%20b/%C3%A9%2B.bin");
  CHECK(got.body == bytes);
  CHECK(http::find(got.headers, "Content-Type") == "image/x");
  CHECK(http::find(got.headers, "x-amz-meta-owner") == "me");
  const http::Reply head = other.call("HEAD", "/data/a%20b/%C3%A9%2B.bin");
  CHECK(head.body.empty());
  CHECK(http::find(head.headers, "Content-Length") == "5");
  CHECK(http::find(head.headers, "ETag") == tag);
  CHECK(other.call("GET", "/data/none").status == 404);
  CHECK(other.call("PUT", "/data/%FF", "", "x").status == 400);
  CHECK(other.call("PUT", "/data/a", "", "x", {{"Content-MD5", "AAAA"}}).status == 400);
  CHECK(other.call("PUT", "/none/a", "", "x").status == 404);
}

TEST_CASE("sos: lists of objects", "[simulator]") {
  Storage storage;
  storage.call("PUT", "/data");
  storage.call("PUT", "/data-2");
  storage.call("PUT", "/data-2/z", "", "x");
  for (const char* key : {"/data/a/1", "/data/a/2", "/data/b", "/data/c"})
    storage.call("PUT", key, "", "x");
  run(storage,
      {
          {"GET", "/data", "list-type=2", "", 200, "<KeyCount>4</KeyCount>"},
          {"GET", "/data", "list-type=2&prefix=a/", "", 200, "<KeyCount>2</KeyCount>"},
          {"GET", "/data", "list-type=2&delimiter=/", "", 200, "<KeyCount>3</KeyCount>"},
          {"GET", "/data", "list-type=2&delimiter=/", "", 200,
           "<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes>"},
          {"GET", "/data", "list-type=2&max-keys=3", "", 200,
           "<NextContinuationToken>b</NextContinuationToken>"},
          {"GET", "/data", "list-type=2&max-keys=3&continuation-token=b", "", 200,
           "<IsTruncated>false</IsTruncated><KeyCount>1</KeyCount>"},
          {"GET", "/data", "list-type=2&max-keys=x", "", 400, "InvalidArgument"},
          {"POST", "/data", "delete",
           "<Delete><Object><Key>a/1</Key></Object><Object><Key>no</Key></Object></Delete>", 200,
           "<Deleted><Key>a/1</Key></Deleted>"},
          {"POST", "/data", "delete", "<Delete/>", 400, "MalformedXML"},
          {"GET", "/data", "list-type=2", "", 200, "<KeyCount>3</KeyCount>"},
      });
}

TEST_CASE("sos: a versioned bucket is empty only without versions", "[simulator]") {
  constexpr const char* enable =
      "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  Storage storage;
  storage.call("PUT", "/data");
  run(storage, {{"PUT", "/data", "versioning", enable, 200, ""},
                {"PUT", "/data", "versioning", "<VersioningConfiguration/>", 400, "MalformedXML"},
                {"GET", "/data", "versioning", "", 200, "<Status>Enabled</Status>"},
                {"PUT", "/data/a", "", "one", 200, ""},
                {"PUT", "/data/a", "", "two", 200, ""},
                {"GET", "/data/a", "", "", 200, "two"},
                {"DELETE", "/data/a", "", "", 204, ""},
                {"GET", "/data/a", "", "", 404, "NoSuchKey"},
                {"GET", "/data", "list-type=2", "", 200, "<KeyCount>0</KeyCount>"},
                {"DELETE", "/data", "", "", 409, "BucketNotEmpty"}});
  const auto listed = xml::parse(storage.call("GET", "/data", "versions").body);
  REQUIRE(listed);
  std::string text = storage.call("GET", "/data", "versions").body;
  std::size_t removed = 0;
  constexpr std::string_view opening = "<VersionId>";
  for (std::size_t at = text.find(opening); at != std::string::npos;
       at = text.find(opening, at + 1), ++removed) {
    const std::size_t begin = at + opening.size();
    const std::string id = text.substr(begin, text.find('<', begin) - begin);
    CHECK(storage.call("DELETE", "/data/a", "versionId=" + id).status == 204);
  }
  CHECK(removed == 3);
  CHECK(storage.call("DELETE", "/data").status == 204);
}

TEST_CASE("sos: only what is open to all is read without a signature", "[simulator]") {
  Storage storage;
  storage.call("PUT", "/data");
  storage.call("PUT", "/data/open", "", "x", {{"x-amz-acl", "public-read"}});
  storage.call("PUT", "/data/closed", "", "x");
  for (const auto& [path, status] : {std::pair{"/data/open", 200}, std::pair{"/data/closed", 403},
                                     std::pair{"/data", 403}, std::pair{"/", 403}}) {
    http::Request request;
    request.url = storage.origin + path;
    INFO(path);
    CHECK(storage.client.cloud.handle(request, storage.client.now).status == status);
  }
  CHECK(storage.call("PUT", "/data", "acl", "", {{"x-amz-acl", "public-read"}}).status == 200);
  CHECK_THAT(storage.call("GET", "/data", "acl").body, Catch::Contains("AllUsers"));
  CHECK(storage.call("PUT", "/data", "acl", "", {{"x-amz-acl", "mine"}}).status == 501);
}

}  // namespace
}  // namespace stackctl::simulator::testing
