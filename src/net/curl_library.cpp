#include "net/curl_library.h"

#include <dlfcn.h>
#include <string>

namespace stackctl::net {
namespace {

class Symbols {
 public:
  explicit Symbols(void* library) : library_(library) {}

  template <class Function>
  Symbols& find(Function& function, const char* name) {
    function = reinterpret_cast<Function>(::dlsym(library_, name));
    if (function == nullptr && missing_.empty()) missing_ = name;
    return *this;
  }
  const std::string& missing() const { return missing_; }

 private:
  void* library_;
  std::string missing_;
};

Diagnostic cannot_load(const std::string& why) {
  return error("cannot load libcurl, without which no cloud can be reached: " + why,
               "Debian has it in the package libcurl4");
}

}  // namespace

Result<CurlLibrary> load_curl(const char* file) {
  // Not lazily: a library that lacks something is to say so now and not in the middle of a run.
  void* const library = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return cannot_load(::dlerror());
  CurlLibrary curl;
  const Symbols symbols = Symbols(library)
                              .find(curl.global_init, "curl_global_init")
                              .find(curl.global_cleanup, "curl_global_cleanup")
                              .find(curl.easy_init, "curl_easy_init")
                              .find(curl.easy_setopt, "curl_easy_setopt")
                              .find(curl.easy_getinfo, "curl_easy_getinfo")
                              .find(curl.easy_reset, "curl_easy_reset")
                              .find(curl.easy_cleanup, "curl_easy_cleanup")
                              .find(curl.easy_strerror, "curl_easy_strerror")
                              .find(curl.multi_init, "curl_multi_init")
                              .find(curl.multi_setopt, "curl_multi_setopt")
                              .find(curl.multi_add_handle, "curl_multi_add_handle")
                              .find(curl.multi_remove_handle, "curl_multi_remove_handle")
                              .find(curl.multi_perform, "curl_multi_perform")
                              .find(curl.multi_info_read, "curl_multi_info_read")
                              .find(curl.multi_poll, "curl_multi_poll")
                              .find(curl.multi_cleanup, "curl_multi_cleanup")
                              .find(curl.slist_append, "curl_slist_append")
                              .find(curl.slist_free_all, "curl_slist_free_all");
  if (!symbols.missing().empty())
    return cannot_load(std::string(file) + " has no function " + symbols.missing());
  return curl;
}

}  // namespace stackctl::net
