#!/usr/bin/env python3
"""Executes a runbook: reads runbook.md alone, and does what it says, as an engineer would.

For each zone sample a hosted zone is made on moto, a plan is made into it, and every command of
its runbook is run in order by one `sh`, as it is written; each must print what the page says and
end with 0. Between steps the clock moves to the instant of the next: nobody waits. A step that
fails leads to the rollback step that it names, and on to the last; the world is then as it was at
the start. Failures are seeded: each must be noticed by the step that is there for it, and lead to
the right one.

What is made of the world is in world.py, what stands before the commands in standin.py.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from runbook import matches, parse
from world import (
    NEEDED, NEW, OLD, PARENT, RESOLVER, CHECKOUT, Failed, Service, StandIn, World, run, tool)

HERE = Path(__file__).resolve().parent
SAMPLES = CHECKOUT / "ZoneSamples"
START = "2026-12-01T09:00:00Z"
SECONDS_A_COMMAND = 300
# Options without which a sample has no plan, or one that leads elsewhere.
PLANNED = {
    "company": [], "mailless": [], "delegations": [], "reverse": [], "large": [],
    "signed": ["--parent-ds", "present"],
    "every-type": ["--unsupported", "skip"],
    "update": ["--prune", "--max-deletes", "100"],
}
# Other ways through a runbook, with the sample.
OTHER_WAYS = {
    # The batches by the aws command alone, as the appendix says.
    "by-hand": "company",
    # A plan that was made before there was a hosted zone: its runbook leads to another.
    "no-hosted-zone": "mailless",
}
BY_HAND = {"Load the hosted zone": "load the hosted zone",
           "Restore the TTLs in Route 53": "restore the TTLs"}
# A failure: the sample, the step that is to notice it, and the rollback step that it leads to.
FAILURES = {
    "batch-refused": ("large", "Load the hosted zone", "The hosted zone and the old TTLs"),
    "record-missing": ("company", "Compare every server", "The hosted zone and the old TTLs"),
    "rehearsal-refused": ("large", "Load a throw-away hosted zone", None),
    "secondary-stale": ("company", "Lower the TTLs", None),
    "ds-stays": ("signed", "Have the DS set taken out", None),
    "wrong-delegation": ("company", "Change the delegation", "After the redelegation"),
    "mail-lost": ("company", "Test at once", "After the redelegation"),
    "resolver-late": ("company", "Test at the parent's TTL", None),
}


class StepFailed(Exception):
    """A command did not do what the page says."""

    def __init__(self, step, message):
        super().__init__(f"{step.name}: {message}")
        self.step = step


class Shell:
    """One `sh`, which reads block after block."""

    def __init__(self, folder, environment, work):
        self.work = work
        self.count = 0
        self.process = subprocess.Popen(
            ["sh"], cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True)

    def run(self, command):
        """The exit status of a block, and what it printed."""
        self.count += 1
        script, output = self.work / f"{self.count}.sh", self.work / f"{self.count}.out"
        script.write_text(command + "\n")
        self.process.stdin.write(
            f". '{script}' </dev/null >'{output}' 2>&1; echo \"status $?\"\n")
        self.process.stdin.flush()
        signal.alarm(SECONDS_A_COMMAND)
        try:
            line = self.process.stdout.readline()
        finally:
            signal.alarm(0)
        text = output.read_text(errors="replace") if output.exists() else ""
        if not line.startswith("status "):
            return 127, f"{text}\nthe shell ended: {line}"
        return int(line.split()[1]), text

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Execution:
    """The move of one sample."""

    def __init__(self, sample, zonecut, moto, folder, fault=None, verbose=False,
                 keeps_going=False):
        self.sample, self.zonecut, self.fault, self.verbose = sample, zonecut, fault, verbose
        self.keeps_going = keeps_going
        self.is_by_hand = False
        self.folder = folder
        folder.mkdir()
        file = next((SAMPLES / sample).glob("*.zone"))
        self.origin = file.stem + "."
        self.world = World(self.origin, file, moto, folder)
        self.clock = folder / "clock"
        self.recorded = folder / "recorded.jsonl"
        self.recorded.touch()
        self.commands = self.failures = 0

    # --- the start ---------------------------------------------------------------------

    def prepare(self, has_hosted_zone=True):
        world, service = self.world, self.world.service
        world.zone_id = service.create_zone(
            self.origin, f"{self.sample}-{self.fault}-{time.monotonic_ns()}")
        found = json.loads(service.aws(
            "get-hosted-zone", "--id", world.zone_id, "--output", "json"))
        new = [f"{name}." for name in found["DelegationSet"]["NameServers"]]
        old = self.old_names()
        ds = self.ds()
        world.change_state(old=old, new=new, ns=old, ds=ds, recordedDS=ds, fault=self.fault)
        self.load_start(new)
        self.clock.write_text(START + "\n")
        bin_folder = self.folder / "bin"
        bin_folder.mkdir()
        for name in ("aws", "dig", "rndc"):
            shim = bin_folder / name
            shim.write_bytes((HERE / "standin.py").read_bytes())
            shim.chmod(0o755)
        (bin_folder / "zonecut").symlink_to(self.zonecut)
        (self.folder / "world.json").write_text(json.dumps({
            "state": str(world.state_file), "rndc": str(self.folder / "rndc.conf"),
            "zone": self.origin, "file": str(world.primary / world.zone_file.name),
            "recorded": str(self.recorded)}))
        self.environment = dict(
            service.environment, PATH=f"{bin_folder}:{os.environ['PATH']}:/usr/sbin:/sbin",
            ZONECUT_WORLD=str(self.folder / "world.json"), HOME=str(self.folder))
        self.plan(has_hosted_zone)
        world.start_old()
        world.publish()
        world.serve_new()

    def old_names(self):
        """The name servers of the zone file, as BIND reads it."""
        text = run([tool("named-compilezone"), "-q", "-k", "ignore", "-i", "none", "-s", "full",
                    "-o", "-", self.origin, self.world.zone_file.name],
                   folder=self.world.zone_file.parent)
        return [line.split()[4].lower() for line in text.splitlines()
                if line.split()[0] == self.origin and line.split()[3] == "NS"]

    def ds(self):
        """The DS set that belongs to the sample, as dig prints it."""
        found = list((SAMPLES / self.sample).glob("dsset-*"))
        return [re.sub(r"(?<=[0-9A-F]{56}) ", " ", " ".join(line.split()[3:]))
                for file in found for line in file.read_text().splitlines()]

    def load_start(self, servers):
        """Makes the hosted zone hold the sample's export, its own servers kept."""
        start = json.loads((SAMPLES / self.sample / "route53.json").read_text())
        sets = start["ResourceRecordSets"]
        for each in sets:
            if each["Name"] == self.origin and each["Type"] == "NS":
                each["ResourceRecords"] = [{"Value": name} for name in servers]
        self.world.service.load(self.world.zone_id, sets, self.folder)

    def plan_id(self):
        return json.loads((self.folder / "plan" / "plan.json").read_text())["id"]

    def plan(self, has_hosted_zone):
        world = self.world
        start = self.folder / "start.json"
        run([self.zonecut, "fetch", "route53", world.zone_id, "--out", start], self.environment)
        self.directory = self.folder / "plan"
        servers = [("--old-server", OLD), ("--new-server", NEW), ("--resolver", (RESOLVER,)),
                   ("--parent-server", (PARENT,))]
        into = ["--into", start] if has_hosted_zone else []
        run([self.zonecut, "plan", world.zone_file, *into, *PLANNED[self.sample],
             "--start", START, "--out", self.directory, "--primary-directory", world.primary,
             "--clock-command", f"cat {self.clock}",
             *(word for option, addresses in servers for address in addresses
               for word in (option, f"{address}@{world.port}"))],
            self.environment, statuses=(0, 1))
        document = json.loads((self.directory / "plan.json").read_text())
        world.parent_ttl = document["delegation"]["old"]["parentTTL"]
        self.open()

    def open(self):
        """Takes the directory's runbook to hand, in a shell of its own."""
        self.book = parse((self.directory / "runbook.md").read_text())
        if hasattr(self, "shell"):
            self.shell.close()
        work = self.directory.with_suffix(".commands")
        work.mkdir()
        self.shell = Shell(self.directory, self.environment, work)

    # --- the run -----------------------------------------------------------------------

    def execute(self):
        """The whole runbook, or as far as the seeded failure."""
        for step in self.book.steps:
            self.seed(step)
            self.move_clock(step)
            if self.is_by_hand and step.title in BY_HAND:
                step = self.by_hand(BY_HAND[step.title])
            self.run_step(step, [*step.do, *step.verify])

    def by_hand(self, title):
        """The step of the appendix that stands for another."""
        return next(step for step in self.book.appendix if title in step.title)

    def run_step(self, step, blocks):
        for block in blocks:
            self.commands += 1
            began = time.monotonic()
            status, output = self.shell.run(block.command)
            if self.verbose:
                print(f"--- {step.name} ({time.monotonic() - began:.1f} s)\n{block.command}\n"
                      f"=> {status}\n{output}", flush=True)
            self.world.settle()
            expected = block.output if block.output is not None else "…"
            if status != 0 or not matches(output, expected):
                failure = StepFailed(step, f"exit status {status}\n{block.command}\n"
                                     f"--- printed\n{output}\n--- expected\n{expected}")
                if not self.keeps_going:
                    raise failure
                self.failures += 1
                print(f"FAILED: {failure}", flush=True)

    def move_clock(self, step):
        """Time goes on to the instant of the step; caches forget."""
        now = self.clock.read_text().strip()
        if step.when and step.when > now:
            self.clock.write_text(step.when + "\n")
            self.world.forget()

    def roll_back(self, first):
        """The rollback chapter from a step on, to its end."""
        self.world.change_state(fault=None)
        numbers = [step.number for step in self.book.rollback]
        for step in self.book.rollback[numbers.index(first):]:
            self.run_step(step, [*step.do, *step.verify])

    # --- what goes wrong -----------------------------------------------------------------

    def seed(self, step):
        """Brings the failure about, before the step that is to notice it, or an earlier one."""
        world, title = self.world, step.title
        refused = {"batch-refused": "Load the hosted zone",
                   "rehearsal-refused": "Load a throw-away hosted zone"}.get(self.fault)
        if refused and title.startswith(refused):
            world.change_state(refuse=world.state.get("sent", 0) + 2)
        elif self.fault == "record-missing" and title.startswith("Compare every server"):
            world.missing = {("www." + self.origin, "CNAME"), ("www." + self.origin, "A")}
            world.serve_new()
        elif self.fault == "secondary-stale" and title.startswith("Lower the TTLs"):
            world.leave_second_behind()
        elif self.fault == "mail-lost" and title == "Test at once":
            world.missing = {(self.origin, "MX")}
            world.serve_new()
        elif self.fault == "resolver-late" and title.startswith("Change the delegation"):
            # No server of the parent is asked again: the cache holds the zone's own NS set.
            run([tool("dig"), "-p", world.port, f"@{RESOLVER}", self.origin, "NS"])
            world.remembers = True

    # --- the end -----------------------------------------------------------------------

    def expect_start(self):
        """Hosted zone, delegation and the old zone's data are those of the start."""
        world = self.world
        held = self.folder / "held.json"
        run([self.zonecut, "fetch", "route53", world.zone_id, "--out", held], self.environment)
        run([self.zonecut, "diff", self.folder / "start.json", held])
        state = world.state
        if sorted(state["ns"]) != sorted(state["old"]) or state["ds"] != state["recordedDS"]:
            raise Failed(f"the registry holds {state['ns']}, {state['ds']}")
        served = self.folder / "served.zone"
        text = run([tool("dig"), "-p", world.port, f"@{OLD[0]}", "+noall", "+answer", "+onesoa",
                    self.origin, "AXFR"])
        served.write_text(text)
        found = run([self.zonecut, "diff", world.zone_file, served], statuses=(0, 1))
        return found

    def expect_no_rehearsal(self):
        """No throw-away zone is left."""
        listed = json.loads(self.world.service.aws("list-hosted-zones", "--output", "json"))
        left = [zone["Id"] for zone in listed["HostedZones"]
                if zone["CallerReference"] == f"zonecut-rehearsal-{self.plan_id()}"]
        if left:
            raise Failed(f"throw-away hosted zones are left: {left}")

    def close(self):
        if hasattr(self, "shell"):
            self.shell.close()
        self.world.__exit__()


