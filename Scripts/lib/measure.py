#!/usr/bin/env python3
"""Measure zone readers, interleaved: wall time, CPU time; and, apart, peak anonymous memory.

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
import threading
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


class MemoryWatch(threading.Thread):
    """Follows the anonymous memory of a process until told to end."""

    def __init__(self, pid):
        super().__init__()
        self.pid, self.peak, self.ended = pid, 0, threading.Event()

    def run(self):
        while not self.ended.wait(POLL_SECONDS):
            self.peak = max(self.peak, anonymous_octets(self.pid) or 0)


def run(command):
    """Starts a command with nothing to read and nobody to read it."""
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def end(process):
    """Waits for a process, not by polling: the smallest runs take a few milliseconds."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage


def measure(command):
    """Run once: (wall seconds, CPU seconds, exit status)."""
    started = time.monotonic()
    process = run(command)
    usage = end(process)
    wall = time.monotonic() - started
    return wall, usage.ru_utime + usage.ru_stime, process.returncode


def peak_memory(command):
    """Run once more, watched, which takes a part of a core: peak anonymous octets."""
    process = run(command)
    watch = MemoryWatch(process.pid)
    watch.start()
    end(process)
    watch.ended.set()
    watch.join()
    return watch.peak


def apex(zone):
    """The apex that the generator's $ORIGIN line names."""
    with open(zone, encoding="ascii") as file:
        for line in file:
            if line.startswith("$ORIGIN "):
                return line.split()[1]
    sys.exit(f"measure.py: no $ORIGIN in {zone}")


class Row:
    """A program over a zone; its ratios are taken to the rows named in `bases`."""

    def __init__(self, label, command, does, bases=()):
        self.label, self.command, self.does, self.bases = label, command, does, bases
        self.runs, self.status, self.peak = [], None, 0

    def median(self, which):
        return statistics.median(run[which] for run in self.runs)


def find(rows):
    """Puts the whole path in front of each command; drops, by name, what is not installed."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    absent = []
    for row in rows:
        program = shutil.which(row.command[0], path=path)
        if program:
            row.command = [program] + row.command[1:]
        else:
            absent.append(row)
    for row in absent:
        rows.remove(row)
    return [row.label for row in absent]


def run_all(rows, turns):
    for turn in range(turns):
        for row in rows:
            if row.status:
                continue
            result = measure(row.command)
            # Programs that check end with 1 where they find something.
            if result[2] not in (0, 1):
                row.status = result[2]
                continue
            row.runs.append(result)
            print(f"  {turn + 1}/{turns} {row.label}: {result[0]:.3f} s", file=sys.stderr)
    for row in rows:
        if not row.status:
            row.peak = peak_memory(row.command)


def one_core(command):
    return ["taskset", "-c", "0"] + command


def loading(options, origin):
    """The rows of a large zone: loading, loading with an index, checking."""
    zone, no_caa = options.zone, options.no_caa
    load = [options.zoneload, zone]
    index = [options.zoneload, "--index", zone]
    plain = ("load", "load, 1 core", "index", "index, 1 core")
    rows = [
        Row("load", load, "zoneload"),
        Row("load, 1 core", one_core(load), "the same"),
        Row("zonecut, no rules",
            one_core([options.zonecut, "lint", "--rules", "none", "--quiet", zone]),
            "the whole command, 1 core"),
        Row("index", index, "zoneload --index"),
        Row("index, 1 core", one_core(index), "the same"),
        Row("nsd-checkzone", ["nsd-checkzone", origin, zone], "loads", plain),
        Row("named-checkzone -i none", ["named-checkzone", "-i", "none", origin, zone],
            "loads, some checks", plain),
        Row("kzonecheck", ["kzonecheck", "-o", origin, zone], "loads, checks", plain),
        Row("ldns-read-zone", ["ldns-read-zone", zone], "loads, prints", plain),
        Row("validns", ["validns", no_caa], "loads, checks", plain),
        Row("zonecut lint", [options.zonecut, "lint", "--quiet", zone], "loads, all checks"),
        Row("named-checkzone", ["named-checkzone", origin, zone], "loads, checks",
            ("zonecut lint",)),
        Row("validns -p all", ["validns", "-p", "all", no_caa], "loads, checks",
            ("zonecut lint",)),
    ]
    return rows, ["load", "load, 1 core", "index", "index, 1 core", "zonecut lint"]


def starting(options, origin):
    """The rows of a small zone: mostly starting and ending a process."""
    zone = options.small
    base = ("zonecut lint",)
    return [
        Row("zonecut lint", [options.zonecut, "lint", "--quiet", zone], "all checks"),
        Row("zonecut, no rules",
            [options.zonecut, "lint", "--rules", "none", "--quiet", zone], "loads"),
        Row("named-checkzone -i none", ["named-checkzone", "-i", "none", origin, zone], "", base),
        Row("ldns-read-zone", ["ldns-read-zone", zone], "", base),
        Row("nsd-checkzone", ["nsd-checkzone", origin, zone], "", base),
        Row("kzonecheck", ["kzonecheck", "-o", origin, zone], "", base),
    ], ["zonecut lint"]


def show(title, zone, rows, bases, absent):
    size = os.path.getsize(zone)
    by_label = {row.label: row for row in rows}
    print(f"\n{title}: {os.path.basename(zone)}, {size / 1e6:.2f} MB")
    heads = "".join(f" {'/ ' + base:>16}" for base in bases)
    print(f"{'':<24} {'wall s':>8} {'CPU s':>8} {'anon MiB':>9} {'of file':>8}{heads}  does")
    for row in rows:
        if not row.runs:
            print(f"{row.label:<24} failing: exit status {row.status}")
            continue
        wall, cpu, peak = row.median(0), row.median(1), row.peak
        ratios = ""
        for base in bases:
            other = by_label.get(base)
            known = base in row.bases and other is not None and other.runs
            ratios += f" {wall / other.median(0):>15.2f}x" if known else f" {'':>16}"
        print(f"{row.label:<24} {wall:>8.4f} {cpu:>8.4f} {peak / 2**20:>9.1f} "
              f"{peak / size:>7.2f}x{ratios}  {row.does}")
    for label in absent:
        print(f"{label:<24} absent")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--zonecut", required=True)
    parser.add_argument("--zoneload", required=True)
    parser.add_argument("--zone", help="a large zone")
    parser.add_argument("--no-caa", help="the same for readers that refuse CAA")
    parser.add_argument("--small", help="a zone of about 100 KB")
    parser.add_argument("--growth", nargs="*", default=[], help="zones of growing size")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print(f"medians of {options.runs} interleaved runs on {os.cpu_count()} cores; "
          "anon: highest RssAnon of /proc/PID/status,\nread every 2 ms in a run apart (mapped "
          "files not counted); '/ x': how many times as long as row x")
    failing = False
    if options.zone:
        rows, bases = loading(options, apex(options.zone).rstrip("."))
        absent = find(rows)
        run_all(rows, options.runs)
        show("Loading", options.zone, rows, bases, absent)
        failing = not rows[0].runs
    if options.small:
        rows, bases = starting(options, apex(options.small).rstrip("."))
        absent = find(rows)
        run_all(rows, options.runs * 5)
        show("Starting", options.small, rows, bases, absent)
    for zone in options.growth:
        rows = [Row("load", [options.zoneload, zone], ""),
                Row("index", [options.zoneload, "--index", zone], "")]
        run_all(rows, options.runs)
        show("Growing", zone, rows, [], [])
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main())
