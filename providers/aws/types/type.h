// One native type: its table, and what it does on the wire. Plain types say that in words; where
// the words do not do, there is a function.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// An attribute that an item of a listing has somewhere else than in a member of that name. In its
/// path ("attachmentSet/item/vpcId") a list stands for its first item.
struct Elsewhere {
  std::string_view attribute;
  std::string_view path;
  /// The member of its items that counts, where a list of objects is to be one of ids.
  std::string_view each = {};
};

/// How objects stand in what their listing tells.
struct Shown {
  std::string_view list;          ///< theirs: "vpcs"
  std::string_view inside = {};   ///< the list in each item of that one which has them; empty: none
  std::string_view id;            ///< the member of an item that is the id: "VpcId"
  std::string_view state = {};    ///< path of AWS's word; what is "deleted" is left out
  std::string_view created = {};  ///< path of the moment
  /// Tags that are told apart: their list, and what says there whose they are (it has what
  /// `Type::tagged_by` names).
  std::string_view tags = {};
  std::string_view tags_of = {};
  std::vector<Elsewhere> elsewhere = {};
  /// Gives `shown`, which is `item` with all of the above, what else the schema has.
  void (*reshape)(Map& shown, const Value& item, const Value& listed) = nullptr;
  /// Whether that is an object of the type; null: all are.
  bool (*is_one)(const Value& shown, const Value& listed) = nullptr;
  /// Sets what is no attribute: a mark that stands in no tag.
  void (*complete)(LiveObject& live, const Value& item) = nullptr;
};

/// The call that makes an object, with `encode_declared` and, if these bear the mark, tags.
struct Creation {
  std::string_view action = {};  ///< "CreateVpc"
  std::string_view word = {};    ///< EC2's for what it tags: "vpc"
  bool takes_token = false;      ///< as ClientToken
  void (*prepare)(Map& parameters, const Api& api, const Work& work) = nullptr;
};

/// A call that gives an object what changed. Tags and mark have calls of their own.
struct Modification {
  enum class Sends {
    changed,  ///< what changed
    all,      ///< all that is declared, changed or not
    each,     ///< one call for each that changed: {NAME: {Value: ...}}
  };
  std::string_view action = {};
  std::string_view id = {};  ///< the parameter that has the id; empty: attributes say what it is
  /// The attributes that it is for; empty: all that no other call is for.
  std::vector<std::string_view> of = {};
  Sends sends = Sends::changed;
  void (*prepare)(Map& parameters, const Api& api, const Work& work) = nullptr;
};

/// The call that makes an object go.
struct Removal {
  std::string_view action = {};
  /// The parameters that say which: attributes, or, where there is none of that name, its id.
  std::vector<std::string_view> by = {};
  /// The calls that come before: it goes only when it is empty.
  std::vector<Call> (*before)(const Api& api, const LiveObject& live) = nullptr;
  void (*prepare)(Map& parameters, const LiveObject& live) = nullptr;
  /// The question (by the same parameters) that is asked until it finds nothing: what goes slowly
  /// holds what it refers to. Empty: it is gone at once.
  std::string_view polled_by = {};
};

/// A question after what is awaited, asked now and then.
struct Inquiry {
  std::string_view action = {};
  std::string_view id = {};  ///< the parameter that has the id
  /// Why it will never come; `seen` holds what earlier answers in the same step left there.
  std::optional<Diagnostic> (*failure)(const Value& answer, Value& seen) = nullptr;
};

/// A function that stands for words counts instead of them.
struct Type {
  ResourceType resource;  ///< its `listing` is a name in listings.cpp
  const Service* service = &ec2;
  /// The attribute by which the service knows it where tags are changed.
  std::string_view tagged_by = "id";
  Shown shown = {};
  /// The objects of this type in the answer to its listing, with their marks.
  std::vector<LiveObject> (*decode)(const ResourceType& type, const Value& listed,
                                    Diagnostics& faults) = nullptr;
  /// None for types that are only looked up. It writes the mark.
  Creation creation = {};
  Call (*create)(const Api& api, const Work& work) = nullptr;
  /// None for types where nothing but tags and mark can change.
  std::vector<Modification> modifications = {};
  /// The calls behind those.
  std::vector<Call> (*update)(const Api& api, const Work& work, const LiveObject& live) = nullptr;
  Removal removal = {};
  std::vector<Call> (*remove)(const Api& api, const LiveObject& live) = nullptr;
  /// What a ready object still lacks; null: nothing.
  std::string (*awaits)(const Work& work, const LiveObject& live) = nullptr;
  Inquiry inquiry = {};
  /// How an accepted call goes on; null: it is settled, unless `removal` says else, and the listing
  /// shows what became of it.
  Progress (*follow)(const Api& api, const Work& work, const Call& call,
                     const Value& answer) = nullptr;
  /// Where the answer to the create call says the new id: "vpc/vpcId". Empty: nowhere, so that the
  /// object is recognised by its mark or key.
  std::string_view created_id = {};
  /// The same, where it is more than a path.
  std::string (*id_in)(const Work& work, const Value& answer) = nullptr;
  /// Outputs that nothing but the answer to the create call tells.
  Value (*told)(const Value& answer) = nullptr;
};

/// The objects of `type` in what its listing told.
std::vector<LiveObject> objects_in(const Type& type, const Value& listed, Diagnostics& faults);
/// The same of another type in the listing: its faults are told where it is decoded itself.
std::vector<LiveObject> others_in(const Type& type, const Value& listed);
Call call_to_create(const Type& type, const Api& api, const Work& work);
std::vector<Call> calls_to_change(const Type& type, const Api& api, const Work& work,
                                  const LiveObject& live);
std::vector<Call> calls_to_remove(const Type& type, const Api& api, const LiveObject& live);
/// How an accepted call goes on.
Progress progress_of(const Type& type, const Api& api, const Work& work, const Call& call,
                     const Value& answer);

/// Whether `work` is about `attribute`.
bool is_changed(const Work& work, std::string_view attribute);

}  // namespace stackctl::aws