def expect_end(execution):
    """After a whole run: the parent has the new servers, the hosted zone what it should."""
    state = execution.world.state
    if sorted(state["ns"]) != sorted(state["new"]) or state["ds"]:
        raise Failed(f"at the end the registry holds {state['ns']}, {state['ds']}")


def whole(sample, execution):
    """A run without failures, and then the whole rollback chapter."""
    execution.prepare()
    execution.execute()
    expect_end(execution)
    forward = execution.commands
    execution.roll_back("R1")
    execution.expect_start()
    return f"{forward} commands forward, {execution.commands - forward} back to the start"


def by_hand(sample, execution):
    """A run with the appendix in place of zonecut apply, there and back."""
    execution.is_by_hand = True
    execution.prepare()
    execution.execute()
    expect_end(execution)
    for title in reversed(BY_HAND.values()):
        step = execution.by_hand(title)
        execution.run_step(step, step.undo)
    held = execution.folder / "held.json"
    run([execution.zonecut, "fetch", "route53", execution.world.zone_id, "--out", held],
        execution.environment)
    run([execution.zonecut, "diff", execution.folder / "start.json", held])
    return f"{execution.commands} commands, the hosted zone there and back"


def no_hosted_zone(sample, execution):
    """A run that begins without a hosted zone, and goes on with the next plan's runbook."""
    execution.prepare(has_hosted_zone=False)
    steps = execution.book.steps
    last = next(n for n, step in enumerate(steps) if step.title.startswith("Export afresh"))
    execution.book.steps = steps[:last + 1]
    execution.execute()
    created = json.loads(execution.world.service.aws(
        "list-hosted-zones-by-name", "--dns-name", execution.origin, "--output", "json"))
    execution.world.zone_id = next(
        zone["Id"].removeprefix("/hostedzone/") for zone in created["HostedZones"]
        if zone["Name"] == execution.origin
        and zone["CallerReference"] == f"zonecut-{execution.plan_id()}")
    execution.directory = execution.folder / "fresh-plan"
    execution.open()
    # What was done stays done; from here the new runbook leads.
    shell, rest = execution.book.steps[0], execution.book.steps[last:]
    # Its own fresh plan goes elsewhere.
    os.rename(execution.directory, execution.folder / "next-plan")
    execution.directory = execution.folder / "next-plan"
    execution.open()
    execution.book.steps = [shell, *rest]
    execution.execute()
    expect_end(execution)
    return f"{execution.commands} commands, two runbooks"


