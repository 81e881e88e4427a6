"""What is said of a node, and by whom: from the store, of which a page needs little."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from osaid_graph.errors import InputError, UsageError
from osaid_graph.identity import checked_iri, short, shortened
from osaid_graph.query.on_disk import open_read_only
from osaid_graph.query.terms import named_node, prefixed
from osaid_graph.server.limits import MEGABYTE, NAME, TEXT
from osaid_graph.vocab import OSAID

#: Statements of a node, and of those that refer to it, which a page shows; and those of a node that are given as data.
SHOWN: Final = 500
#: Of a node that is given as data: its statements, and the characters of all their texts.
GIVEN: Final = 100_000
_DATA: Final = 8 * MEGABYTE
_FEW: Final = 16
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_FROM: Final = "http://www.w3.org/ns/prov#wasDerivedFrom"
_TITLES: Final = (
    "http://purl.org/dc/terms/title",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://xmlns.com/foaf/0.1/name",
)
_COMPONENT: Final = named_node(str(OSAID.hasComponent))
_VERSION: Final = "http://www.w3.org/ns/dcat#version"
#: The properties by which a node is called what it is called.
NAMES: Final = (*_TITLES, _VERSION)


@dataclass(frozen=True, slots=True)
class Value:
    """A value: an IRI that may be followed within the site, or a text with its language or datatype."""

    text: str
    iri: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a node is said to have, and in which documents; in none where it follows from others."""

    value: Value
    sources: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a node by a property."""

    property: str
    label: str
    value: Value
    sources: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a node.

    Attributes:
        iri: Its IRI.
        title: What it is called.
        claims: What is said of it, by property.
        referred: What refers to it, and by which property.
        is_cut: Whether there are more statements than are shown.
    """

    iri: str
    title: str
    claims: tuple[Claim, ...]
    referred: tuple[tuple[Value, str, str], ...]
    is_cut: bool


