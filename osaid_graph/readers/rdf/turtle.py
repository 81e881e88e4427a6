"""Reader of Turtle and TriG (and so of N-Triples), with the line of every triple.

rdflib's parser knows where it stands but does not hand it on, and the lines it counts drift where it looks ahead. The
parser and sink below see every object while the parser stands at its start, and every triple right after; this is the
one place where rdflib's internals are relied on, and ``tests/readers/test_turtle.py`` pins it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import MutableSequence
from typing import Any

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink
from rdflib.plugins.parsers.trig import TrigSinkParser

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers.limits import MAX_DEPTH
from osaid_graph.readers.rdf import nquads
from osaid_graph.readers.rdf.terms import (
    base_iri,
    checked,
    checked_graph,
    is_ours,
    labelled_by_content,
    terms_as_written,
)
from osaid_graph.readers.text import Lines, decode, has_front_matter
from osaid_graph.readers.vocabularies import translate
from osaid_graph.reading import Reading, Statement

NAME = "turtle"

_TOO_DEEP = (f"Turtle is nested deeper than {MAX_DEPTH} levels", "give the inner nodes IRIs")


def sniff(data: bytes) -> bool:
    """Tell whether a line near the start begins as one of Turtle does, in what is neither N-Quads nor Markdown."""
    if has_front_matter(data):
        return False
    head = data[: 1 << 16].decode("utf-8-sig", "replace")
    starts = ("@prefix", "prefix ", "@base", "base <", "<http:", "<https:", "<urn:", "<file:")
    return any(line.lstrip().casefold().startswith(starts) for line in head.splitlines()) and not nquads.sniff(data)


def read(data: bytes, name: str) -> Reading:
    """Read Turtle or TriG; named graphs of TriG stay apart.

    Raises:
        InputError: Not UTF-8, a syntax error (with its line), an invalid IRI, or nesting too deep.
    """
    text = decode(data)
    lines = Lines(text)
    sink = _Sink(lines)
    parser = sink.parser = _Parser(sink, baseURI=base_iri(name), turtle=True)
    try:
        with terms_as_written():
            parser.startDoc()
            parser.feed(text)
            parser.endDoc()
    except InputError as error:
        if error.line is None:
            error.line = lines.at(parser.offset)
        raise
    except BadSyntax as error:
        raise _syntax_error(error._why, text, error._i if error._i >= 0 else None, parser.offset, lines) from None
    except RecursionError:
        raise InputError(*_TOO_DEEP, line=lines.at(parser.offset)) from None
    except Exception as error:  # rdflib's parser lets whatever a malformed document causes escape
        if is_ours(error):
            raise
        problem = str(error) if isinstance(error, ValueError) else "not Turtle"
        raise _syntax_error(problem, text, None, parser.offset, lines) from error
    return translate(labelled_by_content(sink.statements, data), data)


def _syntax_error(why: str, text: str, offset: int | None, last: int, lines: Lines) -> InputError:
    """Return the error at ``offset``; without one, at ``last``, the statement or object that never came to its end."""
    place = last if offset is None or not text[offset:].strip() else offset
    rest = text[place:].lstrip()
    near = shortened(rest.split("\n", 1)[0].rstrip(), 40)
    unfinished = "" if place == offset else ", in what starts there and does not end"
    return InputError(
        f"Turtle syntax error: {shortened(' '.join(why.split()), 100)}, at {near!r}{unfinished}",
        "mend the statement that ends or starts there",
        line=lines.at(place + len(text[place:]) - len(rest)),
    )


class _Parser(TrigSinkParser):
    """rdflib's parser, noting where statements, objects and lists start, and refusing what is N3 but not Turtle."""

    _store: _Sink

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        #: Where the statement or object that is being read, or was read last, starts.
        self.offset = 0
        #: Where each object of the list that was read last starts; its triples come next, in the same order.
        self.objects: deque[int] = deque()
        #: Where the collections that are being read start.
        self.collections: list[int] = []
        self._starts: deque[int] = deque()
        self._depth = 0

    def directiveOrStatement(self, argstr: str, h: int) -> int:
        start = self.skipSpace(argstr, h)
        self.offset = max(start, self.offset)
        return super().directiveOrStatement(argstr, start) if start >= 0 else start

    def statement(self, argstr: str, i: int) -> int:
        start, before = self.skipSpace(argstr, i), len(self._store.statements)
        end = super().statement(argstr, start) if start >= 0 else start
        if end >= 0 and len(self._store.statements) == before and argstr[start] != "[":
            self.BadSyntax(argstr, start, "a subject of which nothing is said")
        return end

    def objectList(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        outer, self._starts = self._starts, deque()
        end = super().objectList(argstr, i, res)
        self.objects, self._starts = self._starts, outer
        return end

    def object(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        start = self.skipSpace(argstr, i)
        if start < 0:
            return start
        self.offset = start
        self._starts.append(start)
        return super().object(argstr, start, res)

    def path(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        return self.nodeOrLiteral(argstr, i, res)  # the paths of N3 are no Turtle

    def variable(self, argstr: str, i: int, res: Any) -> int:
        self.BadSyntax(argstr, i, "a variable is no Turtle")

    def node(self, argstr: str, i: int, res: MutableSequence[Any], subjectAlready: Any = None) -> int:
        start = self.skipSpace(argstr, i)
        if start < 0 or argstr[start] not in "[(":
            return super().node(argstr, start, res, subjectAlready) if start >= 0 else start
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.offset = start
            raise InputError(*_TOO_DEEP)
        if argstr[start] == "(":
            self.collections.append(start)
        end = super().node(argstr, start, res, subjectAlready)
        if argstr[start] == "(":
            self.collections.pop()
        self._depth -= 1
        return end


class _Sink(RDFSink):
    """Takes the place of the graph the parser fills: keeps each triple with the line its object starts on."""

    parser: _Parser

    def __init__(self, lines: Lines) -> None:
        super().__init__(Graph())
        self.lines = lines
        self.statements: list[Statement] = []
        self._in_collection = False

    def newGraph(self, identifier: Any) -> Graph:
        return Graph(identifier=identifier)

    def newBlankNode(self, arg: Any = None, uri: str | None = None, why: Any = None) -> BNode:
        self.counter += 1
        return BNode(f"n{self.counter}")

    def newLiteral(self, s: str, dt: URIRef | None = None, lang: str | None = None) -> Literal:
        return super().newLiteral(s, dt, lang)

    def newList(self, n: list[Any], f: Any) -> Any:
        self._in_collection = True
        try:
            return super().newList(n, f)
        finally:
            self._in_collection = False

    def makeStatement(self, quadruple: Any, why: Any = None) -> None:
        formula, predicate, subject, value = quadruple
        if self._in_collection:
            offset = self.parser.collections[-1]
        elif self.parser.objects:
            offset = self.parser.objects.popleft()
        else:
            offset = self.parser.offset
        self.parser.offset = offset
        triple = checked(*(self.normalise(None, term) for term in (subject, predicate, value)))
        graph = checked_graph(formula.identifier) if isinstance(formula, Graph) else None
        self.statements.append(Statement(triple, self.lines.at(offset), graph=graph))
