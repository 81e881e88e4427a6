"""Queries over HTTP: what is sent and where to, and what is told where it goes wrong."""

from __future__ import annotations

import shlex
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest
from local_endpoint import Asked, Reply, answering, speaking

from osaid_graph.errors import InputError, UsageError
from osaid_graph.query.endpoint.address import Endpoint
from osaid_graph.query.endpoint.ask import Question, ask_endpoint, question
from osaid_graph.query.run import QueryTimeout

EX = "http://example.org/"
pytestmark = pytest.mark.usefixtures("loopback_only")
SELECT = Question("select", "SELECT ?a ?b { ?a ?p ?b }")
_CURVE = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
NO_ROWS = b'{"head": {"vars": ["a"]}, "results": {"bindings": []}}'


def test_a_query_is_sent_as_a_form_with_the_graphs_it_is_about() -> None:
    with answering(Reply(NO_ROWS)) as (url, asked):
        ask_endpoint(Endpoint(url, default_graphs=(f"{EX}d",)), Question("select", "SELECT *{ }", (f"{EX}m", f"{EX}n")))
    assert [(each.method, each.path, each.parameters) for each in asked] == [
        (
            "POST",
            "/sparql",
            {
                "query": ["SELECT *{ }"],
                "default-graph-uri": [f"{EX}d"],
                "named-graph-uri": [f"{EX}m", f"{EX}n"],
            },
        )
    ]
    assert asked[0].headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert asked[0].headers["Accept"].startswith("application/sparql-results+json, ")
    assert asked[0].headers["User-Agent"].startswith("osaid-graph/")
    assert "Authorization" not in asked[0].headers


@pytest.mark.parametrize("status", [405, 501])
def test_an_endpoint_that_takes_no_post_is_asked_with_get(status: int) -> None:
    def respond(asked: Asked) -> Reply:
        return Reply(NO_ROWS) if asked.method == "GET" else Reply(b"no", "text/plain", status)

    with answering(respond) as (url, asked):
        ask_endpoint(Endpoint(f"{url}?project=x"), SELECT)
        assert [(each.method, each.parameters["query"]) for each in asked] == [
            ("POST", [SELECT.text]),
            ("GET", [SELECT.text]),
        ]
        assert asked[1].parameters["project"] == ["x"]
        with pytest.raises(InputError) as raised:
            ask_endpoint(Endpoint(url), Question("select", f"SELECT ?a {{ ?a ?b '{'x' * 8_000}' }}"))
    assert raised.value.message.startswith(f"answers {status} ")


def moving(where: Callable[[str], str], status: int = 307) -> Callable[[Asked], Reply]:
    def respond(asked: Asked) -> Reply:
        if asked.path == "/there":
            return Reply(NO_ROWS)
        return Reply(b"", "text/plain", status, {"Location": where(asked.headers["Host"])})

    return respond


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_an_endpoint_may_send_on_within_itself(status: int) -> None:
    with answering(moving(lambda host: "/there", status)) as (url, asked):
        ask_endpoint(Endpoint(url, authorization="Bearer x"), SELECT)
    assert [(each.method, each.path, each.query) for each in asked] == [
        ("POST", "/sparql", SELECT.text),
        ("POST", "/there", SELECT.text),
    ]


@pytest.mark.parametrize(
    "where",
    [
        lambda host: f"https://{host}/there",
        lambda host: f"http://localhost:{host.partition(':')[2]}/there",
        lambda host: "http://127.0.0.1:9/there",
        lambda host: "file:///etc/passwd",
        lambda host: "//[",
    ],
)
def test_nobody_is_asked_whom_an_endpoint_sends_on_to_elsewhere(where: Callable[[str], str]) -> None:
    with answering(moving(where)) as (url, asked), pytest.raises(InputError) as raised:
        ask_endpoint(Endpoint(url, authorization="Bearer secret"), SELECT)
    assert raised.value.message.startswith("sends on to ")
    assert "secret" not in f"{raised.value} {raised.value.hint}"
    assert len(asked) == 1


def test_an_endpoint_that_sends_on_for_ever_is_left() -> None:
    with answering(moving(lambda host: "/sparql")) as (url, asked), pytest.raises(InputError) as raised:
        ask_endpoint(Endpoint(url), SELECT)
    assert raised.value.message == "sends on more than 3 times"
    assert len(asked) == 3


PAGE = b"<!DOCTYPE html><html><head><style>p {}</style><title>503 Bad\nGateway</title></head><body><p>x</body></html>"


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"


def _drip(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.02)


@pytest.mark.parametrize("talk", [lambda connection: time.sleep(1), _drip])
def test_a_slow_endpoint_is_left_when_its_time_is_over(talk: Callable[[socket.socket], None]) -> None:
    start = time.monotonic()
    with speaking(talk) as url, pytest.raises(QueryTimeout) as raised:
        ask_endpoint(Endpoint(url, timeout=0.3), SELECT)
    assert time.monotonic() - start < 5
    assert str(raised.value) == f"{url}: no whole answer after 0.3 s"
    assert raised.value.hint == "give it more with --timeout SECONDS, or ask for less"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (b"", "closes the connection without an answer"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "does not speak HTTP"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n50\r\n12", "the answer breaks off after "),
        (HEAD + b"A: " + b"x" * 70_000, "does not speak HTTP"),
    ],
)
def test_what_is_no_http_is_told(said: bytes, message: str) -> None:
    with speaking(lambda connection: connection.sendall(said)) as url, pytest.raises(InputError) as raised:
        ask_endpoint(Endpoint(url), SELECT)
    assert raised.value.message.startswith(message)


def test_a_port_where_nothing_listens_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    with pytest.raises(InputError) as raised:
        ask_endpoint(Endpoint(url), SELECT)
    assert (str(raised.value), raised.value.hint) == (f"{url}: refuses connections", "does it run, and on this port?")


def test_a_host_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(InputError, match=r"^http://nowhere.invalid/: no such host$"):
        ask_endpoint(Endpoint("http://nowhere.invalid/"), SELECT)


def test_https_where_http_is_spoken_is_told() -> None:
    with answering(Reply(NO_ROWS)) as (url, _), pytest.raises(InputError) as raised:
        ask_endpoint(Endpoint(url.replace("http:", "https:")), SELECT)
    assert raised.value.message.startswith("no secure connection: ")


@pytest.mark.skipif(which("openssl") is None, reason="makes a certificate with openssl")
def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    subprocess.run(
        shlex.split(f"openssl req -x509 -nodes {_CURVE} -keyout key.pem -out certificate.pem -subj /CN=localhost"),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")

    with speaking(lambda connection: None, context) as url, pytest.raises(InputError) as raised:
        ask_endpoint(Endpoint(url), SELECT)
    assert raised.value.message.startswith("its certificate is not trusted: ")


@pytest.mark.parametrize("text", ["DROP ALL", "SELECT * { SERVICE <http://a.b/> { ?s ?p ?o } }", "SELEC"])
def test_nothing_is_sent_that_does_not_run_here(text: str) -> None:
    with answering(Reply(NO_ROWS)) as (url, asked), pytest.raises(UsageError):
        question(Endpoint(url, default_graphs=(EX,)), text)
    assert asked == []
