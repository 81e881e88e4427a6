"""What an endpoint says where it gives no answer, and answers that are none."""

from __future__ import annotations

import pytest
from local_endpoint import Reply, answering

from osaid_graph.errors import InputError
from osaid_graph.query.endpoint.address import Endpoint
from osaid_graph.query.endpoint.ask import Question, ask_endpoint

pytestmark = pytest.mark.usefixtures("loopback_only")
SELECT = Question("select", "SELECT ?a ?b { ?a ?p ?b }")
NO_ROWS = b'{"head": {"vars": ["a"]}, "results": {"bindings": []}}'
PAGE = b"<!DOCTYPE html><html><head><style>p {}</style><title>503 Bad\nGateway</title></head><body><p>x</body></html>"


@pytest.mark.parametrize(
    ("reply", "message", "hint"),
    [
        (
            Reply(b"Virtuoso 37000 Error SP030: syntax error\n\nSPARQL query:\nSELEC", "text/plain", 400),
            "answers 400 Bad Request: Virtuoso 37000 Error SP030: syntax error",
            "the endpoint does not take the query",
        ),
        (Reply(PAGE, "text/html; charset=utf-8", 503), "answers 503 Service Unavailable: 503 Bad Gateway", "ask again"),
        (Reply(b"<p>\n down </p>", "text/plain", 500), "answers 500 Internal Server Error: down", "ask again later"),
        (
            Reply(b'{"exception": "Invalid query", "status": "ERROR"}', "application/json", 400),
            "answers 400 Bad Request: Invalid query",
            "the endpoint does not take the query",
        ),
        (Reply(b"", "text/plain", 404), "answers 404 Not Found", "is the address that of the endpoint itself"),
        (Reply(b"", "text/plain", 401), "answers 401 Unauthorized", "set OSAID_GRAPH_ENDPOINT_USER"),
        (
            Reply(b"", "text/plain", 401, {"WWW-Authenticate": "Digest realm=x"}),
            "answers 401 Unauthorized",
            "it wants a digest",
        ),
        (Reply(b"{" * 100_000, "application/json", 500), "answers 500 Internal Server Error: {{{{{{{{", "ask again"),
        (Reply(b"\xff\xfe", "text/plain; charset=none", 500), "answers 500 Internal Server Error: ", "ask again"),
        (Reply(b"x" * 1_000_000, "text/plain", 500), "answers 500 Internal Server Error: xxxx", "ask again"),
        (
            Reply(b"<html><title>SPARQL Query Editor</title>", "text/html"),
            "answers in text/html, which was not asked for: SPARQL Query Editor",
            "is the address that of the endpoint itself",
        ),
        (Reply(NO_ROWS, "image/png"), "answers in image/png, which was not asked for: {", "is the address"),
        (Reply(NO_ROWS[:-9]), "the answer is no application/sparql-results+json: ", "ask again"),
        (Reply(b"<a/>", "application/sparql-results+xml"), "the answer is no application/sparql-results+xml: ", "ask"),
        (Reply(b'{"head": {}, "boolean": true}'), "answers SELECT with yes or no", "is it an endpoint of SPARQL?"),
        (Reply(NO_ROWS, length=1_000), "the answer breaks off after 54 bytes", "ask again"),
        (Reply(NO_ROWS, length=10**9), "answers with more than 1,000 bytes", "ask for less, or allow more"),
        (Reply(b" " * 2_000, length=None), "answers with more than 1,000 bytes", "ask for less, or allow more"),
        (
            Reply(NO_ROWS, headers={"Content-Encoding": "gzip"}),
            "answers in an encoding that was not asked for: gzip",
            "tell who runs it",
        ),
        (
            Reply(NO_ROWS, headers={"X-SQL-State": "S1TAT", "X-SQL-Message": "Anytime query"}),
            "the answer is not whole: the endpoint gave up and sent what it had: Anytime query",
            "ask for less, or add LIMIT",
        ),
    ],
)
def test_what_is_no_answer_is_told_in_one_line(reply: Reply, message: str, hint: str) -> None:
    with answering(reply) as (url, _), pytest.raises(InputError) as raised:
        ask_endpoint(Endpoint(url, max_size=1_000), SELECT)
    assert raised.value.source == url
    assert raised.value.message.startswith(message)
    assert len(raised.value.message) < 320
    assert "\n" not in raised.value.message
    assert raised.value.hint.startswith(hint)
