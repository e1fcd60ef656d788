#!/bin/sh
# Everything that must hold before a change is handed in: packages, format, build with sanitizers, clang-tidy on what
# changed, all tests. Arguments go to ctest: tools/test.sh -R unit_fix
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh
tools/format.sh --check
tools/build.sh asan
tools/tidy.sh -p build/asan
# Freed memory is watched for 16 MiB of frees, stacks are kept eight calls deep: a quarter of the time.
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_stack_use_after_return=1:check_initialization_order=1:quarantine_size_mb=16:malloc_context_size=8}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
exec ctest --test-dir build/asan -j "$(nproc)" --output-on-failure "$@"
