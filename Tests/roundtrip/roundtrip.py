#!/usr/bin/env python3
"""The round trip: what zonecut plans, applied by the real aws command, and read back.

For each zone sample: `zonecut batches` into the sample's export; every batch checked and
replayed by the model in Tests/replay; then applied in order by `aws` to moto, a stand-in
of the Route 53 API that runs on the loopback address for the time of this script; exported
again by `aws`; and `zonecut diff` between that export and the model's end state finds
nothing. The same for the rollback batches, back to the sample's export. Where BIND's
named-compilezone is installed, the end state is also compared with the records that it
reads from the zone file.

moto is no oracle for what Route 53 accepts: the model is. What is worked around:
- its SOA and NS of a new zone come out odd: the sample's export is loaded over them;
- it lists aliases with a TTL of 0: the TTL is taken out;
- it refuses to create again what a zone once held: the rollback starts in a second zone.
"""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "replay"))
import replay  # noqa: E402

SAMPLES = CHECKOUT / "ZoneSamples"
LOAD_AT_ONCE = 100
SECONDS_TO_START = 60

# The samples, with the options that make the hosted zone hold what the zone file holds,
# and nothing else; and those that are blocked, with the exit status of `zonecut batches`.
TRANSLATED = {
    "company": [], "mailless": [], "delegations": [], "reverse": [], "signed": [],
    "large": [], "update": ["--prune", "--max-deletes", "100"],
}
BLOCKED = {"every-type": 1, "broken": 2}


class Failed(Exception):
    """A step of the round trip did not come out as it should."""


def run(command, environment=None, statuses=(0,), folder=None, with_messages=False):
    """Run a command; its standard output, and standard error behind it where wanted."""
    result = subprocess.run(
        [str(part) for part in command], env=environment, cwd=folder, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False)
    if result.returncode not in statuses:
        tail = (result.stdout + result.stderr).strip()[-2000:]
        raise Failed(f"exit status {result.returncode}, expected "
                     f"{' or '.join(map(str, statuses))}: {' '.join(map(str, command))}\n{tail}")
    return result.stdout + (result.stderr if with_messages else "")


class StandIn:
    """moto's server on a free port of the loopback address, ended by its own process id."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            ["moto_server", "-H", "127.0.0.1", "-p", str(port)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + SECONDS_TO_START
            while not self.answers(port):
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise Failed("moto_server did not start")
                time.sleep(0.1)
        except BaseException:
            self.__exit__()
            raise
        return self

    @staticmethod
    def answers(port):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Service:
    """Route 53 as the aws command sees it."""

    def __init__(self, address):
        self.address = address
        self.environment = dict(
            {k: v for k, v in os.environ.items() if not k.startswith("AWS_")},
            AWS_ACCESS_KEY_ID="example", AWS_SECRET_ACCESS_KEY="example",
            AWS_DEFAULT_REGION="us-east-1", AWS_PAGER="", AWS_ENDPOINT_URL=address,
            AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull,
            AWS_EC2_METADATA_DISABLED="true", NO_PROXY="127.0.0.1")

    def aws(self, *arguments):
        # Older aws commands know the option and not the variable.
        return run(["aws", "route53", *arguments, "--endpoint-url", self.address],
                   self.environment)

    def create_zone(self, origin, reference):
        answer = json.loads(self.aws(
            "create-hosted-zone", "--name", origin, "--caller-reference", reference,
            "--output", "json"))
        return answer["HostedZone"]["Id"].removeprefix("/hostedzone/")

    def apply(self, zone_id, batch_file):
        self.aws("change-resource-record-sets", "--hosted-zone-id", zone_id,
                 "--change-batch", f"file://{batch_file}")

    def export(self, zone_id, file):
        document = json.loads(self.aws(
            "list-resource-record-sets", "--hosted-zone-id", zone_id, "--output", "json"))
        for record_set in document["ResourceRecordSets"]:
            if "AliasTarget" in record_set and record_set.get("TTL") == 0:
                del record_set["TTL"]
        file.write_text(json.dumps(document, indent=4))

    def load(self, zone_id, record_sets, folder):
        """Make the zone hold these sets."""
        for start in range(0, len(record_sets), LOAD_AT_ONCE):
            batch = folder / f"load-{zone_id}-{start}.json"
            batch.write_text(json.dumps({"Changes": [
                {"Action": "UPSERT", "ResourceRecordSet": s}
                for s in record_sets[start:start + LOAD_AT_ONCE]]}))
            self.apply(zone_id, batch)


def shared_checker():
    """The checker of change batches against the API's own model, None where it is absent."""
    folder = os.environ.get("ZONECUT_SHARED")
    checker = Path(folder) if folder else CHECKOUT.parent / "shared"
    checker = checker / "tools" / "check_change_batch.py"
    if not checker.is_file():
        print("skipped: no ../shared/tools/check_change_batch.py (or $ZONECUT_SHARED): "
              "batches are not checked against the API's model")
        return None
    try:
        import botocore  # noqa: F401
    except ImportError:
        print("skipped: no botocore for this Python: batches are not checked against the "
              "API's model")
        return None
    return checker


