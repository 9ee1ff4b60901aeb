#include "credentials.h"

#include <algorithm>
#include <array>

#include "account_file.h"
#include "stackctl/http.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

struct Names {
  std::string_view key;
  std::string_view secret;
};
constexpr std::array<Names, 5> kKeyVariables = {{{"EXOSCALE_API_KEY", "EXOSCALE_API_SECRET"},
                                                 {"EXOSCALE_KEY", "EXOSCALE_SECRET"},
                                                 {"EXOSCALE_KEY", "EXOSCALE_SECRET_KEY"},
                                                 {"CLOUDSTACK_KEY", "CLOUDSTACK_SECRET"},
                                                 {"CLOUDSTACK_KEY", "CLOUDSTACK_SECRET_KEY"}}};

constexpr std::array<std::string_view, 5> kFiles = {
    "~/.config/exoscale/exoscale.toml", "~/Library/Application Support/exoscale/exoscale.toml",
    "~/.exoscale/exoscale.toml", "~/exoscale.toml", "./exoscale.toml"};

constexpr std::string_view kHowTo =
    "set EXOSCALE_API_KEY and EXOSCALE_API_SECRET, or run 'exo config' to write an exoscale.toml";

std::string first_of(std::initializer_list<std::string_view> candidates) {
  for (const std::string_view candidate : candidates)
    if (!candidate.empty()) return std::string(candidate);
  return {};
}

class Search {
 public:
  Search(const Value& settings, const Surroundings& surroundings)
      : settings_(settings), surroundings_(surroundings) {}

  Result<Login> run() {
    if (auto fault = read_file()) return *fault;
    if (auto fault = choose_account()) return *fault;
    Login login;
    if (auto fault = find_key(login)) return *fault;
    if (auto fault = find_place(login)) return *fault;
    return login;
  }

 private:
  using Fault = std::optional<Diagnostic>;

  std::string variable(std::string_view name) const {
    return surroundings_.environment(name).value_or("");
  }

  Fault read_file() {
    std::vector<std::string> paths(kFiles.begin(), kFiles.end());
    if (const std::string named = variable("EXOSCALE_CONFIG"); !named.empty()) paths = {named};
    for (const std::string& path : paths) {
      looked_in_.push_back(path);
      const auto text = surroundings_.read_file(path);
      if (!text) continue;
      Result<AccountFile> parsed = parse_account_file(*text);
      if (!parsed) return error("cannot read " + path + ": " + parsed.fault().summary);
      file_ = *std::move(parsed);
      file_path_ = path;
      return {};
    }
    return {};
  }

  Fault choose_account() {
    const std::string name = first_of({settings_.text_at("account"), variable("EXOSCALE_ACCOUNT")});
    const Account* account = file_.find(name);
    if (account != nullptr) account_ = *account;
    // Without a key in the environment the missing key will be told.
    if (account != nullptr || settings_.text_at("account").empty()) return {};
    std::vector<std::string_view> known;
    for (const Account& candidate : file_.accounts) known.emplace_back(candidate.name);
    const std::string where = file_path_.empty() ? "no exoscale.toml in " + join(looked_in_, ", ")
                                                 : "not in " + file_path_;
    Diagnostic fault = error("no Exoscale account '" + name + "': " + where,
                             known.empty() ? std::string(kHowTo) : suggest(name, known));
    fault.path = "account";
    return fault;
  }

  Fault find_key(Login& login) const {
    if (settings_.text_at("account").empty() && key_from_environment(login)) return {};
    if (account_.key.empty()) return no_key();
    login.key = account_.key;
    login.secret.text = account_.secret;
    if (!login.secret.text.empty()) return {};
    if (account_.secret_command.empty())
      return error("account '" + account_.name + "' in " + file_path_ + " has no secret",
                   "add a secret or a secretCommand");
    return run_secret_command(login);
  }

  bool key_from_environment(Login& login) const {
    for (const Names& names : kKeyVariables) {
      login.key = variable(names.key);
      login.secret.text = variable(names.secret);
      if (!login.key.empty() && !login.secret.text.empty()) return true;
    }
    return false;
  }

