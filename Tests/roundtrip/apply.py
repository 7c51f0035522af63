#!/usr/bin/env python3
"""`zonecut fetch route53` and `zonecut apply` with the real aws command against a stand-in.

For each sample: a hosted zone on moto is fetched, batches are planned into that export and
applied, the zone is fetched again and `zonecut diff` finds nothing; the rollback leads back to
the first export. Somebody else's change stops a run before anything is sent. And a run that is
killed with SIGKILL before or after any call of the aws command is taken up by the next one,
which ends the same: no batch is sent twice. So it is with a run that is stopped by Ctrl-C or
SIGTERM in the middle of a call, or while it waits for a batch to be in sync; it ends by that
signal, which a shell shows as 130 or 143. What the command may answer instead (throttling,
another request under way, PENDING for a time, a refused batch, half an answer, none at all) is
survived, or said, and the next run goes on.

What of moto is worked around, Tests/roundtrip/roundtrip.py says.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from roundtrip import SAMPLES, Failed, Service, StandIn, run

SAMPLE_OPTIONS = {"company": [], "delegations": [], "large": []}
KILLED_SAMPLE = "company"

# Stands before the real aws command on PATH: notes each call, and ends zonecut, its parent
# process, before or after the call whose number is asked for.
WRAPPER = """#!/bin/sh
n=$(($(cat "$COUNTER") + 1))
echo "$n" > "$COUNTER"
[ "$KILL" = "before $n" ] && { kill -9 "$PPID"; exit 1; }
[ "$2" = change-resource-record-sets ] && echo sent >> "$COUNTER.sent"
"$REAL_AWS" "$@"
status=$?
[ "$KILL" = "after $n" ] && kill -9 "$PPID"
exit $status
"""


# Stands before the real aws command on PATH: answers otherwise, as often as $TIMES says.
FAILING_WRAPPER = """#!/bin/sh
fail() { echo "An error occurred ($1) when calling the $2 operation: $3" >&2; exit 254; }
left=$(cat "$COUNTER")
case "$2/$FAIL" in
  change-resource-record-sets/pending)
    "$REAL_AWS" "$@" | sed s/INSYNC/PENDING/
    exit ;;
  change-resource-record-sets/throttling | change-resource-record-sets/prior | \\
  change-resource-record-sets/refused | change-resource-record-sets/hang | \\
  get-change/pending | list-resource-record-sets/truncated)
    if [ "$left" -gt 0 ]; then
      echo $((left - 1)) > "$COUNTER"
      case $FAIL in
        throttling) fail Throttling ChangeResourceRecordSets "Rate exceeded" ;;
        prior) fail PriorRequestNotComplete ChangeResourceRecordSets \\
          "The request was rejected because Route 53 was still processing a prior request." ;;
        refused) fail InvalidChangeBatch ChangeResourceRecordSets \\
          "[Tried to create resource record set [name='x.', type='A'] but it already exists]" ;;
        hang) exec sleep 600 ;;
        pending) "$REAL_AWS" "$@" | sed s/INSYNC/PENDING/ ; exit ;;
        truncated) "$REAL_AWS" "$@" | head -c 300; exit ;;
      esac
    fi ;;
esac
exec "$REAL_AWS" "$@"
"""

# Stands before the real aws command on PATH: at the moment that is asked for it says so in the file
# $MARK, and stays for as long as nobody ends it; where waiting is asked for, nothing is in sync yet.
STAYING_WRAPPER = """#!/bin/sh
stay() { echo $$ > "$MARK.part"; mv "$MARK.part" "$MARK"; exec sleep 600; }
case "$2/$MOMENT" in
  change-resource-record-sets/before-the-change) stay ;;
  list-resource-record-sets/fetching) stay ;;
  get-change/asking) stay ;;
  get-change/waiting)
    "$REAL_AWS" "$@" | sed s/INSYNC/PENDING/
    echo $$ > "$MARK.part"; mv "$MARK.part" "$MARK"; exit ;;
esac
[ "$2" = change-resource-record-sets ] && echo sent >> "$MARK.sent"
case "$2/$MOMENT" in
  change-resource-record-sets/after-the-change) "$REAL_AWS" "$@" > /dev/null; stay ;;
  change-resource-record-sets/asking | change-resource-record-sets/waiting)
    "$REAL_AWS" "$@" | sed s/INSYNC/PENDING/; exit ;;
