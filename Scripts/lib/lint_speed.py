#!/usr/bin/env python3
"""Measure all lint rules over zones of growing size, and beside other checkers over the largest.

Checkers run interleaved; medians are printed. CPU time divided by records shows whether the
cost grows with the zone as it should: linearly.
"""

import argparse
import os
import shutil
import statistics
import sys

from measure import apex, measure, peak_memory


def records(zone):
    """About how many records a generated zone has: its lines that are no comment or directive."""
    with open(zone, "rb") as file:
        return sum(1 for line in file if line[:1] not in (b";", b"$", b"\n"))


def medians(command, runs):
    """Medians of wall and CPU seconds; 1 is findings, no fault."""
    results = [measure(command) for _ in range(runs)]
    if any(result[2] not in (0, 1) for result in results):
        sys.exit(f"lint_speed.py: {command[0]} fails with status {results[0][2]}")
    return [statistics.median(result[place] for result in results) for place in range(2)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--zonecut", required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("zones", nargs="+", help="zone files, the largest last")
    options = parser.parse_args()
    lint = [options.zonecut, "lint", "--rules", "strict", "--quiet"]

    print(f"zonecut lint --rules strict, medians of {options.runs} runs on {os.cpu_count()} cores")
    print(f"{'records':>10} {'wall s':>8} {'CPU s':>8} {'CPU ns a record':>16} {'anon MiB':>9}")
    for zone in options.zones:
        count = records(zone)
        wall, cpu = medians(lint + [zone], options.runs)
        peak = peak_memory(lint + [zone])
        print(f"{count:>10} {wall:>8.3f} {cpu:>8.3f} {cpu * 1e9 / count:>16.0f} "
              f"{peak / 2**20:>9.1f}")

    zone = options.zones[-1]
    origin = apex(zone).rstrip(".")
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    checkers = [
        ("zonecut, all rules", lint + [zone]),
        ("zonecut, no rules", [options.zonecut, "lint", "--rules", "none", "--quiet", zone]),
        ("kzonecheck", ["kzonecheck", "-o", origin, zone]),
        ("named-checkzone -i local", ["named-checkzone", "-i", "local", origin, zone]),
    ]
    checkers = [(label, [shutil.which(command[0], path=path)] + command[1:])
                for label, command in checkers if shutil.which(command[0], path=path)]
    runs = {label: [] for label, _ in checkers}
    for turn in range(options.runs):
        for label, command in checkers:
            runs[label].append(measure(command))
            print(f"  {turn + 1}/{options.runs} {label}: {runs[label][-1][0]:.2f} s",
                  file=sys.stderr)
    print()
    print(f"{os.path.basename(zone)}, interleaved")
    print(f"{'checker':<26} {'wall s':>8} {'CPU s':>8} {'anon MiB':>9} {'wall ratio':>11}")
    first = statistics.median(result[0] for result in runs[checkers[0][0]])
    for label, command in checkers:
        wall, cpu = (
            statistics.median(result[place] for result in runs[label]) for place in range(2))
        peak = peak_memory(command)
        print(f"{label:<26} {wall:>8.3f} {cpu:>8.3f} {peak / 2**20:>9.1f} {wall / first:>10.2f}x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