def octal(text):
    """Zone-file text (decimal escapes) as API text (octal escapes)."""
    def escape(match):
        found = match[1]
        return f"\\{int(found) if len(found) == 3 else ord(found):03o}"
    return re.sub(r"\\([0-9]{3}|.)", escape, text)


def compile_zone(zone_file, origin):
    """A zone file as BIND prints it: one record a line."""
    return run(["named-compilezone", "-q", "-k", "ignore", "-i", "none", "-s", "full",
                "-o", "-", origin, zone_file.name], folder=zone_file.parent)


def compiled_records(zone_file, origin):
    """A zone file as BIND reads it: {(owner, type): {(TTL, value)}}."""
    text = compile_zone(zone_file, origin)
    records = {}
    for line in text.splitlines():
        if not line or line.startswith(";"):
            continue
        owner, ttl, _, record_type, data = line.split(None, 4)
        if record_type in replay.TYPES:
            value = (int(ttl), replay.canonical(record_type, octal(data)))
            records.setdefault((replay.name(octal(owner)), record_type), set()).add(value)
    return records


def held_records(zone):
    """A model zone in the same form."""
    records = {}
    for (owner, record_type, _), record_set in zone.sets.items():
        for text in replay.values(record_set):
            records.setdefault((owner, record_type), set()).add(
                (record_set["TTL"], replay.canonical(record_type, text)))
    return records


def expect_equal(what, lines):
    if lines:
        raise Failed(f"{what}:\n  " + "\n  ".join(lines[:20]))


def compare_with_bind(zone, zone_file, origin):
    """The model's end state holds what BIND reads from the zone file."""
    if not shutil.which("named-compilezone"):
        print("  skipped: no named-compilezone to compare with")
        return
    wanted, held = compiled_records(zone_file, origin), held_records(zone)
    apex = [(zone.apex, t) for t in ("SOA", "NS")]
    expect_equal("BIND reads other records", [
        f"{replay.show(k[0])} {k[1]}: BIND {sorted(map(str, wanted.get(k, ())))}, "
        f"planned {sorted(map(str, held.get(k, ())))}"
        for k in sorted(wanted.keys() | held.keys())
        if k not in apex and wanted.get(k) != held.get(k)])


def values_alone(records, apex):
    """Records without their TTLs, and without the SOA, whose serial rises."""
    return {k: {value for _, value in found} for k, found in records.items()
            if k != (apex, "SOA")}


def check_plan(zone_file, export, origin, zonecut, folder):
    """The plan: same inputs, same octets; every record accounted for; an old zone that loads."""
    plans = [folder / "plan-1", folder / "plan-2"]
    for plan in plans:
        # 1: findings that the failing severity asks to look at; batches are there all the same.
        run([zonecut, "plan", zone_file, "--into", export, "--parent-ds", "absent",
             "--start", "2026-12-01T09:00:00Z", "--prune", "--max-deletes", "100",
             "--out", plan], statuses=(0, 1))
    run(["diff", "-r", *plans])
    if not list((plans[0] / "batches").glob("*.json")):
        raise Failed("the plan holds no batches")
    if not shutil.which("named-compilezone"):
        return
    counts = json.loads((plans[0] / "ledger.json").read_text())["counts"]
    read = compile_zone(zone_file, origin).splitlines()
    records = sum(1 for line in read if line and not line.startswith(";"))
    if not records == counts["records"] - counts["merged"] == (
            counts["carried"] + counts["skipped"] + counts["blocked"]):
        raise Failed(f"BIND reads {records} records, the ledger says {counts}")
    old = compiled_records(zone_file, origin)
    apex = replay.name(origin)
    lowered = next((plans[0] / "old-zone").glob("1-*")) / zone_file.name
    lowered = compiled_records(lowered, origin)
    if values_alone(old, apex) != values_alone(lowered, apex):
        raise Failed("the old zone with lowered TTLs holds other records")
    highest = {k: min(ttl for ttl, _ in found) for k, found in old.items()}
    expect_equal("TTLs of the old zone were raised", [
        f"{replay.show(k[0])} {k[1]}" for k, found in lowered.items()
        if max(ttl for ttl, _ in found) > highest[k]])