esac
exec "$REAL_AWS" "$@"
"""
# When a run is stopped, and by what.
STOPS = [
    ("fetching", signal.SIGINT), ("before-the-change", signal.SIGINT),
    ("after-the-change", signal.SIGINT), ("asking", signal.SIGINT), ("waiting", signal.SIGINT),
    ("after-the-change", signal.SIGTERM), ("waiting", signal.SIGTERM),
]
SECONDS_TO_A_MOMENT = 120

# For each answer: how often it comes, how the run ends, and what is then said.
ANSWERS = {
    "throttling": (2, 0, "in sync"),
    "prior": (2, 0, "in sync"),
    "pending": (3, 0, "in sync"),
    "refused": (1, 2, "Route 53 refuses the batch, and has changed nothing (Tried to create "
                      "resource record set [name='x.', type='A'] but it already exists)"),
    "hang": (1, 2, "did not answer in time, and was ended"),
    "truncated": (1, 2, "the answer of the aws command is not understood"),
}


class Zone:
    """A sample's hosted zone on the stand-in, with a plan to fill it."""

    def __init__(self, sample, reference, options, zonecut, service, folder):
        folder.mkdir()
        self.zonecut, self.service, self.folder = zonecut, service, folder
        self.file = next((SAMPLES / sample).glob("*.zone"))
        self.id = service.create_zone(self.file.stem, reference)
        start = json.loads((SAMPLES / sample / "route53.json").read_text())
        service.load(self.id, start["ResourceRecordSets"], folder)
        self.first = self.fetch("first.json")
        self.plan = folder / "plan"
        run([zonecut, "batches", self.file, "--into", self.first, "--ttl", "keep", *options,
             "--out", self.plan])
        self.batches = sorted((self.plan / "batches").glob("*load*"))

    def fetch(self, name):
        file = self.folder / name
        run([self.zonecut, "fetch", "route53", self.id, "--out", file, "--replace",
             "--endpoint-url", self.service.address], self.service.environment)
        return file

    def apply(self, *options, statuses=(0,), environment=None, with_messages=False):
        return run([self.zonecut, "apply", self.plan, "--zone-id", self.id, "--yes",
                    "--endpoint-url", self.service.address, *options],
                   environment or self.service.environment, statuses,
                   with_messages=with_messages)

    def expect_applied(self):
        run([self.zonecut, "diff", self.file, self.fetch("applied.json")])

    def expect_first(self):
        run([self.zonecut, "diff", self.first, self.fetch("back.json")])

    def add(self, owner):
        batch = self.folder / "foreign.json"
        batch.write_text(json.dumps({"Changes": [{"Action": "CREATE", "ResourceRecordSet": {
            "Name": f"{owner}.{self.file.stem}", "Type": "A", "TTL": 5,
            "ResourceRecords": [{"Value": "192.0.2.7"}]}}]}))
        self.service.apply(self.id, batch)


def there_and_back(sample, zonecut, service, folder):
    zone = Zone(sample, f"{sample}-apply", SAMPLE_OPTIONS[sample], zonecut, service,
                folder / sample)
    zone.apply("--dry-run")
    zone.expect_first()
    zone.apply()
    zone.expect_applied()
    zone.apply()
    zone.apply("--rollback")
    zone.expect_first()
    return f"{len(zone.batches)} batches applied and undone"


def foreign_change(zonecut, service, folder):
    zone = Zone("company", "foreign", [], zonecut, service, folder / "foreign")
    zone.apply()
    zone.add("foreign")
    found = zone.apply("--rollback", statuses=(1,))
    if "+ foreign.example.com. 5 A 192.0.2.7" not in found:
        raise Failed(f"no diff of the change: {found}")
    return "stopped with a diff"


def killed(zonecut, service, folder, real_aws):
    """One run killed before, and one after, each call of the aws command."""
    tools = folder / "tools"
    tools.mkdir()
    wrapper = tools / "aws"
    wrapper.write_text(WRAPPER)
    wrapper.chmod(0o755)
    count = 0
    for moment in ("before", "after"):
        call = 1
        while True:
            zone = Zone(KILLED_SAMPLE, f"kill-{moment}-{call}", [], zonecut, service,
                        folder / f"kill-{moment}-{call}")
            counter = zone.folder / "counter"
            counter.write_text("0")
            environment = dict(
                service.environment, PATH=f"{tools}:{os.environ['PATH']}", COUNTER=str(counter),
                REAL_AWS=real_aws, KILL=f"{moment} {call}")
            zone.apply(statuses=(0, -signal.SIGKILL), environment=environment)
            if int(counter.read_text()) < call:
                break
            environment["KILL"] = ""
            zone.apply(environment=environment)
            zone.expect_applied()
            sent = len((zone.folder / "counter.sent").read_text().split())
            if sent != len(zone.batches):
                raise Failed(f"killed {moment} call {call}: {sent} batches sent")
            zone.apply("--rollback")
            zone.expect_first()
            count += 1
            call += 1
    return f"{count} runs killed and taken up"


