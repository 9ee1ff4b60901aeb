// A login to one account and zone.
#pragma once

#include "exoscale/api/credentials.h"
#include "exoscale/api/operations.h"
#include "stackctl/provider.h"

namespace stackctl::exoscale {

class Connection final : public stackctl::Connection {
 public:
  explicit Connection(Login login);

  std::string where() const override;
  Lane lane(Access access) const override;
  std::unique_ptr<Flow> list(std::string_view listing, const Interest& interest) const override;
  std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                                 Diagnostics& faults) const override;
  std::unique_ptr<Flow> carry_out(Work work) const override;
  void sign(http::Request& request, Time now) const override;
  Judgement judge(const Call& call, const http::Reply& reply) const override;

 private:
  Login login_;
  Api api_;
};

}  // namespace stackctl::exoscale
