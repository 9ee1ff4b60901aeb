// What AWS's refusals mean.
#pragma once

#include <string>

#include "stackctl/flow.h"

namespace stackctl::aws {

Judgement judge(const Call& call, const http::Reply& reply);

struct Refusal {
  std::string code;  ///< "InvalidVpcID.NotFound"
  std::string message;
  std::string request_id;
};
/// From any of the shapes that the protocols have.
Refusal refusal_in(const http::Reply& reply);

}  // namespace stackctl::aws
