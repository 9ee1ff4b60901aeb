// exoscale.template: looked up, or made from a snapshot or a file. It has no labels, so its
// description bears the mark, which can be rewritten.
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> templates;
  for_each_item(type, listed["templates"], faults, [&](const Value& item) {
    take_mark_from_description(templates.emplace_back(decode_object(type, item)));
  });
  return templates;
}

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  body.erase("inputs");
  body.insert_or_assign("description",
                        with_mark_and_spec(work.desired.text_at("description"), work.mark));
  if (const std::string* snapshot = work.desired["snapshot"].text())
    return api.create("promote-snapshot-to-template", path_to("/snapshot", *snapshot) + ":promote",
                      std::move(body));
  body.try_emplace("ssh-key-enabled", true);
  body.try_emplace("password-enabled", false);
  return api.create("register-template", "/template", std::move(body));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const std::string description =
      with_mark_and_spec(work.desired.text_at("description"), work.mark);
  return {api.put("update-template", path_to("/template", live.id),
                  Map{{"name", work.desired["name"]}, {"description", description}})};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-template", path_to("/template", live.id))};
}

/// The operation may refer to the snapshot, so the template is found by its mark.
std::string created_id(const Work& /*work*/, const http::Reply& /*reply*/) { return {}; }

}  // namespace

extern const Type image_template{
    .resource =
        {
            .name = "exoscale.template",
            .help = "What instances boot from.",
            .schema =
                {
                    text("id", "Identifier"),
                    text("name", "Such as Linux Ubuntu 24.04 LTS 64-bit").physical_name(),
                    text("description", "Shown in the console").otherwise(""),
                    text("family", "Such as ubuntu"),
                    text("visibility", "Whose it is").one_of({"public", "private"}),
                    ref("snapshot", "exoscale.snapshot", "What it is made from").uncompared(),
                    any("inputs", "All that it is built of; another input makes another template")
                        .write_only()
                        .replaces(),
                    text("url", "File that it is made from").write_only().replaces(),
                    text("checksum", "MD5 digest of that file").write_only().replaces(),
                    text("default-user", "Who may log in").replaces(),
                    text("boot-mode", "How it boots").one_of({"legacy", "uefi"}).replaces(),
                    boolean("ssh-key-enabled", "Whether it takes SSH keys").replaces(),
                    boolean("password-enabled", "Whether it takes passwords").replaces(),
                    output("version", "Version within the family"),
                    output("created-at", "When it was registered"),
                },
            .listing = "/template",
            .marked = Marked::description,
            .keeps_spec = true,
            .appears_when_ready = true,
            .create_first = true,
            .takes_newest = true,
            .typical = std::chrono::seconds{60},
            .rank = 0,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = created_id,
};

}  // namespace stackctl::exoscale
