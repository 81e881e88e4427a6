"""Data that measures a model and stands in what it was made from. Question 25 of the lineage.

By name alone: that a benchmark was used in training, or something that was made from it, is what sources say; whether
the same records are in both only the contents tell (n-grams, hashes), which nobody reads here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from osaid_graph.lineage.edges import derivations
from osaid_graph.lineage.index import Lineage, mask, via
from osaid_graph.lineage.walk import Hop, Walk, downstream_of, upstream_of, walk
from osaid_graph.vocab import OSAID

#: What was found in the training closure is the benchmark, a part of it, or what it was itself made from.
ITSELF, PART, ORIGIN = "itself", "part", "origin"
MEASURING = (OSAID.evaluatedOn, OSAID.validatedOn)
PARTS = (OSAID.subsetOf, OSAID.filteredFrom)


@dataclass(frozen=True, slots=True)
class Contamination:
    """Data of a benchmark that a model was made from.

    Attributes:
        model: The IRI of the model.
        label: What it is called.
        benchmark: The IRI of the data that measures it.
        use: How, ``osaid:evaluatedOn`` or ``osaid:validatedOn``; empty where nobody says that it does.
        found: The IRI of what the model was made from.
        relation: Whether that is the benchmark ``itself``, a ``part`` of it, or an ``origin`` of it: what it was made
            from, which need not hold any of its records.
        distance: How many edges away from the model it is.
        training: A shortest path from the model to it.
        measuring: A shortest path from the benchmark to it; against the edges (``^``) to a part.
    """

    model: str
    label: str
    benchmark: str
    use: str
    found: str
    relation: str
    distance: int
    training: tuple[Hop, ...]
    measuring: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class _Kin:
    """A benchmark's parts and origins, each with the walk that found it."""

    benchmark: int
    parts: Walk
    origins: Walk

    def __iter__(self) -> Iterator[int]:
        yield self.benchmark
        yield from (number for number in self.parts.arrivals if number != self.benchmark)
        yield from (number for number in self.origins.arrivals if number not in self.parts.arrivals)

    def relation(self, number: int) -> str:
        return ITSELF if number == self.benchmark else PART if number in self.parts.arrivals else ORIGIN

    def path(self, lineage: Lineage, number: int) -> tuple[Hop, ...]:
        return (self.parts if number in self.parts.arrivals else self.origins).path(lineage, number)


def _kin(lineage: Lineage, benchmark: int) -> _Kin:
    """Return the parts of a benchmark and the data it was made from."""
    parts = walk(lineage.down, [benchmark], PARTS, inverse=True)
    return _Kin(benchmark, parts, walk(lineage.up, [benchmark], derivations(), within=lineage.is_data))


def contaminated(lineage: Lineage, models: Iterable[str] | None = None) -> tuple[Contamination, ...]:
    """Return for models the data they are said to be measured on that they were made from.

    Args:
        lineage: Where to look.
        models: What a person calls them; all that are measured on something if None.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    measuring = mask(MEASURING)
    numbers = range(len(lineage)) if models is None else sorted(set(map(lineage.find, models)))
    kin: dict[int, _Kin] = {}
    rows: list[Contamination] = []
    for model in numbers:
        uses = sorted({(end, kind) for end, kind in lineage.up.ends(model) if measuring[kind]})
        if not uses:
            continue
        closure = upstream_of(lineage, model)
        for benchmark, kind in uses:
            if benchmark not in kin:
                kin[benchmark] = _kin(lineage, benchmark)
            rows.extend(_found(lineage, model, via(kind), kin[benchmark], closure))
    return _sorted(rows)


def contaminated_by(lineage: Lineage, benchmark: str, *, origins: bool = False) -> tuple[Contamination, ...]:
    """Return the models that were made from a benchmark or a part of it, measured on it or not.

    Args:
        lineage: Where to look.
        benchmark: What a person calls it.
        origins: Whether models made from what the benchmark was made from count too.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    number, measuring = lineage.find(benchmark), mask(MEASURING)
    kin = _kin(lineage, number)
    wanted = [each for each in kin if origins or kin.relation(each) != ORIGIN]
    rows: list[Contamination] = []
    for model in sorted(downstream_of(lineage, *wanted).arrivals):
        if not lineage.is_trained(model):
            continue
        uses = [via(kind) for end, kind in lineage.up.ends(model) if end == number and measuring[kind]]
        closure = upstream_of(lineage, model)
        for use in dict.fromkeys(uses) or ("",):
            found = _found(lineage, model, use, kin, closure)
            rows.extend(row for row in found if origins or row.relation != ORIGIN)
    return _sorted(rows)


def _found(lineage: Lineage, model: int, use: str, kin: _Kin, closure: Walk) -> Iterator[Contamination]:
    for number in kin:
        if number in closure.arrivals and number != model:
            yield Contamination(
                model=lineage.iri(model),
                label=lineage.label(model),
                benchmark=lineage.iri(kin.benchmark),
                use=use,
                found=lineage.iri(number),
                relation=kin.relation(number),
                distance=closure.depths[number],
                training=closure.path(lineage, number),
                measuring=kin.path(lineage, number),
            )


def _sorted(rows: Iterable[Contamination]) -> tuple[Contamination, ...]:
    order = (ITSELF, PART, ORIGIN)
    return tuple(
        sorted(rows, key=lambda row: (order.index(row.relation), row.distance, row.model, row.benchmark, row.found))
    )
