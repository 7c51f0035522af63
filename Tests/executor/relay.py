"""Passes DNS messages on from any address of the loopback network.

BIND listens on the addresses of interfaces alone, and 127.0.0.1 is the only one that every machine
has; a resolver asks all servers at one port. So each server of the world has an address of its own
here, and its process behind it a port of 127.0.0.1.
"""

import socket
import socketserver
import threading

SECONDS = 20


class Relay:
    """Addresses that share a port, each with the port of 127.0.0.1 behind it."""

    def __init__(self, port):
        self.port = port
        self.behind = {}
        self.listeners = {}

    def lead(self, address, port):
        """From now on that address leads to that port."""
        self.behind[address] = port
        if address not in self.listeners:
            self.listeners[address] = [
                self.listen(kind, handler, address) for kind, handler in
                ((socketserver.ThreadingUDPServer, Datagrams),
                 (socketserver.ThreadingTCPServer, Streams))]

    def listen(self, kind, handler, address):
        kind.allow_reuse_address = kind.daemon_threads = True
        server = kind((address, self.port), handler)
        server.relay, server.address = self, address
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def stop(self):
        for server in (s for pair in self.listeners.values() for s in pair):
            server.shutdown()
            server.server_close()


class Datagrams(socketserver.BaseRequestHandler):
    def handle(self):
        message, listener = self.request
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ahead:
            ahead.settimeout(SECONDS)
            try:
                ahead.connect(("127.0.0.1", self.server.relay.behind[self.server.address]))
                ahead.send(message)
                listener.sendto(ahead.recv(65535), self.client_address)
            except OSError:
                pass


class Streams(socketserver.BaseRequestHandler):
    def handle(self):
        target = ("127.0.0.1", self.server.relay.behind[self.server.address])
        try:
            with socket.create_connection(target, timeout=SECONDS) as ahead:
                back = threading.Thread(target=pass_on, args=(ahead, self.request), daemon=True)
                back.start()
                pass_on(self.request, ahead)
                back.join(SECONDS)
        except OSError:
            pass


def pass_on(source, sink):
    """Octets from one connection to another, to the end of the first."""
    try:
        while octets := source.recv(65536):
            sink.sendall(octets)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
