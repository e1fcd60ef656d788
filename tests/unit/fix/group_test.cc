#include "fix/group.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/text.h"

namespace fixdrill::fix {
namespace {

constexpr const char* kDictionary = R"(<fix type='FIX' major='4' minor='4'>
<header><group name='NoHops'><field name='HopCompID'/></group></header><trailer/>
<messages><message name='Order' msgtype='D' msgcat='app'>
 <group name='NoPartyIDs'><field name='PartyID'/><field name='PartyRole'/><field name='Text'/>
  <group name='NoPartySubIDs'><field name='PartySubID'/><field name='PartySubIDType'/></group></group>
 <field name='Text'/></message></messages>
<fields><field number='627' name='NoHops' type='NUMINGROUP'/><field number='628' name='HopCompID' type='STRING'/>
<field number='453' name='NoPartyIDs' type='NUMINGROUP'/><field number='448' name='PartyID' type='STRING'/>
<field number='452' name='PartyRole' type='INT'/><field number='58' name='Text' type='STRING'/>
<field number='802' name='NoPartySubIDs' type='NUMINGROUP'/><field number='523' name='PartySubID' type='STRING'/>
<field number='803' name='PartySubIDType' type='INT'/></fields></fix>)";

std::string text_of(const Message& message, const FieldTree& tree) {
  std::string out;
  for (const FieldTree::Node& node : tree.nodes) {
    out += fmt::format("{}={} ", message[node.index].tag, message[node.index].value);
    if (!node.group) continue;
    out += "[";
    for (const FieldTree& entry : node.group->entries) out += "{" + text_of(message, entry) + "}";
    out += "] ";
  }
  return out;
}

/// The tree of a message written with `|`: `453=2 [{448=A }{448=B }] `.
std::string tree(std::string_view piped) {
  const auto dictionary = Dictionary::parse("T.xml", kDictionary);
  EXPECT_TRUE(dictionary) << dictionary.error().text;
  const Message message(pipe_to_soh(piped));
  return text_of(message, group_tree(message, **dictionary));
}

TEST(GroupTree, CutsEntriesAndNestedGroups) {
  EXPECT_EQ(tree("35=D|453=2|448=A|452=1|802=2|523=x|803=1|523=y|448=B|802=1|523=z|55=MSFT|"),
            "35=D 453=2 [{448=A 452=1 802=2 [{523=x 803=1 }{523=y }] }{448=B 802=1 [{523=z }] }] "
            "55=MSFT ");
  EXPECT_EQ(tree("35=D|627=2|628=A|628=B|"), "35=D 627=2 [{628=A }{628=B }] ");
}

TEST(GroupTree, ToleratesAWrongCount) {
  EXPECT_EQ(tree("35=D|453=1|448=A|448=B|55=X|"), "35=D 453=1 [{448=A }{448=B }] 55=X ");
  EXPECT_EQ(tree("35=D|453=3|448=A|55=X|"), "35=D 453=3 [{448=A }] 55=X ");
  EXPECT_EQ(tree("35=D|453=0|55=X|"), "35=D 453=0 [] 55=X ");
  EXPECT_EQ(tree("35=D|453=x|448=A|"), "35=D 453=x [{448=A }] ");
  EXPECT_EQ(tree("35=D|453=2147483648|448=A|"), "35=D 453=2147483648 [{448=A }] ");
  EXPECT_EQ(tree("35=D|453=99999999999999999999999|"), "35=D 453=99999999999999999999999 [] ");
}

TEST(GroupTree, EntriesMayBeginWithAnotherMember) {
  EXPECT_EQ(tree("35=D|453=2|452=1|448=A|452=2|448=B|55=X|"),
            "35=D 453=2 [{452=1 448=A }{452=2 448=B }] 55=X ");
}

TEST(GroupTree, AFieldOfBothLevelsBelongsToTheEntryOnce) {
  EXPECT_EQ(tree("35=D|453=1|448=A|58=inner|58=outer|"),
            "35=D 453=1 [{448=A 58=inner }] 58=outer ");
}

TEST(GroupTree, WhatFitsNowhereStaysWhereItStands) {
  EXPECT_EQ(tree("35=D|448=A|453=1|55=X|448=B|"), "35=D 448=A 453=1 [] 55=X 448=B ");
  EXPECT_EQ(tree("35=U1|453=1|448=A|"), "35=U1 453=1 448=A ");
  EXPECT_EQ(tree("35=D|junk|453=1|448=A|"), "35=D 0=junk 453=1 [{448=A }] ");
  EXPECT_EQ(tree(""), "");
}

TEST(GroupTree, FindsTheFirstOfALevel) {
  const auto dictionary = *Dictionary::parse("T.xml", kDictionary);
  const Message message(pipe_to_soh("35=D|453=2|448=A|448=B|58=x|"));
  const FieldTree top = group_tree(message, *dictionary);
  EXPECT_EQ(top.find(message, 448), nullptr);
  ASSERT_NE(top.find(message, 453), nullptr);
  EXPECT_EQ(top.find(message, 453)->group->declared, 2u);
  EXPECT_EQ(top.find(message, 453)->group->entries[1].find(message, 448)->index, 3u);
}

}  // namespace
}  // namespace fixdrill::fix
