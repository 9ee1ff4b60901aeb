// A login to one account and region.
#pragma once

#include <memory>

#include "aws/api/api.h"
#include "aws/login/credentials.h"
#include "stackctl/provider.h"

namespace stackctl::aws {

class Connection final : public stackctl::Connection {
 public:
  Connection(Endpoints endpoints, std::shared_ptr<Login> login);

  std::string where() const override;
  Diagnostics warnings() const override;
  Lane lane(Access access) const override;
  std::unique_ptr<Flow> list(std::string_view listing, const Interest& interest) const override;
  std::unique_ptr<Flow> census(std::string_view stack,
                               std::span<const ResourceType* const> types) const override;
  std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                                 Diagnostics& faults) const override;
  std::unique_ptr<Flow> carry_out(Work work) const override;
  bool needs_login(Time now) const override;
  std::unique_ptr<Flow> log_in() const override;
  void login_refused() const override;
  void sign(http::Request& request, Time now) const override;
  Judgement judge(const Call& call, const http::Reply& reply) const override;

 private:
  Api api_;
  std::shared_ptr<Login> login_;
};

}  // namespace stackctl::aws
