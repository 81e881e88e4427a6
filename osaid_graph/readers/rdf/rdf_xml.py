"""Reader of RDF/XML, with the line of every statement. Whatever declares entities is refused before it is parsed."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any
from xml.sax import SAXException, SAXParseException, handler
from xml.sax.xmlreader import InputSource

from rdflib import RDF, Literal
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.rdfxml import RDFXMLHandler, create_parser

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers.limits import MAX_DEPTH, MAX_STATEMENTS
from osaid_graph.readers.rdf.terms import base_iri, checked, is_ours, labelled_by_content, terms_as_written
from osaid_graph.readers.text import Lines, decode
from osaid_graph.readers.vocabularies import translate
from osaid_graph.reading import Reading, Statement

NAME = "rdf-xml"

_ROOT = re.compile(rb"<(?:\w+:)?RDF[\s>/]")
#: What may stand before the outermost element: how it starts, and how it ends.
_PROLOG = ((b"<!--", b"-->"), (b"<?", b"?>"), (b"<!DOCTYPE", b">"))
_RDF = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DECLARED = re.compile("<!(?:DOCTYPE|ENTITY)")
_TOO_DEEP = (f"RDF/XML is nested deeper than {MAX_DEPTH} levels", "give the inner nodes IRIs, and describe them apart")


def sniff(data: bytes) -> bool:
    """Tell whether it is XML whose outermost element is ``rdf:RDF``."""
    head = data[: 1 << 16].removeprefix(b"\xef\xbb\xbf")
    if _RDF not in head:
        return False
    at = 0
    while True:
        while head[at : at + 1].isspace():
            at += 1
        ends = next((end for start, end in _PROLOG if head.startswith(start, at)), None)
        if ends is None:
            return _ROOT.match(head, at) is not None
        if ends == b">" and b"[" in head[at : head.find(b">", at)]:
            ends = b"]>"
        end = head.find(ends, at)
        if end < 0:
            return False
        at = end + len(ends)


def read(data: bytes, name: str) -> Reading:
    """Read RDF/XML.

    Raises:
        InputError: Not UTF-8, a document type or entity declaration, not XML, not RDF/XML, an invalid IRI, or nesting
            too deep; with the line.
    """
    text = decode(data)
    declared = _DECLARED.search(text)
    if declared:
        raise InputError(
            "an XML document type declaration, in which entities could be declared",
            "write the IRIs out, and remove the declaration",
            line=Lines(text).at(declared.start()),
        )
    statements = _parse(text, base_iri(name))
    return translate(labelled_by_content(statements, data), data)


def _parse(text: str, base: str) -> list[Statement]:
    source = InputSource(base)
    source.setCharacterStream(StringIO(text))
    store = _Store()
    parser = create_parser(source, store)  # type: ignore[arg-type]
    locating = _Handler(store)
    locating.setDocumentLocator(source)  # type: ignore[arg-type]
    parser.setContentHandler(locating)
    parser.setFeature(handler.feature_external_ges, False)
    store.locator = parser
    try:
        with terms_as_written():
            parser.parse(source)
    except InputError as error:
        error.line = error.line or store.line
        raise
    except SAXParseException as error:
        problem = shortened(" ".join(str(error.getMessage()).split()), 100)
        raise InputError(f"not XML: {problem}", "mend the markup there", line=error.getLineNumber()) from None
    except (ParserError, SAXException) as error:
        raise _no_rdf(error, store.line) from None
    except Exception as error:  # rdflib's parser lets whatever a malformed document causes escape
        if is_ours(error):
            raise
        raise _no_rdf(error, store.line) from error
    return store.statements


def _no_rdf(error: Exception, line: int | None) -> InputError:
    problem = " ".join(str(error).split()).rpartition(": ")[2] or type(error).__name__
    return InputError(f"not RDF/XML: {shortened(problem, 100)}", "mend the element there", line=line)


class _Store:
    """Takes the place of the graph the parser fills: keeps what is added, at the element that says it."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.locator: Any = None
        self.line: int | None = None

    def add(self, triple: tuple[Any, Any, Any]) -> None:
        self.statements.append(Statement(checked(*triple), self.line))
        if len(self.statements) > MAX_STATEMENTS:
            raise InputError(f"more than {MAX_STATEMENTS:,} statements", "split the file", line=self.line)

    def bind(self, *_: Any, **__: Any) -> None:
        """Take no notice of a prefix."""


class _Pieces:
    """The markup of a literal while it is read: rdflib would read it as XML again for every element it holds."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts

    def __add__(self, end: str) -> _Pieces:
        return _Pieces([*self.texts, end])

    def __iadd__(self, more: str | _Pieces) -> _Pieces:
        if isinstance(more, _Pieces):
            self.texts.extend(more.texts)
        else:
            self.texts.append(more)
        return self


class _Handler(RDFXMLHandler):
    """rdflib's handler, noting on which line each element starts, and refusing what is nested too deep."""

    def __init__(self, store: _Store) -> None:
        self._lines: list[int] = []
        super().__init__(store)  # type: ignore[arg-type]
        self._into = store

    def property_element_start(self, name: Any, qname: Any, attrs: Any) -> None:
        super().property_element_start(name, qname, attrs)
        if isinstance(self.current.object, Literal):
            self.current.object = _Pieces([])

    def property_element_end(self, name: Any, qname: Any) -> None:
        if isinstance(self.current.object, _Pieces):
            self.current.object = Literal("".join(self.current.object.texts), datatype=RDF.XMLLiteral)
        super().property_element_end(name, qname)

    def literal_element_start(self, name: Any, qname: Any, attrs: Any) -> None:
        super().literal_element_start(name, qname, attrs)
        self.current.object = _Pieces([self.current.object])

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        line = self._into.locator.getLineNumber()
        if len(self._lines) >= 2 * MAX_DEPTH:
            raise InputError(*_TOO_DEEP, line=line)
        self._lines.append(line)
        self._into.line = line
        super().startElementNS(name, qname, attrs)

    def endElementNS(self, name: Any, qname: Any) -> None:
        self._into.line = self._lines.pop()
        super().endElementNS(name, qname)
