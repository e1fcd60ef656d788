// An exchange on QuickFIX's SocketAcceptor, for tests, the demo and the bench. Listens on
// 127.0.0.1, plays EXCH towards BRK1 to BRK9 in FIX.4.0 to FIX.4.4 and FIXT.1.1, and ends on
// SIGTERM or SIGINT. With --bookless it acknowledges every order and does nothing else.
#include <csignal>
#include <iostream>
#include <quickfix/MessageStore.h>
#include <quickfix/SocketAcceptor.h>
#include <string>

#include "bookless.h"
#include "exchange.h"
#include "loopback_bind.h"
#include "options.h"
#include "sessions.h"

namespace {

using counterparty::Options;

FIX::SessionSettings settings_for(const Options& options) {
  FIX::Dictionary shared = counterparty::shared_settings("acceptor");
  shared.setString(FIX::SOCKET_ACCEPT_PORT, options.at("port"));
  shared.setBool(FIX::SOCKET_REUSE_ADDRESS, true);
  shared.setBool(FIX::RESET_ON_LOGON, options.at("reset") == "yes");
  FIX::SessionSettings settings;
  settings.set(shared);
  for (const char* version : {"FIX.4.0", "FIX.4.1", "FIX.4.2", "FIX.4.3", "FIX.4.4", "FIXT.1.1"}) {
    for (int broker = 1; broker <= 9; ++broker) {
      counterparty::add_session(settings, {version, "EXCH", "BRK" + std::to_string(broker)});
    }
  }
  return settings;
}

/// Blocks the signals that end the program, in this thread and in those it starts.
sigset_t block_ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

}  // namespace

int main(int argc, char** argv) {
  Options options{{"port", "0"}, {"password", ""}, {"reset", "no"}, {"bookless", "no"}};
  counterparty::read_options(argc, argv, options);
  const sigset_t signals = block_ending_signals();
  try {
    counterparty::Exchange exchange(options["password"]);
    counterparty::Bookless bookless;
    FIX::Application& application =
        options["bookless"] == "yes" ? static_cast<FIX::Application&>(bookless) : exchange;
    FIX::MemoryStoreFactory stores;
    FIX::SocketAcceptor acceptor(application, stores, settings_for(options));
    acceptor.start();
    std::cout << "listening on 127.0.0.1:" << counterparty::last_bound_port() << std::endl;
    int signal = 0;
    sigwait(&signals, &signal);
    acceptor.stop(true);
  } catch (const std::exception& error) {
    std::cerr << "counterparty: " << error.what() << std::endl;
    return 3;
  }
  return 0;
}