def wait_until(condition, what):
    deadline = time.monotonic() + SECONDS_TO_A_MOMENT
    while not condition():
        if time.monotonic() > deadline:
            raise Failed(f"waited in vain: {what}")
        time.sleep(0.02)


def is_running(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def stopped(zonecut, service, folder, real_aws):
    """Runs stopped by a signal, as a terminal sends it: to the command and its children."""
    tools = folder / "staying-tools"
    tools.mkdir()
    wrapper = tools / "aws"
    wrapper.write_text(STAYING_WRAPPER)
    wrapper.chmod(0o755)
    for moment, number in STOPS:
        name = f"{moment}-{number.name}"
        zone = Zone(KILLED_SAMPLE, f"stop-{name}", [], zonecut, service, folder / f"stop-{name}")
        mark = zone.folder / "mark"
        environment = dict(
            service.environment, PATH=f"{tools}:{os.environ['PATH']}", MARK=str(mark),
            REAL_AWS=real_aws, MOMENT=moment)
        process = subprocess.Popen(
            [zonecut, "apply", zone.plan, "--zone-id", zone.id, "--yes", "--poll-interval", "1",
             "--endpoint-url", service.address],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            wait_until(mark.exists, f"{name}: the moment")
            command = int(mark.read_text())
            if moment == "waiting":
                wait_until(lambda: not is_running(command), f"{name}: the end of the call")
            os.killpg(process.pid, number)
            status = process.wait(timeout=SECONDS_TO_A_MOMENT)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        if status != -number:
            raise Failed(f"{name}: exit status {status}, expected the signal")
        wait_until(lambda: not is_running(command), f"{name}: the end of the aws command")
        environment["MOMENT"] = ""
        zone.apply(environment=environment)
        zone.expect_applied()
        sent = len(Path(f"{mark}.sent").read_text().split())
        if sent != len(zone.batches):
            raise Failed(f"{name}: {sent} batches sent, expected {len(zone.batches)}")
    return f"{len(STOPS)} runs stopped and taken up"


def answered_otherwise(zonecut, service, folder, real_aws):
    """One run for each of the answers, and then one that ends as it should."""
    tools = folder / "failing-tools"
    tools.mkdir()
    wrapper = tools / "aws"
    wrapper.write_text(FAILING_WRAPPER)
    wrapper.chmod(0o755)
    for answer, (times, status, said) in ANSWERS.items():
        zone = Zone(KILLED_SAMPLE, f"answer-{answer}", [], zonecut, service,
                    folder / f"answer-{answer}")
        counter = zone.folder / "counter"
        counter.write_text(str(times))
        environment = dict(
            service.environment, PATH=f"{tools}:{os.environ['PATH']}", COUNTER=str(counter),
            REAL_AWS=real_aws, FAIL=answer)
        messages = zone.apply("--poll-interval", "1", "--call-limit", "20", statuses=(status,),
                              environment=environment, with_messages=True)
        if said not in messages:
            raise Failed(f"{answer}: not said: {said}: {messages}")
        if counter.read_text().strip() != "0":
            raise Failed(f"{answer}: was not given {times} times")
        zone.apply()
        zone.expect_applied()
        zone.apply("--rollback")
        zone.expect_first()
    return f"{len(ANSWERS)} answers survived"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--zonecut", required=True, type=Path, help="the command to test")
    options = parser.parse_args()
    zonecut = options.zonecut.resolve()
    real_aws = shutil.which("aws")
    if not real_aws or not shutil.which("moto_server"):
        parser.error("aws and moto_server are needed in PATH: Scripts/test installs them")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    failed = 0
    with tempfile.TemporaryDirectory(prefix="zonecut-apply-") as work, StandIn() as stand_in:
        service = Service(stand_in.address)
        folder = Path(work)
        parts = {name: lambda name=name: there_and_back(name, zonecut, service, folder)
                 for name in SAMPLE_OPTIONS}
        parts["someone else's change"] = lambda: foreign_change(zonecut, service, folder)
        parts["other answers"] = lambda: answered_otherwise(zonecut, service, folder, real_aws)
        parts["stopped"] = lambda: stopped(zonecut, service, folder, real_aws)
        parts["killed"] = lambda: killed(zonecut, service, folder, real_aws)
        for name, part in parts.items():
            try:
                print(f"{name}: {part()}", flush=True)
            except Failed as error:
                failed += 1
                print(f"{name}: FAILED: {error}", flush=True)
    print(f"apply: {len(parts) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
