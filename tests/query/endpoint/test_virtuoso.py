"""The named queries on a real engine of others: Virtuoso, started here with what is asked, where it is installed."""

from __future__ import annotations

import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pyoxigraph as ox
import pytest
from asked_queries import answer_of, example, store_of, values
from rdflib.compare import isomorphic

from osaid_graph.errors import InputError
from osaid_graph.query.dump import n_quads
from osaid_graph.query.endpoint.address import Endpoint
from osaid_graph.query.endpoint.ask import EndpointNames, Question, ask_endpoint, question
from osaid_graph.query.library import named_queries, named_query
from osaid_graph.query.terms import Row, graph_of

pytestmark = [
    pytest.mark.usefixtures("loopback_only"),
    pytest.mark.skipif(not (which("virtuoso-t") and which("isql-vt")), reason="Debian: virtuoso-opensource"),
]
CONFIGURATION = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
CheckpointInterval = 0
NumberOfBuffers = 2000
MaxDirtyBuffers = 1000
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 2
"""
#: Seconds until it has started, and until it has loaded.
PATIENCE = 60


def asked_by(name: str) -> tuple[tuple[str, ...], bool]:
    """Return the files that the example of a query asks about, and whether what is found in them too."""
    query = named_query(name)
    return example(query)[0], query.needs_findings


ASKED = sorted({asked_by(name) for name in named_queries()})


def whole(name: str) -> str:
    """Return what the default graph for a query is called there."""
    return f"urn:osaid:whole:{ASKED.index(asked_by(name))}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso that has loaded what the examples of all queries ask about."""
    folder = tmp_path_factory.mktemp("virtuoso")
    http, sql = _free_ports()
    (folder / "virtuoso.ini").write_text(CONFIGURATION.format(http=http, sql=sql), "utf-8")
    dumps = {
        whole(name): store_of(inputs, assessed=assessed)
        for name in named_queries()
        for inputs, assessed in [asked_by(name)]
    }
    (folder / "whole.nq").write_bytes(b"".join(n_quads(store, graph) for graph, store in dumps.items()))
    with (folder / "output").open("wb") as output:
        server = subprocess.Popen(["virtuoso-t", "-f"], cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_for("Server online", folder / "output", server)
            load = "exec=DB.DBA.TTLP(file_to_string_output('whole.nq'), '', 'urn:osaid:none', 512);"
            isql = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", "ERRORS=STDOUT", load]
            subprocess.run(isql, check=True, capture_output=True, timeout=PATIENCE)
            yield f"http://127.0.0.1:{http}/sparql"
        finally:
            server.kill()  # what it has in memory need not be written
            server.wait()


def _free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


def _wait_for(words: str, file: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while words not in file.read_text("utf-8", "replace"):
        assert server.poll() is None and time.monotonic() < deadline, file.read_text("utf-8", "replace")
        time.sleep(0.1)


def test_every_named_query_is_answered_as_here(address: str) -> None:
    wrong = {name: told for name in named_queries() if (told := _difference(name, address))}
    assert wrong == {}


def _difference(name: str, address: str) -> str:
    """Return in what the answer to the example of a query differs, empty if in nothing."""
    query, expected = named_query(name), answer_of(name)
    endpoint = Endpoint(address, default_graphs=(whole(name),), timeout=20)
    try:
        found = ask_endpoint(endpoint, question(endpoint, query.sparql, values(name)[1]))
    except InputError as error:
        return str(error)
    if query.form == "construct":
        return "" if isomorphic(graph_of(found.triples), graph_of(expected.triples)) else "another graph"
    if found.columns != expected.columns:
        return f"columns {found.columns}"
    theirs, ours = Counter(map(_comparable, found.rows)), Counter(map(_comparable, expected.rows))
    return "" if theirs == ours else f"too many: {theirs - ours}, missing: {ours - theirs}"


def _comparable(row: Row) -> tuple[object, ...]:
    """Return a row without what Virtuoso has no word for: it tells truth as 1 or 0, and numbers of its own types."""
    return tuple(_value(term) for term in row)


def _value(term: object) -> object:
    if not isinstance(term, ox.Literal):
        return "_:" if isinstance(term, ox.BlankNode) else str(term)
    if term.value in ("true", "false"):
        return float(term.value == "true")
    try:
        return float(term.value)
    except ValueError:
        return term.value


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("acme/tuned", "https://huggingface.co/acme/tuned"),
        ("Tuned", "https://huggingface.co/acme/tuned"),
        ("webmix@1", "https://huggingface.co/datasets/acme/webmix#1"),
        ("our crawl", "urn:osaid:name:our-crawl"),
    ],
)
def test_nodes_are_found_by_what_they_are_called(address: str, text: str, iri: str) -> None:
    assert EndpointNames(Endpoint(address, default_graphs=(whole("upstream"),))).find(text) == iri


def test_yes_and_no_are_read(address: str) -> None:
    endpoint = Endpoint(address, default_graphs=(whole("upstream"),))
    assert ask_endpoint(endpoint, question(endpoint, "ASK { ?x a osaid:Model }")).truth
    assert not ask_endpoint(endpoint, question(endpoint, "ASK { ?x a osaid:Modell }")).truth


def test_what_it_does_not_take_is_told_in_its_own_words(address: str) -> None:
    with pytest.raises(InputError) as raised:
        ask_endpoint(Endpoint(address), Question("select", "SELECT ?x { ?x a"))
    assert raised.value.message.startswith("answers 400 Bad Request: Virtuoso 37000 Error SP030: SPARQL compiler, line")
