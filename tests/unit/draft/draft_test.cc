// Scenarios drafted from conversations.
#include "draft/draft.h"

#include <gtest/gtest.h>

namespace fixdrill::test {}
