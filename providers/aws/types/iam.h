// What IAM's types share: policy documents, marks in paths, their listing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/resource.h"

namespace stackctl::aws::identity {

/// A policy document as the API takes it.
Value document_text(const Value& document);
/// A policy document as the API shows it: percent-encoded or not.
Value document_in(const Value& wire);
/// As two spellings of the same document compare: lists are sets there, and one item is itself.
Value plain_document(const Value& document);

/// "/stackctl/STACK/ADDRESS/": the mark of what has tags that no list shows.
std::string path_of(const Mark& mark);
std::optional<Mark> mark_in_path(std::string_view path);
/// The same as `Creation::prepare` and `Shown::complete` have it.
void write_path(Map& parameters, const Api& api, const Work& work);
void take_mark_of_path(LiveObject& live, const Value& item);

/// Roles, the profiles that they are in, and the account's own policies, all in one: `decode` gets
/// whole answers.
std::vector<Call> list_details(const Api& api, std::span<const Value> lookups);
List read_details(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more);

/// In those, and in the answers to the call that lists all profiles.
inline constexpr std::string_view kProfiles = "InstanceProfiles";
std::vector<Call> list_profiles(const Api& api, std::span<const Value> lookups);
List read_profiles(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more);
/// Whether an answer that shows all profiles shows it as well.
bool is_told_twice(const Value& profile, const Value& listed);

}  // namespace stackctl::aws::identity
