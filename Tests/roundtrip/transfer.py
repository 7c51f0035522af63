#!/usr/bin/env python3
"""A transfer that is stopped in its middle leaves nothing behind.

A server on the loopback sends a part of a large zone and then waits; the command gets a signal
there, and has to end by it with no file left: none of the name that was asked for, none of
another. A transfer that is not stopped gives the whole file.
"""

import argparse
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL)
SECONDS = 30
POLL_SECONDS = 0.005
# Messages of the transfer, and those that are sent before the server waits: more octets than the
# command gathers before it writes.
MESSAGES, SENT = 60, 40
RECORDS_A_MESSAGE = 400


class Failed(Exception):
    """Something is not as it should be."""


def wire(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def record(owner, kind, data):
    return wire(owner) + struct.pack(">HHIH", kind, 1, 3600, len(data)) + data


def messages(query):
    """A transfer of the zone z.test in answer to a query."""
    number = query[:2]
    soa = record("z.test", 6, wire("ns.z.test") + wire("host.z.test")
                 + struct.pack(">5I", 7, 7200, 900, 1209600, 300))
    for index in range(MESSAGES):
        records = [record(f"host-{index}-{place}.z.test", 1, bytes([192, 0, 2, place % 250]))
                   for place in range(RECORDS_A_MESSAGE)]
        if index == 0:
            records = [soa, record("z.test", 2, wire("ns.z.test"))] + records
        if index == MESSAGES - 1:
            records.append(soa)
        question = query[12:] if index == 0 else b""
        header = number + struct.pack(">5H", 0x8400, 1 if question else 0, len(records), 0, 0)
        body = header + question + b"".join(records)
        yield struct.pack(">H", len(body)) + body


class Server:
    """Sends one transfer: all of it, or a part and then no more until it is closed."""

    def __init__(self, is_whole):
        self.is_whole = is_whole
        self.waits, self.ends = threading.Event(), threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        connection, _ = self.listener.accept()
        with connection:
            length = struct.unpack(">H", connection.recv(2, socket.MSG_WAITALL))[0]
            query = connection.recv(length, socket.MSG_WAITALL)
            for index, message in enumerate(messages(query)):
                if index == SENT and not self.is_whole:
                    self.waits.set()
                    self.ends.wait(SECONDS)
                    return
                connection.sendall(message)
            connection.recv(1)

    def close(self):
        self.ends.set()
        self.listener.close()
        self.thread.join(SECONDS)


def command(zonecut, server, out):
    words = [zonecut, "fetch", "axfr", "z.test", "--server", f"127.0.0.1@{server.port}"]
    return [str(word) for word in words + (["--out", out] if out else [])]


def has_written(process):
    """Waits until the command has written octets to a file that has no name yet."""
    deadline = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        for link in Path(f"/proc/{process.pid}/fd").iterdir():
            try:
                if os.readlink(link).endswith("(deleted)") and link.stat().st_size > 0:
                    return True
            except OSError:
                pass
        select.select([], [], [], POLL_SECONDS)
    return False


def whole(zonecut, folder):
    server = Server(is_whole=True)
    out = folder / "out.zone"
    run = subprocess.run(command(zonecut, server, out), capture_output=True, text=True,
                         timeout=SECONDS, check=False)
    server.close()
    lines = len(out.read_text().splitlines()) if out.exists() else 0
    if run.returncode != 0 or lines != MESSAGES * RECORDS_A_MESSAGE + 2:
        raise Failed(f"exit status {run.returncode}, {lines} lines: {run.stderr}")
    out.unlink()
    return f"{lines} records"


def stopped(zonecut, folder, number, to_file):
    server = Server(is_whole=False)
    leftovers = set(Path("/tmp").glob("zonecut-axfr-*"))
    process = subprocess.Popen(
        command(zonecut, server, folder / "out.zone" if to_file else None),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        if not server.waits.wait(SECONDS) or not has_written(process):
            raise Failed("the command did not take what was sent")
        process.send_signal(number)
        printed, said = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
        process.wait()
        server.close()
    if process.returncode != -number:
        raise Failed(f"{number.name}: ended with {process.returncode}: {said.decode()}")
    if printed:
        raise Failed(f"{number.name}: printed {len(printed)} octets of a part")
    left = [*folder.iterdir(), *(set(Path("/tmp").glob("zonecut-axfr-*")) - leftovers)]
    if left:
        raise Failed(f"{number.name}: left behind: {[str(file) for file in left]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--zonecut", required=True, type=Path, help="the command to test")
    zonecut = parser.parse_args().zonecut.resolve()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="zonecut-transfer-") as work:
        folder = Path(work)
        parts = {"whole": lambda: whole(zonecut, folder)}
        for number in SIGNALS:
            for to_file in (True, False):
                parts[f"{number.name} {'to a file' if to_file else 'to standard output'}"] = (
                    lambda number=number, to_file=to_file:
                    stopped(zonecut, folder, number, to_file) or "nothing left behind")
        for name, part in parts.items():
            try:
                print(f"{name}: {part()}", flush=True)
            except Failed as error:
                failed += 1
                print(f"{name}: FAILED: {error}", flush=True)
    print(f"transfer: {len(parts) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
