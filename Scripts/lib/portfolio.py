#!/usr/bin/env python3
"""Make a portfolio of small zones and measure how long zonecut takes to plan it."""

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import time

TTLS = [300, 3600, 14400, 86400, 172800, 604800]


def zone_text(name, rng):
    """A zone as small firms have them: servers, web, mail, some hosts; TTLs that vary."""
    lines = [
        f"$ORIGIN {name}.", f"$TTL {rng.choice(TTLS)}",
        f"@ IN SOA ns1 hostmaster ( {rng.randrange(1, 2**31)} 7200 900 1209600 3600 )",
        f"@ {rng.choice(TTLS)} IN NS ns1", "@ IN NS ns2",
        f"ns1 {rng.choice(TTLS)} IN A 192.0.2.1", "ns2 IN A 198.51.100.2",
        "@ IN A 192.0.2.10", "www IN CNAME @", "@ IN MX 10 mail", "mail IN A 192.0.2.25",
        '@ IN TXT "v=spf1 mx -all"', '_dmarc IN TXT "v=DMARC1; p=reject"',
    ]
    lines += [f"h{n} {rng.choice(TTLS)} IN A 203.0.113.{n}" for n in range(1, rng.randrange(5, 40))]
    return "\n".join(lines) + "\n"


def make(folder, count):
    """The zones and the list of them; made once for each count."""
    listing = os.path.join(folder, "portfolio.csv")
    if os.path.exists(listing):
        return listing
    rng = random.Random(5)
    zones = os.path.join(folder, "zones")
    os.makedirs(zones, exist_ok=True)
    rows = ["zone,file,export,registrar,priority"]
    for number in range(count):
        name = f"z{number}.{rng.choice(['com', 'net', 'example'])}"
        with open(os.path.join(zones, name), "w", encoding="ascii") as file:
            file.write(zone_text(name, rng))
        rows.append(f"{name},zones/{name},,registrar {number % 7},{number % 5}")
    with open(listing + ".part", "w", encoding="ascii") as file:
        file.write("\n".join(rows) + "\n")
    os.rename(listing + ".part", listing)
    return listing


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zonecut", required=True)
    parser.add_argument("--folder", required=True, help="where the zones are kept")
    parser.add_argument("--zones", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    folder = os.path.join(options.folder, f"portfolio-{options.zones}")
    listing = make(folder, options.zones)
    out = os.path.join(folder, "out")
    command = [
        options.zonecut, "plan", "--portfolio", listing, "--out", out, "--quiet",
        "--start", "2026-12-01T09:00:00Z", "--zones-per-window", "25", "--tz", "Australia/Perth",
        "--window", "Tue-Thu 09:00-16:00", "--freeze", "2026-12-18..2027-01-05",
    ]
    walls = []
    for turn in range(options.runs):
        shutil.rmtree(out, ignore_errors=True)
        started = time.monotonic()
        status = subprocess.run(command, check=False).returncode
        walls.append(time.monotonic() - started)
        print(f"  {turn + 1}/{options.runs}: {walls[-1]:.2f} s", file=sys.stderr)
        if status != 0:
            print(f"failing: exit status {status}")
            return 1
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{options.zones} zones read, scheduled and put into waves: median "
          f"{statistics.median(walls):.2f} s of {options.runs} runs on {os.cpu_count()} cores, "
          f"peak {peak:.0f} MiB (RSS)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
