#!/usr/bin/env python3
"""SARIF of the broken samples, read by another implementation of its schema.

    python3 Tests/lint_peers/sarif_peer.py --zonecut .build-test/release/zonecut

The PyPI package sarif-pydantic models the objects of the SARIF 2.1.0 schema with their types,
required members and enumerations. Without it the script says so and ends well.
"""

import argparse
import json
import pathlib
import subprocess
import sys

try:
    from sarif_pydantic import Sarif
except ImportError:
    Sarif = None

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--zonecut", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    if Sarif is None:
        print("skipped: sarif-pydantic is not installed")
        return 0
    zones = sorted((CHECKOUT / "ZoneSamples").rglob("*.zone"))
    command = [arguments.zonecut, "lint", *zones, "--rules", "strict", "--format"]
    text = subprocess.run([*command, "sarif"], capture_output=True, check=False).stdout
    log = Sarif.model_validate_json(text)
    findings = json.loads(
        subprocess.run([*command, "json"], capture_output=True, check=False).stdout)["findings"]
    results = [result for run in log.runs for result in run.results]
    if [result.rule_id for result in results] != [finding["rule"] for finding in findings]:
        print("SARIF and JSON tell different findings", file=sys.stderr)
        return 1
    print(f"{len(results)} results are well-formed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
