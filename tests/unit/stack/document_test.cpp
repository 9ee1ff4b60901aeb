#include "stack/document.h"

#include <catch2/catch.hpp>

namespace stackctl::stack {
namespace {

struct Parsed {
  Source source;
  Diagnostics faults;
  std::optional<Node> root;
  explicit Parsed(std::string text) : source{"f.yaml", std::move(text)} {
    root = parse_document(source, faults);
  }
};

/// "line:column+length"
std::string at(const Location& location) {
  return std::to_string(location.line) + ':' + std::to_string(location.column) + '+' +
         std::to_string(location.length);
}

TEST_CASE("scalars follow YAML 1.2's core schema", "[stack][document]") {
  struct Row {
    const char* text;
    Value value;
  };
  const std::vector<Row> rows = {
      {"true", true},     {"False", false},
      {"yes", "yes"},     {"on", "on"},
      {"~", Value{}},     {"null", Value{}},
      {"\"\"", ""},       {"'null'", "null"},
      {"12", 12},         {"-7", -7},
      {"+7", 7},          {"0x1F", 31},
      {"0o17", 15},       {"1.5", 1.5},
      {"1e3", 1000.0},    {".5", 0.5},
      {"\"12\"", "12"},   {"!!str 12", "12"},
      {"1.2.3", "1.2.3"}, {"10.0.0.0/8", "10.0.0.0/8"},
      {"12:30", "12:30"}, {"-", "-"},
      {"1_000", "1_000"}, {".inf", ".inf"},
      {"inf", "inf"},     {"0x", "0x"},
      {"--1", "--1"},     {"99999999999999999999", "99999999999999999999"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Parsed parsed(std::string("k: ") + row.text + "\n");
    if (std::string_view(row.text) == "-") continue;  // a list item, not a scalar
    REQUIRE(parsed.root);
    CHECK(to_value(*parsed.root)["k"] == row.value);
  }
}

TEST_CASE("keys and values know their places", "[stack][document]") {
  const Parsed parsed(
      "a: &x {b: \"é\", c: é x}\r\n"
      "k: !!str 5\r\n"
      "l:\r\n"
      "  - word two # comment\r\n"
      "  - [1, 2]\r\n"
      "'q r': 'it''s'\r\n");
  REQUIRE(parsed.root);
  const Node& a = parsed.root->find("a")->value;
  CHECK(at(locate(a)) == "1:7+16");
  CHECK(at(locate(a.find("b")->value)) == "1:11+3");
  CHECK(at(locate_key(*a.find("c"))) == "1:16+1");
  CHECK(at(locate(a.find("c")->value)) == "1:19+3");
  CHECK(at(locate(parsed.root->find("k")->value)) == "2:10+1");
  const Node& list = parsed.root->find("l")->value;
  CHECK(at(locate(list.items[0])) == "4:5+8");
  CHECK(at(locate(list.items[1])) == "5:5+6");
  CHECK(at(locate_key(*parsed.root->find("q r"))) == "6:1+5");
  CHECK(at(locate(parsed.root->find("q r")->value)) == "6:8+7");
}

TEST_CASE("a byte order mark shifts nothing", "[stack][document]") {
  const Parsed parsed(
      "\xEF\xBB\xBF"
      "stack: shop\n");
  REQUIRE(parsed.root);
  const Entry* entry = parsed.root->find("stack");
  REQUIRE(entry != nullptr);
  CHECK(parsed.source.text.substr(entry->place.offset, 5) == "stack");
  CHECK(parsed.source.text.substr(entry->value.place.offset, 4) == "shop");
}

TEST_CASE("every byte of a scalar is found again in the file", "[stack][document]") {
  const std::vector<std::string> texts = {
      "k: plain text X here\n",
      "k: plain text\n  folded X here\n",
      "k: 'it''s X'\n",
      "k: 'folded\n   X'\n",
      "k: \"tab\\t \\u00e9 \\x41 X\"\n",
      "k: \"joined \\\n   X\"\n",
      "k: |\n  line\n\n  more X\n",
      "k: |-\n    deep\n      deeper\n    X\n",
      "k: |2\n    leading X\n",
      "k: >\n  folded\n  lines X\n\n  and X\n",
      "k: |\r\n  line\r\n  X\r\n",
      "l:\n  - |\n   a\n   X\n",
  };
  for (const std::string& text : texts) {
    INFO(text);
    const Parsed parsed(text);
    REQUIRE(parsed.root);
    const Node& top = parsed.root->entries[0].value;
    const Node& node = top.is_list() ? top.items[0] : top;
    for (std::size_t i = 0; i < node.text.size(); ++i)
      if (node.text[i] == 'X') {
        const std::size_t offset = source_offset(node.place, node.text, i);
        REQUIRE(offset < text.size());
        CHECK(text[offset] == 'X');
      }
    CHECK(source_offset(node.place, node.text, node.text.size() + 9) <= text.size());
  }
}

TEST_CASE("anchors, aliases and merge keys", "[stack][document]") {
  const Parsed parsed(
      "base: &base {size: small, disk: 10}\n"
      "more: &more {size: large, zone: a}\n"
      "one: {<<: *base, disk: 20}\n"
      "two: {<<: [*base, *more]}\n"
      "same: *base\n"
      "\"<<\": text\n");
  REQUIRE(parsed.root);
  const Value value = to_value(*parsed.root);
  CHECK(value["one"] == Value(Map{{"size", "small"}, {"disk", 20}}));
  CHECK(value["two"] == Value(Map{{"size", "small"}, {"disk", 10}, {"zone", "a"}}));
  CHECK(value["same"] == value["base"]);
  // Positions of what came through an alias are those of the anchor.
  CHECK(parsed.root->find("same")->value.find("disk")->place.line == 1);
  REQUIRE(parsed.faults.size() == 1);  // the last line merges a text
}

TEST_CASE("merge keys: the map itself wins, then the first source", "[stack][document]") {
  struct Row {
    const char* text;
    Value value;
  };
  const std::vector<Row> rows = {
      {"{a: 1, <<: *x}", Map{{"a", 1}, {"b", 2}}},
      {"{<<: *x, a: 1}", Map{{"a", 1}, {"b", 2}}},
      {"{<<: [*x, *y]}", Map{{"a", 0}, {"b", 2}, {"c", 4}}},
      {"{<<: [*y, *x]}", Map{{"a", 0}, {"b", 3}, {"c", 4}}},
      {"{<<: [{b: 9}, *y], c: 5}", Map{{"b", 9}, {"c", 5}}},
      {"{<<: *x, <<: *y}", Map{{"a", 0}, {"b", 2}, {"c", 4}}},
      {"{<<: {<<: *x, b: 7}}", Map{{"a", 0}, {"b", 7}}},
      {"{<<: *deep}", Map{{"m", Map{{"a", 0}, {"b", 2}}}}},
      {"{<<: *deep, m: {b: 1}}", Map{{"m", Map{{"b", 1}}}}},  // not deeper
      {"{<<: []}", Map{}},
      {"[*x, *x]", List{Map{{"a", 0}, {"b", 2}}, Map{{"a", 0}, {"b", 2}}}},
      {"*x", Map{{"a", 0}, {"b", 2}}},
  };
  const std::string head =
      "x: &x {a: 0, b: 2}\n"
      "y: &y {b: 3, c: 4}\n"
      "deep: &deep {m: *x}\n";
  for (const Row& row : rows) {
    INFO(row.text);
    const Parsed parsed(head + "k: " + row.text + "\n");
    REQUIRE(parsed.root);
    CHECK(parsed.faults.empty());
    CHECK(to_value(*parsed.root)["k"] == row.value);
  }
}

TEST_CASE("an anchor may be given anew, and stands in what follows", "[stack][document]") {
  const Parsed parsed("a: &v 1\nb: *v\nc: &v 2\nd: *v\n");
  REQUIRE(parsed.root);
  CHECK(to_value(*parsed.root) == Value(Map{{"a", 1}, {"b", 1}, {"c", 2}, {"d", 2}}));
  CHECK(at(locate(parsed.root->find("d")->value)) == "3:7+1");
}

TEST_CASE("merged keys keep the place where they stand", "[stack][document]") {
  const Parsed parsed("a: &v\n  size: s\nb:\n  <<: *v\n  disk: 1\n");
  REQUIRE(parsed.root);
  const Node& merged = parsed.root->find("b")->value;
  REQUIRE(merged.find("size") != nullptr);
  CHECK(at(locate_key(*merged.find("size"))) == "2:3+4");
  CHECK(at(locate_key(*merged.find("disk"))) == "5:3+4");
  CHECK(merged.find("<<") == nullptr);
}

TEST_CASE("what is wrong with a document is placed", "[stack][document]") {
  struct Row {
    const char* text;
    const char* place;
    const char* summary;
  };
  const std::vector<Row> rows = {
      {"a: 1\nb: 2\na: 3\n", "3:1+1", "key 'a' is given twice"},
      {"? [a]\n: 1\n", "1:3+3", "a key must be a text"},
      {"a: *b\n", "1:4+1", "this alias has no anchor before it"},
      {"a: &x [*x]\n", "1:8+1", "this alias stands inside the node it refers to"},
      {"a: 1\n---\nb: 2\n", "2:1+3", "a stack file is a single YAML document"},
      {"a: \"b\n", "1:4+1", "this quoted text has no end"},
      {"a: 'it''s\n", "1:4+1", "this quoted text has no end"},
      {"a: \xFF\n", "1:4+1", "the file is not UTF-8 text"},
      {"a: [1, 2\nb: 3\n", "2:2+1", "a '[' is not closed before here"},
      {"a:\n\tb: 1\n", "2:1+1", "a tab cannot indent YAML"},
      {"a: {b: ${c}}\n", "1:8+2", "this expression needs quotes around its text"},
      {"a: @b\n", "1:4+1", "a value cannot begin with this character"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Parsed parsed(row.text);
    REQUIRE(parsed.faults.size() == 1);
    CHECK(parsed.faults[0].summary == row.summary);
    CHECK(at(parsed.faults[0].location) == row.place);
  }
}

TEST_CASE("hostile documents are bounded", "[stack][document]") {
  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) laughs += (k > 0 ? ", " : "") + before;
    laughs += "]\n";
  }
  std::string copies = "a: &a " + std::string(1'000'000, 'x') + "\nb: [*a";
  for (int i = 0; i < 100; ++i) copies += ", *a";
  for (const std::string& text :
       {laughs, copies + "]\n", std::string(100'000, '['), std::string(100'000, '{'),
        "a: " + std::string(300, '[') + std::string(300, ']')}) {
    const Parsed parsed(text);
    CHECK_FALSE(parsed.root);
    CHECK(parsed.faults.size() == 1);
  }
}

}  // namespace
}  // namespace stackctl::stack
