// The least that answers an order: one ExecutionReport New, no book, nothing remembered. What an
// acceptor of QuickFIX costs alone, for the bench.
#pragma once

#include <quickfix/Application.h>

namespace counterparty {

class Bookless : public FIX::NullApplication {
 public:
  void fromApp(const FIX::Message& message,
               const FIX::SessionID& session) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                                    FIX::IncorrectTagValue,
                                                    FIX::UnsupportedMessageType) override;

 private:
  long reports_ = 0;
};

}  // namespace counterparty
