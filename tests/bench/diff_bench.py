#!/usr/bin/env python3
"""Two runs of one day at an exchange with other ids, times and interleaving, and `fixdrill diff` on them.

    tests/bench/diff_bench.py FIXDRILL [--messages 1000000] [--changed 900] [--dropped 500] [--keep FOLDER] [--recordings]

B has `--changed` values and lacks `--dropped` messages. Exit code 1 unless the diff finds exactly those. Prints the
seconds and the peak memory of the diff. --recordings imports both logs first, and times that too.
"""
import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

SYMBOLS = [f"SYM{n}" for n in range(200)]
DAY_NS = 1_764_000_000


def message(body, sender, target, seq, stamp):
    kind, rest = body.split("\x01", 1)
    text = f"{kind}\x0134={seq}\x0149={sender}\x0152={stamp}\x0156={target}\x01{rest}"
    whole = f"8=FIX.4.4\x019={len(text)}\x01{text}"
    return f"{whole}10={sum(whole.encode()) % 256:03}\x01"


def conversation(seed, messages):
    """The orders of the day, the same for every run: lists of (sent by us, body with {ids})."""
    rng = random.Random(seed)
    orders = []
    count = 0
    while count < messages:
        quantity = rng.randrange(1, 50) * 100
        part = rng.randrange(1, quantity // 100 + 1) * 100
        price = rng.randrange(1000, 2000)
        who = f"55={rng.choice(SYMBOLS)}\x0154={rng.choice('12')}\x01"
        parties = f"453=2\x01448=TRADER{rng.randrange(20)}\x01447=D\x01452=11\x01448=FIRM9\x01447=D\x01452=1\x01"
        px = f"{price // 100}.{price % 100:02}"
        fields = [(True, f"35=D\x0111={{c}}\x01{who}38={quantity}\x0140=2\x0144={px}\x0159=0\x0160={{t}}\x01{parties}")]

        def report(state, done, last):
            fill = f"32={last}\x0131={px}\x01" if last else ""
            fields.append((False, f"35=8\x0137={{o}}\x0111={{c}}\x0117={{e}}\x01{state}{who}38={quantity}\x01{fill}"
                                  f"14={done}\x01151={quantity - done}\x016={px if done else 0}\x0144={px}\x0160={{t}}\x01{parties}"))

        report("150=0\x0139=0\x01", 0, 0)
        if part != quantity:
            report("150=F\x0139=1\x01", part, part)
        report("150=F\x0139=2\x01", quantity, quantity - part if part != quantity else quantity)
        orders.append(fields)
        count += len(fields)
    return orders


def edits(orders, changed, dropped, seed):
    """{(order, index): None to drop it, else the body as it is in B}"""
    rng = random.Random(seed)
    places = [(o, i) for o, fields in enumerate(orders) for i in range(len(fields))]
    chosen = rng.sample(places, changed + dropped)
    made = {place: None for place in chosen[:dropped]}
    for n, (o, i) in enumerate(chosen[dropped:]):
        body = orders[o][i][1]
        old, new = (("447=D\x01452=1\x01", "447=D\x01452=4\x01"), ("59=0", "59=3"), ("6=", "6=9"))[n % 3]
        made[o, i] = body.replace("\x01" + old if old[0] != "4" else old, "\x01" + new if new[0] != "4" else new, 1)
        if made[o, i] == body:
            made[o, i] = body.replace("\x0138=", "\x0138=7", 1)
    return made


def write(path, orders, changes, run):
    """A QuickFIX message log of one run: its own ids, times and interleaving."""
    rng = random.Random(run)
    due = []
    for o, fields in enumerate(orders):
        at = o * 3.0 + rng.random() * 40
        ids = {"c": f"{run}C{o:08}", "o": f"{run}O{o * 7:09}"}
        for i, (out, body) in enumerate(fields):
            at += rng.random() * 5 + 0.2
            body = changes.get((o, i), body)
            if body is not None:
                due.append((at, o, i, out, body, ids))
    due.sort(key=lambda one: one[:3])
    seq = {True: 0, False: 0}
    with open(path, "w", encoding="latin-1", newline="\n", buffering=1 << 20) as log:
        for n, (at, o, i, out, body, ids) in enumerate(due):
            ms = int(at)
            second = (ms // 1000) % 86400
            stamp = f"20251124-{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{ms % 1000:03}"
            seq[out] += 1
            body = body.format(t=stamp, e=f"{run}E{n}", **ids)
            sender, target = ("BRK1", "EXCH") if out else ("EXCH", "BRK1")
            log.write(f"{stamp} : {message(body, sender, target, seq[out], stamp)}\n")
    return len(due)


def timed(command):
    """(seconds, result)"""
    start = time.monotonic()
    result = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    return time.monotonic() - start, result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fixdrill")
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--changed", type=int, default=900)
    parser.add_argument("--dropped", type=int, default=500)
    parser.add_argument("--keep")
    parser.add_argument("--recordings", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        sides = [os.path.join(folder, name) for name in ("a.log", "b.log")]
        if not all(os.path.exists(side) for side in sides):
            orders = conversation(1, options.messages)
            changes = edits(orders, options.changed, options.dropped, 2)
            print(f"a: {write(sides[0], orders, {}, 'A')} messages, b: {write(sides[1], orders, changes, 'RB')} messages")
        if options.recordings:
            recordings = [side[:-4] + ".db" for side in sides]
            for side, recording in zip(sides, recordings):
                if not os.path.exists(recording):
                    seconds, _ = timed([options.fixdrill, "import", "log", "--us", "BRK1", side, "-o", recording])
                    print(f"import: {os.path.getsize(side) / seconds / 1e6:.0f} MB/s")
            sides = recordings
        seconds, result = timed([options.fixdrill, "diff", "--json", "--us", "BRK1", *sides])
        if result.returncode not in (0, 1):
            sys.exit(f"diff ended with {result.returncode}")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        found = json.loads(result.stdout)
        kinds = {}
        for finding in found["findings"]:
            kinds[finding["kind"]] = kinds.get(finding["kind"], 0) + finding["count"]
        print(f"diff: {seconds:.1f} s, {peak:.0f} MB at most, found {kinds}")
        missing = kinds.pop("message missing", 0)
        changed = sum(kinds.values())
        if (missing, changed) != (options.dropped, options.changed):
            sys.exit(f"found {missing} missing and {changed} changed, not {options.dropped} and {options.changed}")


if __name__ == "__main__":
    main()
