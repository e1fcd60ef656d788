// The session behind engine::Session: a FIX::Session with our store, clock, way in and way out.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <quickfix/Application.h>
#include <quickfix/Log.h>
#include <quickfix/Session.h>
#include <string>

#include "engine/adapters.h"
#include "engine/engine.h"
#include "engine/inbox.h"
#include "engine/outbox.h"
#include "engine/wire.h"

namespace fixdrill {
namespace engine {

class Session::Core : private FIX::Application, private FIX::Log, private FIX::LogFactory {
 public:
  /// Throws FIX::Exception when a dictionary cannot be loaded.
  Core(Config config, Store& store, Listener& listener);

  void connected();
  void closed();
  void received(const std::string& bytes);
  void tick();
  void set_logon_fields(LogonFields fields);
  bool logon();
  bool logout(const std::string& text);
  SendResult send(const std::string& msg_type, const std::string& body, const Fields& header);
  void refuse_as_unsupported() { unsupported_ = true; }
  bool set_next_sender(std::int64_t number);
  bool set_next_target(std::int64_t number);
  int heartbeat_s() const;

  bool is_connected() const { return attached_; }
  FIX::Session& session() const { return *session_; }
  const Store& store() const { return store_; }

 private:
  // Application
  void onCreate(const FIX::SessionID&) override {}
  void onLogon(const FIX::SessionID&) override;
  void onLogout(const FIX::SessionID&) override {}
  void toAdmin(FIX::Message& message, const FIX::SessionID&) override;
  void toApp(FIX::Message& message, const FIX::SessionID&) throw(FIX::DoNotSend) override;
  void fromAdmin(const FIX::Message& message,
                 const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                              FIX::IncorrectTagValue, FIX::RejectLogon) override;
  void fromApp(const FIX::Message& message,
               const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                            FIX::IncorrectTagValue,
                                            FIX::UnsupportedMessageType) override;
  // LogFactory
  FIX::Log* create() override { return this; }
  FIX::Log* create(const FIX::SessionID&) override { return this; }
  void destroy(FIX::Log*) override {}
  // Log
  void clear() override {}
  void backup() override {}
  void onIncoming(const std::string&) override {}
  void onOutgoing(const std::string&) override {}
  void onEvent(const std::string& text) override;

  template <typename Work>
  void guarded(Work work);
  template <typename Work>
  void call_engine(Work work);
  void settle();
  void process(const std::string& bytes);
  std::string reason_to_refuse(const Inbound& message) const;
  void report_drop();
  void detach(const std::string& reason);
  void report_logout();
  bool set_number(std::int64_t number, void (FIX::Session::*setter)(int));
  bool logout_timed_out() const;
  std::string unsendable(const std::string& msg_type, const std::string& body,
                         const Fields& header) const;
  std::string tail_for(const Fields& header, const std::string& body) const;
  void add_configured_header(FIX::Message& message) const;
  bool whole_out() const { return config_.validation && config_.validation->whole_out; }
  FIX::Message whole_message(const std::string& msg_type, const std::string& tail) const;
  std::int64_t now_ns() const;

  Config config_;
  Store& store_;
  Listener& listener_;
  Inbox inbox_;
  Outbox outbox_;
  StoreAdapter adapter_;
  bool attached_ = false;     // the transport is up and the engine has not dropped it
  bool logged_on_ = false;    // as the listener was told
  bool dropped_ = false;      // the engine wants the connection closed; the listener is told last
  bool closing_ = false;      // `closed` came inside a call
  bool unsupported_ = false;  // the application message of the moment
  int depth_ = 0;             // calls into the engine in progress
  std::int64_t logout_at_ns_ = 0;
  std::deque<std::string> waiting_;  // `received` inside a call
  std::unique_ptr<FIX::Session> session_;
};

}  // namespace engine
}  // namespace fixdrill
