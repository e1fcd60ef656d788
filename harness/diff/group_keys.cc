#include <map>

#include "diff/fields.h"

namespace fixdrill::diff {

const std::vector<std::vector<int>>& group_keys(int count_tag) {
  using Keys = std::vector<std::vector<int>>;
  static const Keys kNone;
  static const std::map<int, Keys> kKeys = {
      {453, {{448, 447, 452}, {452}, {448, 447}}},  // NoPartyIDs
      {539, {{524, 525, 538}, {538}, {524, 525}}},  // NoNestedPartyIDs
      {756, {{757, 758, 759}, {759}, {757, 758}}},  // NoNested2PartyIDs
      {948, {{949, 950, 951}, {951}, {949, 950}}},  // NoNested3PartyIDs
      {781, {{782, 783, 784}, {784}, {782, 783}}},  // NoSettlPartyIDs
      {802, {{523, 803}, {803}}},                   // NoPartySubIDs
      {268, {{278, 269}, {269, 55, 270}, {269, 55, 1023}, {269, 290}, {269, 55}}},  // NoMDEntries
      {267, {{269}}},                                      // NoMDEntryTypes
      {146, {{55, 48}, {48}}},                             // NoRelatedSym
      {555, {{654}, {600, 624}, {602, 624}, {600}}},       // NoLegs
      {711, {{311}, {309}}},                               // NoUnderlyings
      {78, {{79, 661}, {79}}},                             // NoAllocs
      {73, {{11}, {67}}},                                  // NoOrders
      {296, {{302}}},                                      // NoQuoteSets
      {295, {{299}, {55}}},                                // NoQuoteEntries
      {454, {{455, 456}, {456}}},                          // NoSecurityAltID
      {457, {{458, 459}, {459}}},                          // NoUnderlyingSecurityAltID
      {604, {{605, 606}, {606}}},                          // NoLegSecurityAltID
      {232, {{233}}},                                      // NoStipulations
      {136, {{139}}},                                      // NoMiscFees
      {382, {{375, 337}, {375}}},                          // NoContraBrokers
      {384, {{372, 385}, {372}}},                          // NoMsgTypes
      {386, {{336}}},                                      // NoTradingSessions
      {552, {{54}}},                                       // NoSides
      {518, {{519}}},                                      // NoContAmts
      {576, {{577}}},                                      // NoClearingInstructions
      {768, {{770}}},                                      // NoTrdRegTimestamps
      {864, {{865}}},                                      // NoEvents
      {957, {{958}}},                                      // NoStrategyParameters
      {1116, {{1117, 1118, 1119}, {1119}, {1117, 1118}}},  // NoRootPartyIDs
      {627, {{628}}},                                      // NoHops
  };
  const auto at = kKeys.find(count_tag);
  return at == kKeys.end() ? kNone : at->second;
}

}  // namespace fixdrill::diff
