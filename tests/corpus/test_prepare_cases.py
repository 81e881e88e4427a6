"""Cases in which it matters what is looked at, and in which order: each comes out as in a check."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from columns import Statement
from corpus_graphs import Both, by_engine, by_reference, everything
from rdflib import Graph
from rdflib.term import Node

from osaid_graph.engines import Engine
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.vocab import OSAID

CASES = {
    "an empty blank node that an activity used is nothing": """
        ex:m a :Model ; :trainedBy ex:run .
        ex:run :usedCode [] , [ :revision "1" ] , [ rdfs:label "code" ] ; :usedDataset [] ; :usedConfiguration [] .""",
    "an activity that is a text stands for no edge": """
        ex:m a :Model ; :trainedBy "a run" . ex:d a :Dataset ; :processedBy ex:run , "a run" .
        ex:run :usedDataset ex:e , "a text" ; :usedCode ex:c .""",
    "a component with two edges becomes what the first says": """
        ex:s a :AISystem ; :hasDocument ex:x ; :hasModel ex:x ; :hasCode ex:y ; :hasOptimizerState ex:y .""",
    "a model decides before a dataset": """
        ex:m a :Model ; :derivedFrom ex:x . ex:d a :Dataset ; :derivedFrom ex:x . ex:x :license "MIT" .""",
    "an edge to data decides before a model": """
        ex:m a :Model ; :derivedFrom ex:x ; :evaluatedOn ex:x . ex:x :license "MIT" .""",
    "of what is a model and data data derives": """
        ex:m a :Model , :Dataset ; :derivedFrom ex:x . ex:x :license "MIT" .""",
    "a class is handed on in rounds": """
        ex:m a :Model ; :trainedOn ex:d0 ; :derivedFrom ex:m0 .
        ex:d0 :license "MIT" ; :derivedFrom ex:x . ex:m0 :license "MIT" ; :derivedFrom ex:x , ex:y .
        ex:x :license "MIT" ; :derivedFrom ex:y . ex:y :license "MIT" ; :derivedFrom ex:z . ex:z :license "MIT" ;
        :derivedFrom ex:nothing .""",
    "what only an inverse edge tells of is not described": """
        ex:m a :Model ; :trainedOn ex:a , ex:b , ex:c . ex:a :usedToTrain ex:n . ex:b :sourceOf ex:n .
        ex:c :sourceOf ex:n . ex:n :sourceOf ex:c .""",
    "a class of another vocabulary is none": """
        ex:m a :Model ; :trainedOn ex:a , ex:b ; :hasCode ex:c .
        ex:a a ex:Corpus . ex:b a "Dataset" ; :license "MIT" . ex:c a ex:Program .""",
    "a part of a whole with several models is not trained on its data": """
        ex:s a :AISystem ; :hasModel ex:m , ex:n ; :trainedOn ex:d ; :hasCode ex:c ; :derivedFrom ex:b .
        ex:m a :Model . ex:n a :Model . ex:d a :Dataset . ex:c a :Code . ex:b a :Model .""",
    "the only model of a whole is trained on its data": """
        ex:s a :AISystem ; :hasModel ex:m ; :trainedOn ex:d , "a text" ; :hasCode ex:c , "code" ; :fineTunedFrom ex:b .
        ex:m a :Model . ex:d a :Dataset . ex:c a :Code ; :hasConfiguration ex:f , "settings" . ex:b a :Model .""",
    "a whole has what parts of parts have": """
        ex:s a :AISystem ; :hasModel ex:m . ex:m a :Model ; :hasParameters ex:p . ex:p a :Parameters ;
        :trainedOn ex:d , "a text" ; :hasCode ex:c ; :quantizedFrom ex:b . ex:d a :Dataset . ex:b a :Model .
        ex:c a :Code .""",
    "a part that is no subject hands on no base": """
        ex:s a :AISystem ; :hasComponent ex:k . ex:k a :Checkpoint ; :derivedFrom ex:b ; :trainedOn ex:d .
        ex:b a :Model . ex:d a :Dataset .""",
    "components in a circle": """
        ex:a a :Model ; :hasModel ex:b ; :trainedOn ex:d . ex:b a :Model ; :hasModel ex:c ; :hasCode ex:e .
        ex:c a :Model ; :hasModel ex:a , ex:c ; :hasDocument ex:f . ex:d a :Dataset .
        ex:e a :Code . ex:f a :Document .""",
    "what is a component of itself, at once or over another": """
        ex:a a :Parameters ; :hasComponent ex:a ; :trainedOn ex:d ; :hasCode ex:c . ex:d a :Dataset .
        ex:c a :Code ; :hasConfiguration ex:f .
        ex:m a :Model ; :hasComponent ex:n ; :hasCode ex:e . ex:n a :Model ; :hasComponent ex:m .
        ex:e a :Code ; :hasConfiguration ex:g .""",
    "a component is what its class says": """
        ex:s a :AISystem ; :hasComponent ex:c , ex:i , "code" ; :trainedOn ex:d . ex:c a :Code , :Configuration ;
        :hasConfiguration ex:f . ex:i a :DataInformation . ex:m :isComponentOf ex:s ; a :Model .""",
    "circles of derivation": """
        ex:a :derivedFrom ex:a . ex:b :fineTunedFrom ex:c . ex:c :adapterOf ex:b . ex:d :derivedFrom ex:b , "a text" .
        ex:e :derivedFrom ex:f . ex:f :derivedFrom ex:g . ex:g :subsetOf ex:e ; :derivedFrom ex:d .
        ex:h :trainedOn ex:i . ex:i :trainedOn ex:h .""",
    "a circle that a part closes": """
        ex:m a :Model ; :hasParameters ex:p . ex:p a :Parameters ; :derivedFrom ex:m .""",
    "two known licences that differ are disputed": """
        ex:c a :Code ; :license "MIT" , "CC-BY-NC-4.0" . ex:d a :Code ; :license "MIT" , "CC-BY-NC-4.0" , "other" .""",
    "a word that names no licence beside one that does": """
        ex:c a :Code ; :license "MIT" , "other" . ex:d a :Code ; :license "other" .
        ex:e a :Code ; :license "gibberish" . ex:f a :Code ; :license "MIT" , "gibberish" .
        ex:g a :Code ; :license "MIT" , "NOASSERTION" .
        ex:h a :Code ; :license "NONE" , "other" . ex:i a :Code ; :license "NONE" .""",
    "a refusal beside a licence": """
        ex:c a :Code ; :license "MIT" , [ a :NotDisclosed ] . ex:d a :Code ; :license "MIT" , [ a :NotApplicable ] .
        ex:h a :Code ; :license "MIT" , [] . ex:e a :Code ; :license [ a :NotDisclosed ] .
        ex:f a :Code ; :license "MIT" , ex:g . ex:g a :NotDisclosed .""",
    "the first class tells which terms are needed": """
        ex:a a :Code , :DataInformation , :Model ; :license "CC-BY-4.0" . ex:b a :DataInformation , :Dataset ;
        :license "CC-BY-4.0" . ex:c a :Model , :Dataset ; :license "CC-BY-4.0" . ex:d a :Document ; :license "MIT" .
        ex:e a :AISystem ; :license "CC-BY-4.0" .""",
    "a licence as text, node and in another language": """
        ex:a a :Code ; :license "MIT" , "MIT"@en , <https://spdx.org/licenses/MIT> , "MIT"^^ex:licence .
        ex:b a :Code ; :license "https://opensource.org/license/mit" , "" .""",
    "a licence that is described as well": """
        ex:a a :Parameters ; :license <https://spdx.org/licenses/CC-BY-NC-4.0> .
        <https://spdx.org/licenses/CC-BY-NC-4.0> a :License ; rdfs:label "CC-BY-NC-4.0" , "another" .""",
    "an alternative that withholds less": """
        ex:a a :Parameters ; :license "CC-BY-NC-4.0 OR CC-BY-ND-4.0" , "CC-BY-NC-4.0" .
        ex:b a :Parameters ; :license "CC-BY-NC-4.0" , "CC-BY-ND-4.0" .
        ex:c a :Parameters ; :license "CC-BY-NC-4.0 AND MIT" .
        ex:d a :Parameters ; :license "llama2" , "LicenseRef-own" .
        ex:e a :Parameters ; :license "CC-BY-NC-4.0 AND LicenseRef-own" .
        ex:f a :Parameters ; :license "CC-BY-NC-4.0" .""",
    "conclusions that are stated are kept": """
        ex:a a :Code ; :license "MIT" ; :approval <https://w3id.org/osaid-graph/ont#NotDisclosed> ; :circular true .
        ex:b :derivedFrom ex:b ; :circular true , false .""",
}
PREFIXES = f"@prefix : <{OSAID}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: "
Graphs = dict[str, Graph]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Return the engine that all of this is held of."""
    found = DuckDB(1 << 30, threads=1)
    yield found
    found.close()


@pytest.fixture(scope="module")
def cases() -> Graphs:
    """Return the graph of each case; they have no node in common but those of licences."""
    return {
        case: Graph().parse(data=f"{PREFIXES} <https://example.org/{number}/> . {text}")
        for number, (case, text) in enumerate(CASES.items())
    }


@pytest.fixture(scope="module")
def both(engine: Engine, cases: Graphs) -> tuple[Both, Both]:
    """Return what a check makes of all cases, and what the engine makes of them."""
    graph = Graph()
    for each in cases.values():
        graph += each
    expected = by_reference(graph)
    return expected, by_engine(engine, graph, everything())


@pytest.mark.parametrize("case", CASES)
def test_what_follows_is_what_follows_in_a_check(both: tuple[Both, Both], cases: Graphs, case: str) -> None:
    expected, found = both
    nodes = set(cases[case].all_nodes())
    assert _about(found.facts, nodes) == _about(expected.facts, nodes)
    assert _about(found.whole, nodes) == _about(expected.whole, nodes)


def test_nothing_else_follows(both: tuple[Both, Both]) -> None:
    expected, found = both
    assert found == expected


def _about(statements: set[Statement], nodes: set[Node]) -> set[Statement]:
    return {statement for statement in statements if statement[0] in nodes}
