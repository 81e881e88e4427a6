"""JSON-LD documents in one vocabulary: what the readers of these have in common."""

from __future__ import annotations

import re

from osaid_graph.errors import InputError
from osaid_graph.readers import json_tree
from osaid_graph.readers.rdf import expansion
from osaid_graph.readers.text import decode
from osaid_graph.readers.vocabularies import translate
from osaid_graph.readers.vocabularies.things import LOCAL
from osaid_graph.reading import Reading
from osaid_graph.vocab import BASE

_OURS = re.escape(BASE.removeprefix("https://").encode())


def is_json(data: bytes, pattern: re.Pattern[bytes]) -> bool:
    """Tell whether it is a JSON document, none in our own vocabulary, of whose first MiB a pattern is found in."""
    head = data[: 1 << 20].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if not head.startswith((b"{", b"[")):
        return False
    head = head.replace(b"\\/", b"/")
    return pattern.search(head) is not None and not re.search(_OURS, head)


def read(data: bytes, what: str) -> Reading:
    """Read a JSON-LD document in the vocabularies of others.

    Args:
        data: Its bytes.
        what: What it should be, for the message that it is not.

    Raises:
        InputError: Not UTF-8, not JSON, too deep, a context that is not shipped, or a document that says nothing.
    """
    linked = expansion.parse(json_tree.parse(decode(data)), data, LOCAL, mend=True)
    if not linked.statements:
        raise InputError(f"not {what}: as JSON-LD it says nothing", "give it the @context of its vocabulary", line=1)
    return translate(linked.statements, data, unread=linked.unread.values(), repairs=linked.repairs)
