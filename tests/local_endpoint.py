"""Endpoints on this machine for tests: one that answers as a test says, and one that is a store of Oxigraph."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox


@dataclass(frozen=True)
class Asked:
    """A request as a server got it."""

    method: str
    path: str
    parameters: dict[str, list[str]]
    headers: dict[str, str]

    @property
    def query(self) -> str:
        return self.parameters["query"][0]


@dataclass(frozen=True)
class Reply:
    """What a server says; ``length`` is what it says of the length, None for nothing at all."""

    body: bytes = b""
    media_type: str = "application/sparql-results+json"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = -1


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # the command ends the process where one is left
    respond: Callable[[Asked], Reply]
    asked: list[Asked]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        self._reply("POST", self.rfile.read(size).decode())

    def do_GET(self) -> None:
        self._reply("GET", urlsplit(self.path).query)

    def _reply(self, method: str, form: str) -> None:
        server = cast(_Server, self.server)
        asked = Asked(method, urlsplit(self.path).path, parse_qs(form), dict(self.headers.items()))
        server.asked.append(asked)
        reply = server.respond(asked)
        with suppress(OSError):  # whoever asked may be gone
            self.send_response(reply.status)
            for name, value in {"Content-Type": reply.media_type, **reply.headers}.items():
                self.send_header(name, value)
            if reply.length is not None:
                self.send_header("Content-Length", str(len(reply.body) if reply.length < 0 else reply.length))
            self.end_headers()
            self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def answering(respond: Callable[[Asked], Reply] | Reply) -> Iterator[tuple[str, list[Asked]]]:
    """Yield the address of a server, and what it was asked."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.respond = (lambda asked: respond) if isinstance(respond, Reply) else respond
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", server.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def speaking(talk: Callable[[socket.socket], None], context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Yield the address of a server that does with a connection, once the request is there, what a test says.

    With a context of TLS the connection is a secure one.
    """
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection, suppress(OSError):
                    if context is not None:
                        connection = context.wrap_socket(connection, server_side=True)
                    with connection:
                        connection.recv(65_536)
                        talk(connection)
                        connection.shutdown(socket.SHUT_WR)
                        while connection.recv(65_536):  # else closing it would take back what was said
                            pass

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http{'s' if context else ''}://127.0.0.1:{listening.getsockname()[1]}/sparql"
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "text/csv": ox.QueryResultsFormat.CSV,
}
_GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


def of_store(store: ox.Store, results: str = "", graphs: str = "") -> Callable[[Asked], Reply]:
    """Return what answers from a store: in the first format that is accepted, or the one that is named here."""

    def respond(asked: Asked) -> Reply:
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            ox.NamedNode(iri) for iri in asked.parameters.get("default-graph-uri", [])
        ]
        named: list[ox.NamedNode | ox.BlankNode] = [
            ox.NamedNode(iri) for iri in asked.parameters.get("named-graph-uri", [])
        ]
        try:
            found = store.query(
                asked.query,
                default_graph=default or None,
                named_graphs=named or ([] if default else None),
            )
        except SyntaxError as error:
            return Reply(f"{error}\nand more".encode(), "text/plain", 400)
        accepted = [each.partition(";")[0].strip() for each in asked.headers["Accept"].split(",")]
        if isinstance(found, ox.QueryTriples):
            chosen = graphs or next(each for each in accepted if each in _GRAPHS)
            return Reply(found.serialize(format=_GRAPHS[chosen]) or b"", chosen)
        chosen = results or next(each for each in accepted if each in _FORMATS)
        return Reply(found.serialize(format=_FORMATS[chosen]) or b"", chosen)

    return respond
