#!/usr/bin/env python3
"""What zonecut and five other checkers find in the same zone files, as a Markdown table.

    python3 Tests/lint_peers/lint_peers.py --zonecut .build-test/release/zonecut > table.md

The files are those of the corpus (../shared/corpus/zones beside the checkout, or below
$ZONECUT_SHARED) that its manifest lists below `probes`, or with a fault of the layer `semantic` or
`dnssec`. A checker that is not installed has a dash.
"""

import argparse
import collections
import csv
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
# What is found in more than this share of the files speaks of the template that the probes are
# made from, and is left out.
AMBIENT_SHARE = 0.5
SECONDS = 20

# Why zonecut is silent where another checker finds something.
REASONS = {
    "at-in-txt": "`@` is an ordinary word in TXT data (RFC 1035 5.1); NSD 4.6 refuses it",
    "class-generic-type": "CLASS1 and TYPE1 are IN and A (RFC 3597 3)",
    "class-generic1": "CLASS1 is IN (RFC 3597 3)",
    "naptr-unquoted": "a character-string needs no quotes (RFC 1035 5.1); NSD 4.6 refuses it",
    "origin-lowercase": "directives are read in any letter case by every server",
    "origin-relative": "a relative $ORIGIN is completed with the one in force (RFC 1035 5.1)",
    "paren-glued": "a parenthesis ends a word (RFC 1035 5.1)",
    "paren-owner": "parentheses group data over line ends wherever they stand (RFC 1035 5.1)",
    "soa-not-first": "no RFC asks for the SOA record first in a file",
    "ttl-class-order": "TTL and class may come in either order (RFC 1035 5.1)",
    "txt-adjacent-quotes": "the closing quote ends the string; BIND, NSD and ldns agree",
    "txt-ctrl": "an octet under 32 may stand in a string; it is written as an escape",
    "txt-quote-glued": "the opening quote begins another string; BIND, NSD and ldns agree",
    "type-known-generic": "RFC 3597 5 lets the generic form stand for known types",
}


def corpus():
    for candidate in (os.environ.get("ZONECUT_SHARED"), CHECKOUT.parent / "shared"):
        if candidate and (path := pathlib.Path(candidate) / "corpus" / "zones").is_dir():
            return path
    sys.exit("no corpus: set ZONECUT_SHARED or place it at ../shared beside the checkout")


