# Every library we use, and why. All are Debian 12 packages (cmake/setup.sh); nothing is vendored.
find_package(PkgConfig REQUIRED)            # finds what ships no CMake files
find_package(Threads REQUIRED)              # the simulator's server answers from its own thread
find_package(CURL 7.88 REQUIRED)            # HTTP/1.1, HTTP/2 and TLS, many transfers on one thread
find_package(OpenSSL 3.0 REQUIRED)          # HMAC and SHA for signatures, scrypt for fingerprints
find_package(nlohmann_json 3.11 REQUIRED)   # reads and writes the clouds' JSON
pkg_check_modules(yaml REQUIRED IMPORTED_TARGET yaml-0.1>=0.2.5)  # reads stack files, with positions
find_package(CLI11 2.1 REQUIRED)            # the command line
find_package(spdlog 1.10 REQUIRED)          # logging to stderr, switched on by STACKCTL_LOG
find_package(tomlplusplus 3.3 REQUIRED)     # reads exoscale.toml as the official clients do
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)  # regex() in linear time, whatever the pattern
find_package(pugixml 1.12 REQUIRED)          # reads the XML of object storage, hostile or not
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib>=0.11)  # serves the simulator

# libcurl is loaded when a cloud is to be reached; only its headers are used here.
add_library(curl_headers INTERFACE)
target_include_directories(curl_headers SYSTEM INTERFACE
  $<TARGET_PROPERTY:CURL::libcurl,INTERFACE_INCLUDE_DIRECTORIES>)

if(NOT STACKCTL_SANITIZE)                  # which brings a malloc of its own
  find_package(mimalloc 2.0 REQUIRED)       # malloc: a plan is very many small values
endif()

if(STACKCTL_TESTS)
  find_package(Catch2 2.13 REQUIRED)        # the test framework
endif()
