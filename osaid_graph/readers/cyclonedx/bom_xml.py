"""The XML of CycloneDX as the tree that its JSON has, with the line of every value.

The two notations are one model (https://cyclonedx.org/specification/overview/): attributes are keys, an element that
wraps others of one name is a list, an element that repeats is one as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat  # a document type is refused as it begins, before anything in it is read

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.readers.limits import MAX_DEPTH, MAX_NODES
from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value

NAMESPACE = re.compile(r"http://cyclonedx\.org/schema/bom/(?P<version>[0-9.]+)")
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance "
#: Elements that wrap others -> the names of those, where they are not the same word without its last letter.
_ITEMS = {
    "externalReferences": {"reference"},
    "dependencies": {"dependency"},
    "properties": {"property"},
    "hashes": {"hash"},
    "assemblies": {"assembly"},
    "licenses": {"license", "expression"},
    "collection": {"graphic"},
    **{kin: {"component"} for kin in ("ancestors", "descendants", "variants")},
}
_KEYS = {"content-type": "contentType"}
#: Elements whose text stands beside attributes -> the key it has in JSON.
_TEXT = {"property": "value"}


@dataclass(slots=True)
class _Open:
    """An element that has begun."""

    name: str
    line: int
    column: int
    entries: list[tuple[str, Value, int]] = field(default_factory=list)
    attributes: int = 0
    text: list[str] = field(default_factory=list)


def parse(text: str) -> Mapping:
    """Return the tree of a CycloneDX document in XML.

    Raises:
        InputError: A document type or an entity, not well-formed, another kind of document, or one of the limits of
            :mod:`osaid_graph.readers.limits` exceeded; with the line.
    """
    return _Builder().build(text)


class _Builder:
    def __init__(self) -> None:
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._open: list[_Open] = []
        self._values = 0
        self._version = ""
        self._root: Mapping | None = None

    def build(self, text: str) -> Mapping:
        try:
            self._parser.Parse(text.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            raise InputError(
                f"not well-formed XML at column {error.offset + 1}: {expat.ErrorString(error.code)}",
                "mend it with the tool that wrote it",
                line=error.lineno,
            ) from None
        if self._root is None:
            raise InputError("not a CycloneDX document: it is empty", "give a bill of materials", line=1)
        return self._root

    def _refuse(self, *declared: object) -> None:
        raise InputError(
            "a document type declaration, which a CycloneDX document does not need",
            "delete it: entities and external definitions are never read",
            line=self._parser.CurrentLineNumber,
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        namespace, _, local = name.rpartition(" ")
        match = NAMESPACE.fullmatch(namespace)
        if not self._open:
            if match is None or local != "bom":
                raise InputError(
                    f"not a CycloneDX document: its root is <{shortened(local, 40)}>",
                    'the root is <bom xmlns="http://cyclonedx.org/schema/bom/1.6">, or of 1.5 or 1.7',
                    line=line,
                )
            self._version = match["version"]
        self._values += 1 + len(attributes)
        if self._values > MAX_NODES:
            raise InputError(f"more than {MAX_NODES:,} values", "split the file", line=line)
        if len(self._open) >= MAX_DEPTH:
            raise InputError(f"XML is nested deeper than {MAX_DEPTH} levels", "flatten it", line=line)
        opened = _Open(local if match else name.replace(" ", "#"), line, column)
        for key, value in attributes.items():
            if not key.startswith(_INSTANCE):
                opened.entries.append((_KEYS.get(key, key), Scalar(value.strip(), line, column, plain=False), line))
        opened.attributes = len(opened.entries)
        self._open.append(opened)

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)

    def _end(self, name: str) -> None:
        closed = self._open.pop()
        if not self._open:
            self._root = _block(closed, "")
            for key, word in (("bomFormat", "CycloneDX"), ("specVersion", self._version)):
                _put(self._root, key, Scalar(word, closed.line, closed.column, plain=False), closed.line)
            return
        outer = self._open[-1]
        outer.entries.append((closed.name, _value(closed, outer.name), closed.line))


def _value(element: _Open, within: str) -> Value:
    """Return what an element comes to in JSON."""
    text = "".join(element.text).strip()
    items = _ITEMS.get(element.name, {element.name[:-1]})
    names = {name for name, _, _ in element.entries}
    if element.entries and not element.attributes and names <= items and not text:
        return Sequence(element.line, element.column, [value for _, value, _ in element.entries])
    if within == "licenses" and element.name in ("license", "expression"):
        return _licence(element, text)
    if not element.entries:
        return Scalar(text, element.line, element.column, plain=False)
    if element.name == "dependency":
        _name_dependencies(element)
    return _block(element, text)


def _block(element: _Open, text: str) -> Mapping:
    block = Mapping(element.line, element.column)
    for key, value, line in element.entries:
        _put(block, key, value, line)
    if text:
        key = _TEXT.get(element.name, "content")
        _put(block, key, Scalar(text, element.line, element.column, plain=False), element.line)
    return block


def _put(block: Mapping, key: str, value: Value, line: int) -> None:
    """Add a value under a key; a key that is there already becomes a list."""
    before = block.values.get(key)
    if before is None:
        block.values[key] = value
        block.keys[key] = Scalar(key, line, value.column)
    elif isinstance(before, Sequence):
        before.items.append(value)
    else:
        block.values[key] = Sequence(before.line, before.column, [before, value])


def _licence(element: _Open, text: str) -> Mapping:
    """Return ``<license>`` and ``<expression>`` as the entries of a list that they are in JSON."""
    if element.name == "license":
        entry = Mapping(element.line, element.column)
        _put(entry, "license", _block(element, text), element.line)
        return entry
    entry = _block(element, "")
    _put(entry, "expression", Scalar(text, element.line, element.column, plain=False), element.line)
    return entry


def _name_dependencies(element: _Open) -> None:
    """Write the dependencies within one as the list of references that they are in JSON."""
    listed: list[Value] = []
    kept: list[tuple[str, Value, int]] = []
    for name, value, line in element.entries:
        inner = value.values.get("ref") if name == "dependency" and isinstance(value, Mapping) else None
        if inner is None:
            kept.append((name, value, line))
        else:
            listed.append(inner)
    if listed:
        kept.append(("dependsOn", Sequence(listed[0].line, 0, listed), listed[0].line))
    element.entries = kept