def run(*command, cwd):
    try:
        done = subprocess.run(
            [str(part) for part in command], cwd=cwd, capture_output=True, timeout=SECONDS,
            stdin=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired:
        return None, f"no answer within {SECONDS} s"
    return done.returncode, (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")


def lines(text, *unwanted):
    """The lines of a checker that say something, without its file names and summaries."""
    kept = []
    for line in text.splitlines():
        line = line.strip()
        if line and not any(re.search(pattern, line) for pattern in unwanted):
            kept.append(line)
    return kept


def bind(path, row, origin, cwd):
    checks = [word for flag in "kmnrMSTW" for word in ("-" + flag, "warn")]
    status, text = run("named-checkzone", "-i", "local", *checks, origin, path, cwd=cwd)
    found = lines(text, r"loaded serial", r"^OK$", r"not loaded due to errors")
    return [re.sub(rf"^(zone \S+?: |.*?{re.escape(path.name)}:)", "", line) for line in found], status


def knot(path, row, origin, cwd):
    status, text = run("kzonecheck", "-o", origin, path, cwd=cwd)
    found = lines(text, r"^Error summary", r"^\d+\s", r"Serious semantic error", r"^\s*$")
    return found, status


def nsd(path, row, origin, cwd):
    status, text = run("nsd-checkzone", origin, path, cwd=cwd)
    found = lines(text, r"zone \S+ is ok", r"zone \S+ file .* \d+ errors?$")
    return [re.sub(rf"^.*?{re.escape(path.name)}:", "", line) for line in found], status


def validns(path, row, origin, cwd):
    moment = signed(path)
    status, text = run("validns", "-p", "all", *(["-t", moment] if moment else []),
                       "-z", origin, path, cwd=cwd)
    found = lines(text)
    return [re.sub(rf"^.*?{re.escape(path.name)}:", "", line) for line in found], status


def ldns(path, row, origin, cwd):
    status, text = run("ldns-read-zone", path, cwd=cwd)
    if status != 0:
        return lines(text)[-1:], status
    if not re.search(r"\sDNSKEY\s", text):
        return [], 0
    moment = signed(path)
    day = datetime.datetime.fromtimestamp(moment or 0, datetime.timezone.utc)
    status, text = run("ldns-verify-zone", "-t", day.strftime("%Y%m%d%H%M%S"), path, cwd=cwd)
    return lines(text, r"^Zone is verified"), status


def signed(path):
    """An hour after the last signature of the zone was made; None for unsigned ones."""
    stamps = re.findall(rb"\b20\d{12}\s+(20\d{12})\b", path.read_bytes())
    if not stamps:
        return None
    last = datetime.datetime.strptime(max(stamps).decode(), "%Y%m%d%H%M%S")
    return int(last.replace(tzinfo=datetime.timezone.utc).timestamp()) + 3600


PEERS = {
    "named-checkzone": ("named-checkzone", bind), "kzonecheck": ("kzonecheck", knot),
    "nsd-checkzone": ("nsd-checkzone", nsd), "validns": ("validns", validns),
    "ldns": ("ldns-read-zone", ldns),
}


def zonecut(binary, path, origin, root, cwd):
    options = ["--rules", "strict", "--format", "json", "--include-root", root]
    status, text = run(binary, "lint", path, "--origin", origin, *options, cwd=cwd)
    try:
        findings = json.loads(text)["findings"]
    except (json.JSONDecodeError, KeyError):
        return [("unusable input", "error")]
    return list(dict.fromkeys((finding["rule"], finding["severity"]) for finding in findings))


def cell(found, status):
    if not found:
        return "nothing" if status == 0 else f"fails ({status})"
    text = found[0] if len(found[0]) <= 70 else found[0][:67] + "..."
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    text = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return text + (f" (+{len(found) - 1})" if len(found) > 1 else "")


def said(line):
    """A checker's line without numbers, quoted words and names, to tell kinds apart."""
    return re.sub(r"\d+|'.*?'|\S+\.(?=\s|$|:)", "_", line)


def common(found, total):
    """What is found in more files than not."""
    counts = collections.Counter(item for items in found for item in set(items))
    return {item for item, count in counts.items() if count > AMBIENT_SHARE * total}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--zonecut", default=shutil.which("zonecut"), type=pathlib.Path)
    arguments = parser.parse_args()
    if not arguments.zonecut:
        parser.error("give the command with --zonecut")
    binary = arguments.zonecut.resolve()
    root = corpus()
    with open(root / "MANIFEST.tsv", encoding="utf-8") as file:
        manifest = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [row for row in manifest if row["kind"] == "zone" and (
        row["path"].startswith("probes/") or row["layer"] in ("semantic", "dnssec"))]
    table = []
    for row in rows:
        path = root / row["path"]
        origin = row["origin"] or "."
        peers = {}
        for name, (command, check) in PEERS.items():
            # nsd-checkzone and ldns follow $INCLUDE from the working directory.
            peers[name] = check(path, row, origin, path.parent) if shutil.which(command) else None
        table.append((row, zonecut(binary, path, origin, root, path.parent), peers))

    ambient = common([[rule for rule, _ in findings] for _, findings, _ in table], len(table))
    for name in PEERS:
        usual = common([[said(line) for line in peers[name][0]] for _, _, peers in table
                        if peers[name]], len(table))
        for _, _, peers in table:
            if peers[name]:
                found = [line for line in peers[name][0] if said(line) not in usual]
                is_usual = len(found) < len(peers[name][0]) and not found
                peers[name] = (found, 0 if is_usual else peers[name][1])
    print(f"{len(table)} files. Left out of zonecut's column, as nearly every file has it: "
          + ", ".join(f"`{rule}`" for rule in sorted(ambient)) + ".\n")
    names = ["file", "stated", "zonecut", *PEERS]
    print("| " + " | ".join(names) + " |")
    print("|" + "---|" * len(names))
    alone = []
    for row, findings, peers in table:
        own = [rule + (" (info)" if severity == "info" else "") for rule, severity in findings
               if rule not in ambient]
        cells = ["-" if peer is None else cell(*peer) for peer in peers.values()]
        stated = row["note"].replace("|", "\\|") or row["expectation"]
        print("| " + " | ".join([row["path"], stated, ", ".join(own) or "nothing", *cells]) + " |")
        if not own:
            finders = [name for name, peer in peers.items()
                       if peer is not None and (peer[0] or peer[1] != 0)]
            if finders:
                alone.append((row["path"], finders))
    print(f"\nFiles in which another checker finds something and zonecut nothing: {len(alone)}.\n")
    for path, finders in alone:
        reason = REASONS.get(pathlib.PurePath(path).stem, "no reason known: a rule is missing")
        print(f"- {path} ({', '.join(finders)}): {reason}")


if __name__ == "__main__":
    main()
