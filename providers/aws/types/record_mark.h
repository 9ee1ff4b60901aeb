// The ownership mark of a record set: a TXT record beside it. That of the CNAME of db.example.org
// is at _stackctl-cname.db.example.org, that of the A of *.example.org at
// _stackctl-a-any.example.org.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "stackctl/resource.h"
#include "stackctl/value.h"

namespace stackctl::aws::dns {

/// The zone of a record set, and the name of the TXT record: "Z1/_stackctl-cname.db.example.org".
std::string record_id(const Value& set);

/// The TXT record that marks `set`.
Value mark_record(const Value& set, const Mark& mark);
/// Whether a listed record set is meant to be one.
bool is_mark_record(const Value& set);

struct RecordMark {
  Mark mark;
  Value record;  ///< the TXT record
  Value marked;  ///< zone, name and type of the record set beside it
};
using RecordMarks = std::map<std::string, RecordMark, std::less<>>;

/// The marks in a list of record sets, by the ids of what they mark.
RecordMarks marks_among(const Value& sets);

}  // namespace stackctl::aws::dns
