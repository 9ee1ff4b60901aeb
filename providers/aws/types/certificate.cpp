// aws.certificate: one that Certificate Manager has issued, looked up by its domain.
#include <array>
#include <chrono>
#include <cstdio>

#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// RFC 3339 of seconds since 1970.
std::string time_of(const Value& seconds) {
  const std::int64_t whole = seconds.integer()  ? *seconds.integer()
                             : seconds.number() ? static_cast<std::int64_t>(*seconds.number())
                                                : 0;
  // Up to the year 9999.
  constexpr std::int64_t last = 253402300799;
  if (whole <= 0 || whole > last) return {};
  const std::chrono::sys_seconds time{std::chrono::seconds{whole}};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  constexpr std::size_t room = 32;
  std::array<char, room> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

void show_moment(Map& shown, const Value& item, const Value& /*listed*/) {
  const Value& issued = item["IssuedAt"];
  shown.insert_or_assign("Moment", time_of(issued.is_null() ? item["CreatedAt"] : issued));
}

}  // namespace

extern const Type certificate{
    .resource =
        {
            .name = "aws.certificate",
            .help = "A certificate that Certificate Manager has issued; the newest of its domain.",
            .schema =
                {
                    text("id", "ARN"),
                    text("DomainName", "The domain that it is for").normalise(lower_case),
                    output("SubjectAlternativeNames", "Other domains that it is for",
                           stackctl::Type::list),
                },
            .listing = "certificates",
            .marked = Marked::never,
            .key = {"DomainName"},
            .takes_newest = true,
        },
    .service = &certificate_manager,
    .shown = {.list = "certificates",
              .id = "CertificateArn",
              .created = "Moment",
              .reshape = show_moment},
};

}  // namespace stackctl::aws
