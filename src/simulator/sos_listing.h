// Lists of objects and of what shall be deleted, as XML.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/sos_calls.h"

namespace stackctl::simulator::sos {

http::Reply list_objects(Call& call);
http::Reply list_versions(Call& call);

struct DeletionItem {
  std::string key;
  std::string version;  ///< empty: the object
};
struct Deletion {
  std::vector<DeletionItem> items;
  bool is_quiet = false;
};
std::optional<Deletion> parse_deletion(const std::string& body);
std::string deletion_document(const Deletion& done);

}  // namespace stackctl::simulator::sos
