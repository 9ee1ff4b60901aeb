#include "machine_lookups.h"

#include "exoscale/types/images.h"
#include "exoscale/types/types.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

/// The attributes of the type that `size` names, by name or id.
Map size_lookup(const std::string& size) {
  if (is_uuid(size)) return {{"id", size}};
  const bool has_family = size.find('.') != std::string::npos;
  return {{"name", has_family ? size : "standard." + size}};
}

}  // namespace

Value look_up(std::string address, const Type& type, const Map& wanted, std::string_view origin,
              Lowered& lowered) {
  Draft lookup(address, type.resource);
  lookup.object.is_lookup = true;
  for (const auto& [name, value] : wanted) lookup.set(name, value, origin);
  lowered.objects.push_back(std::move(lookup).finish());
  return refer(std::move(address));
}

Value look_up_template(std::string address, const Value& image, std::string_view origin,
                       Lowered& lowered) {
  if (image.text() == nullptr) return image;
  return look_up(std::move(address), image_template, image_lookup(*image.text()), origin, lowered);
}

Value look_up_size(std::string address, const Value& size, std::string_view origin,
                   Lowered& lowered) {
  if (size.text() == nullptr) return size;
  return look_up(std::move(address), instance_type, size_lookup(*size.text()), origin, lowered);
}

void check_disk(std::string_view path, const Value& disk, Diagnostics& faults) {
  constexpr std::int64_t smallest = 10;
  constexpr std::int64_t biggest = 51200;
  const std::int64_t* size = disk.integer();
  if (size == nullptr || (*size >= smallest && *size <= biggest)) return;
  const std::string name(path);
  faults.push_back(fault_at(name, "'" + name + "' must be from 10 to 51200 GiB on Exoscale"));
}

void check_user_data(std::string_view path, const Value& user_data, Diagnostics& faults) {
  constexpr std::size_t most_bytes = std::size_t{32767} / 4 * 3;  // the limit is on its base64 form
  const std::string* text = user_data.revealed();
  if (text == nullptr) return;
  const std::string name(path);
  if (text->empty()) faults.push_back(fault_at(name, "'" + name + "' must not be empty"));
  if (text->size() > most_bytes)
    faults.push_back(fault_at(name,
                              "'" + name + "' has " + std::to_string(text->size()) +
                                  " bytes; Exoscale takes at most " + std::to_string(most_bytes),
                              "let a short script fetch the rest"));
}

}  // namespace stackctl::exoscale
