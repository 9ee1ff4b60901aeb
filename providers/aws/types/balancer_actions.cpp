#include "balancer_actions.h"

#include <utility>

namespace stackctl::aws {
namespace {

/// What is not named stays as the client has it.
Attribute redirect() {
  return object(
      "RedirectConfig", "Of redirect: where clients are sent",
      {text("Protocol", "HTTP or HTTPS").otherwise("#{protocol}"),
       text("Host", "Host name").otherwise("#{host}"), text("Port", "Port").otherwise("#{port}"),
       text("Path", "Path, with its first slash").otherwise("/#{path}"),
       text("Query", "What stands behind the question mark").otherwise("#{query}"),
       text("StatusCode", "HTTP_301 for good, HTTP_302 for now")
           .required()
           .one_of({"HTTP_301", "HTTP_302"})});
}

Attribute fixed_response() {
  return object("FixedResponseConfig", "Of fixed-response: the answer",
                {text("StatusCode", "2xx, 4xx or 5xx").required(),
                 text("ContentType", "Such as text/plain"), text("MessageBody", "What it says")});
}

}  // namespace

/// Beside these AWS shows an order, and the target group once more.
Attribute balancer_action() {
  return object(
      "action", "One of them",
      {text("Type", "Kind of action").required().one_of({"forward", "redirect", "fixed-response"}),
       ref("TargetGroupArn", "aws.target_group", "Of forward: who serves it"), redirect(),
       fixed_response()});
}

List forward_to(Value target_group) {
  return {Map{{"Type", "forward"}, {"TargetGroupArn", std::move(target_group)}}};
}

List redirect_to(std::string_view protocol) {
  const char* const port = protocol == "HTTPS" ? "443" : "80";
  return {Map{
      {"Type", "redirect"},
      {"RedirectConfig", Map{{"Protocol", protocol}, {"Port", port}, {"StatusCode", "HTTP_301"}}}}};
}

List respond_with(const Value& status) {
  return {Map{{"Type", "fixed-response"},
              {"FixedResponseConfig",
               Map{{"StatusCode", display(status)}, {"ContentType", "text/plain"}}}}};
}

}  // namespace stackctl::aws
