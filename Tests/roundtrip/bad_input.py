#!/usr/bin/env python3
"""Bad input: one clear message, exit status 2, nothing written, no crash.

Runs the real command on files that are no zones and no exports. With ZONECUT_DEEP=1 the
long line is 1 GB in place of 32 MB.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
COMPANY = CHECKOUT / "ZoneSamples" / "company"
LONG_LINE = (1 << 30) if os.environ.get("ZONECUT_DEEP") == "1" else (32 << 20)
SECONDS = 120
# One clear message: it may show a source line and a caret, and close with a count.
MOST_LINES = 12
MOST_CHARACTERS = 4000

SOA = b"@ 3600 IN SOA ns1 hostmaster 1 7200 900 1209600 3600\n@ 3600 IN NS ns1\n"


def make_zones(folder):
    """Zone files that cannot be used, by name."""
    noise = random.Random(53)
    files = {
        "empty.zone": b"",
        "comments-only.zone": b"; nothing here\n\n",
        "binary.zone": bytes(noise.randrange(256) for _ in range(4096)),
        "utf16.zone": b"\xff\xfe" + "@ 3600 IN A 192.0.2.1\r\n".encode("utf-16-le"),
        "json.zone": b'{"ResourceRecordSets": []}',
        "loop.zone": SOA + b"$INCLUDE loop.zone\n",
        "no-soa.zone": b"$ORIGIN example.com.\n$TTL 60\nwww IN A 192.0.2.1\n",
        "quote.zone": SOA + b'x 60 IN TXT "never closed\n',
        "missing-include.zone": SOA + b"$INCLUDE not-there.inc\n",
    }
    for name, octets in files.items():
        (folder / name).write_bytes(octets)
    with open(folder / "long-line.zone", "wb") as file:
        for _ in range(LONG_LINE >> 20):
            file.write(b"a" * (1 << 20))
    (folder / "folder.zone").mkdir()
    return ["missing.zone", "folder.zone", "long-line.zone", *files]


def described(export, **members):
    """An export with what get-hosted-zone says of the zone in the same document."""
    document = json.loads(export)
    zone = {"Id": "/hostedzone/Z1", "Name": "example.com.",
            "ResourceRecordSetCount": len(document["ResourceRecordSets"])}
    document["HostedZone"] = {**zone, **members}
    return json.dumps(document, indent=1).encode()


def make_exports(folder):
    """Exports that cannot be used, by name."""
    whole = (COMPANY / "route53.json").read_bytes()
    files = {
        "empty.json": b"",
        "truncated.json": whole[:len(whole) // 2],
        "text.json": b"not JSON at all\n",
        "number.json": b"42\n",
        "other.json": b'{"HostedZone": {"Id": "/hostedzone/Z1", "Name": "example.com."}}\n',
        "next-token.json": whole.replace(b"{", b'{"NextToken": "abc",', 1),
        "truncated-page.json": whole.replace(b"{", b'{"IsTruncated": true,', 1),
        "binary.json": bytes(range(256)),
        "deep.json": b"[" * 200_000,
        "no-sets.json": b'{"ResourceRecordSets": []}\n',
        "another-zone.json": whole.replace(b"example.com.", b"example.org."),
        # With a description of another zone, and of an earlier moment.
        "described-other.json": described(whole, Name="example.org."),
        "described-stale.json": described(whole, ResourceRecordSetCount=7),
    }
    for name, octets in files.items():
        (folder / name).write_bytes(octets)
    (folder / "folder.json").mkdir()
    return ["missing.json", "folder.json", *files]


class Checks:
    """Runs the command and keeps what did not come out."""

    def __init__(self, zonecut, folder):
        self.zonecut = zonecut
        self.folder = folder
        self.out = folder / "out"
        self.passed = 0
        self.problems = []

    def expect_unusable(self, *arguments, named):
        command = [str(self.zonecut), *map(str, arguments)]
        shown = " ".join(os.path.basename(part) for part in command)
        before = sorted(os.listdir(self.folder))
        try:
            result = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS,
                cwd=self.folder, check=False)
        except subprocess.TimeoutExpired:
            self.problems.append(f"{shown}: not done after {SECONDS} s")
            return
        message = result.stderr.decode("utf-8", "replace")
        wrong = []
        if result.returncode != 2:
            wrong.append(f"exit status {result.returncode}, expected 2")
        if named not in message:
            wrong.append(f"the message does not name {named}")
        if "Fatal error" in message or "Stack dump" in message:
            wrong.append("a crash")
        if not 1 <= message.count("\n") <= MOST_LINES or len(message) > MOST_CHARACTERS:
            wrong.append(f"a message of {message.count(chr(10))} lines, {len(message)} characters")
        if any(ord(c) < 0x20 and c != "\n" for c in message):
            wrong.append("control characters in the message")
        if sorted(os.listdir(self.folder)) != before:
            wrong.append("something was written")
        if wrong:
            self.problems.append(f"{shown}: {'; '.join(wrong)}\n    {message[:600].strip()}")
        else:
            self.passed += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--zonecut", required=True, type=Path, help="the command to test")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zonecut-bad-input-") as work:
        folder = Path(work)
        checks = Checks(options.zonecut.resolve(), folder)
        zone, export = COMPANY / "example.com.zone", COMPANY / "route53.json"
        for name in make_zones(folder):
            for command in ("plan", "batches"):
                checks.expect_unusable(
                    command, name, "--origin", "example.com.", "--into", export,
                    "--out", "out", named=name)
            checks.expect_unusable("diff", name, export, "--origin", "example.com.", named=name)
        for name in make_exports(folder):
            for command in ("plan", "batches"):
                checks.expect_unusable(
                    command, zone, "--into", name, "--out", "out", named=name)
    for problem in checks.problems:
        print(problem)
    print(f"bad input: {checks.passed} passed, {len(checks.problems)} failed")
    return 1 if checks.problems else 0


if __name__ == "__main__":
    sys.exit(main())
