#!/bin/sh
# Shows fixdrill at work: builds it, starts a small exchange on 127.0.0.1, replays scenarios/orders against it, then a
# scenario that is wrong on purpose. Ends with 0 only if all of that went as told. Nothing leaves this machine.
set -eu
cd "$(dirname "$0")/.."
say() { printf '\n== %s\n' "$*"; }
give_up() { echo "demo: $*" >&2; exit 1; }

say "Packages and build"
tools/setup.sh
tools/build.sh release -- fixdrill counterparty
fixdrill=build/release/harness/cli/fixdrill
folder=build/demo
rm -rf "$folder"
mkdir -p "$folder"

say "An exchange that is not ours (QuickFIX's SocketAcceptor)"
mkfifo "$folder/ready"
build/release/tests/counterparty/counterparty >"$folder/ready" &
counterparty=$!
trap 'kill "$counterparty" 2>/dev/null || true; wait "$counterparty" 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
read -r banner <"$folder/ready" || give_up "the exchange did not start"
echo "$banner"
sed "s/^port = 9876/port = ${banner##*:}/" scenarios/local.toml >"$folder/demo.toml"

say "fixdrill run -p $folder/demo.toml scenarios/orders/*.drill"
"$fixdrill" run -p "$folder/demo.toml" --db "$folder/orders.db" scenarios/orders/*.drill ||
  give_up "scenarios/orders did not pass"

say "A scenario that is wrong on purpose: it must fail and say why"
code=0
"$fixdrill" run -p "$folder/demo.toml" --db "$folder/wrong.db" tools/demo_wrong.drill || code=$?
[ "$code" = 1 ] || give_up "the wrong scenario ended with exit code $code; 1 was expected"

say "All as it should be. Every byte of both runs is recorded; look at it with"
echo "$fixdrill show $folder/orders.db"
echo "$fixdrill show $folder/wrong.db"
