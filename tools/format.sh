#!/bin/sh
# Formats every C++ file of the project; with --check changes nothing and fails when one is not formatted.
set -eu
cd "$(dirname "$0")/.."
if [ "${1-}" = --check ]; then set -- --dry-run -Werror; else set -- -i; fi
find harness tests \( -name '*.cc' -o -name '*.h' \) -print0 | xargs -0 -n 20 -P "$(nproc)" clang-format-14 "$@"
