// The object storage of the simulated cloud (SOS): S3's protocol, path style, beside the API.
#pragma once

#include "simulator/account.h"

namespace stackctl::simulator::sos {

/// Whether `request` is for the object storage: its path begins with "/sos", or its host is
/// sos-ZONE.exo.io.
bool is_for_storage(const Account& account, const http::Request& request);

/// Answers with XML, without throwing anything but faults of a state that was edited by hand.
http::Reply handle(Account& account, const http::Request& request);

}  // namespace stackctl::simulator::sos
