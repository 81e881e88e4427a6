"""What an endpoint says where it gives no answer, in one line: a page of HTML and a document of JSON too."""

from __future__ import annotations

import json
from email.message import Message
from html.parser import HTMLParser
from typing import Final

from osaid_graph.identity import shortened

#: Characters of an endpoint's words that are shown.
_SHOWN: Final = 200
#: Where endpoints that answer in JSON say what went wrong (RFC 9457 has ``detail`` and ``title``).
_KEYS: Final = ("detail", "exception", "message", "error", "title")
_HINTS: Final = {
    400: "the endpoint does not take the query: --explain shows what is sent",
    401: "set OSAID_GRAPH_ENDPOINT_USER and OSAID_GRAPH_ENDPOINT_PASSWORD, or OSAID_GRAPH_ENDPOINT_TOKEN",
    403: "ask whoever runs it for access",
    404: "is the address that of the endpoint itself, such as https://host/sparql?",
    405: "it takes no POST, and the query is too long for GET",
    406: "it gives none of the formats of SPARQL 1.1",
    413: "the query is too long for it",
    414: "the query is too long for it",
    429: "ask again later",
}
_BUSY: Final = "ask again later, or for less: the endpoint has limits of its own"


def refusal(status: int, reason: str, headers: Message, body: bytes) -> tuple[str, str]:
    r"""Return what a status means, with the endpoint's own words, and what to do.

    >>> refusal(400, "Bad Request", Message(), b"Parse error: line 1\nSELEC")[0]
    'answers 400 Bad Request: Parse error: line 1'
    """
    words = first_words(headers, body)
    told = f"answers {status} {shortened(reason)}".rstrip()
    hint = _HINTS.get(status, _BUSY if status >= 500 or status == 408 else "see what the endpoint says")
    if status == 401 and "digest" in headers.get("WWW-Authenticate", "").casefold().split():
        hint = (
            "it wants a digest (RFC 7616), which is not offered here: use an address of it that takes Basic or Bearer"
        )
    return f"{told}: {words}" if words else told, hint


def first_words(headers: Message, body: bytes) -> str:
    """Return the first line that an endpoint says to a person, from text, JSON or the title of a page."""
    try:
        text = body.decode(headers.get_content_charset("utf-8"), "replace").strip()
    except LookupError:  # no such charset
        text = body.decode("utf-8", "replace").strip()
    if headers.get_content_type() in ("text/html", "application/xhtml+xml") or text[:1] == "<":
        text = _of_page(text)
    elif text[:1] == "{":
        text = _of_json(text)
    return shortened(" ".join(text.partition("\n")[0].split()), _SHOWN)


def _of_json(text: str) -> str:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return next((said for key in _KEYS if isinstance(said := document.get(key), str) and said), text)


def _of_page(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    return " ".join(page.title.split()) or next((line for line in page.lines if line), "")


class _Page(HTMLParser):
    """The title of a page, and the lines of text in it."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.lines: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("title", "style", "script"):
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif not self._inside:
            self.lines += (line.strip() for line in data.splitlines())
