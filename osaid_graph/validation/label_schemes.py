"""Load the label schemes of ``ontology/labels``: what each label that others define asks of a release."""

from __future__ import annotations

from functools import cache

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import ResourceError
from osaid_graph.labels import Label, LabelCondition, LabelScheme, LabelTerms
from osaid_graph.resources import turtle_files
from osaid_graph.vocab import CODELISTS, OSAID, SPDX_LICENSE, token


@cache
def label_schemes() -> tuple[LabelScheme, ...]:
    """Return the shipped schemes, by title.

    Raises:
        ResourceError: A scheme asks for something in words that this program does not have.
    """
    graph = Graph()
    for file in turtle_files("ontology/labels"):
        graph.parse(data=file.read_text("utf-8"), format="turtle")
    return schemes_of(graph)


def schemes_of(graph: Graph) -> tuple[LabelScheme, ...]:
    """Return the schemes of a graph, by title.

    Raises:
        ResourceError: A test or basis of terms is not in its codelist, a value is missing or there twice, or a scheme
            has two labels of one rank.
    """
    found = [_scheme(graph, node) for node in graph.subjects(RDF.type, OSAID.LabelScheme) if isinstance(node, URIRef)]
    return tuple(sorted(found, key=lambda scheme: scheme.title))


def _scheme(graph: Graph, node: URIRef) -> LabelScheme:
    ranked: dict[int, Label] = {}
    for each in _iris(graph, SKOS.inScheme, of=node):
        rank = int(_text(graph, each, OSAID.rank))
        if rank in ranked:
            raise ResourceError(f"{token(node)} has two labels of rank {rank}", "mend it in ontology/labels/")
        conditions = tuple(_condition(graph, asked) for asked in _iris(graph, OSAID.asks, at=each))
        ranked[rank] = Label(token(each), _text(graph, each, SKOS.prefLabel), conditions)
    return LabelScheme(
        id=token(node),
        title=_text(graph, node, DCTERMS.title),
        sources=tuple(str(source) for source in _iris(graph, DCTERMS.source, at=node)),
        date=_text(graph, node, DCTERMS.issued),
        note=_text(graph, node, RDFS.comment),
        labels=tuple(label for _, label in sorted(ranked.items())),
    )


def _condition(graph: Graph, node: URIRef) -> LabelCondition:
    answered_by = tuple(_iris(graph, OSAID.answeredBy, at=node))
    if not answered_by:
        raise ResourceError(f"{token(node)} is answered by nothing", "name an osaid:answeredBy in ontology/labels/")
    return LabelCondition(
        id=token(node),
        label=_text(graph, node, SKOS.prefLabel),
        asks=_text(graph, node, SKOS.definition),
        required=_word(graph, node, OSAID.strength, "Strength") == "must",
        answered_by=answered_by,
        roles=tuple(_iris(graph, OSAID.answeredForRole, at=node)),
        test=_word(graph, node, OSAID.test, "LabelTest"),
        of_bases=_flag(graph, node, OSAID.ofBases),
        terms=_terms(graph, _one(graph, node, OSAID.takesTerms)),
        key=_text(graph, node, OSAID.under),
    )


def _terms(graph: Graph, node: URIRef) -> LabelTerms:
    return LabelTerms(
        basis=_word(graph, node, OSAID.termsBasis, "TermsBasis"),
        osi=_flag(graph, node, OSAID.takesOsiApproved),
        fsf=_flag(graph, node, OSAID.takesFsfFree),
        licenses=tuple(iri.removeprefix(str(SPDX_LICENSE)) for iri in _iris(graph, OSAID.takes, at=node)),
    )


def _word(graph: Graph, node: URIRef, predicate: URIRef, codelist: str) -> str:
    word = token(_one(graph, node, predicate))
    if word not in CODELISTS[codelist]:
        known = ", ".join(CODELISTS[codelist])
        raise ResourceError(f"{token(node)} has the unknown {token(predicate)} {word!r}", f"known are: {known}")
    return word


def _flag(graph: Graph, node: URIRef, predicate: URIRef) -> bool:
    return (node, predicate, Literal(True)) in graph


def _text(graph: Graph, node: URIRef, predicate: URIRef) -> str:
    values = list(graph.objects(node, predicate))
    if len(values) != 1 or not isinstance(values[0], Literal):
        raise _not_one(node, predicate, len(values))
    return str(values[0])


def _one(graph: Graph, node: URIRef, predicate: URIRef) -> URIRef:
    values = _iris(graph, predicate, at=node)
    if len(values) != 1:
        raise _not_one(node, predicate, len(values))
    return values[0]


def _not_one(node: URIRef, predicate: URIRef, found: int) -> ResourceError:
    return ResourceError(f"{token(node)} has {found} values of {token(predicate)}, not one", "mend ontology/labels/")


def _iris(
    graph: Graph, predicate: URIRef, *, at: IdentifiedNode | None = None, of: IdentifiedNode | None = None
) -> list[URIRef]:
    """Return the IRIs that ``at`` points to, or that point to ``of``, in the order they were written."""
    found = graph.objects(at, predicate) if of is None else graph.subjects(predicate, of)
    return [node for node in found if isinstance(node, URIRef)]
