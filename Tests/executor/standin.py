#!/usr/bin/env python3
"""Stands before aws, dig and rndc on PATH while a runbook is executed.

dig    goes to the port of the world: `@ADDRESS@PORT` becomes `-p PORT @ADDRESS`.
rndc   goes to the old server of the world, and comes back once the zone is loaded.
aws    goes to moto, which keeps a hosted zone; what moto cannot answer is recorded, checked by the
       real command against the API's own model, and answered as the API's documentation says.

What of moto is mended: a new hosted zone's SOA and NS come out odd and are written anew, and
aliases are listed with a TTL.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORLD = json.loads(Path(os.environ["ZONECUT_WORLD"]).read_text())
STATE = Path(WORLD["state"])
PATH = os.environ["PATH"].split(":", 1)[1] + ":/usr/sbin:/sbin"
SECONDS = 30
# What moto answers as the runbook needs it; its registrar takes one change of a domain and no DS.
ANSWERED_BY_MOTO = {
    "sts": {"get-caller-identity"},
    "route53": {
        "change-resource-record-sets", "create-hosted-zone", "delete-hosted-zone", "get-change",
        "get-hosted-zone", "list-hosted-zones", "list-hosted-zones-by-name",
        "list-resource-record-sets", "wait",
    },
}


def real(name):
    return shutil.which(name, path=PATH)


def state():
    return json.loads(STATE.read_text())


def change(**members):
    STATE.write_text(json.dumps({**state(), **members}, indent=1))


def dig(arguments):
    words = []
    for word in arguments:
        found = re.fullmatch(r"@([0-9.]+)@([0-9]+)", word)
        words += ["-p", found[2], "@" + found[1]] if found else [word]
    os.execv(real("dig"), ["dig", *words])


def rndc(arguments):
    result = subprocess.run(
        [real("rndc"), "-c", WORLD["rndc"], *arguments], check=False)
    # The command only queues a reload.
    deadline = time.monotonic() + SECONDS
    while result.returncode == 0 and time.monotonic() < deadline:
        status = subprocess.run(
            [real("rndc"), "-c", WORLD["rndc"], "zonestatus", arguments[-1]],
            capture_output=True, text=True, check=False).stdout
        loaded = re.search(r"^serial: (\d+)", status, re.MULTILINE)
        if loaded and loaded[1] == serial_of_file():
            break
        time.sleep(0.02)
    return result.returncode


def serial_of_file():
    """The serial of the old primary's file, as BIND reads it."""
    text = subprocess.run(
        [real("named-checkzone"), "-i", "none", WORLD["zone"], WORLD["file"]],
        capture_output=True, text=True, check=False, cwd=Path(WORLD["file"]).parent).stdout
    found = re.search(r"loaded serial (\d+)", text)
    return found[1] if found else None


# --- aws --------------------------------------------------------------------------------

def option(arguments, name):
    """The value of an option."""
    return arguments[arguments.index(name) + 1] if name in arguments else None


def run_real(arguments):
    return subprocess.run(
        [real("aws"), *arguments], capture_output=True, text=True, check=False)


def shown(document, arguments):
    """A document as the command prints it."""
    import jmespath
    query = option(arguments, "--query")
    if query:
        document = jmespath.search(query, document)
    if (option(arguments, "--output") or os.environ.get("AWS_DEFAULT_OUTPUT")) != "text":
        return json.dumps(document, indent=4)
    if isinstance(document, list):
        return "\t".join(map(str, document))
    return str(document)


