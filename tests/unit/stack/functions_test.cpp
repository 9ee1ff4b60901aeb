#include "stack/functions.h"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "unit/stack/run_expression.h"

namespace stackctl::stack {
namespace {

std::vector<Row> texts() {
  return {
      {R"(chomp("a\r\n\n"))", "a"},
      {"chomp('a')", "a"},
      {R"(chomp("\n"))", ""},
      {"endswith('web.sh', '.sh')", true},
      {"endswith('sh', 'web.sh')", false},
      {R"(indent(2, "a\nb\n\nc"))", "a\n  b\n  \n  c"},
      {"join('-', ['a', 1, true])", "a-1-true"},
      {"join('-', [])", ""},
      {"lower('ABÉ')", "abÉ"},
      {"split(',', 'a,,b')", List{"a", "", "b"}},
      {"split(',', '')", List{""}},
      {"startswith('web', 'w')", true},
      {"strcontains('web', 'eb')", true},
      {"strcontains('web', 'x')", false},
      {"strrev('añb')", "bña"},
      {"substr('hello', 1, 3)", "ell"},
      {"substr('héllo', 1, 1)", "é"},
      {"substr('hello', -2, -1)", "lo"},
      {"substr('hello', 2, -1)", "llo"},
      {"substr('hello', 9, 2)", ""},
      {"substr('hello', -9, 2)", "he"},
      {"title('a web server')", "A Web Server"},
      {"trim('--a-b--', '-')", "a-b"},
      {"trimprefix('v1.2', 'v')", "1.2"},
      {"trimprefix('1.2', 'v')", "1.2"},
      {R"(trimspace("\t a \n"))", "a"},
      {"trimsuffix('web.sh', '.sh')", "web"},
      {"upper('aé1')", "Aé1"},
      {"upper(true)", "TRUE"},
      {"format('%s-%03d %.1f %q %%|%4s|%-4s|', 'web', 7, 2, 'x', 'r', 'l')",
       "web-007 2.0 \"x\" %|   r|l   |"},
      {"format('%t %x %X %o %b', true, 255, 255, 8, 5)", "true ff FF 10 101"},
      {"format('%e|%g|%v|%05d', 1500, 0.25, [1], -42)", "1.500000e+03|0.25|[1]|-0042"},
      {"formatlist('%s.%s', ['a', 'b'], 'example')", List{"a.example", "b.example"}},
      {"formatlist('%s%d', ['a', 'b'], [1, 2])", List{"a1", "b2"}},
      {"formatlist('%s', [])", List{}},
      {"formatlist('%s', 'x')", List{"x"}},
      {"regex('[a-z]+', '53abc12')", "abc"},
      {R"(regex('(\\d+)-(\\d+)?', 'x 12-'))", List{"12", Value{}}},
      {"regex('(?P<major>[0-9]+)[.](?P<minor>[0-9]+)', 'v1.22')",
       Map{{"major", "1"}, {"minor", "22"}}},
      {"regexall('[a-z]', 'a1b2')", List{"a", "b"}},
      {"regexall('(.)=(.)', 'a=1,b=2')", List{List{"a", "1"}, List{"b", "2"}}},
      {"regexall('x*', 'éx')", List{"", "x", ""}},
      {"regexall('x', '')", List{}},
      {"replace('a.b.c', '.', '..')", "a..b..c"},
      {"replace('hello', 'l', '')", "heo"},
      {"replace('hello world', '/w.*d/', 'all')", "hello all"},
      {"replace('a-b c-d', '/([a-z])-([a-z])/', '$2-$1')", "b-a d-c"},
      {"replace('ab', '/(?P<x>a)/', '<$x>$$$9')", "<a>$b"},
      {"replace('ab', '/x*/', '-')", "-a-b-"},
      {"replace('a/b', '/', ':')", "a:b"},
  };
}

std::vector<Row> numbers() {
  return {
      {"abs(-3)", 3},
      {"abs(-1.5)", 1.5},
      {"ceil(1.2)", 2},
      {"ceil(-1.2)", -1},
      {"ceil(4)", 4},
      {"floor(1.8)", 1},
      {"floor(-1.2)", -2},
      {"type(floor(1.5))", "integer"},
      {"max(3, 1.5, 2)", 3},
      {"max('12', 7)", 12},
      {"min(3, 1.5, 2)", 1.5},
      {"parseint('ff', 16)", 255},
      {"parseint('-101', 2)", -5},
      {"parseint('zz', 36)", 1295},
      {"pow(2, 10)", 1024},
      {"pow(2, -1)", 0.5},
      {"pow(0, 0)", 1},
      {"pow(-1, 9223372036854775807)", -1},
      {"pow(10, 20)", 1e20},
      {"signum(-0.5)", -1},
      {"signum(0)", 0},
      {"signum(7)", 1},
      {"sum([1, 2, 3.5])", 6.5},
      {"sum([])", 0},
  };
}

std::vector<Row> collections() {
  return {
      {"alltrue([true, true])", true},
      {"alltrue([])", true},
      {"alltrue([true, 'true'])", false},
      {"anytrue([false, true])", true},
      {"anytrue([])", false},
      {"chunklist([1, 2, 3], 2)", List{List{1, 2}, List{3}}},
      {"chunklist([], 2)", List{}},
      {"coalesce('', null, 'x', 'y')", "x"},
      {"coalescelist([], [1], [2])", List{1}},
      {"compact(['a', '', null, 0])", List{"a", 0}},
      {"concat([1], [], [2])", List{1, 2}},
      {"contains(['a', 'b'], 'b')", true},
      {"contains([1], 1.0)", true},
      {"distinct([1, 2, 1.0, '1', 2])", List{1, 2, "1"}},
      {"element(['a', 'b', 'c'], 4)", "b"},
      {"element(['a', 'b', 'c'], -1)", "c"},
      {"flatten([1, [2, [3, []]], {a: [4]}])", List{1, 2, 3, Map{{"a", List{4}}}}},
      {"index(['a', 'b'], 'b')", 1},
      {"keys({b: 1, a: 2})", List{"a", "b"}},
      {"length('é1')", 2},
      {"length([1, 2])", 2},
      {"length({a: 1})", 1},
      {"lookup({a: 1}, 'a')", 1},
      {"lookup({a: 1}, 'b', 2)", 2},
      {"merge({a: 1, b: 1}, {b: 2})", Map{{"a", 1}, {"b", 2}}},
      {"one([])", Value{}},
      {"one([5])", 5},
      {"range(3)", List{0, 1, 2}},
      {"range(1, 4)", List{1, 2, 3}},
      {"range(0, 10, 5)", List{0, 5}},
      {"range(3, 0)", List{3, 2, 1}},
      {"range(9223372036854775806, 9223372036854775807, 2)", List{9223372036854775806}},
      {"range(0)", List{}},
      {"reverse([1, 2])", List{2, 1}},
      {"setintersection([1, 2, 3], [3, 2], [2])", List{2}},
      {"setproduct(['a', 'b'], [1, 2])",
       List{List{"a", 1}, List{"a", 2}, List{"b", 1}, List{"b", 2}}},
      {"setproduct(['a'], [])", List{}},
      {"setsubtract([1, 2, 1, 3], [3])", List{1, 2}},
      {"setunion([2, 1], [1, 3])", List{2, 1, 3}},
      {"slice(['a', 'b', 'c'], 1, 2)", List{"b"}},
      {"slice([], 0, 0)", List{}},
      {"sort(['b', 'a', 'B'])", List{"B", "a", "b"}},
      {"sort([10, 9, 1.5])", List{1.5, 9, 10}},
      {"values({b: 1, a: 2})", List{2, 1}},
      {"zipmap(['a', 'b'], [1, 2])", Map{{"a", 1}, {"b", 2}}},
  };
}

std::vector<Row> encodings() {
  return {
      {"base64decode('aGVsbG8=')", "hello"},
      {"base64encode('hello')", "aGVsbG8="},
      {R"(csvdecode("a,b\n1,\"x, \"\"y\"\"\"\r\n\n2,\n"))",
       List{Map{{"a", "1"}, {"b", "x, \"y\""}}, Map{{"a", "2"}, {"b", ""}}}},
      {"csvdecode('')", List{}},
      {"jsondecode('[1, {}]')", List{1, Map{}}},
      {"jsonencode({b: [1, null], a: 'x'})", R"({"a":"x","b":[1,null]})"},
      {"urlencode('a b/ü~&=')", "a+b%2F%C3%BC~%26%3D"},
      {"yamldecode('{a: [1, yes], b: ~}')", Map{{"a", List{1, "yes"}}, {"b", Value{}}}},
      {"yamlencode({a: [1, {b: 'x'}], c: {}, d: []})",
       "\"a\":\n  - 1\n  -\n    \"b\": \"x\"\n\"c\": {}\n\"d\": []\n"},
      {"yamlencode('x')", "\"x\"\n"},
      {"yamldecode(yamlencode({a: [1, {b: [[], [2]]}], c: null}))",
       Map{{"a", List{1, Map{{"b", List{List{}, List{2}}}}}}, {"c", Value{}}}},
      {"base64sha256('hello')", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="},
      {"length(base64sha512('hello'))", 88},
      {"md5('hello')", "5d41402abc4b2a76b9719d911017c592"},
      {"sha1('hello')", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"},
      {"sha256('hello')", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"},
      {"substr(sha512(''), 0, 16)", "cf83e1357eefb8bd"},
      {"basename('a/b.sh')", "b.sh"},
      {"basename('b.sh')", "b.sh"},
      {"dirname('a/b/c.sh')", "a/b"},
      {"dirname('/x')", "/"},
      {"dirname('x')", "."},
      {"file('hello.txt')", "hello ${name} $HOME"},
      {"filebase64('hello.txt')", "aGVsbG8gJHtuYW1lfSAkSE9NRQ=="},
      {"fileexists('hello.txt')", true},
      {"fileexists('other.txt')", false},
      {"templatefile('hello.txt', {name: 5})", "hello 5 $HOME"},
  };
}

std::vector<Row> networks() {
  return {
      {"cidrhost('10.12.112.0/20', 16)", "10.12.112.16"},
      {"cidrhost('10.12.112.7/20', 268)", "10.12.113.12"},
      {"cidrhost('10.0.0.0/24', -1)", "10.0.0.255"},
      {"cidrhost('10.0.0.0/24', -256)", "10.0.0.0"},
      {"cidrhost('10.0.0.1/32', 0)", "10.0.0.1"},
      {"cidrhost('fd00:fd12:3456:7890:00a2::/72', 34)", "fd00:fd12:3456:7890::22"},
      {"cidrhost('2001:db8::/32', -1)", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"cidrnetmask('172.16.0.0/12')", "255.240.0.0"},
      {"cidrnetmask('0.0.0.0/0')", "0.0.0.0"},
      {"cidrnetmask('fd00::/16')", "ffff::"},
      {"cidrsubnet('172.16.0.0/12', 4, 2)", "172.18.0.0/16"},
      {"cidrsubnet('10.1.2.0/24', 4, 15)", "10.1.2.240/28"},
      {"cidrsubnet('fd00:fd12:3456:7890::/56', 16, 162)", "fd00:fd12:3456:7800:a200::/72"},
      {"cidrsubnet('0.0.0.0/0', 0, 0)", "0.0.0.0/0"},
      {"cidrsubnets('10.1.0.0/16', 4, 4, 8, 4)",
       List{"10.1.0.0/20", "10.1.16.0/20", "10.1.32.0/24", "10.1.48.0/20"}},
      {"cidrsubnets('fd00:fd12:3456:7890::/56', 16, 16)",
       List{"fd00:fd12:3456:7800::/72", "fd00:fd12:3456:7800:100::/72"}},
      {"cidrsubnets('255.255.255.0/24', 1, 1)", List{"255.255.255.0/25", "255.255.255.128/25"}},
  };
}

std::vector<Row> conversions() {
  return {
      {"can(1 / 0)", false},
      {"can(nobody)", false},
      {"can(1)", true},
      {"tobool('true')", true},
      {"tobool(false)", false},
      {"tolist([1])", List{1}},
      {"tolist({b: 1, a: 2})", List{2, 1}},
      {"tomap({a: 1})", Map{{"a", 1}}},
      {"tonumber('12')", 12},
      {"tonumber('1.5')", 1.5},
      {"toset([2, 1, 2])", List{2, 1}},
      {"tostring(1.5)", "1.5"},
      {"try({a: 1}.b, 1 / 0, 'x')", "x"},
      {"try({a: 1}.a, 2)", 1},
      {"type([])", "list"},
      {"sensitive('x')", Secret{"x"}},
  };
}

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (const auto& rows :
       {texts(), numbers(), collections(), encodings(), networks(), conversions()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

TEST_CASE("functions give what they promise", "[stack][functions]") {
  for (const Row& row : all_rows()) {
    INFO(row.text);
    const Outcome outcome = run(row.text);
    CHECK(outcome.faults.empty());
    CHECK(outcome.value == row.value);
    CHECK(type_name(outcome.value) == type_name(row.value));
  }
}

TEST_CASE("every function is in the tests above", "[stack][functions]") {
  const std::vector<Row> rows = all_rows();
  std::set<std::string_view> titles;
  for (const FunctionGroup& group : function_groups()) CHECK(titles.insert(group.title).second);
  CHECK(functions().size() >= 80);
  for (const Function& function : functions()) {
    INFO(function.name);
    const std::string call = std::string(function.name) + '(';
    CHECK(std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
      return std::string_view(row.text).find(call) != std::string_view::npos;
    }));
  }
}

TEST_CASE("functions say what is wrong with their arguments", "[stack][functions]") {
  struct Fault {
    const char* text;
    const char* summary;
  };
  const std::vector<Fault> rows = {
      {"nope()", "unknown function 'nope'"},
      {"uppr('a')", "unknown function 'uppr'"},
      {"timestamp()", "there is no function 'timestamp'"},
      {"uuid()", "there is no function 'uuid'"},
      {"bcrypt('x')", "there is no function 'bcrypt'"},
      {"upper()", "'upper' has too few arguments"},
      {"upper('a', 'b')", "'upper' has too many arguments"},
      {"upper([])", "'upper' wants a string here, not a list"},
      {"element([1], 1.5)", "'element' wants an integer here, not a number"},
      {"abs('x')", "'abs' wants a number here, not a string"},
      {"abs(-9223372036854775807 - 1)", "the result is too big for an integer"},
      {"parseint('12', 37)", "the base must be from 2 to 36"},
      {"parseint('9', 8)", "this is no integer of base 8"},
      {"pow(0, -1)", "the result is not a finite number"},
      {"indent(-1, '')", "the width must be from 0 to 1000"},
      {"substr('a', 0, -2)", "the length must be at least 0, or -1 for the rest"},
      {"split('', 'a')", "the separator is empty"},
      {"format('%d', 'x')", "'%d' wants an integer, not a string"},
      {"format('%')", "the pattern ends after '%'"},
      {"format('%s')", "the pattern wants more values"},
      {"format('x', 1)", "the pattern does not use this value"},
      {"format('%y', 1)", "unknown conversion '%y'"},
      {"formatlist('%s%s', [1], [1, 2])", "this list has 2 items, the one before it 1"},
      {"regex('(', 'a')", "this is no regular expression: missing ): ("},
      {"regex('b', 'a')", "the pattern does not match this text"},
      {R"(regex('\d', 'a'))", R"(unknown escape '\d'; write a backslash as \\)"},
      {"replace('a', '', 'b')", "the part to replace is empty"},
      {"replace('a', '/(/', 'b')", "this is no regular expression: missing ): ("},
      {"chunklist([], 0)", "the size must be at least 1"},
      {"coalesce('', null)", "all arguments of 'coalesce' are null or empty"},
      {"coalescelist([])", "all arguments of 'coalescelist' are empty"},
      {"element([], 0)", "the list is empty"},
      {"index([1], 2)", "the list does not have this value"},
      {"lookup({}, 'a')", "there is no such key in the map"},
      {"one([1, 2])", "the list has 2 items, not one or none"},
      {"range(0, 5, 0)", "the step must not be 0"},
      {"range(1000000)", "the range has more than 100000 items"},
      {"setproduct(range(1000), range(1000))", "the product has more than 100000 items"},
      {"slice([1], 0, 2)", "the list has 1 items only"},
      {"slice([1], 1, 0)", "the start must be from 0 to the end"},
      {"sort([1, 'a'])",
       "'sort' wants strings only or numbers only, but the list holds an integer"},
      {"sum(['a'])", "the list holds a string, not numbers only"},
      {"zipmap(['a'], [])", "there are 1 keys, but 0 values"},
      {"zipmap([1], [1])", "the keys must be strings known now, not an integer"},
      {"base64decode('*')", "this is not base64"},
      {R"(csvdecode("a\n1,2"))", "this is not CSV: row 1 has 2 fields, the head 1"},
      {R"(csvdecode("a\n\"1"))", "this is not CSV: line 2: a quoted field has no end"},
      {"yamldecode('[')", "this is not YAML: line 1: a value or a closing bracket is missing here"},
      {"file('other.txt')", "cannot read the file 'other.txt'"},
      {"cidrhost('10.0.0.0', 1)", "this is no network in CIDR notation"},
      {"cidrhost('10.0.0.0/33', 1)", "this is no network in CIDR notation"},
      {"cidrhost('10.0.0/8', 1)", "this is no network in CIDR notation"},
      {"cidrhost('10.0.0.0/24', 256)", "the network has no address with this number"},
      {"cidrhost('10.0.0.0/24', -257)", "the network has no address with this number"},
      {"cidrsubnet('10.0.0.0/24', 9, 0)", "the network has room for 0 to 8 more bits of prefix"},
      {"cidrsubnet('10.0.0.0/24', 1, 2)", "the network has no subnet with this number"},
      {"cidrsubnets('255.255.255.0/24', 1, 1, 1)", "the network has no room left for this one"},
      {"cidrsubnets('10.0.0.0/24', 1, 1, 8)", "the network has no room left for this one"},
      {"tobool('yes')", "this is neither true nor false"},
      {"tonumber('x')", "this is not a number"},
      {"tolist('x')", "'tolist' wants a list or a map here, not a string"},
      {"try(1 / 0, nobody)", "every argument of 'try' has a fault"},
  };
  for (const Fault& row : rows) {
    INFO(row.text);
    const Outcome outcome = run(row.text);
    CHECK(outcome.faults == std::string(row.summary) + '\n');
    CHECK(is_invalid(outcome.value));
  }
}

}  // namespace
}  // namespace stackctl::stack
