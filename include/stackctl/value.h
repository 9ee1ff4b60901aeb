// The one data model: what a stack file declares, what a cloud reports, what a plan shows.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "stackctl/diagnostic.h"
#include "stackctl/sorted_map.h"

namespace stackctl {

class Value;
using List = std::vector<Value>;
using Map = SortedMap<Value>;

/// A text that no renderer shows. It leaves the process only inside a request body or a header.
struct Secret {
  std::string text;
  auto operator<=>(const Secret&) const = default;
};

/// An attribute of something else in the stack. In a stack file `target` is a resource ("db") and
/// `attribute` one of its kind ("address"; empty: the resource itself). After lowering `target` is
/// an object's address and `attribute` one of its native type.
struct Reference {
  std::string target;
  std::string attribute;
  auto operator<=>(const Reference&) const = default;
};

/// A value computed from references: known only when all of them are ("known after apply").
struct Deferred {
  using Compute = std::function<Result<Value>(std::span<const Value> arguments)>;

  std::vector<Value> arguments;  ///< references, or values that became known meanwhile
  std::shared_ptr<const Compute> compute;
  std::string source;  ///< as written: "http://${lb.address}/"
};

/// A JSON-like value that may also be secret, a reference, or deferred. Copies are cheap: they
/// share lists and maps until one of them is changed.
class Value {
 public:
  using Variant = std::variant<std::monostate, bool, std::int64_t, double, std::string, Secret,
                               std::shared_ptr<List>, std::shared_ptr<Map>,
                               std::shared_ptr<const Reference>, std::shared_ptr<const Deferred>>;

  Value() = default;
  Value(const Value&) = default;
  Value(Value&& other) noexcept : data_(std::move(other.data_)) {
    other.data_.emplace<std::monostate>();
  }
  /// By value, so that a value may become one of its own members.
  Value& operator=(Value other) noexcept {
    data_ = std::move(other.data_);
    return *this;
  }
  ~Value() = default;

  Value(bool boolean) : data_(boolean) {}
  Value(int number) : data_(std::int64_t{number}) {}
  Value(std::int64_t number) : data_(number) {}
  Value(double number) : data_(number) {}
  Value(const char* text) : data_(std::string(text)) {}
  Value(std::string_view text) : data_(std::string(text)) {}
  Value(std::string text) : data_(std::move(text)) {}
  Value(Secret secret) : data_(std::move(secret)) {}
  Value(List list) : data_(std::make_shared<List>(std::move(list))) {}
  Value(Map map) : data_(std::make_shared<Map>(std::move(map))) {}
  Value(Reference reference) : data_(std::make_shared<const Reference>(std::move(reference))) {}
  Value(Deferred deferred);

  bool is_null() const { return holds<std::monostate>(); }
  const bool* boolean() const { return std::get_if<bool>(&data_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data_); }
  const double* number() const { return std::get_if<double>(&data_); }
  /// A plain text; not a secret one (see `revealed`).
  const std::string* text() const { return std::get_if<std::string>(&data_); }
  const Secret* secret() const { return std::get_if<Secret>(&data_); }
  const List* list() const { return shared<List>(); }
  const Map* map() const { return shared<Map>(); }
  /// To change it: the pointer is good until the value is copied.
  Map* map() { return own<Map>(); }
  List* list() { return own<List>(); }
  const Reference* reference() const { return shared<const Reference>(); }
  const Deferred* deferred() const { return shared<const Deferred>(); }

  /// The member called `key`, or null where there is none or this is no map.
  const Value& operator[](std::string_view key) const;
  /// Like `operator[]`, as text; empty where there is none or it is no plain text.
  std::string_view text_at(std::string_view key) const;
  /// The items of a list; none for anything else.
  std::span<const Value> items() const;
  /// The text of a plain or secret string. For request bodies and digests only.
  const std::string* revealed() const;

  /// No reference or deferred value anywhere inside.
  bool is_known() const;
  /// A secret anywhere inside.
  bool has_secret() const;

  const Variant& variant() const { return data_; }

  /// Structural equality; numbers compare by value (1 == 1.0), secrets and texts by their text.
  /// Deferred values are never equal.
  friend bool operator==(const Value& a, const Value& b);

 private:
  template <class T>
  bool holds() const {
    return std::holds_alternative<T>(data_);
  }
  template <class T>
  const T* shared() const {
    const auto* const pointer = std::get_if<std::shared_ptr<T>>(&data_);
    return pointer == nullptr ? nullptr : pointer->get();
  }
  /// A copy of its own, when others share it.
  template <class T>
  T* own() {
    auto* const pointer = std::get_if<std::shared_ptr<T>>(&data_);
    if (pointer == nullptr) return nullptr;
    if (pointer->use_count() > 1) *pointer = std::make_shared<T>(**pointer);
    return pointer->get();
  }
  Variant data_;
};

/// Calls `visit` with each reference inside `value`, in order, with repetitions.
template <class Visit>
void visit_references(const Value& value, const Visit& visit) {
  if (const Reference* reference = value.reference()) visit(*reference);
  for (const Value& item : value.items()) visit_references(item, visit);
  if (const Map* map = value.map())
    for (const auto& member : *map) visit_references(member.second, visit);
  if (const Deferred* deferred = value.deferred())
    for (const Value& argument : deferred->arguments) visit_references(argument, visit);
}

/// The same as copies.
std::vector<Reference> references(const Value& value);

/// Answers what a reference stands for now; nothing while that is not known.
using Lookup = std::function<std::optional<Value>(const Reference&)>;

/// `value` with every reference that `lookup` knows filled in, and every deferred value computed
/// whose arguments are all known. A failed computation is the error.
Result<Value> resolve(const Value& value, const Lookup& lookup);

/// For people: `"text"`, `[1, 2]`, `(secret)`, `(known after apply)`. One line.
std::string display(const Value& value);

/// "string", "integer", "list", …
std::string_view type_name(const Value& value);

}  // namespace stackctl
