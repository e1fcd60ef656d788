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

const char* time_source_name(TimeSource source) {
  switch (source) {
    case TimeSource::user:
      return "user";
    case TimeSource::log:
      return "log";
    case TimeSource::fix:
      return "fix";
    case TimeSource::pcap:
      return "pcap";
    case TimeSource::kernel:
      return "kernel";
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

std::optional<TimeSource> time_source_named(std::string_view name) {
  for (const TimeSource source :
       {TimeSource::user, TimeSource::log, TimeSource::fix, TimeSource::pcap, TimeSource::kernel}) {
    if (name == time_source_name(source)) return source;
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
