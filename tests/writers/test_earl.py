"""The export to EARL: well-formed by the schema of EARL 1.0, complete, and of the same mind as the assessment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from exported import BOREALIS, FIXTURES, ROOT, WORKSHOP, assert_golden, examination, hostile, material
from pyshacl import validate
from rdflib import DCTERMS, FOAF, PROV, RDF, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.assessment.assess import examine
from osaid_graph.errors import NothingToAssessError
from osaid_graph.graph.load import load
from osaid_graph.graph.ontology import ontology
from osaid_graph.model import Assessment
from osaid_graph.rdf_report.judged import OUTCOMES
from osaid_graph.vocab import CODE, OSAID, REQ
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material

EARL = Namespace("http://www.w3.org/ns/earl#")
PTR = Namespace("http://www.w3.org/2009/pointers#")
BLOOM = ROOT / "data" / "releases" / "bloom-176b.yaml"
MIXTRAL = ROOT / "data" / "releases" / "mixtral-8x7b.yaml"
JUDGED = FIXTURES / "lineage" / "judged.ttl"
EXPORTED = [BLOOM, MIXTRAL, BOREALIS, WORKSHOP, JUDGED]
EACH = pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.stem)
#: What the schema of EARL 1.0 says of its classes and properties, and Pointer Methods in RDF 1.0 of pointers.
SHAPES = Path(__file__).parent / "earl-shapes.ttl"


@cache
def exported(path: Path) -> tuple[Material, Assessment, str, Graph]:
    given = material(path, assessed=True)
    text = str(writer("earl").write(given))
    return given, examination(path).assessment, text, Graph().parse(data=text, format="turtle")


def assertions(graph: Graph, test: Node, mode: Node | None = None) -> list[tuple[Node, Node | None]]:
    """Return the assertions on a test in a mode, with the outcome of each."""
    found = sorted(graph.subjects(EARL.test, test), key=str)
    return [
        (node, graph.value(graph.value(node, EARL.result), EARL.outcome))
        for node in found
        if mode is None or (node, EARL.mode, mode) in graph
    ]


@EACH
def test_the_report_is_valid_by_the_schema_of_earl(path: Path) -> None:
    conforms, _, text = validate(exported(path)[3], shacl_graph=Graph().parse(SHAPES), inference="none")
    assert conforms, text


@EACH
def test_every_requirement_has_one_automatic_assertion_with_the_outcome_by_the_rules(path: Path) -> None:
    _, assessment, _, graph = exported(path)
    for result in assessment.results:
        ((_, outcome),) = assertions(graph, result.requirement.iri, EARL.automatic)
        assert outcome == OUTCOMES[result.machine_outcome]
    for id_ in assessment.not_assessed:
        ((_, outcome),) = assertions(graph, assessment.definition.requirements[id_].iri)
        assert outcome == EARL.untested


@EACH
def test_what_judgements_changed_is_a_revision_by_tool_and_reviewer(path: Path) -> None:
    _, assessment, _, graph = exported(path)
    for result in assessment.results:
        found = assertions(graph, result.requirement.iri, EARL.semiAuto)
        if result.outcome == result.machine_outcome:
            assert found == []
            continue
        ((node, outcome),) = found
        assert outcome == OUTCOMES[result.outcome]
        ((by_rules, _),) = assertions(graph, result.requirement.iri, EARL.automatic)
        assert (node, PROV.wasRevisionOf, by_rules) in graph


@EACH
def test_each_judgement_is_an_assertion_of_its_reviewer(path: Path) -> None:
    _, assessment, _, graph = exported(path)
    for result in assessment.results:
        found = assertions(graph, result.requirement.iri, EARL.manual)
        assert len(found) == len(result.judgements)
        for (node, outcome), judgement in zip(found, result.judgements, strict=True):
            assert outcome == OUTCOMES[judgement.outcome]
            assert graph.value(graph.value(node, EARL.assertedBy), FOAF.name) == Literal(judgement.by)
            assert graph.value(graph.value(node, EARL.result), EARL.info) == Literal(judgement.reason)
            assert graph.value(node, OSAID.counted) == Literal(judgement.counted)


@EACH
def test_a_reviewer_is_one_assertor_however_much_they_judged(path: Path) -> None:
    _, assessment, _, graph = exported(path)
    judgements = [judgement for result in assessment.results for judgement in result.judgements]
    people = {each.id_of_author or (each.by, each.affiliation) for each in judgements}
    assert len(set(graph.subjects(FOAF.name))) == len(people)


@EACH
def test_the_verdict_is_the_outcome_of_the_definition_as_a_whole(path: Path) -> None:
    _, assessment, _, graph = exported(path)
    ((node, outcome),) = assertions(graph, assessment.definition.iri)
    assert outcome == OUTCOMES[assessment.outcome]
    assert (graph.value(node, EARL.result), OSAID.outcome, CODE[assessment.outcome]) in graph


@EACH
def test_findings_are_told_and_pointed_to(path: Path) -> None:
    _, assessment, _, graph = exported(path)
    for result in assessment.results:
        ((node, _),) = assertions(graph, result.requirement.iri, EARL.automatic)
        found = graph.value(node, EARL.result)
        findings = (*result.findings, *result.bearing)
        told = {str(info) for info in graph.objects(found, EARL.info)}
        assert all(any(finding.message in info for info in told) for finding in findings)
        pointed = {
            (graph.value(pointer, SH.focusNode), graph.value(pointer, PTR.lineNumber))
            for pointer in graph.objects(found, EARL.pointer)
        }
        assert {(str(focus), str(line)) for focus, line in pointed if isinstance(focus, URIRef)} == {
            (f.focus, str(f.location.line if f.location else None)) for f in findings if not f.focus.startswith("_:")
        }


@EACH
def test_of_the_release_only_what_subjects_are_and_are_called_is_carried(path: Path) -> None:
    material, _, _, graph = exported(path)
    assert {s for s, _, _ in material.carried} == set(graph.subjects(RDF.type, EARL.TestSubject))
    assert material.subject in {s for s, _, _ in material.carried}
    assert {p for _, p, _ in material.carried} <= {RDF.type, DCTERMS.title}
    assert material.carried <= set(graph)
    assert sum(loss.count for loss in material.losses()) == len(set(material.release.graph) - material.carried)


@pytest.mark.parametrize("path", [BOREALIS, JUDGED], ids=lambda path: path.stem)
def test_the_export_is_what_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = str(writer("earl").write(material(path.relative_to(ROOT), assessed=True)))
    assert_golden(f"{path.stem}.earl.ttl", text)


def test_outcomes_correspond_as_the_alignment_says() -> None:
    found = {
        code: earl
        for predicate in (SKOS.closeMatch, SKOS.broadMatch)
        for code, earl in ontology().subject_objects(predicate)
        if str(earl).startswith(str(EARL))
    }
    assert {CODE[token]: earl for token, earl in OUTCOMES.items()} == found


def test_without_an_assessment_there_is_nothing_to_report() -> None:
    with pytest.raises(NothingToAssessError) as raised:
        writer("earl").write(hostile())
    assert raised.value.hint


def test_names_that_mean_harm_are_texts(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(
        "@prefix osaid: <https://w3id.org/osaid-graph/ont#> . @prefix dcterms: <http://purl.org/dc/terms/> .\n"
        r'<https://e.example/m> a osaid:Model ; dcterms:title "<script>\"]]>\n\u202e\u001b[31m" ;'
        " osaid:hasParameters <https://e.example/p> . <https://e.example/p> a osaid:Parameters .",
        "utf-8",
    )
    release = load([str(file)])
    material = Material(release, examine(release))
    text = str(writer("earl").write(material))
    graph = Graph().parse(data=text, format="turtle")
    assert (URIRef("https://e.example/m"), DCTERMS.title, Literal('<script>"]]>\n\u202e\x1b[31m')) in graph
    assert [c for c in text if not c.isprintable() and c != "\n"] == []


def test_a_judgement_on_another_version_is_shown_under_its_requirement_and_not_counted() -> None:
    _, assessment, _, graph = exported(JUDGED)
    (elsewhere,) = assessment.elsewhere
    test = REQ[elsewhere.requirement]
    ((node, outcome),) = assertions(graph, test, EARL.manual)
    assert outcome == OUTCOMES[elsewhere.outcome]
    assert (node, OSAID.counted, Literal(False)) in graph
    assert isinstance(graph.value(node, EARL.subject), IdentifiedNode)
