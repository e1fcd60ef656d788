#include "bookless.h"

#include <quickfix/Session.h>
#include <string>

namespace counterparty {

void Bookless::fromApp(const FIX::Message& message,
                       const FIX::SessionID& session) throw(FIX::FieldNotFound,
                                                            FIX::IncorrectDataFormat,
                                                            FIX::IncorrectTagValue,
                                                            FIX::UnsupportedMessageType) {
  if (message.getHeader().getField(FIX::FIELD::MsgType) != "D") throw FIX::UnsupportedMessageType();
  const std::string number = std::to_string(++reports_);
  FIX::Message report;
  report.getHeader().setField(FIX::FIELD::BeginString, session.getBeginString());
  report.getHeader().setField(FIX::FIELD::MsgType, "8");
  report.setField(FIX::FIELD::OrderID, "O-" + number);
  report.setField(FIX::FIELD::ExecID, "E-" + number);
  report.setField(FIX::FIELD::ExecType, "0");
  report.setField(FIX::FIELD::OrdStatus, "0");
  for (const int tag : {FIX::FIELD::ClOrdID, FIX::FIELD::Symbol, FIX::FIELD::Side,
                        FIX::FIELD::OrderQty, FIX::FIELD::OrdType, FIX::FIELD::Price})
    report.setField(tag, message.getField(tag));
  report.setField(FIX::FIELD::LeavesQty, message.getField(FIX::FIELD::OrderQty));
  report.setField(FIX::FIELD::CumQty, "0");
  report.setField(FIX::FIELD::AvgPx, "0");
  report.setField(FIX::FIELD::TransactTime,
                  FIX::UtcTimeStampConvertor::convert(FIX::UtcTimeStamp(), 3));
  FIX::Session::sendToTarget(report, session);
}

}  // namespace counterparty
