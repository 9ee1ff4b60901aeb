#include "stackctl/sorted_map.h"

#include <catch2/catch.hpp>

using Numbers = stackctl::SortedMap<int>;

namespace {

std::string spelled(const Numbers& numbers) {
  std::string out;
  for (const auto& [key, number] : numbers) out += key + std::to_string(number) + ' ';
  return out;
}

}  // namespace

TEST_CASE("sorted map: members stand in the order of their keys") {
  Numbers numbers = {{"c", 3}, {"a", 1}, {"b", 2}, {"a", 9}};
  CHECK(spelled(numbers) == "a1 b2 c3 ");
  CHECK(numbers == Numbers{{"a", 1}, {"b", 2}, {"c", 3}});
  CHECK(spelled(Numbers::of({{"c", 3}, {"a", 1}, {"b", 2}, {"a", 9}})) == "a9 b2 c3 ");
  CHECK(spelled(Numbers::of({{"a", 1}, {"a", 2}, {"a", 3}})) == "a3 ");
  CHECK(spelled(Numbers::of({})).empty());
}

TEST_CASE("sorted map: what is there already stays, or is replaced") {
  Numbers numbers;
  CHECK(numbers.emplace("m", 1).second);
  CHECK_FALSE(numbers.try_emplace("m", 2).second);
  CHECK(numbers.at("m") == 1);
  CHECK_FALSE(numbers.insert_or_assign("m", 3).second);
  CHECK(numbers.insert_or_assign("z", 5).first->first == "z");
  CHECK(numbers.insert_or_assign("d", 4).first->second == 4);
  numbers["m"] = 6;
  numbers["e"];
  numbers.merge({{"m", 7}, {"k", 8}});
  numbers.insert({{"d", 9}, {"l", 9}});
  CHECK(spelled(numbers) == "d4 e0 k8 l9 m6 z5 ");
}

TEST_CASE("sorted map: members are found and removed") {
  Numbers numbers = {{"a", 1}, {"b", 2}, {"d", 4}, {"e", 5}};
  for (const char* const none : {"", "A", "aa", "c", "f"}) {
    INFO(none);
    CHECK(numbers.find(none) == numbers.end());
    CHECK_FALSE(std::as_const(numbers).contains(none));
    CHECK(numbers.erase(none) == 0);
    CHECK_THROWS(numbers.at(none));
  }
  CHECK(std::as_const(numbers).find("d")->second == 4);
  CHECK(numbers.erase("d") == 1);
  CHECK(numbers.erase(numbers.find("a"))->first == "b");
  CHECK(erase_if(numbers, [](const auto& member) { return member.second == 5; }) == 1);
  CHECK(spelled(numbers) == "b2 ");
}
