// How DNS objects are listed and marked. Neither a domain nor a record has room for a mark, so TXT
// records bear them: "_stackctl" in a domain, "_stackctl-a.www" for the A records of "www".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exoscale/api/operations.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::exoscale::dns {

/// The records of one name and type in a domain, which are one object. The priority belongs to the
/// key, so that each of a domain's mail servers can be an object of its own.
struct RecordKey {
  std::string name;  ///< empty: the domain itself
  std::string type;
  std::optional<std::int64_t> priority;  ///< of MX and SRV
};

/// "_stackctl-a.www", "_stackctl-mx-10", "_stackctl-a-any.dev" for "*.dev".
std::string mark_name(const RecordKey& key);
std::optional<RecordKey> key_in(std::string_view mark_name);
RecordKey key_of(const Value& record);
inline constexpr std::string_view kDomainMark = "_stackctl";
bool is_mark(const Value& record);

/// "stackctl.wordpress.www 1.spec": the content of the TXT record.
std::string mark_text(const Mark& mark);
std::optional<Mark> mark_in(std::string_view text);

/// The call that makes the TXT record, or changes the one of `id`.
Call write_mark(const Api& api, std::string_view domain, std::string_view name, std::string_view id,
                const Mark& mark);
/// "/dns-domain/ID/record", "/dns-domain/ID/record/ID"
std::string record_path(std::string_view domain, std::string_view record = {});

/// As two spellings of the same content compare: without quotes or a last dot.
Value plain_content(const Value& content);

std::vector<Call> list(const Api& api, std::string_view name);
Value follow_list(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more);

}  // namespace stackctl::exoscale::dns
