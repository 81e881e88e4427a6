"""Notes on the input: what a description says that will not do what its author means. No outcome depends on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import urlsplit

from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.assessment.license_texts import license_notes
from osaid_graph.assessment.versions import reference
from osaid_graph.graph.axioms import axioms, vocabulary_terms
from osaid_graph.graph.labels import name
from osaid_graph.graph.ontology import codelists, ontology
from osaid_graph.graph.release import Release
from osaid_graph.identity import is_example, shortened
from osaid_graph.model import Note
from osaid_graph.sources import Location
from osaid_graph.vocab import OSAID, token

#: An address that lacks its scheme: a host name and a path, and nothing else.
_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}/\S+", re.IGNORECASE)
#: Texts that are no statement about a place or document, whatever they look like.
_OTHER_TEXTS = frozenset(map(str, (OSAID.license, OSAID.revision, OSAID.definition, OSAID.sha256)))
#: What describes a dataset, and does not refer to it.
_ABOUT = frozenset((DCTERMS.isVersionOf, RDF.type))
#: Datasets named in a note before "...".
_SHOWN = 6


class Notes:
    """The notes on what the documents of a release say.

    Args:
        release: The documents.
        graph: The same, prepared for assessment.
    """

    def __init__(self, release: Release, graph: Graph) -> None:
        self.release = release
        self.graph = graph

    def of(self, subject: IdentifiedNode, aside: Iterable[Note] = ()) -> tuple[Note, ...]:
        """Return the notes for an assessment of a subject, by document and line.

        Where the subject is an example itself, its addresses may be.

        Args:
            subject: What is assessed.
            aside: The notes on what was set aside.
        """
        found = [*aside, *self._of_all, *_unused(self.release, self.graph, subject)]
        if not (isinstance(subject, URIRef) and is_example(str(subject))):
            found += self._of_examples
        return tuple(sorted(found, key=lambda note: (note.location.source, note.location.line or 0, note.text)))

    @cached_property
    def _of_all(self) -> list[Note]:
        of_statements = (_without_scheme, license_notes, _axioms)
        return [*self.release.remarks, *(note for notes in of_statements for note in notes(self.release))]

    @cached_property
    def _of_examples(self) -> list[Note]:
        return list(_examples(self.release))


def _unused(release: Release, graph: Graph, subject: IdentifiedNode) -> Iterator[Note]:
    """Yield a note on the datasets that nothing refers to, of the manifest that describes the subject.

    Other files may describe what other releases use.
    """
    home = release.location(subject)
    manifests = {source.name for source in release.sources if source.format == "osaid.yaml"}
    if home is None or home.source not in manifests:
        return
    places: dict[Location, IdentifiedNode] = {}
    for node in release.graph.subjects(RDF.type, OSAID.Dataset):
        place = release.location(node) if isinstance(node, IdentifiedNode) else None
        used = any(predicate not in _ABOUT for predicate in release.graph.predicates(None, node))
        if place is not None and place.source == home.source and not used and isinstance(node, IdentifiedNode):
            places[place] = node
    if places:
        order = sorted(places, key=lambda place: place.line or 0)
        names = ", ".join(reference(graph, places[place]) for place in order[:_SHOWN])
        more = ", ..." if len(order) > _SHOWN else ""
        yield Note(order[0], f"{names}{more}: described here, but nothing refers to it; name it under training-data")


def _without_scheme(release: Release) -> Iterator[Note]:
    for triple in release.graph:
        predicate, value = str(triple[1]), triple[2]
        if not isinstance(value, Literal) or not predicate.startswith(str(OSAID._NS)) or predicate in _OTHER_TEXTS:
            continue
        place = release.location(*triple)  # type: ignore[arg-type]
        if place is not None and _WITHOUT_SCHEME.fullmatch(value):
            yield Note(place, f"{shortened(value)} looks like an address; write https://{shortened(value)}")


def _axioms(release: Release) -> Iterator[Note]:
    """Yield for each document a note on the first thing that it says of the vocabulary and the ontology does not."""
    first: dict[str, tuple[int, str]] = {}
    for axiom in axioms(release.graph):
        place = release.location(*axiom)  # type: ignore[arg-type]
        if place is None or axiom in ontology() or axiom in codelists():
            continue
        found = (place.line or 0, _about_axiom(*axiom))
        first[place.source] = min(first.get(place.source, found), found)
    for source, (line, text) in first.items():
        yield Note(Location(source, line or None), text)


def _about_axiom(subject: Node, predicate: Node, _value: Node) -> str:
    if subject in vocabulary_terms():
        return f"{token(subject)} is a word of the vocabulary: what else is said of it is not looked at"
    return f"{name(subject)} is not taken for a sub-class: give what is of it a class of the ontology as well"


def _examples(release: Release) -> Iterator[Note]:
    """Yield for each document a note on the first address in it that is one for examples."""
    first: dict[str, tuple[int, str]] = {}
    for triple in release.graph:
        _, predicate, value = triple
        if not isinstance(value, URIRef) or predicate in (RDF.type, RDFS.seeAlso) or not is_example(str(value)):
            continue
        place = release.location(*triple)  # type: ignore[arg-type]
        if place is not None:
            found = (place.line or 0, str(value))
            first[place.source] = min(first.get(place.source, found), found)
    for source, (line, address) in first.items():
        host = urlsplit(address).hostname
        yield Note(
            Location(source, line or None), f"{host} is a host for examples: {shortened(address)} proves nothing"
        )
