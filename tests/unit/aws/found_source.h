// Where credentials are found on a made-up machine, in one line of text.
#pragma once

#include <string>
#include <vector>

#include "aws/login/source.h"
#include "stackctl/value.h"
#include "unit/aws/made_up_machine.h"

namespace aws_test {

inline const std::string kConfig = "~/.aws/config";
inline const std::string kKeys = "~/.aws/credentials";
inline const Texts kEnvironment = {{"AWS_ACCESS_KEY_ID", "AKENV"},
                                   {"AWS_SECRET_ACCESS_KEY", "env"}};

inline const std::string kDefaultKeys =
    "[default]\naws_access_key_id = AKFILE\naws_secret_access_key = file\n";
inline const std::string kProcess = "credential_process = /opt/get \"a b\" 'c\"d' e\\ f\n";
inline const std::string kWeb = "web_identity_token_file = /web\nrole_arn = arn:web\n";

/// "AK/secret/token", "role arn:r ... <- AK/secret", "process [get] [it]" and so on.
std::string show(const stackctl::aws::Source& source);

struct SourceRow {
  std::string name;
  Texts environment;
  std::string config;  ///< what stands in kConfig; empty: no such file
  std::string keys;    ///< the same for kKeys
  std::string found;   ///< as shown, or "! fault"
  stackctl::Value settings = stackctl::Map{};
};

void expect(const std::vector<SourceRow>& rows);

}  // namespace aws_test
