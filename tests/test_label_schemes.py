"""The label schemes as data: complete, in words this program has, and true to what their sources list."""

from __future__ import annotations

import pytest
from rdflib import Graph

from osaid_graph.assessment.released import list_policy
from osaid_graph.errors import ResourceError
from osaid_graph.labels import LabelScheme, LabelTerms
from osaid_graph.readers.manifest.keys import MANIFEST
from osaid_graph.terms import evaluate
from osaid_graph.validation.label_schemes import label_schemes, schemes_of
from osaid_graph.vocab import CODELISTS, OSAID, token

SCHEMES = {scheme.id: scheme for scheme in label_schemes()}


def test_these_schemes_are_shipped_with_these_labels() -> None:
    assert {scheme.id: [label.label for label in scheme.labels] for scheme in SCHEMES.values()} == {
        "g7-2026": ["Weights Available AI", "Open Weights AI", "Open Source AI", "Open Source AI with Open Data"],
        "mof-1.0": ["Class III, Open Model", "Class II, Open Tooling", "Class I, Open Science"],
    }


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_a_scheme_says_where_it_is_from_and_how_far_it_goes(scheme: LabelScheme) -> None:
    assert scheme.sources and all(source.startswith("https://") for source in scheme.sources)
    assert scheme.note.startswith("Derived from what the description says.")


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_every_condition_has_a_key_that_states_it(scheme: LabelScheme) -> None:
    conditions = [condition for label in scheme.labels for condition in label.conditions]
    assert len({condition.id for condition in conditions}) == len(conditions)
    for condition in conditions:
        assert condition.key in MANIFEST
        assert condition.asks.endswith(".") and condition.label
        assert {token(role) for role in condition.roles} <= {*CODELISTS["CodeRole"], *CODELISTS["DocumentRole"]}
        by_role = {OSAID.hasCode, OSAID.hasDocument, OSAID.hasDataInformation}
        assert bool(condition.roles) == bool(by_role & set(condition.answered_by)), condition.id


def test_the_framework_asks_for_these_components() -> None:
    asked = [
        ([c.label for c in label.conditions if c.required], [c.label for c in label.conditions if not c.required])
        for label in SCHEMES["mof-1.0"].labels
    ]
    assert asked == [
        (
            [
                *("model architecture", "final parameters", "evaluation results", "model card", "data card"),
                "technical report or research paper",
            ],
            ["sample outputs"],
        ),
        (["training code", "inference code", "evaluation code", "evaluation data"], ["supporting libraries"]),
        (
            ["datasets", "data preprocessing code", "intermediate parameters", "research paper"],
            ["model metadata"],
        ),
    ]


def _terms(condition: str) -> LabelTerms:
    found = [c for scheme in SCHEMES.values() for label in scheme.labels for c in label.conditions]
    return next(c.terms for c in found if c.id == condition)


@pytest.mark.parametrize(
    ("condition", "license", "status"),
    [
        ("mof-training-code", "Apache-2.0", "approved"),
        ("mof-training-code", "OpenMDW-1.0", "approved"),
        ("mof-training-code", "CC-BY-4.0", "not-approved"),
        ("mof-training-code", "other", "unknown"),
        ("mof-final-parameters", "Apache-2.0", "approved"),
        ("mof-final-parameters", "CDLA-Permissive-2.0", "approved"),
        ("mof-final-parameters", "CC-BY-4.0", "approved"),
        ("mof-final-parameters", "ODbL-1.0", "approved"),
        ("mof-final-parameters", "CC-BY-NC-4.0", "not-approved"),
        ("mof-final-parameters", "llama2", "not-approved"),
        ("mof-final-parameters", "Apache-2.0 AND llama2", "not-approved"),
        ("mof-model-card", "FreeBSD-DOC", "approved"),
        ("mof-model-card", "CC-PDDC", "approved"),
    ],
)
def test_a_list_of_licences_takes_these(condition: str, license: str, status: str) -> None:
    assert evaluate(license, "code", list_policy(_terms(condition))).status == status


GOOD = """
@prefix : <https://w3id.org/osaid-graph/label#> . @prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix osaid: <https://w3id.org/osaid-graph/ont#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:x a osaid:LabelScheme ; dcterms:title "X" ; dcterms:source <https://x.example> ; dcterms:issued "2026-01-01" ;
    rdfs:comment "Derived." .
:x-one a osaid:Label ; skos:inScheme :x ; osaid:rank 1 ; skos:prefLabel "One" ; osaid:asks :x-weights .
:x-two a osaid:Label ; skos:inScheme :x ; osaid:rank 2 ; skos:prefLabel "Two" .
:x-weights a osaid:LabelCondition ; skos:prefLabel "weights" ; skos:definition "Weights." ;
    osaid:strength code:must ; osaid:answeredBy osaid:hasParameters ; osaid:test code:all-released ;
    osaid:takesTerms :x-terms ; osaid:under "parameters" .
:x-terms a osaid:LabelTerms ; osaid:termsBasis code:any-terms .
"""


def test_a_scheme_is_read() -> None:
    (scheme,) = schemes_of(Graph().parse(data=GOOD, format="turtle"))
    assert [label.label for label in scheme.labels] == ["One", "Two"]
    assert [c.id for label in scheme.labels for c in label.conditions] == ["x-weights"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("osaid:test code:all-released", "osaid:test code:most-released", "x-weights has the unknown test"),
        ("osaid:test code:all-released ;", "", "x-weights has 0 values of test"),
        ("code:any-terms", "code:open", "x-terms has the unknown termsBasis 'open'"),
        ("osaid:strength code:must", "osaid:strength code:should", "x-weights has the unknown strength"),
        ("osaid:answeredBy osaid:hasParameters ;", "", "x-weights is answered by nothing"),
        ("osaid:takesTerms :x-terms", "osaid:takesTerms :x-terms, :x", "x-weights has 2 values of takesTerms"),
        ("osaid:rank 2", "osaid:rank 1", "x has two labels of rank 1"),
        ('skos:prefLabel "Two"', 'skos:prefLabel "Two", "Too"', "x-two has 2 values of prefLabel"),
        ("osaid:rank 2 ;", "", "x-two has 0 values of rank"),
    ],
)
def test_a_scheme_in_words_that_are_not_known_is_refused(old: str, new: str, message: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(ResourceError) as raised:
        schemes_of(Graph().parse(data=GOOD.replace(old, new), format="turtle"))
    assert raised.value.message.startswith(message)


def test_a_list_with_a_licence_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ResourceError, match=r"no licence 'Acme-1\.0' is known"):
        list_policy(LabelTerms("licence-list", licenses=("Acme-1.0",)))
