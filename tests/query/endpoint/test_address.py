"""Addresses of endpoints, and who asks them."""

from __future__ import annotations

import pytest

from osaid_graph.errors import UsageError
from osaid_graph.query.endpoint.address import Endpoint, authorization, checked_address


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://host/sparql", "no address of an endpoint: 'ftp://host/sparql'"),
        ("host/sparql", "no address of an endpoint: 'host/sparql': invalid IRI 'host/sparql': it has no scheme"),
        ("http:///sparql", "no address of an endpoint: 'http:///sparql'"),
        ("http://host:port/", "no address of an endpoint: 'http://host:port/'"),
        ("http://ho st/", "no address of an endpoint: 'http://ho st/'"),
        ("http://h\u00f6st/", "no address of an endpoint: 'http://h\u00f6st/'"),
        ("https://me:secret@host/", "the address of an endpoint holds a name or a password"),
        ("https://host/#x", "the address of an endpoint has a fragment: #x"),
        ("file:///etc/passwd", "no address of an endpoint"),
    ],
)
def test_what_can_be_no_address_is_told(url: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        checked_address(url)
    assert raised.value.message.startswith(message)
    assert "secret" not in f"{raised.value} {raised.value.hint}"


@pytest.mark.parametrize(
    ("url", "given", "header"),
    [
        ("https://host/", {"user": "me", "password": "p:\u00e4"}, "Basic bWU6cDrDpA=="),
        ("http://127.0.0.1:8890/", {"user": "me", "password": "x"}, "Basic bWU6eA=="),
        ("http://[::1]/", {"token": "abc"}, "Bearer abc"),
        ("http://localhost/", {"token": "abc"}, "Bearer abc"),
        ("https://host/", {}, ""),
    ],
)
def test_who_asks_is_told_in_a_header(url: str, given: dict[str, str], header: str) -> None:
    assert authorization(url, **given) == header


@pytest.mark.parametrize(
    ("url", "given", "message"),
    [
        ("http://host/", {"token": "abc"}, "a password or token goes to an endpoint over https alone"),
        ("http://127.0.0.1.example.org/", {"token": "a"}, "a password or token goes to an endpoint over https alone"),
        ("https://host/", {"token": "a", "user": "b"}, "both a token and a name with a password for the endpoint"),
        ("https://host/", {"user": "b"}, "a name without a password for the endpoint, or the other way round"),
        ("https://host/", {"user": "a:b", "password": "c"}, "the name for the endpoint holds a colon, or a sign that"),
        ("https://host/", {"token": "a\r\nX: y"}, "the name for the endpoint holds a colon, or a sign that does not"),
        ("https://host/", {"token": "a b"}, "the token for the endpoint holds what none can"),
    ],
)
def test_a_password_that_cannot_be_sent_is_told(url: str, given: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        authorization(url, **given)
    assert raised.value.message.startswith(message)


def test_a_password_is_not_shown_with_an_endpoint() -> None:
    assert "secret" not in repr(Endpoint("https://host/", authorization="Bearer secret"))
