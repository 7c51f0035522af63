"""A small Internet on the loopback address, for one zone to be moved in.

moto is Route 53; BIND is the old server, the parent with the root above it, and a resolver; NSD is
the new server, and serves what moto holds. All of them answer at one port of addresses of their
own (see relay.py), and are ended by their process ids.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import xml.etree.ElementTree
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "roundtrip"))
from relay import Relay  # noqa: E402
from roundtrip import CHECKOUT, Failed, Service, StandIn, run  # noqa: E402

OLD = ("127.53.0.2", "127.53.0.3")
NEW = ("127.53.0.4", "127.53.0.5", "127.53.0.6", "127.53.0.7")
RESOLVER, PARENT, CONTROL = "127.53.0.8", "127.53.0.9", "127.53.0.10"
# Addresses of documentation (RFC 5737, RFC 3849): nobody is to be asked there.
NOWHERE = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
ROOT_SERVER = "a.root-server.test."
NEEDED = ("aws", "dig", "moto_server", "named", "named-checkzone", "nsd", "rndc")
SECONDS = 30
ALIASED = {"A": "192.0.2.99", "AAAA": "2001:db8::99"}


def tool(name):
    """A command, those for administration among them."""
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


def free_port():
    """A port that is free on all addresses of the world."""
    for _ in range(100):
        with socket.socket() as probe:
            probe.bind((OLD[0], 0))
            port = probe.getsockname()[1]
        sockets = []
        try:
            for address in (*OLD, *NEW, RESOLVER, PARENT, CONTROL):
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                    sockets.append(socket.socket(socket.AF_INET, kind))
                    sockets[-1].bind((address, port))
            return port
        except OSError:
            continue
        finally:
            for each in sockets:
                each.close()
    raise Failed("no port is free")


def free_local_port():
    """A port of 127.0.0.1 that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, what):
    """Waits for what a server is about to do."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise Failed(f"{what}: not within {SECONDS} s")
        time.sleep(0.02)


def zone_text(text):
    """Text of the API (octal escapes) as that of a zone file (decimal ones)."""
    return re.sub(r"\\([0-3][0-7]{2})", lambda found: f"\\{int(found[1], 8):03d}", text)


def is_below(name, zone):
    return name == zone or name.endswith("." + zone) or zone == "."


class Server:
    """A process that answers on port and addresses, started anew as often as its data change."""

    def __init__(self, name, command, address, port, folder):
        self.name, self.command, self.address, self.port = name, command, address, port
        self.log = folder / f"{name}.log"
        self.process = None

    def start(self):
        self.stop()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True)
        try:
            until(self.answers, f"{self.name} answers")
        except Failed as error:
            raise Failed(f"{error}\n{self.log.read_text(errors='replace')[-2000:]}") from None

    def answers(self):
        if self.process.poll() is not None:
            raise Failed(f"{self.name} ended")
        return self.is_reached()

    def is_reached(self):
        try:
            socket.create_connection((self.address, self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self):
        """Ends the process and its children: one of NSD's that is left would answer for a while,
        and keep the next from the port."""
        if not self.process:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process = None
        until(lambda: not self.is_reached(), f"{self.name} is gone")


class World:
    """The servers of one zone's move."""

    def __init__(self, zone, zone_file, moto, folder):
        self.zone, self.folder = zone, folder
        self.parent = zone.split(".", 1)[1] or "."
        self.port = free_port()
        self.relay = Relay(self.port)
        self.service = Service(moto)
        self.moto = moto
        self.zone_id = None
        # What the registry publishes, and what the stand-in for the registrar does with orders.
        self.state_file = folder / "state.json"
        self.parent_ttl = 172800
        # Owner and type of sets that the new servers fail to serve.
        self.missing = set()
        # Whether the resolver keeps what it has, for as long as the run lasts.
        self.remembers = False
        self.primary = folder / "primary"
        shutil.copytree(zone_file.parent, self.primary)
        self.zone_file = zone_file
        self.servers = {}

    # --- what is published ---------------------------------------------------------

    @property
    def state(self):
        return json.loads(self.state_file.read_text())

    def change_state(self, **members):
        state = self.state if self.state_file.exists() else {}
        self.state_file.write_text(json.dumps({**state, **members}, indent=1))

    def address_of(self, name):
        """The address of a name server's name in this world."""
        state = self.state
        if name in state["old"]:
            return OLD[state["old"].index(name) % len(OLD)]
        return NEW[state["new"].index(name) % len(NEW)]

    # --- servers ---------------------------------------------------------------------

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for server in self.servers.values():
            server.stop()
        self.relay.stop()

    def named(self, name, addresses, options, zones, directory=None):
        """A BIND of its own."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        behind = self.servers[name].port if name in self.servers else free_local_port()
        config = folder / "named.conf"
        config.write_text(f"""
            options {{
              directory "{directory or folder}"; pid-file none; managed-keys-directory "{folder}";
              port {self.port}; listen-on port {behind} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
              session-keyfile "{folder}/session.key"; allow-query {{ any; }}; notify no;
              dnssec-validation no; empty-zones-enable no; check-names primary ignore;
              max-cache-size 16M; {options}
            }};
            {zones}
            """)
        command = [tool("named"), "-g", "-n", "1", "-c", config]
        if name not in self.servers:
            self.servers[name] = Server(name, command, "127.0.0.1", behind, self.folder)
        self.servers[name].start()
        for address in addresses:
            self.relay.lead(address, behind)

    def start_old(self, addresses=OLD):
        key = 'key "world" { algorithm hmac-sha256; secret "d29ybGQ="; };'
        (self.folder / "rndc.conf").write_text(
            f'{key} options {{ default-server {CONTROL}; default-port {self.port}; '
            'default-key "world"; };')
        self.named(
            "old", addresses, "recursion no; allow-transfer { any; }; minimal-responses yes;",
            f'{key} controls {{ inet {CONTROL} port {self.port} allow {{ any; }} '
            'keys { "world"; }; };\n'
            f'zone "{self.zone}" {{ type primary; file "{self.zone_file.name}"; }};',
            self.primary)

    def leave_second_behind(self):
        """The second old server goes on with the zone as it is now, whatever the first does."""
        copy = self.folder / "stale"
        shutil.copytree(self.primary, copy)
        self.start_old(OLD[:1])
        self.named(
            "stale", OLD[1:], "recursion no; minimal-responses yes;",
            f'zone "{self.zone}" {{ type primary; file "{self.zone_file.name}"; }};', copy)

    def catch_up_second(self):
        self.servers.pop("stale").stop()
        self.start_old()

    def publish(self):
        """The parent as the registry has it, and a resolver that remembers nothing."""
        state = self.state
        head = (f"@ 86400 IN SOA {ROOT_SERVER} hostmaster.test. 1 7200 900 1209600 900\n"
                f"@ 86400 IN NS {ROOT_SERVER}\n")
        root = head + f"{ROOT_SERVER} 86400 IN A {PARENT}\n"
        parent = head
        if self.parent != ".":
            root += f"{self.parent} 86400 IN NS {ROOT_SERVER}\n"
        delegation = "".join(f"{self.zone} {self.parent_ttl} IN NS {n}\n" for n in state["ns"])
        delegation += "".join(f"{self.zone} {self.parent_ttl} IN DS {d}\n" for d in state["ds"])
        for name in (*state["old"], *state["new"]):
            line = f"{name} {self.parent_ttl} IN A {self.address_of(name)}\n"
            if is_below(name, self.zone):
                delegation += line if name in state["ns"] else ""
            elif is_below(name, self.parent):
                parent += line
            else:
                root += line
        folder = self.folder / "parent-zones"
        folder.mkdir(exist_ok=True)
        (folder / "root").write_text(root)
        (folder / "parent").write_text(parent + delegation)
        self.named(
            "parent", [PARENT], "recursion no;",
            f'zone "." {{ type primary; file "{folder}/root"; }};\n'
            f'zone "{self.parent}" {{ type primary; file "{folder}/parent"; }};')
        self.published = (state["ns"], state["ds"])
        self.forget()

    def forget(self):
        """The resolver with an empty cache, as if all that it held had run out."""
        if self.remembers:
            return
        hints = self.folder / "hints"
        hints.write_text(f". 86400 IN NS {ROOT_SERVER}\n{ROOT_SERVER} 86400 IN A {PARENT}\n")
        self.named(
            "resolver", [RESOLVER],
            "query-source address 127.0.0.1; recursion yes; qname-minimization off; minimal-responses yes;",
            f'zone "." {{ type hint; file "{hints}"; }};\n'
            + "\n".join(f"server {network} {{ bogus yes; }};" for network in NOWHERE))

    # --- Route 53 --------------------------------------------------------------------

    def record_sets(self):
        """What moto holds: [(name, type, TTL, [values], alias target)]."""
        found, query = [], ""
        while True:
            request = urllib.request.Request(
                f"{self.moto}/2013-04-01/hostedzone/{self.zone_id}/rrset?maxitems=300{query}",
                headers={"Authorization": "AWS4-HMAC-SHA256 Credential=example/20260101/us-east-1/"
                         "route53/aws4_request, SignedHeaders=host, Signature=0"})
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                tree = xml.etree.ElementTree.fromstring(answer.read())
            for element in tree.iter():
                element.tag = element.tag.rpartition("}")[2]
            for each in tree.find("ResourceRecordSets"):
                alias = each.find("AliasTarget")
                found.append((
                    each.findtext("Name"), each.findtext("Type"), each.findtext("TTL") or "60",
                    [value.text or "" for value in each.iterfind(".//Value")],
                    alias is not None and alias.findtext("DNSName")))
            if tree.findtext("IsTruncated") != "true":
                return found
            query = "".join(
                f"&{parameter}={urllib.parse.quote(tree.findtext(member))}"
                for parameter, member in (("name", "NextRecordName"), ("type", "NextRecordType"),
                                          ("identifier", "NextRecordIdentifier"))
                if tree.findtext(member))

    def serve_new(self):
        """The new servers with what moto holds now."""
        sets = self.record_sets()
        plain = {(n.lower(), t): v for n, t, _, v, alias in sets if not alias}
        lines, seen = [], set()
        # The SOA comes first; of sets with a routing policy the first answers.
        for name, kind, ttl, values, alias in sorted(sets, key=lambda s: s[1] != "SOA"):
            if (name, kind) in seen or (name.lower(), kind) in self.missing:
                continue
            seen.add((name, kind))
            if alias:
                target = alias.lower().rstrip(".") + "."
                values = plain.get((target, kind)) or [ALIASED[kind]]
            lines += [f"{zone_text(name)} {ttl} IN {kind} {zone_text(v)}\n" for v in values]
        text = "".join(lines)
        if "new" in self.servers and text == self.served:
            return
        self.served = text
        folder = self.folder / "new"
        folder.mkdir(exist_ok=True)
        (folder / "zone").write_text(text)
        addresses = "\n".join(f"  ip-address: {address}@{self.port}" for address in NEW)
        (folder / "nsd.conf").write_text(f"""
server:
{addresses}
  username: ""
  zonesdir: "{folder}"
  zonelistfile: "{folder}/zone.list"
  xfrdfile: ""
  database: ""
  pidfile: ""
  server-count: 1
  hide-version: yes
remote-control:
  control-enable: no
zone:
  name: "{self.zone}"
  zonefile: "{folder}/zone"
""")
        if "new" not in self.servers:
            command = [tool("nsd"), "-d", "-c", folder / "nsd.conf"]
            self.servers["new"] = Server("new", command, NEW[0], self.port, self.folder)
        self.servers["new"].start()

    def settle(self):
        """What the last command changed comes into effect."""
        self.serve_new()
        state = self.state
        if (state["ns"], state["ds"]) != self.published:
            self.publish()


__all__ = ["CHECKOUT", "Failed", "NEEDED", "NEW", "OLD", "PARENT", "RESOLVER", "Service", "StandIn",
           "World", "run", "tool"]
