#include "kinds/kinds.h"

namespace stackctl::kinds {
namespace {

Attribute cors_rule() {
  return object(
      "rule", "What scripts of other sites may do",
      {
          set_of("origins", text("origin", "A site, such as https://example.org; * is every one"),
                 "Sites that it holds for")
              .required()
              .check(check::not_empty),
          set_of("methods",
                 text("method", "HTTP method").one_of({"GET", "PUT", "POST", "DELETE", "HEAD"}),
                 "What they may do")
              .required()
              .check(check::not_empty),
          set_of("headers", text("header", "Name of a header; * is every one"),
                 "Headers that they may send"),
          set_of("expose_headers", text("header", "Name of a header"),
                 "Headers that they may read"),
          duration("max_age", "How long a browser may remember the rule"),
      });
}

}  // namespace

extern const Kind bucket{
    .name = "bucket",
    .help =
        "Object storage that speaks S3. Whoever knows the name can ask for it, so a name is taken "
        "once in the whole cloud.",
    .schema =
        {
            text("name", "Its name; STACK-RESOURCE unless given").check(check::not_empty),
            text("acl", "Who may read it: the account alone, or everybody")
                .otherwise("private")
                .one_of({"private", "public-read"}),
            boolean("versioning", "Whether overwritten and deleted objects are kept")
                .otherwise(false),
            list_of("cors", cors_rule(), "Access by scripts of other sites").otherwise(List{}),
            boolean("empty_on_delete",
                    "Whether its objects, in all versions, are deleted with it; a bucket that "
                    "holds objects is not deleted otherwise. It counts as of the last apply")
                .otherwise(false),
            output("id", "Identifier in the cloud"),
            output("url", "Where it is"),
            output("endpoint", "What S3 clients are given as endpoint"),
        },
};

}  // namespace stackctl::kinds
