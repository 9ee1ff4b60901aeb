// aws.iam_policy: what several roles may do. No list shows its tags, so its path bears the mark.
#include "aws/api/wire.h"
#include "iam.h"
#include "policy_versions.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// The name at the end of an ARN.
std::string_view last_step(std::string_view arn) { return arn.substr(arn.rfind('/') + 1); }

void reshape(Map& shown, const Value& item, const Value& /*listed*/) {
  identity::show_versions(shown, item["PolicyVersionList"]);
  shown.try_emplace("PolicyName", last_step(item.text_at("Arn")));
}

void prepare(Map& parameters, const Api& api, const Work& work) {
  identity::write_path(parameters, api, work);
  parameters.insert_or_assign("PolicyDocument",
                              identity::document_text(work.desired["PolicyDocument"]));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  if (!is_changed(work, "PolicyDocument")) return {};
  return identity::new_version(api, live, work.desired["PolicyDocument"]);
}

}  // namespace

extern const Type iam_policy{
    .resource =
        {
            .name = "aws.iam_policy",
            .help = "A policy of the account's own, for roles.",
            .schema =
                {
                    fixed_name("PolicyName", "Name in the account"),
                    any("PolicyDocument", "What is allowed")
                        .required()
                        .normalise(identity::plain_document),
                    text("Description", "For people").replaces(),
                    output("id", "ARN"),
                    output(identity::kOldVersions, "Documents that do not count any more",
                           stackctl::Type::list),
                },
            .listing = "iam",
            .marked = Marked::description,
            .carrier = "path",
            .key = {"PolicyName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{2},
            .rank = -1,
        },
    .service = &iam,
    .shown = {.list = "iam",
              .inside = "Policies",
              .id = "Arn",
              .created = "CreateDate",
              .reshape = reshape,
              .complete = identity::take_mark_of_path},
    .creation = {.action = "CreatePolicy", .prepare = prepare},
    .update = update,
    .removal = {"DeletePolicy", {"PolicyArn"}, identity::delete_old_versions},
    .created_id = "Policy/Arn",
};

}  // namespace stackctl::aws
