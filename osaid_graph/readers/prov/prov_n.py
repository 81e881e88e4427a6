"""Reader of PROV-N, the notation of provenance for people (W3C Recommendation of 30 April 2013)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers.limits import MAX_NODES
from osaid_graph.readers.place import At
from osaid_graph.readers.prov.records import BUILT_IN, NODES, RELATIONS, Record, Records, Value
from osaid_graph.readers.rdf.terms import labelled_by_content, terms_as_written
from osaid_graph.readers.text import decode
from osaid_graph.readers.vocabularies import states, translate
from osaid_graph.reading import Reading
from osaid_graph.sources import Unread

NAME = "prov-n"
STATES = states("prov-o")

_TOKEN = re.compile(
    r"""(?P<space>[\x00-\x09\x0b-\x20]+) | (?P<line>\n) | (?P<comment>//[^\n]*|/\*.*?\*/)
    | (?P<text>\"{3}.*?(?<!\\)\"{3} | \"(?:[^"\\\n]|\\.)*\" )
    | (?P<name>'(?:[^'\\\n]|\\.)*') | (?P<iri><[^<>\x00-\x20]*>) | (?P<sign>%%|[(),;=\[\]])
    | (?P<language>@[A-Za-z0-9-]+)
    | (?P<word>(?:[^\x00-\x20()\[\],;="'<>%@\\]|\\.|%[0-9A-Fa-f]{2}|@)+)""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_INTEGER = re.compile(r"-?[0-9]+")
_NODE_ARGUMENTS = {"entity": (), "activity": ("startTime", "endTime"), "agent": ()}


class Token(NamedTuple):
    """A token: what it is, its text and its line."""

    kind: str
    text: str
    line: int


def sniff(data: bytes) -> bool:
    """Tell whether the first word, after comments, is ``document``."""
    head = data[: 1 << 12].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    head = re.sub(r"//[^\n]*|/\*.*?\*/", " ", head, flags=re.DOTALL)
    return re.match(r"\s*document\s+(?:default|prefix|bundle|endDocument|[A-Za-z:]+\()", head) is not None


def read(data: bytes, name: str) -> Reading:
    """Read PROV-N; what a bundle holds is attributed to the bundle.

    Raises:
        InputError: Not UTF-8, or a syntax error, with its line.
    """
    parser = _Parser(decode(data))
    with terms_as_written():
        parser.document()
    records = parser.records
    statements = labelled_by_content(records.statements, data)
    return translate(statements, data, unread=parser.unread.values(), repairs=records.repairs, provenance=True)


def _tokens(text: str) -> Iterator[Token]:
    line, at = 1, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            found = shortened(text[at:].split("\n", 1)[0], 40)
            raise InputError(f"not PROV-N at {found!r}", "write a record, as kind(id, ..., [attributes])", line=line)
        kind = match.lastgroup or ""
        if kind not in ("space", "line", "comment"):
            yield Token(kind, match.group(), line)
        line += match.group().count("\n")
        at = match.end()
    yield Token("end", "the end of the file", line)


class _Parser:
    """A parser of one token of look-ahead."""

    def __init__(self, text: str) -> None:
        self.records = Records()
        self.unread: dict[str, Unread] = {}
        self._tokens = _tokens(text)
        self._count = 0
        self._next = next(self._tokens)

    def document(self) -> None:
        self._word("document")
        prefixes = self._prefixes(BUILT_IN)
        while not self._is("word", "endDocument"):
            if self._is("word", "bundle"):
                self._bundle(prefixes)
            else:
                self._expression(prefixes, None)
        self._advance()
        if self._next.kind != "end":
            raise self._wrong("nothing after endDocument")

    def _bundle(self, outer: Mapping[str, str]) -> None:
        self._word("bundle")
        name = self._take("word", "the name of the bundle")
        graph = self.records.expand(_plain(name.text), outer, At(name.line))
        prefixes = self._prefixes(outer)
        while not self._is("word", "endBundle"):
            self._expression(prefixes, graph)
        self._advance()

    def _prefixes(self, outer: Mapping[str, str]) -> dict[str, str]:
        found = dict(outer)
        while self._is("word", "prefix") or self._is("word", "default"):
            name = "default"
            if self._advance().text == "prefix":
                name = self._take("word", "a prefix").text
            found[name] = self._take("iri", "a namespace in angle brackets").text[1:-1]
        return found

    def _expression(self, prefixes: Mapping[str, str], graph: URIRef | None) -> None:
        kind = self._take("word", "a record, or endDocument")
        self._sign("(")
        name, values = "", list[Token]()
        attributes: tuple[tuple[str, Value], ...] = ()
        while not self._is("sign", ")"):
            if self._is("sign", "["):
                attributes = self._attributes(graph)
                continue
            token = self._advance()
            if token.kind == "sign" and token.text == ";":
                name, values = _plain(values.pop().text) if values else "", []
            elif token.kind == "sign" and token.text == ",":
                continue
            elif token.kind == "sign" and token.text == "(":
                self._skip()
            elif token.kind in ("word", "name", "text"):
                values.append(token)
            else:
                raise self._wrong("an identifier, - or a list of attributes", token)
        self._advance()
        self._record(kind, name, values, attributes, prefixes, graph)

    def _skip(self) -> None:
        """Pass over what an extension of PROV has in brackets; its record is counted as unread."""
        depth = 1
        while depth:
            token = self._advance()
            depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "sign" else 0

    def _record(
        self,
        kind: Token,
        name: str,
        values: list[Token],
        attributes: tuple[tuple[str, Value], ...],
        prefixes: Mapping[str, str],
        graph: URIRef | None,
    ) -> None:
        at = At(kind.line, "", graph)
        if kind.text in NODES:
            if not values:
                raise InputError(f"{kind.text} without an identifier", f"write {kind.text}(id)", line=kind.line)
            name, names = _plain(values.pop(0).text), _NODE_ARGUMENTS[kind.text]
        elif kind.text in RELATIONS:
            names = RELATIONS[kind.text].arguments
        else:
            first = self.unread.get(kind.text, Unread(kind.text, 0, kind.line))
            self.unread[kind.text] = Unread(kind.text, first.count + 1, first.line)
            return
        pairs = [(each, token) for each, token in zip(names, values, strict=False) if token.text != "-"]
        if len(values) > len(names) and kind.text in RELATIONS:
            self.unread[kind.text] = Unread(kind.text, len(values) - len(names), kind.line)
        arguments = {each: Value(_plain(token.text), at=At(token.line, "", graph)) for each, token in pairs}
        self.records.add(Record(kind.text, name, at, arguments, attributes), prefixes)

    def _attributes(self, graph: URIRef | None) -> tuple[tuple[str, Value], ...]:
        self._sign("[")
        found: list[tuple[str, Value]] = []
        while not self._is("sign", "]"):
            if self._is("sign", ","):
                self._advance()
                continue
            name = self._take("word", "an attribute")
            self._sign("=")
            found.append((_plain(name.text), self._value(graph)))
        self._advance()
        return tuple(found)

    def _value(self, graph: URIRef | None) -> Value:
        token = self._advance()
        at = At(token.line, "", graph)
        if token.kind == "name":
            self._datatype()
            return Value(_plain(token.text[1:-1]), "prov:QUALIFIED_NAME", at=at)
        if token.kind == "word" and _INTEGER.fullmatch(token.text):
            return Value(token.text, self._datatype() or "xsd:int", at=at)
        if token.kind != "text":
            raise self._wrong("a value: a text in quotes, a number or a 'name'", token)
        width = 3 if token.text.startswith('"""') and len(token.text) >= 6 else 1
        text = _ESCAPE.sub(lambda found: _LETTERS.get(found[1], found[1]), token.text[width:-width])
        if self._next.kind == "language":
            return Value(text, "", self._advance().text[1:], at)
        datatype = self._datatype()
        if datatype:
            return Value(text, datatype, at=at)
        return Value(text, at=at)

    def _datatype(self) -> str:
        """Return the datatype that may follow a value, a name or an IRI."""
        if not self._is("sign", "%%"):
            return ""
        self._advance()
        if self._next.kind == "iri":
            return self._advance().text[1:-1]
        return _plain(self._take("word", "a datatype").text)

    def _is(self, kind: str, text: str) -> bool:
        return self._next.kind == kind and self._next.text == text

    def _advance(self) -> Token:
        token = self._next
        if token.kind == "end":
            raise self._wrong("endDocument")
        self._count += 1
        if self._count > MAX_NODES:
            raise InputError(f"more than {MAX_NODES:,} words and signs", "split the file", line=token.line)
        self._next = next(self._tokens)
        return token

    def _take(self, kind: str, what: str) -> Token:
        if self._next.kind != kind:
            raise self._wrong(what)
        return self._advance()

    def _word(self, text: str) -> None:
        if not self._is("word", text):
            raise self._wrong(text)
        self._advance()

    def _sign(self, text: str) -> None:
        if not self._is("sign", text):
            raise self._wrong(text)
        self._advance()

    def _wrong(self, expected: str, token: Token | None = None) -> InputError:
        token = token or self._next
        found = token.text if token.kind == "end" else repr(shortened(token.text, 40))
        return InputError(
            f"PROV-N syntax error: expected {expected}, found {found}", "mend the record there", line=token.line
        )


def _plain(name: str) -> str:
    """Return a qualified name without the escapes of PROV-N."""
    return _ESCAPE.sub(r"\1", name)
