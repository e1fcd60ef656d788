#!/bin/sh
# The pack of standard session cases against jspurefix, an engine that is not ours, in both roles and in real time: prints
# the coverage tables. What jspurefix is known to do otherwise stands in tests/interop/jspurefix/deviations.csv and is
# XFAIL; any other failure, and a deviation that is gone, fails the script.
#
#   tools/interop.sh                    all runs side by side
#   tools/interop.sh acceptor-FIX.4.4   one of them: ROLE-VERSION, the role of jspurefix
#
# FIXDRILL names the program; without it the one that was built last. Exit: 0 as expected; 1 not; 75 not run, because npm
# could not reach its registry (EX_TEMPFAIL: that says nothing about fixdrill, and must not pass for a success either).
set -eu
cd "$(dirname "$0")/.."
runs=${*:-acceptor-FIX.4.4 initiator-FIX.4.4 acceptor-FIX.4.2 initiator-FIX.4.2 acceptor-FIXT.1.1 initiator-FIXT.1.1}
fixdrill=${FIXDRILL:-$(ls -t build/*/harness/cli/fixdrill 2>/dev/null | head -n 1)}
[ -n "$fixdrill" ] || { echo "interop: no fixdrill is built; tools/build.sh makes one" >&2; exit 1; }
fixdrill=$(realpath "$fixdrill")
here=tests/interop/jspurefix
work=build/interop/jspurefix
mkdir -p "$work"
cp $here/*.js $here/*.json $here/*.csv "$work"

install() {
  command -v npm >/dev/null || tools/setup.sh nodejs npm
  # What is there is that of the lock file already, or npm makes it so. No script of a package is run.
  cmp -s "$work/package-lock.json" "$work/installed.json" && return
  if npm ci --prefix "$work" --ignore-scripts --no-audit --no-fund >"$work/npm.log" 2>&1; then
    cp "$work/package-lock.json" "$work/installed.json"
  elif grep -qE 'E(NOTFOUND|AI_AGAIN|TIMEDOUT|CONNREFUSED|CONNRESET|HOSTUNREACH|NETUNREACH)|ERR_SOCKET_TIMEOUT|code E(429|5[0-9][0-9])' \
      "$work/npm.log"; then
    echo "interop: NOT RUN: npm cannot reach its registry, so jspurefix could not be fetched ($work/npm.log)" >&2
    exit 75
  else
    cat "$work/npm.log" >&2
    echo "interop: npm could not install what $here/package-lock.json names" >&2
    exit 1
  fi
}

install
status=0
# With nothing left to kill, kill fails, and under set -e its status would become the script's.
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
for run in $runs; do
  python3 $here/run.py "$fixdrill" "$work" "$run" >"$work/$run.out" 2>&1 &
  eval "pid_$(echo "$run" | tr -c 'a-zA-Z0-9\n' _)=$!"
done
for run in $runs; do
  eval "pid=\$pid_$(echo "$run" | tr -c 'a-zA-Z0-9\n' _)"
  verdict="as expected"
  wait "$pid" || { status=1; verdict="NOT as expected"; }
  echo "== jspurefix as $run: $verdict"
  cat "$work/$run.out"
done
exit $status
