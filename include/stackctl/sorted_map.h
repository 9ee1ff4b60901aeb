// A map for few members: one block of memory where `std::map` has a node for each.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stackctl {

/// Texts → `T`, in the order of the texts. Looks and behaves like `std::map`, but an insertion
/// moves what is behind it and may move all: no iterator, pointer or reference outlives it. Members
/// that come in order are appended; for many that do not there is `of`.
template <class T>
class SortedMap {
 public:
  using value_type = std::pair<std::string, T>;
  using Members = std::vector<value_type>;
  using iterator = typename Members::iterator;
  using const_iterator = typename Members::const_iterator;

  SortedMap() = default;
  /// Of equal keys the first one counts.
  SortedMap(std::initializer_list<value_type> members) {
    members_.reserve(members.size());
    insert(members.begin(), members.end());
  }
  /// Members in any order; of equal keys the last one counts.
  static SortedMap of(Members members) {
    const auto is_before = [](const value_type& a, const value_type& b) {
      return a.first < b.first;
    };
    if (!std::is_sorted(members.begin(), members.end(), is_before))
      std::stable_sort(members.begin(), members.end(), is_before);
    const auto is_repeated = [](const value_type& a, const value_type& b) {
      return a.first == b.first;
    };
    const auto first = std::unique(members.rbegin(), members.rend(), is_repeated).base();
    members.erase(members.begin(), first);
    SortedMap map;
    map.members_ = std::move(members);
    return map;
  }

  iterator begin() { return members_.begin(); }
  iterator end() { return members_.end(); }
  const_iterator begin() const { return members_.begin(); }
  const_iterator end() const { return members_.end(); }
  std::size_t size() const { return members_.size(); }
  bool empty() const { return members_.empty(); }
  void reserve(std::size_t size) { members_.reserve(size); }

  iterator find(std::string_view key) { return found(place_of(key), key); }
  const_iterator find(std::string_view key) const {
    const auto place = std::lower_bound(begin(), end(), key, is_below);
    return place == end() || place->first != key ? end() : place;
  }
  bool contains(std::string_view key) const { return find(key) != end(); }
  /// Throws when there is none.
  T& at(std::string_view key) { return at(find(key), end()); }
  const T& at(std::string_view key) const { return at(find(key), end()); }
  T& operator[](std::string_view key) { return try_emplace(key).first->second; }

  /// A member that is there already stays as it is.
  template <class Key, class... Arguments>
  std::pair<iterator, bool> try_emplace(Key&& key, Arguments&&... arguments) {
    const auto place = place_of(key);
    if (place != end() && place->first == key) return {place, false};
    return {insert_at(place, std::forward<Key>(key), T(std::forward<Arguments>(arguments)...)),
            true};
  }
  template <class Key, class Argument>
  std::pair<iterator, bool> emplace(Key&& key, Argument&& argument) {
    return try_emplace(std::forward<Key>(key), std::forward<Argument>(argument));
  }
  template <class Key, class Argument>
  std::pair<iterator, bool> insert_or_assign(Key&& key, Argument&& argument) {
    const auto place = place_of(key);
    if (place == end() || place->first != key)
      return {insert_at(place, std::forward<Key>(key), T(std::forward<Argument>(argument))), true};
    place->second = std::forward<Argument>(argument);
    return {place, false};
  }

  /// Takes over the members of `others` whose keys are not there yet.
  void merge(SortedMap others) {
    for (auto& [key, value] : others) try_emplace(std::move(key), std::move(value));
  }
  template <class Iterator>
  void insert(Iterator first, Iterator last) {
    for (; first != last; ++first) emplace(first->first, first->second);
  }
  void insert(std::initializer_list<value_type> members) { insert(members.begin(), members.end()); }

  iterator erase(const_iterator place) { return members_.erase(place); }
  std::size_t erase(std::string_view key) {
    const auto place = find(key);
    if (place == end()) return 0;
    members_.erase(place);
    return 1;
  }
  template <class Predicate>
  friend std::size_t erase_if(SortedMap& map, Predicate predicate) {
    return std::erase_if(map.members_, predicate);
  }

  friend bool operator==(const SortedMap& a, const SortedMap& b) {
    return a.members_ == b.members_;
  }

 private:
  static constexpr std::size_t kUsualSize = 4;

  static bool is_below(const value_type& member, std::string_view key) {
    return member.first < key;
  }

  iterator place_of(std::string_view key) {
    if (empty() || members_.back().first < key) return end();
    return std::lower_bound(begin(), end(), key, is_below);
  }

  template <class Iterator>
  static auto& at(Iterator place, Iterator end) {
    if (place == end) throw std::out_of_range("no such member");
    return place->second;
  }

  iterator found(iterator place, std::string_view key) {
    return place == end() || place->first != key ? end() : place;
  }

  template <class Key>
  iterator insert_at(iterator place, Key&& key, T value) {
    const auto index = place - begin();
    if (members_.capacity() == 0) members_.reserve(kUsualSize);
    return members_.emplace(begin() + index, std::string(std::forward<Key>(key)), std::move(value));
  }

  Members members_;
};

}  // namespace stackctl
