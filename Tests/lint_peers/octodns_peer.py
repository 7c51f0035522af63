#!/usr/bin/env python3
"""What octoDNS's validators find in broken mail zones, beside zonecut.

    python3 Tests/lint_peers/octodns_peer.py --zonecut .build-test/release/zonecut

Each zone has one fault of its mail records. octoDNS (PyPI: octodns, octodns-bind) reads the zone
file with the validators of all its sets on. The script fails where zonecut does not name the
fault, and prints what each of the two found. Without the packages it says so and ends well.
"""

import argparse
import json
import logging
import pathlib
import subprocess
import sys
import tempfile

logging.disable(logging.CRITICAL)

try:
    from octodns.record import Record
    from octodns.zone import Zone
    from octodns_bind import ZoneFileProvider
except ImportError:
    Zone = None

APEX = "mail.example"
GROUND = {
    "soa": "@ IN SOA ns1.example.net. hostmaster.example.net. 1 14400 3600 1209600 900",
    "ns": "@ 86400 IN NS ns1.example.net.\n@ 86400 IN NS ns2.example.net.",
    "mx": "@ IN MX 10 mx1.example.net.\n@ IN MX 20 mx2.example.net.",
    "spf": '@ IN TXT "v=spf1 include:_spf.example.net -all"',
    "dmarc": '_dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@mail.example"',
    "caa": '@ IN CAA 0 issue "amazon.com"\n@ IN CAA 0 issuewild ";"',
    "tls": '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:tls@mail.example"',
    "sts": '_mta-sts IN TXT "v=STSv1; id=20260101"\nmta-sts IN A 192.0.2.1',
}
# A fault: what of the faultless zone is left out, what is put in, and the rule of zonecut.
ZONES = {
    "one exchange": (["mx"], "@ IN MX 10 mx1.example.net.", "mail-mx-single"),
    "one exchange below": ([], "sub IN MX 10 mx1.example.net.\n"
                           'sub IN TXT "v=spf1 mx -all"', "mail-mx-single"),
    "no SPF": (["spf"], "", "spf-missing"),
    "no SPF below": ([], "sub IN MX 10 mx1.example.net.\nsub IN MX 20 mx2.example.net.",
                     "spf-missing-below"),
    "two SPF": ([], '@ IN TXT "v=spf1 -all"', "spf-multiple"),
    "SPF without an end": (["spf"], '@ IN TXT "v=spf1 include:_spf.example.net"', "spf-all"),
    "SPF ?all": (["spf"], '@ IN TXT "v=spf1 include:_spf.example.net ?all"', "spf-all"),
    "SPF +all": (["spf"], '@ IN TXT "v=spf1 +all"', "spf-all"),
    "SPF without an end below": ([], "sub IN MX 10 mx1.example.net.\nsub IN MX 20 mx2.example.net.\n"
                                 'sub IN TXT "v=spf1 mx"', "spf-all"),
    "SPF misspelt": (["spf"], '@ IN TXT "v=spf1 ipv4:192.0.2.1 -all"', "spf-syntax"),
    "SPF with a bad address": (["spf"], '@ IN TXT "v=spf1 ip4:192.0.2.256 -all"', "spf-syntax"),
    "SPF with ptr": (["spf"], '@ IN TXT "v=spf1 ptr -all"', "spf-ptr"),
    "SPF of the type SPF": ([], '@ IN SPF "v=spf1 -all"', "spf-type"),
    "no DMARC": (["dmarc"], "", "dmarc-missing"),
    "two DMARC": ([], '_dmarc IN TXT "v=DMARC1; p=none"', "dmarc-multiple"),
    "DMARC without p": (["dmarc"], '_dmarc IN TXT "v=DMARC1; rua=mailto:a@mail.example"',
                        "dmarc-p"),
    "DMARC with a bad p": (["dmarc"], '_dmarc IN TXT "v=DMARC1; p=rejected"', "dmarc-syntax"),
    "DMARC with a bad rua": (["dmarc"], '_dmarc IN TXT "v=DMARC1; p=reject; rua=a@mail.example"',
                             "dmarc-syntax"),
    "DMARC with a bad adkim": (["dmarc"], '_dmarc IN TXT "v=DMARC1; p=reject; adkim=strict"',
                               "dmarc-syntax"),
    "DMARC with a bad fo": (["dmarc"], '_dmarc IN TXT "v=DMARC1; p=reject; fo=9"', "dmarc-syntax"),
    "DMARC v not first": (["dmarc"], '_dmarc IN TXT "p=reject; v=DMARC1"', "dmarc-missing"),
    "DMARC with an unknown tag": (["dmarc"], '_dmarc IN TXT "v=DMARC1; p=reject; rau=x"',
                                  "dmarc-unknown-tag"),
    "no MX but SPF": (["mx"], "", "no-mail-lockdown"),
    "null MX, SPF allows": (["mx"], "@ IN MX 0 .", "no-mail-lockdown"),
    "null MX, no SPF": (["mx", "spf"], "@ IN MX 0 .", "spf-missing"),
    "null MX, DMARC none": (["mx", "spf", "dmarc"], '@ IN MX 0 .\n@ IN TXT "v=spf1 -all"\n'
                            '_dmarc IN TXT "v=DMARC1; p=none"', "no-mail-lockdown"),
    "null MX, no DMARC": (["mx", "spf", "dmarc"], '@ IN MX 0 .\n@ IN TXT "v=spf1 -all"',
                          "no-mail-lockdown"),
    "null MX beside others": ([], "@ IN MX 0 .", "mail-null-mx"),
    "null MX with a preference": (["mx"], "@ IN MX 10 .", "mail-null-mx"),
    "null MX below, SPF allows": ([], 'sub IN MX 0 .\nsub IN TXT "v=spf1 mx -all"',
                                  "spf-missing-below"),
    "null MX below, no SPF": ([], "sub IN MX 0 .", "spf-missing-below"),
    "MX to a CNAME": ([], "@ IN MX 30 mail\nmail IN CNAME mx1.example.net.", "mx-target-cname"),
    "MX without address": ([], "@ IN MX 30 mail", "mx-target-no-address"),
    "MX to an address": ([], "@ IN MX 30 192.0.2.25.", "mx-target-is-ip"),
    "MX to a bad name": ([], "@ IN MX 30 a_b.example.net.", "name-host-chars"),
    "no CAA": (["caa"], "", "caa-missing"),
    "CAA without issue": (["caa"], '@ IN CAA 0 iodef "mailto:a@mail.example"', "caa-no-issue"),
    "CAA without issuewild": (["caa"], '@ IN CAA 0 issue "amazon.com"', "caa-issuewild-implicit"),
    "CAA with flags": (["caa"], '@ IN CAA 1 issue "amazon.com"\n@ IN CAA 0 issuewild ";"',
                       "caa-value"),
    "DKIM cut off": ([], 'k1._domainkey IN TXT "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEB"',
                     "dkim-syntax"),
    "MTA-STS without id": (["sts"], '_mta-sts IN TXT "v=STSv1;"\nmta-sts IN A 192.0.2.1',
                           "mta-sts"),
    "TLS-RPT without rua": (["tls"], '_smtp._tls IN TXT "v=TLSRPTv1"', "tls-rpt"),
}
# What octoDNS says of these zones that is no fault.
NO_FAULT = {
    "SPF with a redirect": (["spf"], '@ IN TXT "v=spf1 redirect=_spf.example.net"',
                            "RFC 7208 6.1: a redirect says what other senders are"),
}


