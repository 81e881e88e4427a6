"""What stated terms come to under a policy, set by set (:func:`osaid_graph.graph.conclusions.conclude`).

What the licences of a node come to depends on no more than the set of what each comes to by itself, and whether others
are refused. So every text is evaluated once, and every such set is concluded once, however many nodes have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rdflib import RDF, RDFS, URIRef

from osaid_graph.corpus.batches import batches, gather
from osaid_graph.corpus.columns import STATEMENTS
from osaid_graph.corpus.ids import Ids
from osaid_graph.corpus.made_terms import MadeTerms
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine, Type
from osaid_graph.graph.conclusions import ELEMENTS, concluded_license, conclusions, restrictions, says_nothing
from osaid_graph.model import Triple
from osaid_graph.term_ids import FIRST_IRI
from osaid_graph.terms import Element, Policy, TermsEvaluation, evaluate
from osaid_graph.vocab import OSAID

#: What a text comes to for an element it is stated of: the number of its sort, and the licence it names.
_EVALUATED: Final[dict[str, Type]] = {"value": "BIGINT", "element": "INTEGER", "sort": "INTEGER", "license": "BIGINT"}
#: What a set of sorts comes to.
_CONCLUDED: Final[dict[str, Type]] = {
    "sorts": "VARCHAR",
    "refused": "BOOLEAN",
    "predicate": "BIGINT",
    "object": "BIGINT",
}
#: The tables that the queries use, and that are needed no more when these have been run.
TABLES: Final = ("stated_terms", "evaluated_terms", "terms_of_nodes", "concluded_terms", "known_licenses")
_ELEMENTS: Final[tuple[Element, ...]] = tuple(dict.fromkeys(ELEMENTS.values()))
_PROPERTIES: Final = (OSAID.approval, OSAID.grants, OSAID.restricts, OSAID.leavesUndecided)


def conclude(engine: Engine, facts: Vertical, policy: Policy, made: MadeTerms) -> dict[URIRef, str]:
    """Return the queries for what follows from terms: by property, ``subject`` and ``object``, not each once.

    Args:
        engine: Where the tables of the facts are, and ``terms``.
        facts: The facts.
        policy: What counts as approved.
        made: Where terms go that are new.
    """
    ids = made.ids
    engine.table("stated_terms", _stated(facts))
    texts = _Texts(engine, policy, made)
    gather(engine, "evaluated_terms", _EVALUATED, texts.evaluated())
    engine.table("terms_of_nodes", _sorts(facts))
    found = engine.rows("SELECT DISTINCT sorts, refused FROM terms_of_nodes")
    concluded = [(sorts, refused, *said) for sorts, refused in found for said in texts.conclusions(sorts, refused)]
    rows = [(sorts, refused, ids(prop), ids(concept)) for sorts, refused, prop, concept in concluded]
    engine.values("concluded_terms", _CONCLUDED, rows)
    engine.values("known_licenses", STATEMENTS, [tuple(map(ids, triple)) for triple in texts.restrictions])
    made.add({concept for *_, concept in concluded} | {term for triple in texts.restrictions for term in triple})
    made.add((*_PROPERTIES, OSAID.concludedLicense))
    return _queries(ids)


class _Texts:
    """Evaluates the texts of terms, each once for an element, and keeps one evaluation of each sort.

    Evaluations are of one sort if nodes that state them come to the same.
    """

    def __init__(self, engine: Engine, policy: Policy, made: MadeTerms) -> None:
        self.engine, self.policy, self.made = engine, policy, made
        self.restrictions: set[Triple] = set()
        self._sorts: dict[object, int] = {}
        self._examples: list[TermsEvaluation] = []

    def evaluated(self) -> Iterator[list[tuple[int, int, int, int | None]]]:
        """Yield rows of what each text comes to, some at a time."""
        for number, element in enumerate(_ELEMENTS):
            stated = f"SELECT value FROM stated_terms WHERE element = {number}"
            texts = f"(SELECT id, value FROM terms WHERE id IN ({stated})) AS texts"
            for rows in batches(self.engine, texts, "id, value"):
                found = {id_: evaluate(text, element, self.policy) for id_, text in rows}
                licenses = {id_: concluded_license(evaluation) for id_, evaluation in found.items()}
                self.made.add({license_ for license_ in licenses.values() if license_ is not None})
                self.restrictions.update(triple for each in found.values() for triple in restrictions(each))
                yield [
                    (id_, number, self._sort(evaluation), None if license_ is None else self.made.ids(license_))
                    for (id_, evaluation), license_ in zip(found.items(), licenses.values(), strict=True)
                ]

    def conclusions(self, sorts: str, refused: bool) -> Iterator[tuple[URIRef, URIRef]]:
        """Yield what a set of sorts comes to, which are written with commas between."""
        return conclusions([self._examples[int(number)] for number in sorts.split(",")], refused=refused)

    def _sort(self, evaluation: TermsEvaluation) -> int:
        limits = frozenset(evaluation.limits)
        key = (evaluation.status, limits, evaluation.grants, evaluation.unclear, says_nothing(evaluation))
        number = self._sorts.setdefault(key, len(self._sorts))
        if number == len(self._examples):
            self._examples.append(evaluation)
        return number


def _stated(facts: Vertical) -> str:
    """Return the query for the terms that nodes state, with the element each is of: its first class tells."""
    ids = facts.ids
    places = " ".join(f"WHEN {ids(kind)} THEN {place}" for place, kind in enumerate(ELEMENTS))
    numbers = " ".join(f"WHEN {place} THEN {_ELEMENTS.index(each)}" for place, each in enumerate(ELEMENTS.values()))
    value = f"licenses.object < 0 OR licenses.object >= {FIRST_IRI}"
    stated = f"SELECT subject, object AS value FROM {facts[OSAID.license]} AS licenses WHERE {value}"
    return (
        f"SELECT stated.subject, stated.value, elements.element FROM ({stated}) AS stated JOIN ("
        f"SELECT subject, CASE MIN(CASE object {places} END) {numbers} END AS element FROM {facts[RDF.type]} "
        f"WHERE {ids.among('object', ELEMENTS)} AND subject IN (SELECT subject FROM {facts[OSAID.license]}) "
        "GROUP BY subject) AS elements ON elements.subject = stated.subject"
    )


def _sorts(facts: Vertical) -> str:
    """Return the query for the sorts of the terms of each node that states some, and whether it refuses others."""
    return (
        "SELECT nodes.subject, nodes.sorts, refusals.subject IS NOT NULL AS refused FROM ("
        "SELECT subject, string_agg(CAST(sort AS VARCHAR), ',' ORDER BY sort) AS sorts FROM ("
        "SELECT DISTINCT stated.subject, evaluated.sort FROM stated_terms AS stated JOIN evaluated_terms AS evaluated "
        "ON evaluated.value = stated.value AND evaluated.element = stated.element) AS each_once GROUP BY subject"
        f") AS nodes LEFT JOIN (SELECT DISTINCT stated.subject FROM {facts[OSAID.license]} AS stated "
        f"JOIN {facts[RDF.type]} AS kinds ON kinds.subject = stated.object "
        f"WHERE kinds.object = {facts.ids(OSAID.NotDisclosed)}) AS refusals ON refusals.subject = nodes.subject"
    )


def _queries(ids: Ids) -> dict[URIRef, str]:
    found = {
        prop: "SELECT nodes.subject, concluded.object FROM terms_of_nodes AS nodes JOIN concluded_terms AS concluded "
        "ON concluded.sorts = nodes.sorts AND concluded.refused = nodes.refused "
        f"WHERE concluded.predicate = {ids(prop)}"
        for prop in _PROPERTIES
    }
    known = {
        prop: f"SELECT subject, object FROM known_licenses WHERE predicate = {ids(prop)}"
        for prop in (RDF.type, RDFS.label, OSAID.restricts)
    }
    found[OSAID.concludedLicense] = (
        "SELECT stated.subject, evaluated.license AS object FROM stated_terms AS stated JOIN evaluated_terms AS "
        "evaluated ON evaluated.value = stated.value AND evaluated.element = stated.element "
        "WHERE evaluated.license IS NOT NULL"
    )
    return {
        prop: " UNION ALL ".join(each[prop] for each in (found, known) if prop in each) for prop in found.keys() | known
    }
