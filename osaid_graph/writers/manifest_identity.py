"""How the manifest names a node: by the keys of its block where these give the same IRI, else by an ``id``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from rdflib import DCTERMS, BNode, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.identity import canonical, part_of, versioned
from osaid_graph.vocab import DCAT3, OSAID
from osaid_graph.writers.claims import Claim
from osaid_graph.writers.manifest_words import address, plain_text, reference, unversioned
from osaid_graph.writers.yaml_layout import Yaml

Keys = dict[str, Yaml]


class Names:
    """The IRIs of nodes. A blank node that the manifest can only describe as a node with an identity gets one.

    Args:
        taken: The nodes that are there already.
    """

    def __init__(self, taken: Iterable[IdentifiedNode]) -> None:
        self._taken = {str(node) for node in taken if isinstance(node, URIRef)}
        self._parts: Counter[str] = Counter()
        self.given: dict[BNode, URIRef] = {}

    def of(self, node: IdentifiedNode, whole: URIRef, part: str) -> URIRef:
        """Return the IRI of a node, as a ``part`` of ``whole`` if it has none."""
        if isinstance(node, URIRef):
            return node
        if isinstance(node, BNode) and node not in self.given:
            number, start = 1, part_of(whole, part)
            while (iri := start if number == 1 else f"{start}-{number}") in self._taken:
                number += 1
            self._taken.add(iri)
            self.given[node] = URIRef(iri)
        return self.given[BNode(node)]

    def part(self, iri: URIRef, whole: URIRef, part: str) -> Keys | None:
        """Return the keys that name a part: none where the reader, counting them, comes to the same IRI."""
        start = part_of(whole, part)
        number = self._parts[start] + 1
        if str(iri) == (start if number == 1 else f"{start}-{number}"):
            self._parts[start] = number
            return {}
        return identified(iri)


def identified(iri: URIRef) -> Keys | None:
    """Return the ``id`` of what is no dataset; None if it has no reference."""
    text = reference(str(iri), "models")
    return {"id": text} if text else None


def dataset_id(iri: URIRef, said: Sequence[Claim]) -> Keys | None:
    """Return the ``id`` of a dataset, with its ``version`` if ``said`` states that it is one."""
    versions = [text for c in said if c.predicate == DCAT3.version and (text := plain_text(c.value))]
    wholes = [str(c.value) for c in said if c.predicate == DCTERMS.isVersionOf]
    for version in versions:
        for whole in wholes:
            text = unversioned(whole)
            if text and versioned(whole, version) == str(iri):
                return {"id": text, "version": version}
    text = unversioned(str(iri))
    return {"id": text} if text else None


def placed(iri: URIRef, said: Sequence[Claim], *, revised: bool, shunned: Set[str] = frozenset()) -> Keys | None:
    """Return the keys that name what is known by its address: none if that is the one in ``said``.

    Args:
        iri: The node.
        said: What its block says of it.
        revised: Whether a revision makes it a node of its own.
        shunned: Addresses of what it cannot be, although it is found there.

    Returns:
        None where no single address is stated.
    """
    places = [address(c.value) for c in said if c.predicate == OSAID.location]
    if len(places) != 1 or places[0] is None or places[0] in shunned:
        return None
    revisions = [text for c in said if c.predicate == OSAID.revision and (text := plain_text(c.value))]
    there = canonical(places[0])
    if revised and revisions:
        there = versioned(there, revisions[0])
    return {} if there == str(iri) else identified(iri)
