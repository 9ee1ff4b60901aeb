#include "record_set.h"

#include <string>
#include <utility>

#include "aws/api/wire.h"
#include "dns.h"

namespace stackctl::aws::dns {
namespace {

/// The records of texts stand in quotes.
std::string records_of(const Value& set) {
  const bool has_texts = set.text_at("Type") == "TXT" || set.text_at("Type") == "SPF";
  std::string out;
  for (const Value& value : set["ResourceRecords"].items()) {
    const bool is_bare = has_texts && value.text() != nullptr && !value.text()->starts_with('"');
    out += "<ResourceRecord>" + element("Value", is_bare ? Value(quoted(*value.text())) : value) +
           "</ResourceRecord>";
  }
  return "<ResourceRecords>" + out + "</ResourceRecords>";
}

std::string target_of(const Value& alias) {
  const Value& evaluates = alias["EvaluateTargetHealth"];
  return "<AliasTarget>" + element("HostedZoneId", alias["HostedZoneId"]) +
         element("DNSName", alias["DNSName"]) +
         element("EvaluateTargetHealth", evaluates.is_null() ? Value(false) : evaluates) +
         "</AliasTarget>";
}

std::string change(std::string_view action, const Value& set) {
  const Value& alias = set["AliasTarget"];
  const Value ttl = set["TTL"].is_null() ? Value(kUsualTtl) : set["TTL"];
  return "<Change>" + element("Action", action) + "<ResourceRecordSet>" +
         element("Name", set["Name"]) + element("Type", set["Type"]) +
         (alias.is_null() ? element("TTL", ttl) + records_of(set) : target_of(alias)) +
         "</ResourceRecordSet></Change>";
}

}  // namespace

Map plain_set(const Value& listed) {
  List values;
  for (const Value& each : items_of(listed["ResourceRecords"])) values.push_back(each["Value"]);
  const char* const rest = listed["AliasTarget"].is_null() ? "TTL" : "AliasTarget";
  return {{"Name", plain_name(Value(listed.text_at("Name")))},
          {"Type", listed["Type"]},
          {"HostedZoneId", listed["HostedZoneId"]},
          {"ResourceRecords", std::move(values)},
          {rest, listed[rest]}};
}

Call change_batch(const Api& api, std::string_view action, std::string_view zone,
                  const List& sets) {
  std::string changes;
  for (const Value& set : sets) changes += change(action, set);
  return call(api, "ChangeResourceRecordSets", "POST",
              "hostedzone/" + http::encode(zone) + "/rrset/",
              "<ChangeBatch><Changes>" + changes + "</Changes></ChangeBatch>");
}

}  // namespace stackctl::aws::dns
