#!/usr/bin/env python3
"""Replay many plans: each line of FILE is one, as JSON: its name, the export of the hosted zone that
it starts from, the batches in their order, and the rollbacks in theirs.

Each is led through its batches and back by the replay model, apex SOA and NS included. Where
botocore and the checker beside the checkout (../shared/tools/check_change_batch.py, or in
$ZONECUT_SHARED) are there, every batch is also held against the constraints of the API model;
the last line says whether it was. Exit status 1: something differs.
"""

import importlib.util
import json
import os
import sys
from pathlib import Path

import replay

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def load_checker():
    """The function that checks a change batch against the API model; None where it is absent."""
    shared = Path(os.environ.get("ZONECUT_SHARED") or CHECKOUT.parent / "shared")
    file = shared / "tools" / "check_change_batch.py"
    try:
        spec = importlib.util.spec_from_file_location("check_change_batch", file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except (ImportError, OSError):
        return None
    return module.check


def problems_of(plan, check):
    """What is wrong with a plan, as lines of text."""
    lines = []
    start = plan["start"]["ResourceRecordSets"]
    batches = plan["batches"] + plan["rollbacks"]
    try:
        zone = replay.HostedZone(start, "ZTEST")
        for number, batch in enumerate(batches, 1):
            try:
                zone.apply(batch)
            except replay.Refused as error:
                return [f"batch {number} of {len(batches)} is refused: {error}"]
        lines += [f"after the rollback: {line}" for line in zone.differences(start)]
    except replay.Unusable as error:
        lines.append(str(error))
    for number, batch in enumerate(batches, 1) if check else ():
        lines += [f"batch {number} of {len(batches)}: {line}" for line in check(batch)]
    return lines


def main():
    check = load_checker()
    plans = batches = problems = 0
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            plan = json.loads(line)
            plans += 1
            batches += len(plan["batches"]) + len(plan["rollbacks"])
            for problem in problems_of(plan, check):
                problems += 1
                print(f"{plan['name']}: {problem}")
    checked = "held against the API model" if check else "the API model is not at hand"
    print(f"{plans} plans with {batches} batches replayed, {checked}, {problems} problems")
    return 1 if problems or not plans else 0


if __name__ == "__main__":
    sys.exit(main())
