"""The definition as data: 63 requirements, their properties, and the exact words of each version."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from osaid_graph.validation.definition import definition, versions

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "ontology" / "definition"
SHARED = Path(os.environ.get("OSAID_GRAPH_SHARED", ROOT.parent / "shared"))

OSAID = Namespace("https://w3id.org/osaid-graph/ont#")
CODE = Namespace("https://w3id.org/osaid-graph/code#")
REQ = Namespace("https://w3id.org/osaid-graph/requirement#")
DEF = Namespace("https://w3id.org/osaid-graph/definition#")
#: rdflib's own DCAT is version 2 and lacks dcat:version.
DCAT = Namespace("http://www.w3.org/ns/dcat#")

STRENGTHS = {"must": 39, "must-if-used": 12, "def": 6, "note": 2, "example": 2, "may": 2}
FREEDOMS = {
    "freedom-use-any-purpose",
    "freedom-use-no-permission",
    "freedom-study-how",
    "freedom-study-inspect",
    "freedom-modify-any-purpose",
    "freedom-modify-output",
    "freedom-share-unmodified",
    "freedom-share-modified",
    "freedom-share-any-purpose",
}
JUDGEMENT_ONLY = {
    "data-info-sufficient",
    "code-spec-data-processing",
    "code-spec-training",
    "freedoms-manner",
    "freedom-study-how",
}
#: Version id -> its text, in the folder of texts.
TEXTS = {"1.0-rc1": "osaid-1.0-rc1.md", "1.0": "osaid-1.0.md"}


def _graph(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


REQUIREMENTS = _graph(FOLDER / "requirements.ttl")
ONTOLOGY = _graph(ROOT / "ontology" / "osaid.ttl", ROOT / "ontology" / "codelists.ttl")
IDS = sorted(
    token for token in (str(n).removeprefix(str(REQ)) for n in REQUIREMENTS.subjects(RDF.type, OSAID.Requirement))
)


def _tokens(id_: str, predicate: URIRef) -> set[str]:
    return {str(value).rpartition("#")[2] for value in REQUIREMENTS.objects(REQ[id_], predicate)}


def _one(graph: Graph, node: Node, predicate: URIRef) -> Node:
    values = list(graph.objects(node, predicate))
    assert len(values) == 1, f"{node} has {len(values)} values of {predicate}"
    return values[0]


@pytest.mark.parametrize("version", versions())
def test_each_version_has_63_requirements_with_the_strengths_of_the_text(version: str) -> None:
    requirements = definition(version).requirements
    assert len(requirements) == 63
    assert Counter(requirement.strength for requirement in requirements.values()) == STRENGTHS


def test_versions_share_all_requirements_whose_words_did_not_change() -> None:
    first, later = definition("1.0-rc1"), definition("1.0")
    assert set(first.requirements) ^ set(later.requirements) == {"params-no-stance", "params-mechanism"}
    both = set(first.requirements) & set(later.requirements)
    changed = {id_ for id_ in both if first.requirements[id_].quote != later.requirements[id_].quote}
    assert changed == {
        "data-info-all-data-described",
        "data-info-cleaning",
        "code-spec-data-processing",
        "code-preprocessing",
    }
    restated = {id_ for id_ in both if first.requirements[id_] != later.requirements[id_]}
    assert restated == changed | {"params-terms"}, "whose default policy changed"
    of_changed = {rule.id for rule in (*first.rules.values(), *later.rules.values()) if rule.requirement in changed}
    assert set(first.rules) ^ set(later.rules) <= of_changed
    assert all(first.rules[id_] == later.rules[id_] for id_ in set(first.rules) & set(later.rules))
    assert (first.policy, later.policy) == ("", "free-by-nature")


def test_ids_are_words_that_fit_an_iri_a_folder_and_a_command() -> None:
    assert [i for i in IDS if not re.fullmatch(r"[a-z]+(-[a-z]+)+", i)] == []


@pytest.mark.parametrize("id_", IDS)
def test_a_requirement_is_complete(id_: str) -> None:
    node = REQ[id_]
    strength = str(_one(REQUIREMENTS, node, OSAID.strength)).rpartition("#")[2]
    for predicate in (RDFS.label, SKOS.definition, OSAID.rationale):
        text = _one(REQUIREMENTS, node, predicate)
        assert isinstance(text, Literal) and text.language == "en" and str(text).strip(), (id_, predicate)
    satisfied = list(REQUIREMENTS.objects(node, OSAID.satisfiedBy))
    assert len(satisfied) == (0 if strength in ("def", "note") else 1)
    assert len(list(REQUIREMENTS.objects(node, OSAID.clause))) == 1
    assert list(REQUIREMENTS.objects(node, OSAID.appliesTo))
    assert len(list(REQUIREMENTS.objects(node, OSAID.answeredBy))) <= 1
    assert len(list(REQUIREMENTS.objects(node, OSAID.answeredForRole))) <= 1
    if strength not in ("def", "note"):
        assert _tokens(id_, OSAID.check), f"{id_} says not how it is checked"


def test_how_to_satisfy_names_a_key_of_the_manifest() -> None:
    mute = [i for i in IDS for text in REQUIREMENTS.objects(REQ[i], OSAID.satisfiedBy) if "`" not in str(text)]
    assert mute == []


def test_labels_are_unique() -> None:
    labels = Counter(str(label) for label in REQUIREMENTS.objects(None, RDFS.label))
    assert [label for label, count in labels.items() if count > 1] == []


def test_only_five_requirements_are_for_judgement_alone() -> None:
    assert {i for i in IDS if _tokens(i, OSAID.check) == {"judgement"}} == JUDGEMENT_ONLY


def test_codes_are_of_the_codelist_of_their_property() -> None:
    lists = {
        OSAID.clause: CODE.Clause,
        OSAID.strength: CODE.Strength,
        OSAID.check: CODE.Check,
        OSAID.settledBy: CODE.Check,
        OSAID.answeredForRole: CODE.CodeRole,
        OSAID.appliesWhen: CODE.Availability,
    }
    for predicate, scheme in lists.items():
        for value in REQUIREMENTS.objects(None, predicate):
            assert (value, SKOS.inScheme, scheme) in ONTOLOGY, f"{value} of {predicate}"


def test_what_they_apply_to_and_are_answered_by_is_declared() -> None:
    for value in REQUIREMENTS.objects(None, OSAID.appliesTo):
        assert (value, RDF.type, OWL.Class) in ONTOLOGY, value
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for value in REQUIREMENTS.objects(None, OSAID.answeredBy):
        assert any((value, RDF.type, kind) in ONTOLOGY for kind in kinds), value


def test_every_code_role_is_asked_for_once_and_only_of_code() -> None:
    asked = Counter(str(role) for role in REQUIREMENTS.objects(None, OSAID.answeredForRole))
    assert asked == Counter(str(role) for role in ONTOLOGY.subjects(SKOS.inScheme, CODE.CodeRole))
    for requirement in REQUIREMENTS.subjects(OSAID.answeredForRole, None):
        assert (requirement, OSAID.answeredBy, OSAID.hasCode) in REQUIREMENTS


def test_conditions_on_availability_concern_datasets_only() -> None:
    for requirement in REQUIREMENTS.subjects(OSAID.appliesWhen, None):
        assert set(REQUIREMENTS.objects(requirement, OSAID.appliesTo)) == {OSAID.Dataset}


def test_parts_exist_and_no_requirement_is_part_of_itself() -> None:
    parts = {i: _tokens(i, OSAID.includes) for i in IDS}
    assert set().union(*parts.values()) <= set(IDS)
    done: set[str] = set()

    def visit(id_: str, above: tuple[str, ...]) -> None:
        assert id_ not in above, " > ".join((*above, id_))
        if id_ not in done:
            for part in parts[id_]:
                visit(part, (*above, id_))
            done.add(id_)

    for id_ in IDS:
        visit(id_, ())
    asked = {i for i in IDS if _tokens(i, OSAID.clause) & {"data-information", "code", "parameters"}}
    binding = {i for i in asked if _tokens(i, OSAID.strength) & {"must", "must-if-used"}}
    terms = {"data-info-terms", "code-license", "params-terms"}
    assert _closure(parts, "preferred-form-all-elements") == binding - terms
    assert _closure(parts, "component-data-info") == {i for i in binding if i.startswith("data-")} - {
        *terms,
        "data-info-sufficient",
    }
    assert _closure(parts, "freedoms-whole-and-elements") >= {*FREEDOMS, "freedoms-terms", "freedoms-manner"}


def _closure(parts: dict[str, set[str]], id_: str) -> set[str]:
    """Return what a requirement includes, directly or not."""
    return parts[id_].union(*(_closure(parts, part) for part in parts[id_])) if parts[id_] else set()


def test_the_list_of_elements_is_for_machine_learning_and_the_freedoms_for_all() -> None:
    limited = _tokens("scope-ml-only", OSAID.limits)
    elsewhere = {i for i in IDS if not _tokens(i, OSAID.strength) & {"def", "note", "may"}} - limited
    assert {i for i in elsewhere if _tokens(i, OSAID.clause) != {"freedoms"}} == set()
    assert {i for i in limited if _tokens(i, OSAID.clause) == {"freedoms"}} == {"preferred-form-all-elements"}
    assert [i for i in IDS if i != "scope-ml-only" and _tokens(i, OSAID.limits)] == []


def test_what_is_settled_by_judgement_asks_for_one() -> None:
    settled = {i for i in IDS if _tokens(i, OSAID.settledBy)}
    assert settled == JUDGEMENT_ONLY | {"freedom-use-no-permission"}
    assert all(_tokens(i, OSAID.settledBy) == {"judgement"} <= _tokens(i, OSAID.check) for i in settled)


@pytest.mark.parametrize("version", sorted(TEXTS))
def test_a_version_has_a_wording_for_each_of_its_requirements(version: str) -> None:
    graph = _graph(FOLDER / f"{version}.ttl")
    node = DEF[version]
    assert str(_one(graph, node, DCTERMS.identifier)) == version
    for predicate in (DCTERMS.title, DCAT.version, DCTERMS.issued, DCTERMS.publisher, DCTERMS.source):
        assert str(_one(graph, node, predicate)).strip()
    worded = Counter(str(_one(graph, w, OSAID.requirement)) for w in graph.objects(node, OSAID.wording))
    asked = Counter(str(REQ[i]) for i in definition(version).requirements)
    assert worded == asked if version == versions()[-1] else worded < asked, "a later one may take over the words"
    for wording in graph.objects(node, OSAID.wording):
        quote = _one(graph, wording, OSAID.quote)
        assert isinstance(quote, Literal) and quote.language == "en"
        assert 2 <= len(str(quote).split()) <= 40, f"not a short phrase: {quote}"


def _plain(markdown: str) -> str:
    """Return the text without emphasis and footnote marks and with single blanks."""
    return " ".join(re.sub(r"\*|\[\^\d+\]", "", markdown).split())


@pytest.mark.parametrize(("version", "name"), sorted(TEXTS.items()))
def test_each_quote_stands_in_the_text(version: str, name: str) -> None:
    path = SHARED / "definition" / name
    if not path.is_file():
        pytest.skip(
            f"the text of the definition is not at {path}; set OSAID_GRAPH_SHARED to the folder above definition/"
        )
    text = _plain(path.read_text("utf-8"))
    quotes = [requirement.quote for requirement in definition(version).requirements.values()]
    assert [quote for quote in quotes if quote not in text] == []


@pytest.mark.parametrize("version", versions())
def test_what_may_be_waived_is_what_a_rule_asks_a_reason_for(version: str) -> None:
    of = definition(version)
    with_reason = {rule.requirement for rule in of.rules.values() if rule.id.endswith("no-reason")}
    unshareable = {"data-info-unshareable-described"}
    assert {id_ for id_, requirement in of.requirements.items() if requirement.waivable} == with_reason - unshareable


def test_what_decisions_show_in_tells_the_decision() -> None:
    text = (ROOT / "docs" / "decisions.md").read_text("utf-8")
    shown = {
        id_
        for line in re.findall(r"\*\*Shows in\*\* (.*?)(?:\n\n|\Z)", text, re.S)
        for id_ in re.findall(r"`([a-z-]+)`", line)
    }
    of = definition().requirements
    assert len(shown & set(of)) > 20
    assert [id_ for id_ in sorted(shown & set(of)) if not of[id_].decision] == []