class Nodes:
    """Looks nodes up.

    Args:
        folder: The store (:mod:`osaid_graph.query.on_disk`).
    """

    def __init__(self, folder: Path) -> None:
        self.store = open_read_only(folder)

    def described(self, iri: str) -> Described | None:
        """Return what is said of a node; None where nothing is, and nothing refers to it."""
        node = _named(iri)
        if node is None:
            return None
        of_node = self.store.quads_for_pattern(node, None, None)
        claims = [
            Claim(prop, called(prop), said.value, said.sources) for prop, said in self._said(islice(of_node, SHOWN))
        ]
        to_node = list(islice(self.store.quads_for_pattern(None, None, node), SHOWN + 1))
        if not claims and not to_node:
            return None
        claims.sort(key=lambda each: (not each.sources, each.property != _TYPE, each.label, each.value.text))
        pairs = {(str(quad.subject), quad.predicate.value): quad for quad in to_node[:SHOWN]}
        referred = [(self._value(quad.subject), prop, called(prop)) for (_, prop), quad in pairs.items()]
        referred.sort(key=lambda each: (each[2], each[0].text))
        cut = len(to_node) > SHOWN or next(iter(of_node), None) is not None
        return Described(iri, self.title(node), tuple(claims), tuple(referred), cut)

    def there(self, described: Described) -> set[str]:
        """Return those of the IRIs in a description that have a description themselves."""
        named = {value.iri for value, _, _ in described.referred} | {prop for _, prop, _ in described.referred}
        for claim in described.claims:
            named |= {claim.property, claim.value.iri, *(source.iri for source in claim.sources)}
        return {iri for iri in named if self.is_there(iri)}

    def is_there(self, iri: str) -> bool:
        """Tell whether anything is said of a node, or refers to it."""
        node = _named(iri) if iri else None
        if node is None:
            return False
        patterns = ((node, None, None), (None, None, node))
        return any(next(iter(self.store.quads_for_pattern(*each)), None) is not None for each in patterns)

    def said(self, iri: str, prop: str) -> tuple[Said, ...]:
        """Return the first of what is said of a node by a property; nothing of one without an IRI."""
        node = _named(iri)
        if node is None:
            return ()
        found = islice(self.store.quads_for_pattern(node, ox.NamedNode(prop), None), _FEW)
        said = (each for _, each in self._said(found))
        return tuple(sorted(said, key=lambda each: (not each.sources, each.value.text)))

    def triples(self, iri: str) -> list[ox.Triple]:
        """Return what is said of a node as statements, with the blank nodes that this leads to.

        Raises:
            UsageError: It is more than is given.
        """
        node = _named(iri)
        return [] if node is None else self.around(node)

    def referring(self, iri: str, prop: str, most: int) -> list[ox.NamedNode | ox.BlankNode]:
        """Return the first nodes that refer to one by a property."""
        node = _named(iri)
        found = () if node is None else islice(self.store.quads_for_pattern(None, ox.NamedNode(prop), node), most)
        subjects = (quad.subject for quad in found)
        return list(dict.fromkeys(each for each in subjects if not isinstance(each, ox.Triple)))

    def components(self, iri: str, is_own: Callable[[str], bool]) -> list[str]:
        """Return what a node consists of, and what that consists of: IRIs, or ``_:label``; the first of many.

        Args:
            iri: The node.
            is_own: Whether a part belongs to it: what does not is left out, with its parts.
        """
        node = _named(iri)
        found: dict[str, None] = {}
        waiting: list[ox.NamedNode | ox.BlankNode] = [] if node is None else [node]
        while waiting and len(found) < SHOWN:
            for quad in islice(self.store.quads_for_pattern(waiting.pop(), _COMPONENT, None), SHOWN):
                part = quad.object
                if isinstance(part, ox.Literal | ox.Triple) or _name(part) in found:
                    continue
                if is_own(_name(part)):
                    found[_name(part)] = None
                    waiting.append(part)
        return list(found)

    def around(self, node: ox.NamedNode | ox.BlankNode) -> list[ox.Triple]:
        """Return what is said of a node as statements, with the blank nodes that this leads to."""
        found: dict[ox.Triple, None] = {}
        waiting: list[ox.NamedNode | ox.BlankNode] = [node]
        seen: set[ox.NamedNode | ox.BlankNode] = {node}
        size = 0
        while waiting:
            for quad in self.store.quads_for_pattern(waiting.pop(), None, None):
                found[quad.triple] = None
                size += len(quad.object.value) if isinstance(quad.object, ox.Literal) else 0
                if len(found) > GIVEN:
                    raise UsageError(f"more than {GIVEN:,} statements", "ask the SPARQL endpoint for some of them")
                if size > _DATA:
                    what = f"the texts of this node have more than {_DATA:,} characters"
                    raise UsageError(what, "ask the SPARQL endpoint for some of them")
                if isinstance(quad.object, ox.BlankNode) and quad.object not in seen:
                    seen.add(quad.object)
                    waiting.append(quad.object)
        return list(found)

    def called(self, iri: str) -> str:
        """Return what a node of an IRI is called; nothing of one without."""
        node = _named(iri)
        return "" if node is None else self.title(node)

    def title(self, node: ox.NamedNode | ox.BlankNode) -> str:
        """Return what a node is called, as in reports (:func:`osaid_graph.graph.labels.label`).

        That is its title with its version; of a part without one, the title of the whole with its fragment; or the
        short form of its IRI.
        """
        if name := self._titled(node):
            return name
        if isinstance(node, ox.BlankNode):
            return _name(node)
        whole, _, fragment = node.value.partition("#")
        name = self._titled(ox.NamedNode(whole)) if fragment else ""
        return f"{name} {fragment.replace('-', ' ')}" if name else short(node.value)

    def _titled(self, node: ox.NamedNode | ox.BlankNode) -> str:
        """Return the beginning of a title of a node with its version; empty where it has none."""
        for prop in _TITLES:
            if titles := self._texts(node, prop):
                version = next(iter(self._texts(node, _VERSION)), "")
                return shortened(titles[0] if version in titles[0] else f"{titles[0]} {version}", NAME)
        return ""

    def _texts(self, node: ox.NamedNode | ox.BlankNode, prop: str) -> list[str]:
        """Return the first texts that a property of a node has, sorted."""
        found = islice(self.store.quads_for_pattern(node, ox.NamedNode(prop), None), _FEW)
        return sorted(quad.object.value for quad in found if isinstance(quad.object, ox.Literal))

    def _said(self, quads: Iterable[ox.Quad]) -> list[tuple[str, Said]]:
        """Return each property and value with the documents that say so; of long texts, only what is shown."""
        found: dict[tuple[str, _Term | tuple[int, int]], tuple[Value, list[Value]]] = {}
        for quad in quads:
            value, prop = quad.object, quad.predicate.value
            key: tuple[str, _Term | tuple[int, int]] = (prop, value)
            if isinstance(value, ox.Literal) and len(value.value) > TEXT:
                key = (prop, (len(value.value), hash(value)))
            if key not in found:
                found[key] = (self._value(value), [])
            if isinstance(quad.graph_name, ox.NamedNode):
                found[key][1].append(self._source(quad.graph_name))
        return [(prop, Said(value, tuple(sources))) for (prop, _), (value, sources) in found.items()]

    def _source(self, graph: ox.NamedNode) -> Value:
        """Return the graph of a document, called as that is; or of what one attributes to another, called as that."""
        for quad in islice(self.store.quads_for_pattern(graph, ox.NamedNode(_FROM), None), 1):
            if isinstance(quad.object, ox.NamedNode):
                return Value(short(quad.object.value), graph.value)
        return Value(self.title(graph), graph.value)

    def _value(self, term: _Term) -> Value:
        if isinstance(term, ox.NamedNode):
            return Value(called(term.value), term.value)
        if isinstance(term, ox.Literal):
            plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
            note = term.language or ("" if plain else called(term.datatype.value))
            return Value(shortened(term.value, TEXT), note=note)
        if isinstance(term, ox.BlankNode):
            said = [f"{called(quad.predicate.value)} {self._value(quad.object).text}" for quad in self._beside(term)]
            return Value(shortened(f"[{'; '.join(said)}]", TEXT))
        return Value(shortened(str(term), TEXT))

    def _beside(self, node: ox.BlankNode) -> Iterator[ox.Quad]:
        """Yield the first statements of a blank node, without those that lead to others."""
        seen: set[tuple[str, str]] = set()  # a statement may stand in several graphs
        for quad in islice(self.store.quads_for_pattern(node, None, None), 16):
            said = (quad.predicate.value, str(quad.object))
            if said not in seen and quad.predicate.value != _TYPE and not isinstance(quad.object, ox.BlankNode):
                seen.add(said)
                yield quad


def _name(node: ox.NamedNode | ox.BlankNode) -> str:
    return node.value if isinstance(node, ox.NamedNode) else f"_:{node.value}"


def called(iri: str) -> str:
    """Return an IRI as queries write it, or its short form."""
    return prefixed(iri) or short(iri)


def _named(iri: str) -> ox.NamedNode | None:
    try:
        return named_node(checked_iri(iri))
    except InputError:
        return None
