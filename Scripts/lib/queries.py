"""Measures the query engine beside dnsperf, in turn, against NSD and Knot on loopback."""
import argparse
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile

ZONE = "z.test."


def free_port():
    """A port that nobody has for UDP and TCP, below those that clients get."""
    while True:
        port = random.randint(10_100, 32_000)
        try:
            for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                with socket.socket(socket.AF_INET, kind) as probe:
                    probe.bind(("127.0.0.1", port))
            return port
        except OSError:
            continue


def write_zone(path, names):
    with open(path, "w", encoding="ascii") as file:
        file.write(f"$ORIGIN {ZONE}\n$TTL 3600\n@ SOA ns host 1 7200 900 1209600 300\n@ NS ns\n")
        file.write("ns A 127.0.0.1\n")
        for index in range(names):
            low = f"{index >> 16 & 255}.{index >> 8 & 255}.{index & 255}"
            file.write(f"h{index} A 10.{low}\n")


def nsd(folder, port, zone):
    return ["nsd", "-d", "-c"], "nsd started", f"""
server:
  ip-address: 127.0.0.1@{port}
  server-count: 1
  username: ""
  database: ""
  zonesdir: "{folder}"
  pidfile: "{folder}/pid"
  xfrdfile: "{folder}/xfrd.state"
  xfrdir: "{folder}"
  zonelistfile: "{folder}/zone.list"
  cookie-secret-file: ""
  rrl-ratelimit: 0
  minimal-responses: yes
remote-control:
  control-enable: no
zone:
  name: "{ZONE}"
  zonefile: "{zone}"
"""


def knot(folder, port, zone):
    return ["knotd", "-c"], "] loaded, serial", f"""
server:
  listen: 127.0.0.1@{port}
  rundir: "{folder}"
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
log:
  - target: stderr
    any: info
database:
  storage: "{folder}"
zone:
  - domain: "{ZONE}"
    file: "{zone}"
    semantic-checks: off
    journal-content: none
    zonefile-sync: -1
"""


def run(brand, options, folder, zone, queries):
    port = free_port()
    command, mark, text = brand(folder, port, zone)
    file = os.path.join(folder, "server.conf")
    with open(file, "w", encoding="ascii") as out:
        out.write(text)
    with subprocess.Popen(["taskset", "-c", "0", *command, file], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            for line in server.stdout:
                if mark in line:
                    break
            else:
                return None
            return measure(options, port, queries)
        finally:
            server.terminate()


def measure(options, port, queries):
    ours, peers = [], []
    loops = max(1, options.queries // options.names)
    for _ in range(options.runs):
        result = subprocess.run(
            ["taskset", "-c", "1", options.client, f"127.0.0.1@{port}", str(options.names),
             str(options.queries)], capture_output=True, text=True, check=False)
        if not result.stdout.startswith("{"):
            sys.exit(f"the query engine failed: {result.stderr}")
        ours.append(json.loads(result.stdout))
        result = subprocess.run(
            ["taskset", "-c", "1", "dnsperf", "-s", "127.0.0.1", "-p", str(port), "-d", queries,
             "-n", str(loops), "-T", "1", "-c", "1"], capture_output=True, text=True, check=False)
        rate = re.search(r"Queries per second:\s+([\d.]+)", result.stdout)
        peers.append(float(rate.group(1)) if rate else 0)
    return ours, peers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--client", required=True)
    parser.add_argument("--queries", type=int, default=1_000_000)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    if (os.cpu_count() or 1) < 2:
        sys.exit("two cores are needed: one for the server, one for the client")
    print(f"{options.queries:,} queries over {options.names:,} names; server and client on a core "
          f"each; medians of {options.runs} runs in turn")
    print(f"{'server':8}{'zonecut':>10}{'dnsperf':>10}{'ratio':>8}{'wrong':>7}{'no reply':>10}"
          f"{'user s':>8}{'system s':>10}{'MiB':>6}")
    wrong = 0
    for brand in (nsd, knot):
        if not shutil.which(brand(".", 0, ".")[0][0]):
            print(f"{brand.__name__:8}absent")
            continue
        with tempfile.TemporaryDirectory(prefix="zonecut-queries-") as folder:
            zone, queries = os.path.join(folder, "zone"), os.path.join(folder, "queries")
            write_zone(zone, options.names)
            with open(queries, "w", encoding="ascii") as file:
                file.writelines(f"h{index}.{ZONE} A\n" for index in range(options.names))
            measured = run(brand, options, folder, zone, queries)
        if measured is None:
            print(f"{brand.__name__:8}did not start")
            continue
        ours, peers = measured
        ratio = statistics.median(o["queriesPerSecond"] / p for o, p in zip(ours, peers) if p)
        wrong += sum(o["wrong"] for o in ours)

        def middle(key):
            return statistics.median(o[key] for o in ours)

        print(f"{brand.__name__:8}{middle('queriesPerSecond'):10,.0f}"
              f"{statistics.median(peers):10,.0f}{ratio:8.2f}"
              f"{sum(o['wrong'] for o in ours):7.0f}{sum(o['failures'] for o in ours):10.0f}"
              f"{middle('userSeconds'):8.2f}{middle('systemSeconds'):10.2f}"
              f"{middle('mebibytes'):6.0f}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
