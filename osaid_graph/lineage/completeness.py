"""How much of what one wants to know of an artefact, and of all it was made from, is stated. Question 14.

Facts are counted, not weighed: nobody says how large a part of the whole a source is. So beside the share there is the
worst: the artefact in the closure of which least is known.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rdflib import RDF, BNode, Graph, URIRef

from osaid_graph.errors import UsageError
from osaid_graph.lineage.blockers import releases_of
from osaid_graph.lineage.gaps import unusable
from osaid_graph.lineage.index import NO_DAY, Lineage, made_from, mask
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Hop, Walk, upstream_of
from osaid_graph.vocab import OSAID, token

#: What the columns of a lineage tell of every artefact.
LICENSE, ISSUED, DESCRIBED, SOURCES = "license", "issued", "described", "sources"
#: What data information says of a dataset, if a graph is given to look in.
DATA_INFORMATION: Final = (
    OSAID.provenance,
    OSAID.scope,
    OSAID.characteristics,
    OSAID.obtained,
    OSAID.selection,
    OSAID.labeling,
    OSAID.processing,
    OSAID.cleaning,
)
#: The standard normal quantile of an interval of 95 %.
_Z: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """What is stated of one artefact.

    Attributes:
        node: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class.
        distance: How many edges away it is.
        present: How many facts are stated.
        asked: How many were asked for.
        missing: Those that are not.
        path: A shortest path to it.
    """

    node: str
    label: str
    kind: str
    distance: int
    present: int
    asked: int
    missing: tuple[str, ...]
    path: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class FactCount:
    """How often a fact is stated.

    Attributes:
        fact: The fact.
        present: Of how many artefacts it is stated.
        asked: Of how many it was asked for.
    """

    fact: str
    present: int
    asked: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is stated of an artefact and of all it was made from.

    Attributes:
        own: The artefact itself.
        inherited_present: How many facts of all it was made from are stated.
        inherited_asked: How many were asked for.
        worst: The artefact of which the smallest share is stated, the nearest of several.
        nodes: All of them, those with the smallest share first, then the nearest.
        facts: The same by fact.
    """

    own: NodeFacts
    inherited_present: int
    inherited_asked: int
    worst: NodeFacts
    nodes: tuple[NodeFacts, ...]
    facts: tuple[FactCount, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How often a fact is stated in a sample, and so in all.

    Attributes:
        fact: The fact; ``all`` is whether everything is stated of the artefact and of all it was made from.
        present: Of how many artefacts of the sample it is stated.
        sampled: Of how many it was asked for.
        share: The one divided by the other.
        low: The least that the share of all is likely to be (Wilson, 95 %).
        high: The most that it is likely to be.
    """

    fact: str
    present: int
    sampled: int
    share: float
    low: float
    high: float


def completeness(lineage: Lineage, node: str, graph: Graph | None = None) -> Completeness:
    """Return what is stated of an artefact and of all it was made from.

    Asked of each is whether its terms, its day of publication and a description are stated; of a system or model also
    whether anything is named that it was made from, which data need not be. With a graph, of each dataset too what
    data information is to say; a fact that is said not to apply is not asked for, one that is said not to be disclosed
    is not stated.

    Args:
        lineage: Where to look.
        node: What a person calls the artefact.
        graph: A prepared graph of the same descriptions.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    walked = upstream_of(lineage, lineage.find(node))
    asked = _questions(lineage, graph)
    rows: list[NodeFacts] = []
    counts: dict[str, list[int]] = {}
    for number, depth in walked.depths.items():
        answers = asked(number)
        for fact, stated in answers.items():
            count = counts.setdefault(fact, [0, 0])
            count[0] += stated
            count[1] += 1
        rows.append(_row(lineage, walked, number, depth, answers))
    own, inherited = rows[0], rows[1:]
    ordered = tuple(sorted(rows, key=lambda row: (row.present / row.asked, row.distance, row.node)))
    return Completeness(
        own,
        sum(row.present for row in inherited),
        sum(row.asked for row in inherited),
        ordered[0],
        ordered,
        tuple(FactCount(fact, *count) for fact, count in counts.items()),
    )


def _row(lineage: Lineage, walked: Walk, number: int, depth: int, answers: dict[str, bool]) -> NodeFacts:
    return NodeFacts(
        lineage.iri(number),
        lineage.label(number),
        kind_name(lineage, number),
        depth,
        sum(answers.values()),
        len(answers),
        tuple(fact for fact, stated in answers.items() if not stated),
        walked.path(lineage, number),
    )


def sampled(lineage: Lineage, size: int, seed: int = 0, among: Sequence[int] | None = None) -> tuple[Share, ...]:
    """Return how complete a random sample of artefacts is, so that somebody can check it by eye and know what for.

    Args:
        lineage: Where to look.
        size: How many to draw, without putting back.
        seed: The same seed draws the same sample.
        among: What to draw from; the described releases if None.

    Raises:
        UsageError: There are fewer than that, or ``size`` is not positive.
    """
    population = releases_of(lineage) if among is None else among
    if not 0 < size <= len(population):
        raise UsageError(f"cannot draw {size:,} of {len(population):,} artefacts", "draw at least one, and no more")
    asked, lacking = _questions(lineage, None), dict[str, int]()
    whole = 0
    drawn = sorted(random.Random(seed).sample(population, size))  # noqa: S311 (no secret)
    for number in drawn:
        answers = asked(number)
        for fact, stated in answers.items():
            lacking[fact] = lacking.get(fact, 0) + (not stated)
        whole += all(all(asked(each).values()) for each in upstream_of(lineage, number).arrivals)
    counted = [*((fact, size - missing) for fact, missing in lacking.items()), ("all", whole)]
    return tuple(Share(fact, present, size, present / size, *wilson(present, size)) for fact, present in counted)


def wilson(successes: int, trials: int, z: float = _Z) -> tuple[float, float]:
    """Return the score interval of a proportion (Wilson 1927), which holds for small samples and extreme shares too.

    >>> low, high = wilson(8, 10)
    >>> f"{low:.4f} {high:.4f}"
    '0.4902 0.9433'
    """
    share, square = successes / trials, z * z / trials
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * math.sqrt(share * (1 - share) / trials + square / (4 * trials))
    # at the ends rounding would leave the unit interval, or the share itself outside
    return (0.0 if successes == 0 else middle - half), (1.0 if successes == trials else middle + half)


def _questions(lineage: Lineage, graph: Graph | None) -> Callable[[int], dict[str, bool]]:
    """Return a function from an artefact to the facts that are asked for, and whether each is stated."""
    columns, up, sources = lineage.columns, lineage.up, mask(made_from())

    def answers(number: int) -> dict[str, bool]:
        found = {
            DESCRIBED: bool(columns.described[number]),
            LICENSE: not unusable(lineage.licenses(number)),
            ISSUED: columns.issued[number] != NO_DAY,
        }
        if lineage.is_trained(number):
            found[SOURCES] = any(sources[kind] for _, kind in up.ends(number))
        if graph is not None and lineage.is_data(number):
            found.update(_data_information(graph, lineage.iri(number)))
        return found

    return answers


def _data_information(graph: Graph, iri: str) -> Iterable[tuple[str, bool]]:
    node = BNode(iri[2:]) if iri.startswith("_:") else URIRef(iri)
    for prop in DATA_INFORMATION:
        values = list(graph.objects(node, prop))
        if any((value, RDF.type, OSAID.NotApplicable) in graph for value in values):
            continue
        yield token(prop), any((value, RDF.type, OSAID.NotDisclosed) not in graph for value in values)
