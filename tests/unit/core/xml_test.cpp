#include "stackctl/xml.h"

#include <catch2/catch.hpp>

#include "stackctl/json.h"

using namespace stackctl;

TEST_CASE("xml: what is read") {
  struct Row {
    std::string text, json;
  };
  const Row row = GENERATE(values<Row>({
      {"<a/>", R"({"a":""})"},
      {"<a> </a>", R"({"a":" "})"},
      {"<a>b &amp; <![CDATA[<c>]]></a>", R"({"a":"b & <c>"})"},
      {"<?xml version='1.0'?><!-- x --><a><b>1</b><b>2</b><b>3</b><c><d/></c></a>",
       R"({"a":{"b":["1","2","3"],"c":{"d":""}}})"},
      {"<a xmlns='urn:x' y='z'>\n  <n:b xmlns:n='urn:y'>1</n:b>\n</a>", R"({"a":{"b":"1"}})"},
      {"<a>text <b>1</b></a>", R"({"a":{"b":"1"}})"},
      {"<!DOCTYPE a [<!ENTITY e 'xx'>]><a>&e;</a>", R"({"a":"&e;"})"},
  }));
  const Result<Value> value = xml::parse(row.text);
  REQUIRE(value);
  CHECK(json::write(*value) == row.json);
}

TEST_CASE("xml: what is refused") {
  const auto nested = [](int depth) {
    std::string open, close;
    for (int i = 0; i < depth; ++i) {
      open += "<a>";
      close += "</a>";
    }
    return open + close;
  };
  CHECK(xml::parse(nested(64)));
  CHECK_FALSE(xml::parse(nested(65)));
  CHECK_FALSE(xml::parse(nested(100000)));
  for (const std::string text : {"", "  ", "{}", "<a>", "<a><b></a>", "<!-- x -->", "<a b></a>"}) {
    INFO(text);
    CHECK_FALSE(xml::parse(text));
  }
}

TEST_CASE("xml: elements of one name, however many") {
  CHECK(xml::each(Value()).empty());
  CHECK(xml::each(Value("x")).size() == 1);
  CHECK(xml::each(Value(Map{{"a", 1}})).size() == 1);
  CHECK(xml::each(Value(List{"x", "y"})).size() == 2);
}

TEST_CASE("xml: size is bounded") {
  const Result<Value> value = xml::parse("<a>" + std::string(std::size_t{16} << 20, 'x') + "</a>");
  REQUIRE_FALSE(value);
  CHECK(value.fault().summary == "the XML text is larger than 16 MiB");
}

TEST_CASE("xml: what is written can be read") {
  const Value content = Map{{"Flag", true},
                            {"Item", List{Map{{"Key", "a<b>&\"'\r\n"}}, Map{{"Key", "c"}}}},
                            {"Nothing", Value()},
                            {"Number", 3}};
  const std::string text = xml::write("Root", content, "urn:x");
  CHECK(text ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Root xmlns=\"urn:x\"><Flag>true</Flag>"
        "<Item><Key>a&lt;b&gt;&amp;\"'&#13;\n</Key></Item><Item><Key>c</Key></Item>"
        "<Nothing></Nothing><Number>3</Number></Root>");
  const Result<Value> back = xml::parse(text);
  REQUIRE(back);
  CHECK((*back)["Root"]["Item"].items()[0].text_at("Key") == "a<b>&\"'\r\n");
}
