"""Reader of a LICENSE or COPYING file: that it is there, and what it calls itself.

Which part of a release it covers is for a description to say, so this is evidence and no claim: the file becomes an
``osaid:License`` with the first lines of its text for a title, and the SPDX id where it carries the tag for one
(https://spdx.github.io/spdx-spec/v2.3/using-SPDX-short-identifiers-in-source-files/).
"""

from __future__ import annotations

import hashlib
import re

from rdflib import DCTERMS, RDF, Literal, URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers.text import decode
from osaid_graph.reading import Reading, Statement
from osaid_graph.sources import Unread
from osaid_graph.vocab import OSAID

NAME = "license-file"
#: What it states of a release: nothing.
STATES: frozenset[URIRef] = frozenset()

_TAG = "SPDX-License-Identifier:"
#: What ends a comment in which a tag stands, and how long what is in a tag can be.
_COMMENT_ENDS, _MAX_TAG = ("*/", "-->"), 500
_WORDS = re.compile(r"\w")
#: Lines that a title may go on over: "Apache License", "Version 2.0, January 2004".
_TITLE_LINES = 2


def sniff(data: bytes) -> bool:
    """Tell nothing from the content: a licence is known by the name of its file alone."""
    return False


def read(data: bytes, name: str) -> Reading:
    """Read the title of a licence text.

    Raises:
        InputError: Not UTF-8, or without a word.
    """
    lines = decode(data).split("\n")
    first = next((number for number, line in enumerate(lines, 1) if _WORDS.search(line)), None)
    if first is None:
        raise InputError("a licence file without a word", "put the text of the licence there")
    node = URIRef(f"urn:osaid:source:{hashlib.sha256(data).hexdigest()[:16]}:text")
    statements = [
        Statement((node, RDF.type, OSAID.License), first),
        Statement((node, DCTERMS.title, Literal(_title(lines[first - 1 :]))), first),
    ]
    for number, line in enumerate(lines, 1):
        words = line.partition(_TAG)[2].strip()
        for mark in _COMMENT_ENDS:
            words = words.removesuffix(mark).rstrip()
        if 0 < len(words) <= _MAX_TAG:
            statements.append(Statement((node, DCTERMS.identifier, Literal(words)), number))
    said = sum(bool(_WORDS.search(line)) for line in lines)
    return Reading(tuple(statements), unread=(Unread("text", said, first),))


def _title(lines: list[str]) -> str:
    """Return the first lines of a text up to an empty one, as one."""
    title = []
    for line in lines[:_TITLE_LINES]:
        if not _WORDS.search(line):
            break
        title.append(line.strip(" \t#*=-"))
    return shortened(" ".join(" ".join(title).split()), 200)