def zone_text(left_out, text):
    parts = [part for name, part in GROUND.items() if name not in left_out]
    return "\n".join([f"$ORIGIN {APEX}.", "$TTL 300", *parts, text, ""])


def with_zonecut(binary, path):
    done = subprocess.run([binary, "lint", path, "--rules", "strict", "--format", "json"],
                          capture_output=True, check=False)
    return {finding["rule"] for finding in json.loads(done.stdout)["findings"]}


def with_octodns(folder):
    """The reasons of octoDNS's validators, of the records and of the zone."""
    zone = Zone(f"{APEX}.", [])
    found = []
    for step in (
        lambda: ZoneFileProvider("zone", folder, file_extension=".zone").populate(zone),
        zone.validate,
    ):
        try:
            step()
        except Exception as error:
            # "Invalid zone ...:\n - reason (validator)"
            lines = [line.strip() for line in str(error).splitlines()]
            found += [line.removeprefix("- ") for line in lines if line.startswith("- ")] or lines
            break
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--zonecut", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    if Zone is None:
        print("skipped: octodns and octodns-bind are not installed")
        return 0
    sets = {"legacy", "strict", "best-practice"}
    Record.enable_validators(sets)
    Zone.enable_zone_validators(sets)
    failures = []
    print("| fault | zonecut | octoDNS |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f"{APEX}.zone"
        path.write_text(zone_text([], ""))
        usual, usual_reasons = with_zonecut(arguments.zonecut, path), with_octodns(folder)
        for fault, (left_out, text, rule) in {**ZONES, **NO_FAULT}.items():
            path.write_text(zone_text(left_out, text))
            rules = with_zonecut(arguments.zonecut, path) - usual
            reasons = [reason for reason in with_octodns(folder) if reason not in usual_reasons]
            shown = ", ".join(sorted(rules)) or "nothing"
            theirs = "; ".join(reasons).replace("|", "\\|") or "nothing"
            if fault in NO_FAULT:
                print(f"| {fault} | {shown}: {rule} | {theirs} |")
                if rules:
                    failures.append(f"{fault}: found {shown}, expected nothing: {rule}")
                continue
            print(f"| {fault} | {shown} | {theirs} |")
            if rule not in rules:
                failures.append(f"{fault}: found {shown}, expected {rule}")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
