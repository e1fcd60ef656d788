#!/bin/sh
# clang-tidy on the .cc files of harness/ that changed since BASE (default: the commit before the last), committed or
# not. Usage: tools/tidy.sh [-p BUILD_FOLDER] [BASE]
set -eu
cd "$(dirname "$0")/.."
build=build/asan
if [ "${1-}" = -p ]; then build=$2; shift 2; fi
base=${1:-HEAD~1}
if ! git rev-parse --quiet --verify "$base^{commit}" >/dev/null; then
  echo "tidy: no commit $base to compare with; nothing checked"
  exit 0
fi
files=$(git diff --name-only --diff-filter=d "$base" -- 'harness/*.cc')
if [ -z "$files" ]; then echo "tidy: no .cc file of harness/ changed since $base"; exit 0; fi
echo "tidy: $(echo "$files" | wc -l) files changed since $base"
# What only GCC understands is left out: its precompiled headers, one warning's name.
commands=$build/tidy
mkdir -p "$commands"
sed 's/ -Winvalid-pch//; s/ -Wno-restrict//; s/ -include [^ ]*cmake_pch\.hxx//' "$build/compile_commands.json" >"$commands/compile_commands.json"
echo "$files" | xargs -P "$(nproc)" -n 1 clang-tidy-14 --quiet -p "$commands"
