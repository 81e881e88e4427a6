"""Which dataset of a material a Croissant file is about."""

from __future__ import annotations

from rdflib import DCTERMS, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError, NothingToAssessError, UsageError
from osaid_graph.identity import resolve, short, shortened
from osaid_graph.readers.works.addresses import identifier
from osaid_graph.vocab import OSAID
from osaid_graph.writers.material import Material

#: Candidates that a message names.
_SHOWN = 8


def chosen(material: Material) -> IdentifiedNode:
    """Return the dataset that was asked for, else the only one, else the one that all others were made into.

    Raises:
        NothingToAssessError: There is no dataset.
        UsageError: It is not clear which one is meant, or the one asked for is none.
    """
    silent = {*material.nodes(OSAID.NotDisclosed), *material.nodes(OSAID.NotApplicable)}
    datasets = [node for node in material.nodes(OSAID.Dataset) if node not in silent and _can_be_named(node)]
    if not datasets:
        raise NothingToAssessError(
            "nothing here is a dataset, and a Croissant file describes one", "describe one under 'datasets'"
        )
    if material.choice:
        return _asked_for(material, datasets)
    last = [node for node in datasets if not _feeds(material, node, datasets)] if len(datasets) > 1 else datasets
    if len(last) == 1:
        return last[0]
    raise UsageError(f"{len(datasets)} datasets, and a Croissant file describes one", _hint(material, datasets))


def _asked_for(material: Material, datasets: list[IdentifiedNode]) -> IdentifiedNode:
    try:
        named = URIRef(resolve(material.choice, "datasets"))
    except InputError:
        named = URIRef("")
    if named in datasets:
        return named
    called = [node for node in datasets if material.choice.strip().casefold() in _names(material, node)]
    if len(called) == 1:
        return called[0]
    raise UsageError(f"no dataset {shortened(material.choice)!r} here", _hint(material, datasets))


def _can_be_named(node: IdentifiedNode) -> bool:
    """Tell whether a node may stand as an ``@id``: a script or a path of one machine names nothing to others."""
    return not isinstance(node, URIRef) or identifier(node) is not None


def _names(material: Material, node: IdentifiedNode) -> set[str]:
    """Return what a person may call a dataset by: its titles, its label, and what a message shows of its IRI."""
    titles = (str(title) for title in material.peek(node, DCTERMS.title))
    return {each.casefold() for each in (material.label(node), short(str(node)), *titles)}


def _feeds(material: Material, node: IdentifiedNode, datasets: list[IdentifiedNode]) -> bool:
    """Tell whether another dataset was made from this one."""
    return any(other != node and other in datasets for other in material.graph.subjects(OSAID.derivedFrom, node))


def _hint(material: Material, datasets: list[IdentifiedNode]) -> str:
    names = [short(str(node)) if isinstance(node, URIRef) else material.label(node) for node in datasets]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"choose one with --subject: {', '.join(names[:_SHOWN])}{more}"