def at_the_registrar(name, arguments):
    """What Route 53 Domains answers, by its documentation; the registry of the world follows."""
    held = state()
    if name == "get-domain-detail":
        return {"DomainName": option(arguments, "--domain-name"),
                "Nameservers": [{"Name": n.rstrip(".")} for n in held["ns"]],
                "DnssecKeys": [{"Id": f"key-{i}"} for i, _ in enumerate(held["ds"])]}
    if name == "get-operation-detail":
        return {"OperationId": option(arguments, "--operation-id"), "Status": "SUCCESSFUL"}
    if name == "update-domain-nameservers":
        names = [s["Name"].lower() + "." for s in json.loads(option(arguments, "--nameservers"))]
        if WORLD_FAULT == "wrong-delegation" and names == held["new"]:
            names = [*names[:-1], held["old"][0]]
        change(ns=names)
    elif name == "disassociate-delegation-signer-from-domain":
        if WORLD_FAULT != "ds-stays":
            change(ds=[])
    elif name == "associate-delegation-signer-to-domain":
        change(ds=held["recordedDS"])
    return {"OperationId": "0e0a1b2c-3d4e-5f60-7182-93a4b5c6d7e8"}


WORLD_FAULT = state().get("fault")


def aws(arguments):
    if len(arguments) < 2:
        os.execv(real("aws"), ["aws", *arguments])
    service, name = arguments[:2]
    if name not in ANSWERED_BY_MOTO.get(service, ()):
        with open(WORLD["recorded"], "a", encoding="utf-8") as log:
            log.write(json.dumps(arguments) + "\n")
        # The real command checks the words against the model of the API.
        plain = [*arguments]
        for unwanted in ("--query", "--output"):
            if unwanted in plain:
                at = plain.index(unwanted)
                del plain[at:at + 2]
        checked = run_real([*plain, "--generate-cli-skeleton", "output"])
        if checked.returncode:
            sys.stderr.write(checked.stderr)
            return checked.returncode
        print(shown(at_the_registrar(name, arguments), arguments))
        return 0
    if name == "change-resource-record-sets":
        held = state()
        sent = held.get("sent", 0) + 1
        change(sent=sent)
        if sent == held.get("refuse"):
            sys.stderr.write(
                "\nAn error occurred (InvalidChangeBatch) when calling the "
                "ChangeResourceRecordSets operation: a stand-in refuses this one\n")
            return 254
    result = run_real(arguments)
    if result.returncode == 0 and name == "create-hosted-zone":
        mend_new_zone(arguments)
    if name == "list-resource-record-sets" and result.returncode == 0:
        result.stdout = without_alias_ttl(result.stdout)
    sys.stdout.write(result.stdout)
    sys.stderr.write(result.stderr)
    return result.returncode


def without_alias_ttl(text):
    try:
        document = json.loads(text)
    except ValueError:
        return text
    for record_set in document.get("ResourceRecordSets", []):
        if "AliasTarget" in record_set and record_set.get("TTL") == 0:
            del record_set["TTL"]
    return json.dumps(document, indent=4) + "\n"


def mend_new_zone(arguments):
    """Gives the newest hosted zone of the name the NS and SOA of a new one."""
    origin = option(arguments, "--name").rstrip(".") + "."
    listed = json.loads(run_real(["route53", "list-hosted-zones", "--output", "json"]).stdout)
    created = [z for z in listed["HostedZones"]
               if z["CallerReference"] == option(arguments, "--caller-reference")]
    servers = [n for n in state()["new"]]
    soa = f"{servers[0]} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"
    changes = [
        {"Action": "UPSERT", "ResourceRecordSet": {
            "Name": origin, "Type": kind, "TTL": ttl,
            "ResourceRecords": [{"Value": value} for value in values]}}
        for kind, ttl, values in (("NS", 172800, servers), ("SOA", 900, [soa]))]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"Changes": changes}, file)
        file.flush()
        done = run_real(["route53", "change-resource-record-sets", "--hosted-zone-id",
                         created[-1]["Id"], "--change-batch", f"file://{file.name}"])
    if done.returncode:
        sys.stderr.write(done.stderr)


if __name__ == "__main__":
    sys.exit({"dig": dig, "rndc": rndc, "aws": aws}[Path(sys.argv[0]).name](sys.argv[1:]))
