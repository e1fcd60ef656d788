#include "run/assignment.h"

#include <gtest/gtest.h>

namespace fixdrill::run {
namespace {

Assignment with_places(std::size_t count) {
  Assignment assignment;
  for (std::size_t i = 0; i < count; ++i) assignment.add_place();
  return assignment;
}

TEST(AssignmentTest, WithoutPlacesItIsFull) { EXPECT_TRUE(Assignment().full()); }

TEST(AssignmentTest, ItemsTakeTheFirstFreePlace) {
  Assignment assignment = with_places(2);
  EXPECT_TRUE(assignment.add_item({0, 1}));
  EXPECT_FALSE(assignment.full());
  EXPECT_TRUE(assignment.add_item({0, 1}));
  EXPECT_TRUE(assignment.full());
  EXPECT_EQ(assignment.item_of(0), 1u);  // the second moves the first on
  EXPECT_EQ(assignment.item_of(1), 0u);
}

TEST(AssignmentTest, WhatFitsNowhereIsNotKept) {
  Assignment assignment = with_places(1);
  EXPECT_FALSE(assignment.add_item({}));
  EXPECT_TRUE(assignment.add_item({0}));
  EXPECT_FALSE(assignment.add_item({0}));
  EXPECT_EQ(assignment.item_of(0), 0u);
}

TEST(AssignmentTest, AFailedMoveLeavesAllInPlace) {
  Assignment assignment = with_places(3);
  EXPECT_TRUE(assignment.add_item({0}));
  EXPECT_TRUE(assignment.add_item({1}));
  EXPECT_FALSE(assignment.add_item({0, 1}));
  EXPECT_EQ(assignment.item_of(0), 0u);
  EXPECT_EQ(assignment.item_of(1), 1u);
  EXPECT_EQ(assignment.item_of(2), std::nullopt);
}

TEST(AssignmentTest, AChainOfMovesMakesRoom) {
  Assignment assignment = with_places(4);
  EXPECT_TRUE(assignment.add_item({0, 1}));
  EXPECT_TRUE(assignment.add_item({1, 2}));
  EXPECT_TRUE(assignment.add_item({2, 3}));
  EXPECT_TRUE(assignment.add_item({0}));
  EXPECT_TRUE(assignment.full());
  EXPECT_EQ(assignment.item_of(0), 3u);
  EXPECT_EQ(assignment.item_of(1), 0u);
  EXPECT_EQ(assignment.item_of(2), 1u);
  EXPECT_EQ(assignment.item_of(3), 2u);
}

// The longest chain there can be, and more tries than a search without memory could make.
TEST(AssignmentTest, AThousandPlacesAreNoMatter) {
  constexpr std::size_t kPlaces = 1000;
  Assignment assignment = with_places(kPlaces);
  for (std::size_t i = 0; i + 1 < kPlaces; ++i) ASSERT_TRUE(assignment.add_item({i, i + 1}));
  EXPECT_TRUE(assignment.add_item({0}));
  EXPECT_TRUE(assignment.full());
  EXPECT_EQ(assignment.item_of(kPlaces - 1), kPlaces - 2);
}

}  // namespace
}  // namespace fixdrill::run