def round_trip(sample, options, zonecut, service, checker, folder):
    """One sample, there and back."""
    source = SAMPLES / sample
    zone_file = next(source.glob("*.zone"))
    origin = zone_file.stem
    export = source / "route53.json"
    hosted_zone = json.loads((source / "hosted-zone.json").read_text())["HostedZone"]
    zone_id = hosted_zone["Id"].removeprefix("/hostedzone/")
    start = replay.load_export(export)

    out = folder / "out"
    run([zonecut, "batches", zone_file, "--into", export, "--ttl", "keep", *options,
         "--out", out])
    batches = replay.batch_files([out / "batches"])
    rollback = replay.batch_files([out / "rollback"])
    if not batches:
        raise Failed("no batches")
    if checker:
        run([sys.executable, checker, *batches, *rollback])

    # The model: forward, what BIND reads, and back.
    zone = replay.HostedZone(start, zone_id)
    replay.replay(zone, batches)
    end = list(zone.sets.values())
    compare_with_bind(zone, zone_file, origin)
    back = replay.HostedZone(end, zone_id)
    replay.replay(back, rollback)
    expect_equal("the rollback does not lead back", back.differences(start))
    for count in range(1, len(batches)):
        part = replay.HostedZone(start, zone_id)
        replay.replay(part, batches[:count] + rollback[-count:])
        expect_equal(f"the rollback from batch {count} does not lead back",
                     part.differences(start))

    check_plan(zone_file, export, origin, zonecut, folder)

    # The wire: forward, in a zone that holds the export.
    wanted, found = folder / "wanted.json", folder / "found.json"
    first = service.create_zone(origin, f"{sample}-forward")
    service.load(first, start, folder)
    for batch in batches:
        service.apply(first, batch)
    service.export(first, found)
    wanted.write_text(json.dumps({"ResourceRecordSets": end}))
    expect_equal("the service holds something else",
                 zone.differences(replay.load_export(found)))
    run([zonecut, "diff", wanted, found])
    run([zonecut, "diff", zone_file, found])

    # And back, in a second zone that holds the end state.
    second = service.create_zone(origin, f"{sample}-back")
    service.load(second, end, folder)
    for batch in rollback:
        service.apply(second, batch)
    service.export(second, found)
    expect_equal("after the rollback the service holds something else",
                 back.differences(replay.load_export(found)))
    run([zonecut, "diff", export, found])
    return f"{len(end)} sets, {len(batches)} batches, {len(rollback)} rollback batches"


def blocked(sample, status, zonecut, folder):
    """A sample that cannot move as it is: refused, and no batch is written."""
    source = SAMPLES / sample
    out = folder / "out"
    run([zonecut, "batches", next(source.glob("*.zone")), "--into", source / "route53.json",
         "--out", out], statuses=(status,))
    written = [str(p) for p in out.rglob("*.json") if "batches" in p.parts] if out.exists() else []
    expect_equal("batches written all the same", written)
    return f"exit status {status}, no batches"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--zonecut", required=True, type=Path, help="the command to test")
    parser.add_argument("samples", nargs="*", help="folders of ZoneSamples (default: all)")
    options = parser.parse_args()
    zonecut = options.zonecut.resolve()
    if not os.access(zonecut, os.X_OK):
        parser.error(f"{zonecut}: no such command")
    for tool in ("aws", "moto_server"):
        if not shutil.which(tool):
            parser.error(f"{tool} is not in PATH: Scripts/test installs it")
    names = options.samples or [*TRANSLATED, *BLOCKED]
    for name in names:
        if name not in TRANSLATED and name not in BLOCKED:
            parser.error(f"{name}: no such sample")
    # An end by signal goes through `finally` like any other, and ends the stand-in.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    checker = shared_checker()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="zonecut-roundtrip-") as work, StandIn() as stand_in:
        service = Service(stand_in.address)
        for name in names:
            folder = Path(work) / name
            folder.mkdir()
            try:
                if name in TRANSLATED:
                    done = round_trip(
                        name, TRANSLATED[name], zonecut, service, checker, folder)
                else:
                    done = blocked(name, BLOCKED[name], zonecut, folder)
                print(f"{name}: {done}")
            except (Failed, replay.Refused, replay.Unusable) as error:
                failed += 1
                print(f"{name}: FAILED: {error}")
    print(f"roundtrip: {len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
