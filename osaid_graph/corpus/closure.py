"""Which nodes of a corpus an assessment of one subject can depend on.

More than its scope, so that nothing is missing: what is made of what is followed from every node, and to the wholes
from everything that may be a release or a part of one. Each step looks at all nodes that the last one reached, in the
files of the properties that lead on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from rdflib import DCTERMS, RDF

from osaid_graph.corpus.layout import STATEMENTS, TABLES
from osaid_graph.corpus.open import LIVE, Corpus
from osaid_graph.engines import Engine
from osaid_graph.graph.ontology import implying, narrower, narrower_classes
from osaid_graph.lineage.edges import SUBJECTS
from osaid_graph.term_ids import FIRST_IRI, iri_id
from osaid_graph.vocab import OSAID

#: What leads from a thing to what it was made of or with.
_FORWARD: Final = (
    *(OSAID.hasComponent, OSAID.trainedOn, OSAID.derivedFrom, OSAID.trainedBy, OSAID.processedBy),
    *(OSAID.usedDataset, OSAID.usedCode, OSAID.usedConfiguration),
)
#: What leads over an activity to what a thing has: :mod:`osaid_graph.graph.activities` makes components of it.
_OVER_ACTIVITIES: Final = (OSAID.trainedBy, OSAID.processedBy, OSAID.usedCode, OSAID.usedConfiguration)
#: Classes of what may be a part of a release whose other parts were released with it.
_PARTS: Final = (*SUBJECTS, OSAID.Checkpoint, OSAID.OptimizerState)
#: Edges that lead to such things, whatever is said of their class.
_TO_PARTS: Final = (OSAID.hasModel, OSAID.hasParameters, OSAID.hasCheckpoint, OSAID.hasOptimizerState)


class Closure(NamedTuple):
    """What an assessment of a subject can depend on, as ids.

    Attributes:
        nodes: What it can reach.
        family: The subject with the wholes it is a part of, and the parts of all of these.
        versions: What is described as a version of one of the nodes.
        judgements: The judgements on the subject.
        users: What else was made of nodes whose class is told nowhere: what those are taken for may depend on it.
    """

    nodes: frozenset[int]
    family: frozenset[int]
    versions: frozenset[int]
    judgements: frozenset[int]
    users: frozenset[int]

    @property
    def described(self) -> frozenset[int]:
        """What documents are looked for that say something of it.

        Blank nodes were reached within their document; but for judgements, which may stand in one that says nothing
        else of the subject.
        """
        nodes = self.nodes | self.versions | self.users
        return self.judgements | {node for node in nodes if node >= FIRST_IRI}


class Edge(NamedTuple):
    """A property that is followed: by its id, to its subject where ``turned``, and whether it leads to a component."""

    turned: bool
    component: bool
    to_part: bool


@cache
def _edges() -> dict[str, Edge]:
    """Return the properties that are followed."""
    components = dict(implying(OSAID.hasComponent))
    derivations = dict(implying(OSAID.derivedFrom))
    parts = {prop for each in _TO_PARTS for prop in narrower(each)}
    return {
        str(prop): Edge(
            turned,
            component=followed in _OVER_ACTIVITIES or components.get(prop) == turned,
            to_part=prop in parts or derivations.get(prop) == turned,
        )
        for followed in _FORWARD
        for prop, turned in implying(followed)
    }


@cache
def _uses() -> dict[str, bool]:
    """Return the properties that lead to what is used or consisted of, and whether they are told from the other end."""
    used = (OSAID.hasComponent, OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn, OSAID.derivedFrom)
    return {str(prop): turned for each in used for prop, turned in implying(each)}


def closure(corpus: Corpus, engine: Engine, subject: int) -> Closure:
    """Return what an assessment of a subject can depend on.

    Args:
        corpus: The corpus.
        engine: To which it is attached.
        subject: The id of the subject.
    """
    return _Walk(corpus, engine).closure(subject)


class _Walk:
    def __init__(self, corpus: Corpus, engine: Engine) -> None:
        self.engine = engine
        self.seed = corpus.seed
        self.edges = {iri_id(iri, self.seed): edge for iri, edge in _edges().items()}
        self.classes = {iri_id(each, self.seed) for kind in _PARTS for each in narrower_classes(kind)}
        self.known_classes = {iri_id(OSAID[name], self.seed) for name in OSAID.__annotations__ if name[0] != "_"}
        self.kinds: dict[int, frozenset[int]] = {}
        self._files(corpus, "edges", _edges())
        self._files(corpus, "uses", _uses())
        self._files(corpus, "types", [str(RDF.type)])
        self._files(corpus, "versions", [str(DCTERMS.isVersionOf)])
        self._files(corpus, "judged", [str(OSAID.subject)])

    def _files(self, corpus: Corpus, name: str, properties: Iterable[str]) -> None:
        """Give the live statements of some properties a name."""
        self.engine.files(f"{name}_ever", corpus.paths(STATEMENTS, properties), TABLES[STATEMENTS])
        listed = ", ".join(str(iri_id(each, self.seed)) for each in properties)
        self.engine.view(
            name,
            f"SELECT subject, predicate, object FROM {name}_ever s WHERE predicate IN ({listed}) AND {LIVE}",
        )

    def closure(self, subject: int) -> Closure:
        found, parts, climbed = {subject}, {subject}, set[int]()
        links: set[tuple[int, int]] = set()  # between wholes and components
        follow, climb = {subject}, {subject}
        while follow or climb:
            self._learn(follow)
            climb |= {node for node in follow if self._is_part(node, parts)}
            climbed |= climb
            reached, wholes = set[int](), set[int]()
            for start, edge, end, is_up in self._steps(follow, climb):
                (wholes if is_up else reached).add(end)
                if edge.component:
                    links.add((start, end))
                if edge.to_part:
                    parts.add(end)
            follow = (reached | wholes) - found
            found |= follow
            known = reached - follow  # which may be told to be parts only now
            climb = (wholes | {node for node in known if self._is_part(node, parts)}) - climbed
        versions = {row[0] for row in self._where("versions", "object", found)}
        judgements = {row[0] for row in self._where("judged", "object", [subject])}
        users = self._users(found)
        return Closure(frozenset(found), _joined(subject, links), frozenset(versions), frozenset(judgements), users)

    def _is_part(self, node: int, parts: set[int]) -> bool:
        """Tell whether a node may be a part of a release: by its class or, without one, by how it was reached."""
        kinds = self.kinds[node]
        return not self.classes.isdisjoint(kinds) or (not kinds and node in parts)

    def _learn(self, nodes: Iterable[int]) -> None:
        """Look up the classes of nodes, those of the ontology."""
        found: dict[int, set[int]] = {node: set() for node in nodes if node not in self.kinds}
        for node, _, kind in self._where("types", "subject", found):
            if kind in self.known_classes:
                found[node].add(kind)
        self.kinds.update((node, frozenset(kinds)) for node, kinds in found.items())

    def _users(self, nodes: set[int]) -> frozenset[int]:
        """Return, for nodes without a class, one more node for each way in which nodes of each class use them.

        A reference that nothing describes is one to a model if anything trained was made from it, and what is
        described without a class is taken for what an edge to it allows.
        """
        unknown = {node for node in nodes if node >= FIRST_IRI and not self.kinds[node]}
        turned = {iri_id(iri, self.seed) for iri, is_turned in _uses().items() if is_turned}
        rows = [(row[2], row[1], row[0]) for row in self._where("uses", "object", unknown) if row[1] not in turned]
        rows += [row for row in self._where("uses", "subject", unknown) if row[1] in turned]
        self._learn({user for _, _, user in rows})
        ways: dict[tuple[int, int, frozenset[int]], set[int]] = {}
        for node, predicate, user in rows:
            ways.setdefault((node, predicate, self.kinds[user]), set()).add(user)
        return frozenset(min(users) for users in ways.values() if users.isdisjoint(nodes))

    def _steps(self, follow: set[int], climb: set[int]) -> Iterator[tuple[int, Edge, int, bool]]:
        """Yield the edges from nodes to what they were made of, and those to wholes, which is told."""
        nodes = follow | climb
        ways = (("subject", 0, 2, False), ("object", 2, 0, True))  # from which end the edge is looked at
        for column, near, far, from_object in ways:
            for row in self._where("edges", column, nodes):
                start, end, edge = row[near], row[far], self.edges[row[1]]
                is_up = edge.turned != from_object
                if end >= 0 and start in (climb if is_up else follow) and (edge.component or not is_up):
                    yield start, edge, end, is_up

    def _where(self, view: str, column: str, nodes: Iterable[int]) -> list[tuple[int, int, int]]:
        """Return the statements of a view that have one of some nodes in a column."""
        listed = sorted(nodes)
        if len(listed) > _INLINE:
            self.engine.values("asked", {"id": "BIGINT"}, ((node,) for node in listed))
            chosen = "SELECT id FROM asked"
        else:
            chosen = ", ".join(map(str, listed))
        if not listed:
            return []
        return self.engine.rows(f"SELECT subject, predicate, object FROM {view} WHERE {column} IN ({chosen})")


#: Ids that are written into a query.
_INLINE: Final = 64


def _joined(start: int, links: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return what hangs together with a node."""
    beside: dict[int, set[int]] = {}
    for one, other in links:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    found, waiting = {start}, [start]
    while waiting:
        for node in beside.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return frozenset(found)