def failing(fault, execution):
    """A run with a failure."""
    _, noticed, way_back = FAILURES[fault]
    execution.prepare()
    try:
        execution.execute()
    except StepFailed as failure:
        step = failure.step
        if not step.title.startswith(noticed):
            raise Failed(f"noticed by the wrong step: {failure}") from None
    else:
        raise Failed("not noticed by any step")
    execution.world.missing = set()
    if "stale" in execution.world.servers:
        execution.world.catch_up_second()
    execution.world.change_state(fault=None)
    if way_back is None:
        if not step.if_it_fails.startswith("stop, and"):
            raise Failed(f"{step.name} leads to {step.if_it_fails}")
        execution.run_step(step, step.undo)
        execution.expect_no_rehearsal()
        return f"noticed by {step.name}; undone, {len(step.undo)} commands"
    number, title = step.if_it_fails.split(" ", 1)
    if not title.startswith(way_back):
        raise Failed(f"{step.name} leads to {step.if_it_fails}, not to {way_back}")
    execution.roll_back(number)
    execution.expect_start()
    return f"noticed by {step.name}; back by {step.if_it_fails} and what follows"


def too_long(*_):
    raise Failed(f"a command took more than {SECONDS_A_COMMAND} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--zonecut", required=True, type=Path, help="the command to test")
    parser.add_argument("--all", action="store_true", help="every sample and every failure")
    parser.add_argument("--verbose", action="store_true", help="show every command")
    parser.add_argument("--keep-going", action="store_true",
                        help="go on behind a step that fails, for work on the runbook itself")
    parser.add_argument("runs", nargs="*", help="samples and failures (default: company)")
    options = parser.parse_args()
    missing = [name for name in NEEDED if not tool(name)]
    if missing:
        print(f"skipped: the executor needs {', '.join(missing)}")
        return 0
    runs = options.runs or ([*PLANNED, *OTHER_WAYS, *FAILURES] if options.all else ["company"])
    for name in runs:
        if name not in (*PLANNED, *OTHER_WAYS, *FAILURES):
            parser.error(f"{name}: no such sample, way or failure")
    signal.signal(signal.SIGALRM, too_long)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    failed, recorded = 0, set()
    with tempfile.TemporaryDirectory(prefix="zonecut-executor-") as work, StandIn() as moto:
        for name in runs:
            fault = name if name in FAILURES else None
            sample = FAILURES[name][0] if fault else OTHER_WAYS.get(name, name)
            way = {"by-hand": by_hand, "no-hosted-zone": no_hosted_zone}.get(name, whole)
            began = time.monotonic()
            execution = Execution(
                sample, options.zonecut.resolve(), moto.address, Path(work) / name, fault,
                options.verbose, options.keep_going)
            try:
                done = failing(name, execution) if fault else way(sample, execution)
                failed += execution.failures
                print(f"{name}: {done} ({time.monotonic() - began:.0f} s)", flush=True)
            except (Failed, StepFailed) as error:
                failed += 1
                print(f"{name}: FAILED: {error}", flush=True)
            finally:
                execution.close()
            for line in execution.recorded.read_text().splitlines():
                recorded.add(" ".join(json.loads(line)[:2]))
    for command in sorted(recorded):
        print(f"answered by the stand-in: aws {command}")
    print(f"executor: {len(runs) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
