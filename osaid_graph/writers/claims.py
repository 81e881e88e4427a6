"""What a release says, as claims: one for each statement and each who says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import DCTERMS, PROV, RDF, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.release import Release
from osaid_graph.model import Term
from osaid_graph.reading import StatedSource
from osaid_graph.vocab import OSAID
from osaid_graph.writers.yaml_layout import Yaml
from osaid_graph.writers.yaml_text import Word


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement and the URL of who makes it, empty where that is the document itself."""

    subject: IdentifiedNode
    predicate: URIRef
    value: Term
    source: str


class Claims:
    """The claims of a release, by subject, in the order they were read.

    Records of reading (``osaid:SourceDocument``: digests, readers) describe no release and are none of them.
    """

    def __init__(self, release: Release) -> None:
        self._by_subject: dict[IdentifiedNode, list[Claim]] = {}
        records = set(release.graph.subjects(RDF.type, OSAID.SourceDocument))
        records |= {agent for node in records for agent in release.graph.objects(node, PROV.wasAttributedTo)}
        titled = _titles(release)
        for (subject, predicate, value), source in release.claims():
            if subject not in records and (subject, value) not in titled:
                claim = Claim(subject, predicate, value, source)
                self._by_subject.setdefault(subject, []).append(claim)

    def __iter__(self) -> Iterator[Claim]:
        for claims in self._by_subject.values():
            yield from claims

    def subjects(self) -> tuple[IdentifiedNode, ...]:
        """Return the nodes that something is said of."""
        return tuple(self._by_subject)

    def of(self, node: object) -> list[Claim]:
        """Return the claims about a node."""
        return self._by_subject.get(node, []) if isinstance(node, IdentifiedNode) else []

    def types(self, node: object) -> set[Term]:
        """Return the classes a node is said to be of."""
        return {claim.value for claim in self.of(node) if claim.predicate == RDF.type}


def _titles(release: Release) -> set[tuple[IdentifiedNode, Term]]:
    """Return the titles of sources that a dataset gives beside its graphs: they are written with the source."""
    return {
        (URIRef(source.url), Literal(source.title))
        for records in release.source_records().values()
        for source in records
        if source.title
    }


class SourceMentions:
    """How sources are written: title and day of retrieval where a URL is first mentioned, then the URL alone."""

    def __init__(self, release: Release) -> None:
        self._waiting = {url: list(records) for url, records in release.source_records().items()}

    def waits(self, url: str) -> bool:
        """Tell whether there is a title or a day of a source that is not written yet."""
        return bool(self._waiting.get(url))

    def mention(self, url: str) -> Yaml:
        """Return the value of a ``source`` key."""
        waiting = self._waiting.get(url)
        if not waiting:
            return url
        record = waiting.pop(0)
        said: dict[str, Yaml] = {"url": url}
        if record.title:
            said["title"] = record.title
        if record.retrieved:
            said["retrieved"] = Word(record.retrieved)
        return said

    def unmentioned(self) -> Iterator[Claim]:
        """Yield what was said of sources and found no place."""
        for url, records in self._waiting.items():
            for record in records:
                yield from _record_claims(url, record)


def _record_claims(url: str, record: StatedSource) -> Iterator[Claim]:
    if record.title:
        yield Claim(URIRef(url), DCTERMS.title, Literal(record.title), "")
    if record.retrieved:
        yield Claim(URIRef(url), OSAID.retrieved, Literal(record.retrieved), "")
