#include "record/names.h"

namespace fixdrill::record {

const char* outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "PASS";
    case Outcome::fail:
      return "FAIL";
    case Outcome::error:
      return "ERROR";
    case Outcome::skip:
      return "SKIP";
    case Outcome::xfail:
      return "XFAIL";
    case Outcome::xpass:
      return "XPASS";
    case Outcome::unresolved:
      return "UNRESOLVED";
  }
  return "";
}

const char* kind_name(MessageKind kind) {
  switch (kind) {
    case MessageKind::fix:
      return "fix";
    case MessageKind::garbled:
      return "garbled";
    case MessageKind::junk:
      return "junk";
    case MessageKind::partial:
      return "partial";
  }
  return "";
}

std::optional<MessageKind> kind_named(std::string_view name) {
  for (const MessageKind kind :
       {MessageKind::fix, MessageKind::garbled, MessageKind::junk, MessageKind::partial}) {
    if (name == kind_name(kind)) return kind;
  }
  return std::nullopt;
}

std::optional<Outcome> outcome_named(std::string_view name) {
  for (const Outcome outcome : {Outcome::pass, Outcome::fail, Outcome::error, Outcome::skip,
                                Outcome::xfail, Outcome::xpass, Outcome::unresolved}) {
    if (name == outcome_name(outcome)) return outcome;
  }
  return std::nullopt;
}

}  // namespace fixdrill::record