  Fault run_secret_command(Login& login) const {
    Result<std::string> output = surroundings_.run(account_.secret_command);
    if (!output) {
      Diagnostic fault = output.fault();
      fault.summary =
          "the secretCommand of account '" + account_.name + "' failed: " + fault.summary;
      return fault;
    }
    login.secret.text = std::string(trim(*output));
    if (!login.secret.text.empty()) return {};
    return error("the secretCommand of account '" + account_.name + "' printed nothing");
  }

  Diagnostic no_key() const {
    Diagnostic fault = error("no Exoscale credentials", std::string(kHowTo));
    fault.detail =
        "looked for EXOSCALE_API_KEY with EXOSCALE_API_SECRET in the environment, and in " +
        join(looked_in_, ", ");
    if (!file_path_.empty())
      fault.detail += "; " + file_path_ + " names no default account that has a key";
    return fault;
  }

  Fault find_place(Login& login) const {
    login.zone = first_of({settings_.text_at("zone"), variable("EXOSCALE_ZONE"), account_.zone});
    if (login.zone.empty()) {
      Diagnostic fault = error(
          "no Exoscale zone", "write providers: {exoscale: {zone: ch-gva-2}} or set EXOSCALE_ZONE");
      fault.path = "zone";
      return fault;
    }
    // Old files name the endpoint of API v1, which is gone.
    const bool is_v2 = account_.endpoint.find("/v2") != std::string::npos;
    const std::string environment =
        first_of({variable("EXOSCALE_API_ENVIRONMENT"), account_.environment, "api"});
    login.endpoint = first_of({settings_.text_at("endpoint"), variable("EXOSCALE_API_ENDPOINT"),
                               is_v2 ? account_.endpoint : "",
                               "https://" + environment + "-" + login.zone + ".exoscale.com/v2"});
    if (Fault fault = check_url(login.endpoint, "https://api-" + login.zone + ".exoscale.com/v2"))
      return fault;
    const std::string usual = "https://sos-" + login.zone + ".exo.io";
    login.storage_endpoint =
        first_of({settings_.text_at("storage_endpoint"), variable("EXOSCALE_STORAGE_API_ENDPOINT"),
                  variable("EXOSCALE_SOS_ENDPOINT"), beside(login.endpoint),
                  account_.storage_endpoint, usual});
    put_zone(login.storage_endpoint, login.zone);
    return check_url(login.storage_endpoint, usual);
  }

  /// Where the storage is when the API is not Exoscale's own: at "/sos" of the same host, where the
  /// simulator has it. A request signed for one of them is not sent to the other's world.
  static std::string beside(std::string_view endpoint) {
    const http::Url url = http::split(endpoint);
    if (url.host.ends_with(".exoscale.com")) return {};
    const auto path = static_cast<std::size_t>(url.path.data() - endpoint.data());
    return std::string(endpoint.substr(0, path)) + "/sos";
  }

  /// Exoscale's own client takes "https://sos-{zone}.exo.io".
  static void put_zone(std::string& url, const std::string& zone) {
    constexpr std::string_view place = "{zone}";
    if (const std::size_t at = url.find(place); at != std::string::npos)
      url.replace(at, place.size(), zone);
  }

  /// Takes the slashes at the end away.
  static Fault check_url(std::string& url, const std::string& example) {
    while (url.ends_with('/')) url.pop_back();
    if (url.starts_with("https://") || url.starts_with("http://")) return {};
    return error("the Exoscale endpoint '" + url + "' is no URL", "write it like " + example);
  }

  const Value& settings_;
  const Surroundings& surroundings_;
  std::vector<std::string> looked_in_;
  std::string file_path_;  // of the file that was found
  AccountFile file_;
  Account account_;
};

}  // namespace

Result<Login> log_in(const Value& settings, const Surroundings& surroundings) {
  return Search(settings, surroundings).run();
}

}  // namespace stackctl::exoscale
