#!/usr/bin/env python3
"""Replay change batches against a model of a hosted zone.

A second opinion on what zonecut proves: written apart from the Swift model, from the
rules of the Route 53 API alone, in plain Python. Reads an export, applies batch files in
order as the service would (each one whole or not at all), and compares the end state.

    replay.py --start route53.json batches/ --expect wanted.json
    replay.py --start route53.json batches/ --rollback rollback/ --back-to route53.json

Exit status: 0 all as expected, 1 a batch is refused or a state differs, 2 unusable input.
"""

import argparse
import ipaddress
import json
import os
import re
import sys

TYPES = set("SOA A TXT NS CNAME MX NAPTR PTR SRV SPF AAAA CAA DS TLSA SSHFP SVCB HTTPS".split())
POLICIES = ("Weight", "Region", "GeoLocation", "Failover", "MultiValueAnswer",
            "CidrRoutingConfig", "GeoProximityLocation")
MEMBERS = set(POLICIES) | {"Name", "Type", "TTL", "ResourceRecords", "AliasTarget",
                           "SetIdentifier", "HealthCheckId", "TrafficPolicyInstanceId"}
SIMPLE_ONLY = {"NS", "SOA", "DS"}
CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"

# Of one request, UPSERT counted twice; of one set; of one value.
MAX_ELEMENTS = 1000
MAX_CHARACTERS = 32000
MAX_VALUES = 400
MAX_VALUE_LENGTH = 4000
MAX_SETS_PER_NAME_AND_TYPE = 100
MAX_COMMENT = 256
MAX_TTL = 2**31 - 1


class Refused(Exception):
    """The service would answer InvalidChangeBatch or InvalidInput."""


class Unusable(Exception):
    """A file that cannot be read as what it should be."""


# --- names and values ---------------------------------------------------------------

def octets(text):
    """Text of the API as octets: backslash and three OCTAL digits are one octet."""
    raw = text.encode("utf-8")
    out = bytearray()
    at = 0
    while at < len(raw):
        if raw[at] != 0x5C:
            out.append(raw[at])
            at += 1
            continue
        escape = raw[at + 1:at + 4]
        if not re.fullmatch(rb"[0-3][0-7]{2}", escape):
            raise Refused(f"{text!r}: a backslash without three octal digits")
        out.append(int(escape, 8))
        at += 4
    return bytes(out)


def name(text):
    """A domain name as a tuple of labels in lower case, leftmost first."""
    text = text[:-1] if text.endswith(".") else text
    if text == "":
        return ()
    # A dot inside a label is written \056, so a plain dot always parts two labels.
    labels = tuple(octets(label).lower() for label in text.split("."))
    for label in labels:
        if not 1 <= len(label) <= 63:
            raise Refused(f"{text}: a label of {len(label)} octets")
    if sum(len(label) + 1 for label in labels) + 1 > 255:
        raise Refused(f"{text}: a name of more than 255 octets")
    return labels


TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))')


def tokens(value):
    """The fields of a value: (text, quoted) each."""
    out = []
    at = 0
    value = value.strip()
    while at < len(value):
        match = TOKEN.match(value, at)
        if not match:
            raise Refused(f"{value!r}: a quotation mark is not closed")
        out.append((match[1], True) if match[1] is not None else (match[2], False))
        at = match.end()
    return out


def string(text):
    """The octets between quotation marks; quotes and backslashes may be escaped plainly."""
    text = re.sub(r'\\(["\\])', lambda m: f"\\{ord(m[1]):03o}", text)
    out = octets(text)
    if len(out) > 255:
        raise Refused("CharacterStringTooLong (Value is too long)")
    return out


def number(text, limit):
    if not re.fullmatch(r"[0-9]+", text) or int(text) > limit:
        raise Refused(f"{text!r}: not a number from 0 to {limit}")
    return int(text)


def hexadecimal(fields):
    text = "".join(fields).lower()
    if not text or len(text) % 2 or not re.fullmatch(r"[0-9a-f]+", text):
        raise Refused(f"{text!r}: not an even number of hexadecimal digits")
    return text


FIELDS = {  # n: number of at most 16 bits, N: of 32 bits, b: of 8 bits, d: name, s: string
    "NS": "d", "CNAME": "d", "PTR": "d", "MX": "nd", "SRV": "nnnd", "NAPTR": "nnsssd",
    "SOA": "ddNNNNN", "CAA": "bts", "DS": "nbbx", "TLSA": "bbbx", "SSHFP": "bbx",
}


