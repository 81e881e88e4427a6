"""The queries that are shipped: their heads, and their answers, worked out by hand from the files they are asked of.

What the answers on ``tests/fixtures/lineage/family.ttl`` have to be follows from the edges in that file; the engine
that runs the queries and rdflib have to agree on each.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pyoxigraph as ox
import pytest
from asked_queries import DAY, EXPECTED, ROOT, answer_of, example, values
from rdflib import RDFS, BNode, Dataset, Graph, Literal, Namespace, URIRef, Variable
from rdflib.compare import isomorphic

from osaid_graph.assessment.survey import survey
from osaid_graph.graph.load import load
from osaid_graph.graph.ontology import ontology
from osaid_graph.query.formats import chosen_format, written
from osaid_graph.query.library import named_queries, named_query
from osaid_graph.query.terms import PREFIXES, graph_of
from osaid_graph.query.tokens import tokens
from osaid_graph.vocab import OSAID, token

#: Questions of the 27 that SPARQL 1.1 answers wholly or in part.
ANSWERABLE = {1, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 22, 23, 24, 25, 26}


@pytest.mark.parametrize("name", named_queries())
def test_a_query_gives_the_answer_worked_out_by_hand(name: str) -> None:
    answer = answer_of(name)
    if answer.form == "construct":
        expected = Graph().parse(EXPECTED / f"{name}.ttl")
        assert isomorphic(graph_of(answer.triples), expected)
        return
    text = written(answer, chosen_format(answer.form, "tsv"))
    assert isinstance(text, str)
    assert text.replace(f"{ROOT}/", "") == (EXPECTED / f"{name}.tsv").read_text("utf-8")


@pytest.mark.parametrize("name", named_queries())
def test_rdflib_gives_the_same_answer(name: str) -> None:
    store, bound = values(name)
    dataset = _dataset(store)
    answer = answer_of(name)
    initial = {variable: node for variable, value in bound.items() if (node := _as_rdflib(value))}
    namespaces = {prefix: Namespace(iri) for prefix, iri in PREFIXES.items()}
    found = dataset.query(named_query(name).text, initNs=namespaces, initBindings=initial)
    if answer.form == "construct":
        assert found.graph is not None
        assert isomorphic(found.graph, graph_of(answer.triples))
        return
    theirs = Counter(
        tuple(_comparable(row.get(Variable(column))) for column in answer.columns) for row in found.bindings
    )
    ours = Counter(tuple(_comparable(_as_rdflib(term)) for term in row) for row in answer.rows)
    assert ours == theirs


@cache
def _dataset(store: ox.Store) -> Dataset:
    """Return a store as rdflib has it."""
    dataset = Dataset()
    dataset.parse(data=store.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    return dataset


def _as_rdflib(term: object) -> URIRef | BNode | Literal | None:
    if isinstance(term, ox.Literal):
        return Literal(term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value))
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    return URIRef(term.value) if isinstance(term, ox.NamedNode) else None


def _comparable(node: object) -> object:
    """Return numbers and truth as values: 0.5 and 0.50 are the same answer. Blank nodes have no names to compare."""
    if isinstance(node, Literal):
        value = node.toPython()
        return float(value) if isinstance(value, (int, float)) or hasattr(value, "as_tuple") else str(node)
    return "_:" if isinstance(node, BNode) else node if node is None else str(node)


@pytest.mark.parametrize("name", named_queries())
def test_a_head_says_what_a_person_needs(name: str) -> None:
    query = named_query(name)
    assert query.summary
    assert not query.summary.endswith(".")
    assert len(query.summary) <= 90
    assert query.description.endswith(".")
    assert query.example
    assert re.search(r"^ORDER BY ", query.sparql, re.MULTILINE)
    inputs, given = example(query)
    assert inputs
    assert all((ROOT / name).is_file() for name in inputs)
    assert set(given) <= {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize("name", [name for name in named_queries() if named_query(name).form == "select"])
def test_columns_are_what_is_selected_beside_the_parameters(name: str) -> None:
    query = named_query(name)
    assert answer_of(name).columns == tuple(column for column, _ in query.columns)
    assert all(words for _, words in query.columns)


@pytest.mark.parametrize("name", [name for name in named_queries() if named_query(name).parameters])
def test_every_parameter_is_selected_so_that_it_can_be_set(name: str) -> None:
    query = named_query(name)
    if query.form == "select":
        found = [each.text for each in tokens(query.sparql)]
        head = found[: found.index("{")]
        assert {f"?{parameter.name}" for parameter in query.parameters} <= set(head)


@pytest.mark.parametrize("name", named_queries())
def test_lines_are_short_enough_to_read(name: str) -> None:
    assert max(len(line) for line in named_query(name).text.splitlines()) <= 120


def test_every_question_that_sparql_can_answer_has_a_query() -> None:
    assert {number for name in named_queries() for number in named_query(name).questions} == ANSWERABLE


def test_every_query_has_a_heading_in_the_guide() -> None:
    guide = (ROOT / "data" / "queries" / "README.md").read_text("utf-8")
    assert re.findall(r"^### `(.+)`$", guide, re.MULTILINE) == list(named_queries())


def test_verdicts_are_those_of_the_assessments() -> None:
    inputs, _ = example(named_query("verdicts"))
    found = [each.assessment for each in survey(load(str(ROOT / name) for name in inputs), today=DAY)]
    expected = {
        (each.subject, each.outcome, *(each.summary[o] for o in ("met", "not-met", "not-evidenced", "needs-judgement")))
        for each in found
    }
    rows = {
        (row[0].value, token(row[1].value), *(int(term.value) for term in row[2:] if term))
        for row in answer_of("verdicts").rows
        if row[0] and row[1]
    }
    assert rows == expected


def test_what_changes_between_versions_is_looked_for_over_all_properties_of_lineage() -> None:
    wide = ("derivedFrom", "hasComponent", "trainedOn", "validatedOn", "evaluatedOn", "license")
    known = {each for name in wide for each in ontology().transitive_subjects(RDFS.subPropertyOf, OSAID[name])}
    found = re.search(r"\?property IN \(([^)]*)\)", named_query("lineage-diff").sparql)
    assert found
    assert {f"osaid:{token(each)}" for each in known} == set(found[1].replace(",", " ").split())
