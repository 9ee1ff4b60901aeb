#include "unit/aws/found_source.h"

#include <catch2/catch.hpp>

namespace aws_test {

using namespace stackctl;

namespace {

struct Show {
  std::string operator()(const aws::Given& given) const {
    const aws::Credentials& found = given.credentials;
    return found.key + '/' + found.secret.text +
           (found.session_token.text.empty() ? "" : '/' + found.session_token.text);
  }
  std::string operator()(const aws::Process& process) const {
    std::string text = "process";
    for (const std::string& word : process.command) text += " [" + word + ']';
    return text;
  }
  std::string operator()(const aws::AssumedRole& role) const {
    return "role " + role.arn + ' ' + role.session_name + ' ' + role.external_id + ' ' +
           role.duration_seconds + " <- " + show(*role.from);
  }
  std::string operator()(const aws::WebIdentity& identity) const {
    return "web " + identity.token_file + ' ' + identity.role_arn + ' ' + identity.session_name;
  }
  std::string operator()(const aws::SingleSignOn& sign_on) const {
    return "sso " + sign_on.token_file + ' ' + sign_on.endpoint + ' ' + sign_on.account + ' ' +
           sign_on.role + " (" + sign_on.login_command + ')';
  }
  std::string operator()(const aws::Container& container) const {
    return "container " + container.url + '?' + http::query_string(container.query) + ' ' +
           container.token_file + ' ' + container.token.text;
  }
  std::string operator()(const aws::Instance& instance) const {
    return "instance " + instance.endpoint + ' ' + std::to_string(instance.attempts);
  }
};

std::string found(const SourceRow& row) {
  Machine machine{row.environment, {}, {}};
  if (!row.config.empty()) machine.files[kConfig] = row.config;
  if (!row.keys.empty()) machine.files[kKeys] = row.keys;
  const auto source = aws::find_source(row.settings, machine.surroundings());
  return source ? show(source->source) : "! " + source.fault().summary;
}

}  // namespace

std::string show(const aws::Source& source) { return std::visit(Show{}, source.how); }

void expect(const std::vector<SourceRow>& rows) {
  for (const SourceRow& row : rows) {
    CAPTURE(row.name);
    CHECK(found(row) == row.found);
  }
}

}  // namespace aws_test
