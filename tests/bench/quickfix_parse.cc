#include "quickfix_parse.h"

#include <quickfix/FixFields.h>
#include <quickfix/Message.h>

std::size_t quickfix_parse(const std::string& bytes) {
  const FIX::Message message(bytes, true);
  return message.getHeader().getField(FIX::FIELD::MsgType).size();
}
