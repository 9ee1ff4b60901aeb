// What machines name and the cloud knows by id: templates, sizes, dedicated hosts.
#pragma once

#include <string>
#include <string_view>

#include "lowering_tools.h"

namespace stackctl::exoscale {

/// A reference to what has the `wanted` attributes, looked up by an object at `address`.
Value look_up(std::string address, const Type& type, const Map& wanted, std::string_view origin,
              Lowered& lowered);

/// The lookup of the template that `image` names. References to resources stay what they are.
Value look_up_template(std::string address, const Value& image, std::string_view origin,
                       Lowered& lowered);

/// The same for an instance type; "small" is of the standard family.
Value look_up_size(std::string address, const Value& size, std::string_view origin,
                   Lowered& lowered);

/// A fault when the cloud has no disks of that size.
void check_disk(std::string_view path, const Value& disk, Diagnostics& faults);

/// A fault when the cloud takes no user data of that length.
void check_user_data(std::string_view path, const Value& user_data, Diagnostics& faults);

}  // namespace stackctl::exoscale
