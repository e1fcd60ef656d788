#!/bin/sh
# Configures and builds a preset. Usage: tools/build.sh PRESET [CMAKE_OPTION..] [-- TARGET..]
# ccache is used where it is installed.
set -eu
cd "$(dirname "$0")/.."
preset=$1
shift
options=
while [ $# -gt 0 ] && [ "$1" != -- ]; do options="$options $1"; shift; done
[ $# -eq 0 ] || shift
if command -v ccache >/dev/null; then options="$options -DCMAKE_CXX_COMPILER_LAUNCHER=ccache"; fi
cmake --preset "$preset" $options >&2
cmake --build "build/$preset" -j "$(nproc)" ${1:+--target "$@"} >&2