def canonical(record_type, value):
    """What a value means, in a form in which equal meanings are equal."""
    if len(value) > MAX_VALUE_LENGTH:
        raise Refused(f"a value of {len(value)} characters, at most {MAX_VALUE_LENGTH}")
    fields = tokens(value)
    if not fields:
        raise Refused("an empty value")
    try:
        if record_type in ("A", "AAAA"):
            family = ipaddress.IPv4Address if record_type == "A" else ipaddress.IPv6Address
            return (family(value.strip()),)
    except ValueError:
        raise Refused(f"{value!r}: not an address for {record_type}") from None
    if record_type in ("TXT", "SPF"):
        if not all(quoted for _, quoted in fields):
            raise Refused("InvalidCharacterString (Value should be enclosed in quotation marks)")
        return tuple(string(text) for text, _ in fields)
    if record_type in ("SVCB", "HTTPS"):
        parts = value.split(None, 2)
        if len(parts) < 2:
            raise Refused(f"{value!r}: {record_type} has a priority and a target")
        parameters = parts[2] if len(parts) > 2 else ""
        keys = sorted(re.findall(r'(?:[^\s"]|"(?:[^"\\]|\\.)*")+', parameters))
        return (number(parts[0], 65535), name(parts[1]), tuple(k.replace('"', "") for k in keys))
    form = FIELDS[record_type]
    if form.endswith("x"):  # the last field may hold spaces
        fixed = len(form) - 1
        fields = fields[:fixed] + [("".join(text for text, _ in fields[fixed:]), False)]
    if len(fields) != len(form):
        raise Refused(f"{value!r}: {record_type} has {len(form)} fields, not {len(fields)}")
    out = []
    for (text, quoted), kind in zip(fields, form):
        if quoted != (kind == "s"):
            raise Refused(f"{value!r}: {text!r} {'has' if quoted else 'needs'} quotation marks")
        if kind == "d":
            out.append(name(text))
        elif kind == "s":
            out.append(string(text))
        elif kind == "x":
            out.append(hexadecimal([text]))
        elif kind == "t":
            if not re.fullmatch(r"[A-Za-z0-9]+", text):
                raise Refused(f"{text!r}: not a CAA tag")
            out.append(text.lower())
        else:
            out.append(number(text, {"b": 255, "n": 65535, "N": 2**32 - 1}[kind]))
    return tuple(out)


# --- record sets ------------------------------------------------------------------------

def key(record_set):
    """What identifies a set: owner name, type, set identifier."""
    return (name(record_set["Name"]), record_set["Type"], record_set.get("SetIdentifier"))


def policy(record_set):
    """The routing policy's member, None for a simple set."""
    found = [p for p in POLICIES if p in record_set]
    return found[0] if found else None


def values(record_set):
    return [r["Value"] for r in record_set.get("ResourceRecords", [])]


def meaning(record_set):
    """A set in a form in which sets of equal meaning are equal: values without order."""
    out = {k: v for k, v in record_set.items() if k not in ("Name", "ResourceRecords")}
    out["Name"] = name(record_set["Name"])
    if "ResourceRecords" in record_set:
        out["ResourceRecords"] = frozenset(
            canonical(record_set["Type"], v) for v in values(record_set))
    if "AliasTarget" in record_set:
        out["AliasTarget"] = dict(
            record_set["AliasTarget"], DNSName=name(record_set["AliasTarget"]["DNSName"]))
    return out


def exact(record_set):
    """A set as DELETE must repeat it: the same text of every value, in any order."""
    out = {k: v for k, v in record_set.items() if k not in ("Name", "ResourceRecords")}
    out["Values"] = sorted(values(record_set))
    if "AliasTarget" in record_set:
        out["AliasTarget"] = dict(
            record_set["AliasTarget"], DNSName=name(record_set["AliasTarget"]["DNSName"]))
    return out


def show(owner):
    """A name for messages."""
    return ".".join(
        "".join(chr(o) if 0x21 <= o < 0x7F and o not in (0x2E, 0x5C) else f"\\{o:03o}" for o in l)
        for l in owner) + "."


def label(record_set_key):
    owner, record_type, identifier = record_set_key
    return f"{show(owner)} {record_type}" + (f" ({identifier})" if identifier else "")


# --- the hosted zone --------------------------------------------------------------------

