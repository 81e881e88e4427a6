"""Reader of Turtle and TriG (and so of N-Triples), with the line of every triple.

rdflib's parser counts lines but does not hand them on. The sink below sees every triple while the parser stands on
its line; that is the one place where rdflib's internals are relied on, and ``tests/readers/test_turtle.py`` pins it.
"""

from __future__ import annotations

from typing import Any, cast

from rdflib import BNode, Graph, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink, SinkParser
from rdflib.plugins.parsers.trig import TrigSinkParser

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.model import Reading, Statement, Triple
from osaid_graph.readers.rdf_terms import checked, labelled_by_content
from osaid_graph.readers.text import decode

NAME = "turtle"
SUMMARY = "Turtle, TriG or N-Triples in the osaid vocabulary"
SUFFIXES = (".ttl", ".trig", ".nt")


def sniff(data: bytes) -> bool:
    """Tell whether a line near the start begins with a Turtle directive or an IRI."""
    head = data[: 1 << 16].decode("utf-8-sig", "replace")
    return any(
        line.lstrip().casefold().startswith(("@prefix", "prefix ", "@base", "base <", "<"))
        for line in head.splitlines()
    )


def read(data: bytes, name: str) -> Reading:
    """Read Turtle or TriG; named graphs of TriG stay apart.

    Raises:
        InputError: Not UTF-8, a syntax error (with its line), an invalid IRI, or nesting too deep.
    """
    text = decode(data)
    sink = _LineSink()
    parser = TrigSinkParser(sink, baseURI=f"file:///{shortened(name, 200).replace(' ', '%20')}", turtle=True)
    sink.parser = parser
    try:
        parser.startDoc()
        parser.feed(text)
        parser.endDoc()
    except BadSyntax as error:
        line = text.count("\n", 0, error._i) + 1
        near = shortened(text[error._i :].split("\n", 1)[0].strip() or "the end of the file", 40)
        raise InputError(
            f"Turtle syntax error: {error._why}, at {near!r}",
            "mend the statement that ends or starts there",
            line=line,
        ) from None
    except RecursionError:
        raise InputError("Turtle is nested too deep", "give the inner nodes IRIs", line=parser.lines + 1) from None
    except (ParserError, ValueError, AssertionError, IndexError) as error:
        problem = shortened(" ".join(str(error).split()), 100) or type(error).__name__
        raise InputError(f"Turtle syntax error: {problem}", "mend the statement there", line=parser.lines + 1) from None
    return Reading(tuple(labelled_by_content(sink.statements)))


class _LineSink(RDFSink):
    """Takes the place of the graph the parser fills: keeps each triple with the line the parser is on."""

    parser: SinkParser

    def __init__(self) -> None:
        super().__init__(Graph())
        self.statements: list[Statement] = []

    def newGraph(self, identifier: Any) -> Graph:
        return Graph(identifier=identifier)

    def newBlankNode(self, arg: Any = None, uri: str | None = None, why: Any = None) -> BNode:
        self.counter += 1
        return BNode(f"n{self.counter}")

    def makeStatement(self, quadruple: Any, why: Any = None) -> None:
        formula, predicate, subject, value = quadruple
        subject, predicate, value = (self.normalise(None, term) for term in (subject, predicate, value))
        line = self.parser.lines + 1
        named = formula.identifier if isinstance(formula, Graph) else None
        graph = named if isinstance(named, URIRef) else None
        try:
            triple = checked(cast(Triple, (subject, predicate, value)))
        except InputError as error:
            raise InputError(error.message, error.hint, line=line) from None
        self.statements.append(Statement(triple, line, graph=graph))
