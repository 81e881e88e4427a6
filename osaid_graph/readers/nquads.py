"""Reader of N-Quads: one statement a line, the fourth term naming the source document's graph."""

from __future__ import annotations

import re
from typing import cast

from rdflib import BNode, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.nquads import NQuadsParser
from rdflib.plugins.parsers.ntriples import r_tail, r_wspace

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.model import Reading, Statement, Triple
from osaid_graph.readers.rdf_terms import checked, labelled_by_content
from osaid_graph.readers.text import decode

NAME = "n-quads"
SUMMARY = "N-Quads in the osaid vocabulary"
SUFFIXES = (".nq",)

_NEWLINE = re.compile(r"\r\n|\r|\n")


def sniff(data: bytes) -> bool:
    """N-Quads are known by their suffix alone: their content is Turtle's too, but for the fourth term."""
    return False


def read(data: bytes, name: str) -> Reading:
    """Read N-Quads.

    Raises:
        InputError: Not UTF-8, or a line that is no statement (with its number).
    """
    parser = NQuadsParser()
    parser.skolemize = False
    blank_nodes: dict[str, BNode] = {}
    statements: list[Statement] = []
    for number, line in enumerate(_NEWLINE.split(decode(data)), 1):
        try:
            statement = _statement(parser, line, number, blank_nodes)
        except (ParserError, ValueError) as error:
            problem = shortened(" ".join(str(error).split()), 100)
            raise InputError(f"not an N-Quads statement: {problem}", "write <s> <p> <o> <g> .", line=number) from None
        except InputError as error:
            raise InputError(error.message, error.hint, line=number) from None
        if statement is not None:
            statements.append(statement)
    return Reading(tuple(labelled_by_content(statements)))


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
        raise ParserError(f"unexpected {shortened(parser.line)!r} after the statement")
    triple = checked(cast(Triple, (subject, predicate, value)))
    return Statement(triple, number, graph=graph if isinstance(graph, URIRef) else None)