class HostedZone:
    """A hosted zone that takes or refuses requests as the service documents it."""

    def __init__(self, record_sets, zone_id=None):
        self.zone_id = zone_id
        self.sets = {}
        for record_set in record_sets:
            if key(record_set) in self.sets:
                raise Unusable(f"{label(key(record_set))} is there twice")
            self.sets[key(record_set)] = record_set
        apexes = [k[0] for k in self.sets if k[1] == "SOA"]
        if len(apexes) != 1:
            raise Unusable(f"the export holds {len(apexes)} SOA sets, not one")
        self.apex = apexes[0]

    def apply(self, batch):
        """Apply one request, whole or not at all."""
        before = dict(self.sets)
        try:
            self._limits(batch)
            for change in batch["Changes"]:
                self._change(change)
            self._end_of_request(before)
        except Refused:
            self.sets = before
            raise

    def _limits(self, batch):
        if len(batch.get("Comment", "")) > MAX_COMMENT:
            raise Refused(f"a Comment of more than {MAX_COMMENT} characters")
        if not batch["Changes"]:
            raise Refused("no changes")
        elements = characters = 0
        for change in batch["Changes"]:
            times = 2 if change["Action"] == "UPSERT" else 1
            record_set = change["ResourceRecordSet"]
            texts = values(record_set)
            if "AliasTarget" in record_set:
                texts = [record_set["AliasTarget"]["DNSName"]]
            elements += times * max(1, len(texts))
            characters += times * sum(len(t.encode("utf-8")) for t in texts)
        if elements > MAX_ELEMENTS:
            raise Refused(f"Number of records limit of {MAX_ELEMENTS} exceeded: {elements}")
        if characters > MAX_CHARACTERS:
            raise Refused(f"RDATA character limit of {MAX_CHARACTERS} exceeded: {characters}")

    def _change(self, change):
        action = change["Action"]
        record_set = change["ResourceRecordSet"]
        this = key(record_set)
        if action == "DELETE":
            current = self.sets.get(this)
            if current is None:
                raise Refused(f"{label(this)}: tried to delete, but it was not found")
            if exact(current) != exact(record_set):
                raise Refused(f"{label(this)}: tried to delete, but the values provided do not "
                              "match the current values")
            del self.sets[this]
            return
        if action not in ("CREATE", "UPSERT"):
            raise Refused(f"{action!r} is no action")
        if action == "CREATE" and this in self.sets:
            raise Refused(f"{label(this)}: tried to create, but it already exists")
        self._valid_alone(record_set, this)
        self._valid_beside(record_set, this)
        self.sets[this] = record_set

    def _valid_alone(self, record_set, this):
        owner, record_type, identifier = this
        where = label(this)
        unknown = set(record_set) - MEMBERS
        if unknown:
            raise Refused(f"{where}: unknown members {sorted(unknown)}")
        if record_type not in TYPES:
            raise Refused(f"{where}: the service takes no {record_type}")
        if owner[-len(self.apex):] != self.apex:
            raise Refused(f"{where}: not in zone {show(self.apex)}")
        forms = [m for m in ("AliasTarget", "ResourceRecords", "TrafficPolicyInstanceId")
                 if m in record_set]
        if len(forms) != 1 or ("TTL" in record_set) != (forms == ["ResourceRecords"]):
            raise Refused(f"{where}: expected exactly one of [AliasTarget, all of [TTL, and "
                          "ResourceRecords], or TrafficPolicyInstanceId]")
        found = [p for p in POLICIES if p in record_set]
        if len(found) > 1 or bool(found) != (identifier is not None):
            raise Refused(f"{where}: SetIdentifier goes with exactly one routing policy: {found}")
        if identifier is not None and not 1 <= len(identifier) <= 128:
            raise Refused(f"{where}: a SetIdentifier has 1 to 128 characters")
        if found and record_type in SIMPLE_ONLY:
            raise Refused(f"{where}: {record_type} sets are simple only")
        if "MultiValueAnswer" in record_set and (
                record_type == "CNAME" or "AliasTarget" in record_set):
            raise Refused(f"{where}: no multivalue answer for a CNAME or an alias")
        if "Weight" in record_set and not 0 <= record_set["Weight"] <= 255:
            raise Refused(f"{where}: Weight is 0 to 255")
        if record_set.get("Failover", "PRIMARY") not in ("PRIMARY", "SECONDARY"):
            raise Refused(f"{where}: Failover is PRIMARY or SECONDARY")
        if record_type == "CNAME" and owner == self.apex:
            raise Refused(f"{where}: CNAME is not permitted at the apex")
        if record_type == "SOA" and owner != self.apex:
            raise Refused(f"{where}: SOA is only for the apex")
        if record_type == "NS" and owner[:1] == (b"*",):
            raise Refused(f"{where}: no wildcard NS")
        if forms == ["ResourceRecords"]:
            self._valid_values(record_set, record_type, where)
        elif forms == ["AliasTarget"]:
            self._valid_alias(record_set, this, where)

    @staticmethod
    def _valid_values(record_set, record_type, where):
        ttl = record_set["TTL"]
        if not isinstance(ttl, int) or isinstance(ttl, bool) or not 0 <= ttl <= MAX_TTL:
            raise Refused(f"{where}: TTL {ttl!r} is not 0 to {MAX_TTL}")
        texts = values(record_set)
        if not 1 <= len(texts) <= MAX_VALUES:
            raise Refused(f"{where}: {len(texts)} values, expected 1 to {MAX_VALUES}")
        if record_type in ("CNAME", "SOA") and len(texts) != 1:
            raise Refused(f"{where}: {record_type} holds one value, not {len(texts)}")
        seen = set()
        for text in texts:
            try:
                value = canonical(record_type, text)
            except Refused as error:
                raise Refused(f"{where}: {error}") from None
            if value in seen:
                raise Refused(f"{where}: Duplicate Resource Record: {text!r}")
            seen.add(value)

    def _valid_alias(self, record_set, this, where):
        owner, record_type, _ = this
        alias = record_set["AliasTarget"]
        if set(alias) != {"HostedZoneId", "DNSName", "EvaluateTargetHealth"}:
            raise Refused(f"{where}: AliasTarget with members {sorted(alias)}")
        if record_type in ("NS", "SOA"):
            raise Refused(f"{where}: no alias of type {record_type}")
        if alias["HostedZoneId"] == CLOUDFRONT_ZONE and alias["EvaluateTargetHealth"]:
            raise Refused(f"{where}: EvaluateTargetHealth is false for CloudFront")
        target = name(alias["DNSName"])
        if self.zone_id is None or alias["HostedZoneId"] != self.zone_id:
            return
        if target[-len(self.apex):] != self.apex:
            raise Refused(f"{where}: the alias target name does not lie within the target zone")
        if target == owner:
            raise Refused(f"{where}: an alias to itself")
        if not self._present(target, record_type):
            raise Refused(f"{where}: tried to create an alias that targets {show(target)}, type "
                          f"{record_type}, but that target was not found")

    def _present(self, owner, record_type):
        return any(k[:2] == (owner, record_type) for k in self.sets)

    def _valid_beside(self, record_set, this):
        """The rules between one set and the others that are there at this moment."""
        owner, record_type, identifier = this
        where = label(this)
        others = [(k, s) for k, s in self.sets.items() if k[0] == owner and k != this]
        for other, _ in others:
            if (other[1] == "CNAME") != (record_type == "CNAME"):
                raise Refused(f"{where} is not permitted as it conflicts with {label(other)}")
        siblings = [(k, s) for k, s in others if k[1] == record_type]
        if len(siblings) >= MAX_SETS_PER_NAME_AND_TYPE:
            raise Refused(f"{where}: more than {MAX_SETS_PER_NAME_AND_TYPE} sets")
        for other, sibling in siblings:
            if policy(sibling) != policy(record_set):
                raise Refused(f"{where} cannot be created as {label(other)} has another "
                              "routing policy")
            for member in ("Failover", "Region", "GeoLocation", "CidrRoutingConfig"):
                if member in record_set and record_set[member] == sibling[member]:
                    raise Refused(f"{where}: {label(other)} has the same {member}")

    def _end_of_request(self, before):
        """The rules of a request as a whole."""
        if not self._present(self.apex, "SOA"):
            raise Refused("A HostedZone must contain exactly one SOA record.")
        if not self._present(self.apex, "NS"):
            raise Refused("A HostedZone must contain at least one NS record for the zone itself.")
        ttls = {}
        for this, record_set in self.sets.items():
            if "Weight" in record_set and "TTL" in record_set:
                ttl = ttls.setdefault(this[:2], record_set["TTL"])
                if ttl != record_set["TTL"]:
                    raise Refused(f"{label(this)}: weighted sets must contain the same TTL")
        gone = {k[:2] for k in before} - {k[:2] for k in self.sets}
        for this, record_set in self.sets.items():
            alias = record_set.get("AliasTarget")
            if alias and alias["HostedZoneId"] == self.zone_id and (
                    name(alias["DNSName"]), this[1]) in gone:
                raise Refused(f"{label(this)}: its alias target is deleted")

    def differences(self, wanted, without_apex=False):
        """How this zone differs from the sets of `wanted`, as lines of text."""
        there = {key(s): s for s in wanted}
        lines = []
        for this in sorted(self.sets.keys() | there.keys(), key=label):
            if without_apex and this[0] == self.apex and this[1] in ("NS", "SOA"):
                continue
            if this not in there:
                lines.append(f"{label(this)}: not expected")
            elif this not in self.sets:
                lines.append(f"{label(this)}: missing")
            elif meaning(self.sets[this]) != meaning(there[this]):
                lines.append(f"{label(this)}: expected {there[this]}, is {self.sets[this]}")
        return lines


