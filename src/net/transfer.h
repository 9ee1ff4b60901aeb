// One request on its way: owns what is sent, bounds and collects what comes back.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "net/curl_transport.h"

struct curl_slist;

namespace stackctl::net {

struct CurlLibrary;

/// A curl easy handle. Its type stays hidden so that curl's header is not needed here.
using EasyHandle = std::unique_ptr<void, void (*)(void*)>;

/// Wipes the lines before it gives them back.
struct HeaderListCleanup {
  void operator()(curl_slist* list) const;
  void (*free_all)(curl_slist*);
};
using HeaderList = std::unique_ptr<curl_slist, HeaderListCleanup>;

class Transfer {
 public:
  Transfer(const CurlLibrary& curl, engine::Ticket ticket, http::Request request,
           const CurlOptions& options);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  engine::Ticket ticket() const { return ticket_; }
  void* easy() const { return easy_.get(); }

  /// Takes `easy` and sets it up for this request. False when the request must not be sent;
  /// `finish` says why.
  bool prepare(EasyHandle easy);
  /// The outcome after curl ended with `code`. Call once, after `easy()` has left its multi handle.
  http::Reply finish(int code);
  /// Gives the handle back, clean, for the next transfer.
  EasyHandle release_easy();

  /// @name What curl's callbacks report; false stops the transfer.
  /// @{
  bool take_header(std::string_view line);
  bool take_body(std::string_view bytes);
  bool may_send();
  /// @}

 private:
  bool refuse(std::string problem);
  bool set_up_request();
  bool set_up_limits();
  bool set_up_connection(const Endpoint& endpoint) const;
  bool set_up_callbacks();
  bool build_headers(bool has_body);
  std::string failure_text(int code) const;

  const CurlLibrary& curl_;
  engine::Ticket ticket_;
  http::Request request_;
  const CurlOptions& options_;
  std::string url_;
  std::string place_;  ///< host and port, for messages
  EasyHandle easy_;
  HeaderList headers_;
  http::Reply reply_;
  std::size_t header_bytes_ = 0;
  int attempts_ = 0;     ///< how often the request may have left this machine
  std::string problem_;  ///< why we stopped it ourselves
  std::string error_buffer_;
};

}  // namespace stackctl::net
