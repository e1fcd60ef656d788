#include "flow/ids.h"

#include <functional>

#include "base/text.h"

namespace fixdrill::flow {

int id_space(int tag) {
  switch (tag) {  // clang-format off
    case 11: case 41: return 11;    // ClOrdID, OrigClOrdID
    case 37: return 37;             // OrderID
    case 17: case 19: return 17;    // ExecID, ExecRefID
    case 526: return 526;           // SecondaryClOrdID
    case 198: return 198;           // SecondaryOrderID
    case 527: return 527;           // SecondaryExecID
    case 583: return 583;           // ClOrdLinkID
    case 66: return 66;             // ListID
    case 390: return 390;           // BidID
    case 391: return 391;           // ClientBidID
    case 70: case 72: return 70;    // AllocID, RefAllocID
    case 755: case 795: return 755; // AllocReportID, AllocReportRefID
    case 793: return 793;           // SecondaryAllocID
    case 131: return 131;           // QuoteReqID
    case 117: return 117;           // QuoteID
    case 693: return 693;           // QuoteRespID
    case 644: return 644;           // RFQReqID
    case 262: return 262;           // MDReqID
    case 278: case 280: return 278; // MDEntryID, MDEntryRefID
    case 320: return 320;           // SecurityReqID
    case 322: return 322;           // SecurityResponseID
    case 324: return 324;           // SecurityStatusReqID
    case 335: return 335;           // TradSesReqID
    case 568: return 568;           // TradeRequestID
    case 571: case 572: return 571; // TradeReportID, TradeReportRefID
    case 818: case 881: return 818; // SecondaryTradeReportID, SecondaryTradeReportRefID
    case 880: return 880;           // TrdMatchID
    case 1003: return 1003;         // TradeID
    case 584: return 584;           // MassStatusReqID
    case 710: return 710;           // PosReqID
    case 721: return 721;           // PosMaintRptID
    case 894: return 894;           // CollReqID
    case 902: return 902;           // CollAsgnID
    case 909: return 909;           // CollInquiryID
    case 513: case 508: return 513; // RegistID, RegistRefID
    case 923: return 923;           // UserRequestID
    case 933: return 933;           // NetworkRequestID
    case 791: return 791;           // SettlInstReqID
    case 664: case 772: return 664; // ConfirmID, ConfirmRefID
    case 859: return 859;           // ConfirmReqID
    case 23: case 26: return 23;    // IOIID, IOIRefID
    case 2: case 3: return 2;       // AdvId, AdvRefID
    case 164: return 164;           // EmailThreadID
    default: return 0;  // clang-format on
  }
}

bool is_placeholder(int space, std::string_view value) {
  if (value.empty()) return true;
  if (value == "0") return space == 37 || space == 17;
  if (value.size() > 9) return false;
  const std::string word = fold_name(value);
  return word.empty() || word == "none" || word == "unknown" || word == "na" || word == "null";
}

int reject_space(std::string_view msg_type) {
  if (msg_type.size() == 2) return msg_type == "AE" ? 571 : msg_type == "AD" ? 568 : 11;
  switch (msg_type.empty() ? '\0' : msg_type[0]) {
    case 'E':
      return 66;
    case 'J':
      return 70;
    case 'R':
      return 131;
    case 'S':
    case 'Z':
    case 'i':
      return 117;
    case 'V':
      return 262;
    case 'c':
      return 320;
    default:
      return 11;
  }
}

std::uint64_t id_key(std::int64_t session, int space, std::string_view value) {
  const std::uint64_t scope =
      mix(static_cast<std::uint64_t>(session) * 4096 + static_cast<std::uint64_t>(space));
  return mix(scope ^ std::hash<std::string_view>()(value));
}

// Finalizer of MurmurHash3.
std::uint64_t mix(std::uint64_t key) {
  key = (key ^ (key >> 33)) * 0xff51afd7ed558ccdULL;
  key = (key ^ (key >> 33)) * 0xc4ceb9fe1a85ec53ULL;
  return key ^ (key >> 33);
}

std::uint32_t type_code(std::string_view msg_type) {
  std::uint32_t code = 0;
  for (const char c : msg_type.substr(0, 4)) code = code << 8 | static_cast<unsigned char>(c);
  return code;
}

}  // namespace fixdrill::flow
