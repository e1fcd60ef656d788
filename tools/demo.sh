#!/bin/sh
# Shows fixdrill at work: builds it, starts its simulator on 127.0.0.1, replays scenarios against it, then a scenario that
# is wrong on purpose. Ends with 0 only if all of that went as told. Nothing leaves this machine.
set -eu
cd "$(dirname "$0")/.."
say() { printf '\n== %s\n' "$*"; }
give_up() { echo "demo: $*" >&2; exit 1; }

say "Packages and build"
tools/setup.sh
tools/build.sh release -- fixdrill
fixdrill=build/release/harness/cli/fixdrill
folder=build/demo
rm -rf "$folder"
mkdir -p "$folder"

say "fixdrill sim --port 0"
mkfifo "$folder/banner"
"$fixdrill" sim --port 0 >"$folder/banner" 2>"$folder/sim.log" &
simulator=$!
trap 'kill "$simulator" 2>/dev/null || true; wait "$simulator" 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
exec 3<"$folder/banner"
read -r listens <&3 || give_up "the simulator did not start: $(cat "$folder/sim.log")"
echo "$listens"
port=${listens##*:}

say "fixdrill run -p scenarios/local.toml --sim-port $port scenarios/orders"
"$fixdrill" run -p scenarios/local.toml --sim-port "$port" --db "$folder/orders.db" scenarios/orders ||
  give_up "scenarios/orders did not pass"

say "A scenario that is wrong on purpose: it must fail and say why"
code=0
"$fixdrill" run -p scenarios/local.toml --sim-port "$port" --db "$folder/wrong.db" --report-junit "$folder/junit.xml" \
  tools/demo_wrong.drill || code=$?
[ "$code" = 1 ] || give_up "the wrong scenario ended with exit code $code; 1 was expected"

say "All as it should be. Every byte of both runs is recorded; look at it with"
echo "$fixdrill show $folder/orders.db"
echo "$fixdrill show $folder/wrong.db"
echo "cat $folder/junit.xml     # what CI reads of the second run"
