"""Reader of N-Quads: one statement a line, the fourth term naming the source document's graph."""

from __future__ import annotations

import re

from rdflib import BNode
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.nquads import NQuadsParser
from rdflib.plugins.parsers.ntriples import r_tail, r_wspace

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers.rdf.terms import checked, checked_graph, labelled_by_content, terms_as_written
from osaid_graph.readers.text import decode
from osaid_graph.readers.vocabularies import translate
from osaid_graph.reading import Reading, Statement

NAME = "n-quads"

_NODE = r"(?:<[^<>\s]*>|_:\S+)"
_QUAD = re.compile(rf'\s*{_NODE}\s+<[^<>\s]*>\s+(?:{_NODE}|"(?:[^"\\]|\\.)*"\S*)\s+{_NODE}\s*\.\s*(?:#.*)?')


def sniff(data: bytes) -> bool:
    """Tell whether the first statement has four terms and ends with its line."""
    lines = data[: 1 << 16].decode("utf-8-sig", "replace").splitlines()
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return bool(_QUAD.fullmatch(first))


def read(data: bytes, name: str) -> Reading:
    """Read N-Quads.

    Raises:
        InputError: Not UTF-8, or a line that is no statement (with its number).
    """
    parser = NQuadsParser()
    blank_nodes: dict[str, BNode] = {}
    statements: list[Statement] = []
    with terms_as_written():
        for number, line in enumerate(decode(data).split("\n"), 1):
            try:
                statement = _statement(parser, line, number, blank_nodes)
            except (ParserError, ValueError):
                found = f"not an N-Quads statement: {shortened(line.strip())!r}"
                raise InputError(found, "write <subject> <predicate> <object> <graph> .", line=number) from None
            except InputError as error:
                raise InputError(error.message, error.hint, line=number) from None
            if statement is not None:
                statements.append(statement)
    return translate(labelled_by_content(statements, data), data)


def _statement(parser: NQuadsParser, line: str, number: int, blank_nodes: dict[str, BNode]) -> Statement | None:
    parser.line = line
    parser.eat(r_wspace)
    if not parser.line or parser.line.startswith("#"):
        return None
    subject = parser.subject(blank_nodes)
    parser.eat(r_wspace)
    predicate = parser.predicate()
    parser.eat(r_wspace)
    value = parser.object(blank_nodes)
    parser.eat(r_wspace)
    graph = parser.uriref() or parser.nodeid(blank_nodes)
    parser.eat(r_tail)
    if parser.line:
        raise ParserError("more than a statement")
    return Statement(checked(subject, predicate, value), number, graph=checked_graph(graph))
