// Route 53: neither zones nor records have room for a mark in their create calls, so a zone's
// comment bears it, and a TXT record beside the records of a name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/resource.h"

namespace stackctl::aws::dns {

/// "stackctl STACK ADDRESS SPEC"
std::string mark_text(const Mark& mark);
std::optional<Mark> mark_in(std::string_view text);

/// "www.example.org" of "WWW.example.org."; "*.example.org" of "\052.example.org".
Value plain_name(const Value& name);
/// As two spellings of the same record compare: without quotes, parts or a last dot.
Value plain_record(const Value& record);
/// A text as TXT records have it: in quotes, in parts of 255 characters.
std::string quoted(std::string_view text);

/// "Z1D633PJN98FT9" of "/hostedzone/Z1D633PJN98FT9".
std::string zone_id(std::string_view id);

/// An element that holds a text.
std::string element(std::string_view name, const Value& text);
/// A call below "/2013-04-01/"; elements stand in the order that Route 53 demands.
Call call(const Api& api, std::string_view action, std::string_view method, std::string_view path,
          const std::string& elements = {});

// How they are listed: the zones, then the records of each and the tags of ten.
std::vector<Call> list_zones(const Api& api, std::span<const Value> lookups);
std::vector<Call> details_of(const Api& api, std::span<const Value> zones,
                             std::span<const Value> declared);
/// The records, each with its "HostedZoneId".
List read_records(const Api& api, const Call& asked, const Value& answer, std::vector<Call>& more);

}  // namespace stackctl::aws::dns