# --- files --------------------------------------------------------------------------------

def load(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise Unusable(f"{path}: {error}") from None


def load_export(path):
    document = load(path)
    if isinstance(document, dict):
        if document.get("IsTruncated") or "NextToken" in document:
            raise Unusable(f"{path}: an incomplete export")
        document = document.get("ResourceRecordSets")
    if not isinstance(document, list):
        raise Unusable(f"{path}: no ResourceRecordSets")
    return document


def load_batch(path):
    document = load(path)
    if isinstance(document, dict):
        document = document.get("ChangeBatch", document)
    if not isinstance(document, dict) or not isinstance(document.get("Changes"), list):
        raise Unusable(f"{path}: no change batch")
    return document


def batch_files(paths):
    """The batch files named, those of a folder by their number."""
    out = []
    for path in paths:
        if os.path.isdir(path):
            out += sorted(os.path.join(path, f) for f in os.listdir(path) if f.endswith(".json"))
        else:
            out.append(path)
    return out


def new_zone(origin):
    """The sets of a new hosted zone."""
    origin = origin.rstrip(".") + "."
    if origin == ".":
        raise Unusable("--new .: Route 53 hosts no root zone, expected the name of a domain")
    servers = [f"ns-{n}.awsdns-{n % 64:02d}.{tld}." for n, tld in
               ((1, "com"), (513, "net"), (1025, "org"), (1537, "co.uk"))]
    return [
        {"Name": origin, "Type": "NS", "TTL": 172800,
         "ResourceRecords": [{"Value": s} for s in servers]},
        {"Name": origin, "Type": "SOA", "TTL": 900, "ResourceRecords": [{
            "Value": f"{servers[0]} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"}]},
    ]


def replay(zone, files):
    for path in files:
        try:
            zone.apply(load_batch(path))
        except Refused as error:
            raise Refused(f"{path}: {error}") from None
        except (KeyError, TypeError, AttributeError) as error:
            raise Unusable(f"{path}: not the form of a change batch: {error!r}") from None


def main(arguments):
    parser = argparse.ArgumentParser(
        description="Replay change batches against a model of a hosted zone.")
    parser.add_argument("batches", nargs="*", help="batch files, or folders of them, in order")
    start = parser.add_mutually_exclusive_group(required=True)
    start.add_argument("--start", metavar="EXPORT", help="what the hosted zone holds")
    start.add_argument("--new", metavar="NAME", help="start from a new hosted zone")
    parser.add_argument("--zone-id", metavar="ID", help="its id: aliases with it stay inside")
    parser.add_argument("--expect", metavar="EXPORT", help="the end state")
    parser.add_argument("--expect-without-apex", action="store_true",
                        help="leave the apex NS and SOA out of --expect")
    parser.add_argument("--rollback", metavar="DIR", action="append", default=[],
                        help="batches that lead back, applied after the others")
    parser.add_argument("--back-to", metavar="EXPORT", help="the state after the rollback")
    parser.add_argument("--write", metavar="FILE", help="write the end state as an export")
    options = parser.parse_args(arguments)
    try:
        sets = load_export(options.start) if options.start else new_zone(options.new)
        zone = HostedZone(sets, options.zone_id)
        files = batch_files(options.batches)
        replay(zone, files)
        problems = []
        if options.expect:
            problems += [f"after the batches: {line}" for line in zone.differences(
                load_export(options.expect), options.expect_without_apex)]
        if options.write:
            with open(options.write, "w", encoding="utf-8") as file:
                json.dump({"ResourceRecordSets": list(zone.sets.values())}, file, indent=4)
        back = batch_files(options.rollback)
        replay(zone, back)
        if options.back_to:
            problems += [f"after the rollback: {line}"
                         for line in zone.differences(load_export(options.back_to))]
    except Refused as error:
        print(f"refused: {error}")
        return 1
    except Unusable as error:
        print(f"replay.py: {error}", file=sys.stderr)
        return 2
    for line in problems:
        print(line)
    if not problems:
        print(f"{len(files)} batches and {len(back)} rollback batches as expected")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
