#!/usr/bin/env python3
"""Measure zone readers, interleaved: wall time, CPU time, peak anonymous memory.

Peak anonymous memory is the highest RssAnon that /proc/PID/status showed, read every
two milliseconds while the reader runs: heap and stack, without pages of mapped files.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

POLL_SECONDS = 0.002
ANONYMOUS = re.compile(rb"^RssAnon:\s+(\d+) kB", re.M)


def anonymous_octets(pid):
    """The anonymous memory of a process now, None where it cannot be read."""
    try:
        with open(f"/proc/{pid}/status", "rb") as file:
            match = ANONYMOUS.search(file.read())
    except OSError:
        return None
    return int(match[1]) * 1024 if match else None


def measure(command):
    """Run once: (wall seconds, CPU seconds, peak anonymous octets, exit status)."""
    peak = 0
    started = time.monotonic()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        peak = max(peak, anonymous_octets(process.pid) or 0)
        time.sleep(POLL_SECONDS)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    return wall, usage.ru_utime + usage.ru_stime, peak, process.returncode


def apex(zone):
    """The apex that the generator's $ORIGIN line names."""
    with open(zone, encoding="ascii") as file:
        for line in file:
            if line.startswith("$ORIGIN "):
                return line.split()[1]
    sys.exit(f"measure.py: no $ORIGIN in {zone}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--zonecut", required=True)
    parser.add_argument("--zone", required=True)
    parser.add_argument("--no-caa", required=True, help="the zone for readers that refuse CAA")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    origin = apex(options.zone).rstrip(".")
    zone = options.zone

    lint = [options.zonecut, "lint", "--rules", "none"]
    rows = [
        ("zonecut", lint + [zone], "loads"),
        ("ldns-read-zone", ["ldns-read-zone", zone], "loads, prints"),
        ("nsd-checkzone", ["nsd-checkzone", origin, zone], "loads"),
        ("named-checkzone -i none", ["named-checkzone", "-i", "none", origin, zone],
         "loads, checks"),
        ("kzonecheck", ["kzonecheck", "-o", origin, zone], "loads, checks"),
    ]
    if options.no_caa != zone:
        rows.append(("zonecut, no CAA", lint + [options.no_caa], "loads"))
    rows.append(("validns, no CAA", ["validns", options.no_caa], "loads, checks"))

    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    ready, absent = [], []
    for label, command, does in rows:
        found = shutil.which(command[0], path=path)
        if found:
            ready.append((label, [found] + command[1:], does))
        else:
            absent.append(label)

    runs = {label: [] for label, _, _ in ready}
    failing = {}
    for turn in range(options.runs):
        for label, command, _ in ready:
            if label in failing:
                continue
            result = measure(command)
            if result[3] != 0:
                failing[label] = result[3]
                continue
            runs[label].append(result)
            print(f"  {turn + 1}/{options.runs} {label}: {result[0]:.2f} s", file=sys.stderr)

    size = os.path.getsize(zone)
    print(f"{os.path.basename(zone)}: {size / 1e6:.1f} MB, medians of {options.runs} "
          f"interleaved runs on {os.cpu_count()} cores")
    print("anon: highest RssAnon of /proc/PID/status, read every 2 ms (mapped files not counted)")
    print()
    first = [statistics.median(r[i] for r in runs["zonecut"]) for i in range(3)] \
        if runs.get("zonecut") else None
    print(f"{'reader':<24} {'wall s':>8} {'CPU s':>8} {'anon MiB':>9} {'of file':>8} "
          f"{'wall ratio':>11} {'anon ratio':>11}  does")
    for label, _, does in ready:
        if label in failing:
            continue
        wall, cpu, peak = (statistics.median(r[i] for r in runs[label]) for i in range(3))
        ratios = f"{wall / first[0]:>10.2f}x {peak / first[2]:>10.2f}x" \
            if first and first[2] else f"{'-':>11} {'-':>11}"
        print(f"{label:<24} {wall:>8.3f} {cpu:>8.3f} {peak / 2**20:>9.1f} "
              f"{peak / size:>7.2f}x {ratios}  {does}")
    for label, status in failing.items():
        print(f"{label:<24} failing: exit status {status}")
    for label in absent:
        print(f"{label:<24} absent")
    return 1 if "zonecut" in failing or "zonecut" in absent else 0


if __name__ == "__main__":
    sys.exit(main())
