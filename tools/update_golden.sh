#!/bin/sh
# Writes the golden answers anew from what the program says now; read `git diff tests/golden` afterwards.
# Usage: tools/update_golden.sh [CASE..]
set -eu
cd "$(dirname "$0")/.."
tools/build.sh dev -- fixdrill
exec tests/golden/run_golden.py --update build/dev/harness/cli/fixdrill "$@"
