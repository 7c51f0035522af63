#!/usr/bin/env python3
"""Measure from a zone file to proven change batches, beside octoDNS from the same file to its plan.

zonecut writes batches and rollbacks, proven against its model of a hosted zone; octoDNS plans with
its client of the service replaced (octodns_plan.py), and writes nothing. Both keep the TTLs. What
each takes for a zone of three records is its own start-up, shown apart.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import measure, peak_memory

HERE = Path(__file__).resolve().parent
ORIGIN = "large.example"
TINY = "@ 3600 IN SOA ns1 h 1 7200 900 1209600 3600\n@ 3600 IN NS ns1\nns1 60 IN A 192.0.2.1\n"
# Records that Scripts/make-large-zone makes for a record set, a little less than it turns out.
RECORDS_PER_SET = 1.21


def make_zone(folder, sets):
    """A zone of about so many record sets, in a folder of its own, as octoDNS wants it."""
    file = folder / f"sets-{sets}" / f"{ORIGIN}.zone"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        subprocess.run(
            [HERE.parent / "make-large-zone", "--origin", ORIGIN, "--records",
             str(int(sets * RECORDS_PER_SET)), part], check=True, stderr=subprocess.DEVNULL)
        part.rename(file)
    return file


class Contest:
    """Runs commands in turn, and keeps the times."""

    def __init__(self, zonecut, python, out):
        self.zonecut, self.python, self.out = zonecut, python, out
        self.times = {}

    def command(self, who, zone):
        if who == "zonecut":
            shutil.rmtree(self.out, ignore_errors=True)
            command = [self.zonecut, "batches", zone, "--origin", ORIGIN, "--ttl", "keep",
                       "--quota", "1000000", "--quiet", "--out", self.out]
        else:
            command = [self.python, HERE / "octodns_plan.py", zone]
        return [str(word) for word in command]

    def run(self, who, zone):
        wall, cpu, status = measure(self.command(who, zone))
        if status != 0:
            sys.exit(f"route53.py: {who}: exit status {status} for {zone}")
        self.times.setdefault((who, zone), []).append((wall, cpu))

    def median(self, who, zone, index=0):
        return statistics.median(times[index] for times in self.times[who, zone])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--zonecut", required=True)
    parser.add_argument("--python", required=True, help="a Python that has octoDNS")
    parser.add_argument("--folder", required=True, type=Path, help="where the zones are kept")
    parser.add_argument("--sets", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()

    zone = make_zone(options.folder, options.sets)
    growing = [make_zone(options.folder, options.sets * factor) for factor in (3, 10)]
    tiny = options.folder / "tiny" / f"{ORIGIN}.zone"
    tiny.parent.mkdir(exist_ok=True)
    tiny.write_text(f"$ORIGIN {ORIGIN}.\n{TINY}")
    with tempfile.TemporaryDirectory(prefix="zonecut-benchmark-") as work:
        contest = Contest(options.zonecut, options.python, Path(work) / "out")
        for turn in range(options.runs):
            for who, file in [("zonecut", zone), ("octoDNS", zone), ("zonecut", tiny),
                              ("octoDNS", tiny), *(("zonecut", file) for file in growing)]:
                contest.run(who, file)
                print(f"  {turn + 1}/{options.runs} {who} {file.parent.name}: "
                      f"{contest.times[who, file][-1][0]:.3f} s", file=sys.stderr)
        peaks = {file: peak_memory(contest.command("zonecut", file)) for file in [zone, *growing]}

    print(f"{zone.parent.name}: medians of {options.runs} interleaved runs, seconds\n")
    print(f"{'':<10} {'wall':>8} {'CPU':>8} {'start-up':>9} {'wall, less start-up':>20}")
    net = {}
    for who in ("zonecut", "octoDNS"):
        wall, cpu = contest.median(who, zone), contest.median(who, zone, 1)
        start = contest.median(who, tiny)
        net[who] = wall - start
        print(f"{who:<10} {wall:>8.3f} {cpu:>8.3f} {start:>9.3f} {net[who]:>20.3f}")
    whole = contest.median("octoDNS", zone) / contest.median("zonecut", zone)
    print(f"\nzonecut is {whole:.1f} times as fast, {net['octoDNS'] / net['zonecut']:.1f} times "
          "with both less their start-up\n")
    print(f"{'record sets':>12} {'wall s':>8} {'µs a set':>9} {'anon MiB':>9}")
    for factor, file in zip((1, 3, 10), [zone, *growing]):
        wall = contest.median("zonecut", file)
        print(f"{options.sets * factor:>12} {wall:>8.3f} "
              f"{wall / options.sets / factor * 1e6:>9.1f} "
              f"{peaks[file] / 2**20:>9.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
