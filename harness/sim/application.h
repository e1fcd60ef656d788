// What stands behind the clients of a simulator: the seam between their lines (sessions, rules,
// what waits for a Logon) and the application that answers them, the exchange or another one.
#pragma once

#include <memory>
#include <string>

#include "fix/dictionary.h"
#include "fix/encoder.h"
#include "fix/message.h"
#include "sim/order.h"

namespace fixdrill::sim {

/// A client's line, as an application uses it.
class Line {
 public:
  virtual ~Line() = default;
  virtual bool logged_on() const = 0;
  /// For a client that is away it waits for the next Logon (limits.h).
  virtual void send(fix::OutMessage message) = 0;
  /// Inside Desk::serve: the session layer answers that this type is not supported.
  virtual void refuse_as_unsupported() = 0;
};

/// Serves one client over all its connections.
class Desk {
 public:
  virtual ~Desk() = default;
  /// An application message that no rule has dealt with.
  virtual void serve(const fix::Message& message) = 0;
  /// The client's connection has ended.
  virtual void line_lost() = 0;
};

/// Who a desk is for.
struct Customer {
  ClientId id = 0;      ///< from 1; one identity keeps its own, whatever version it comes back with
  std::string comp_id;  ///< SenderCompID(49)
  Line& line;           ///< outlives the desk
  fix::DictionaryPtr dictionary;  ///< not null
};

class Application {
 public:
  virtual ~Application() = default;
  /// The application outlives its desks.
  virtual std::unique_ptr<Desk> open_desk(const Customer& customer) = 0;
};

}  // namespace fixdrill::sim
