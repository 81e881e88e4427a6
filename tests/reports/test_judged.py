"""Who judged what, when, on what evidence and whether it counted: the same in every format, and safe to show."""

from __future__ import annotations

import datetime
import json
import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, PROV, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.namespace import FOAF

from osaid_graph.assessment.assess import assess
from osaid_graph.errors import printable
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.rdf_report.judged import EARL
from osaid_graph.reports import RenderOptions, render
from osaid_graph.vocab import OSAID, token

ROOT = Path(__file__).parent.parent.parent
INPUTS = {
    "borealis": ("tests/fixtures/releases/borealis-judged.yaml",),
    "pythia": ("data/releases/pythia-12b.yaml", "data/reviews/osi-2024/pythia-12b.yaml"),
}
_JUDGED = re.compile(
    r"(?P<outcome>met|not-met|not-applicable): (?P<reason>.*) "
    r"\((?P<who>(?:[^()]|\([^()]*\))*), (?P<date>\d{4}-\d\d-\d\d)\)(?P<ignored> \[not counted: .*\])?"
)
_EVIDENCE = re.compile(
    r"evidence: (?P<url>\S+)(?: \((?:retrieved (?P<day>[\d-]+))?(?:, )?(?:sha256 (?P<sha>\w+).*)?\))?"
)
#: Requirement, outcome, author, date, whether it counted, evidence: URL, day, first digits of the digest.
Said = tuple[str, str, str, str, bool, frozenset[tuple[str, str, str]]]


@cache
def assessed(name: str) -> Assessment:
    return assess(load(str(ROOT / path) for path in INPUTS[name]), today=datetime.date(2026, 11, 24))


def _who(by: str, author: str | None, affiliation: str | None, independent: bool | None) -> str:
    standing = {True: "independent", False: "not independent", None: ""}[independent]
    return ", ".join(part for part in (f"{by} <{author}>" if author else by, affiliation, standing) if part)


def said_in_json(assessment: Assessment) -> list[Said]:
    return [
        (
            requirement["id"],
            j["outcome"],
            _who(j["by"], j["author"], j["affiliation"], j["independent"]),
            j["date"],
            j["counted"],
            frozenset((e["url"], e["retrieved"] or "", (e["sha256"] or "")[:12]) for e in j["evidence"]),
        )
        for requirement in json.loads(render(assessment, "json"))["requirements"]
        for j in requirement["judgements"]
    ]


def said_in_turtle(assessment: Assessment) -> list[Said]:
    graph = Graph().parse(data=render(assessment, "turtle"), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    found: list[Said] = []
    for node in graph.objects(report, PROV.wasInfluencedBy):
        assert (node, RDF.type, OSAID.Judgement) in graph
        author = graph.value(node, PROV.wasAttributedTo)
        affiliation, independent = graph.value(author, OSAID.affiliation), graph.value(node, OSAID.independent)
        counted = graph.value(node, OSAID.counted)
        assert isinstance(counted, Literal)
        assert (graph.value(node, SKOS.note) is None) == counted.toPython()
        who = _who(
            str(graph.value(author, FOAF.name)),
            str(author) if isinstance(author, URIRef) else None,
            None if affiliation is None else str(affiliation),
            independent.toPython() if isinstance(independent, Literal) else None,
        )
        evidence = frozenset(
            (
                str(e),
                str(graph.value(e, OSAID.retrieved, default=Literal(""))),
                str(graph.value(e, OSAID.sha256, default=Literal("")))[:12],
            )
            for e in graph.objects(node, OSAID.evidence)
        )
        requirement, outcome = token(graph.value(node, OSAID.judges)), token(graph.value(node, OSAID.outcome))
        found.append((requirement, outcome, who, str(graph.value(node, DCTERMS.date)), counted.toPython(), evidence))
    return found


def said_in_text(assessment: Assessment) -> list[Said]:
    text = render(assessment, "text", RenderOptions(verbose=True))
    section = f"\n{text}".partition("\njudgements\n")[2].partition("\n\n")[0]
    found: list[Said] = []
    requirement = ""
    for line in re.sub(r"\n {6}(?! )", " ", section).split("\n"):
        shown = line.removeprefix("   = ")
        if line == shown:
            requirement = line.strip().partition(":")[0]
        elif judged := _JUDGED.fullmatch(shown):
            who, date = judged["who"], judged["date"]
            found.append((requirement, judged["outcome"], who, date, judged["ignored"] is None, frozenset()))
        else:
            evidence = _EVIDENCE.fullmatch(shown)
            assert evidence is not None, shown
            document = (evidence["url"], evidence["day"] or "", evidence["sha"] or "")
            found[-1] = (*found[-1][:5], found[-1][5] | {document})
    return found


@pytest.mark.parametrize("name", INPUTS)
def test_every_format_names_the_same_judgements_with_author_date_and_evidence(name: str) -> None:
    assessment = assessed(name)
    expected = sorted(said_in_json(assessment), key=str)
    assert len(expected) == sum(len(result.judgements) for result in assessment.results) > 0
    assert any(said[5] for said in expected)
    assert sorted(said_in_turtle(assessment), key=str) == expected
    assert sorted(said_in_text(assessment), key=str) == expected


@pytest.mark.parametrize("name", INPUTS)
def test_turtle_says_of_every_requirement_what_json_says(name: str) -> None:
    graph = Graph().parse(data=render(assessed(name), "turtle"), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    found = {}
    for node in graph.objects(report, DCTERMS.hasPart):
        assert (node, RDF.type, EARL.Assertion) in graph
        assert graph.value(node, OSAID.subject) == graph.value(report, OSAID.subject)
        rules = graph.value(node, PROV.wasRevisionOf, default=node)
        assert rules == node or graph.value(rules, EARL.mode) == EARL.automatic
        outcomes = token(graph.value(node, OSAID.outcome)), token(graph.value(rules, OSAID.outcome))
        because = str(graph.value(node, RDFS.comment, default=Literal("")))
        found[token(graph.value(node, OSAID.requirement))] = (*outcomes, because)
    document = json.loads(render(assessed(name), "json"))
    assert found == {r["id"]: (r["outcome"], r["machine_outcome"], r["because"]) for r in document["requirements"]}


def test_what_is_not_counted_is_told_in_short_unless_all_is_asked_for() -> None:
    brief = render(assessed("pythia"), "text")
    reason = "Row on inference code: marked as allowing"
    assert reason not in brief
    assert reason in render(assessed("pythia"), "text", RenderOptions(verbose=True))
    short = "   = met: Open Source Initiative, 2025-01-21 [not counted: made against 1.0, not 1.0-rc1]"
    assert short in brief.splitlines()
    sheet = "   = evidence: https://docs.google.com/spreadsheets/"
    assert sheet not in brief
    assert sheet in render(assessed("pythia"), "text", RenderOptions(verbose=True))


# -- what a reviewer may write --------------------------------------------------------------------------------

_STEERS = "\x1b[2J\x7f\x9b31m\u202edetnuoc\u2066\U000e0041"
_RDF = f"""
@prefix : <https://w3id.org/osaid-graph/ont#> .
@prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/p> a :Parameters .
[] a :Judgement ; :judges req:data-info-sufficient ; :outcome code:met ; dcterms:date "2024-11-02" ;
    :definition "not a version" ; rdfs:comment "read {_STEERS}" ; :evidence <urn:example:e> , "letter {_STEERS}" ,
        [ dcterms:title "Minutes" ; :retrieved "last autumn" ] ;
    prov:wasAttributedTo [ foaf:name "Ada {_STEERS}" ; :affiliation "{_STEERS}" ] .
<urn:example:e> :sha256 "0123456789abcdef{_STEERS}" .
"""


def odd(folder: Path) -> Assessment:
    file = folder / "odd.ttl"
    file.write_text(_RDF, "utf-8")
    return assess(load([str(file)]), today=datetime.date(2026, 11, 24))


@pytest.mark.parametrize("format_name", ["text", "json", "turtle"])
def test_no_format_passes_on_what_steers_a_terminal(format_name: str, tmp_path: Path) -> None:
    shown = render(odd(tmp_path), format_name, RenderOptions(verbose=True))
    assert "Ada" in shown
    assert [c for c in shown if not c.isprintable() and c not in "\n\t"] == []


def test_what_is_escaped_reads_back_as_it_was_written(tmp_path: Path) -> None:
    document = json.loads(render(odd(tmp_path), "json"))
    (judged,) = [j for requirement in document["requirements"] for j in requirement["judgements"]]
    assert (judged["by"], judged["reason"]) == (f"Ada {_STEERS}", f"read {_STEERS}")
    graph = Graph().parse(data=render(odd(tmp_path), "turtle"), format="turtle")
    (node,) = graph.subjects(RDF.type, OSAID.Judgement)
    assert str(graph.value(node, RDFS.comment)) == f"read {_STEERS}"
    assert str(graph.value(graph.value(node, PROV.wasAttributedTo), FOAF.name)) == f"Ada {_STEERS}"


def test_evidence_that_is_a_text_or_has_no_address_is_told_as_stated(tmp_path: Path) -> None:
    graph = Graph().parse(data=render(odd(tmp_path), "turtle"), format="turtle")
    evidence = set(graph.objects(None, OSAID.evidence))
    assert {URIRef("urn:example:e"), Literal(f"letter {_STEERS}")} < evidence
    (minutes,) = graph.subjects(DCTERMS.title, Literal("Minutes"))
    assert minutes in evidence
    assert graph.value(minutes, OSAID.retrieved) == Literal("last autumn")
    text = render(odd(tmp_path), "text", RenderOptions(verbose=True))
    assert "   = evidence: Minutes (retrieved last autumn)" in text.splitlines()
    assert "   = evidence: urn:example:e (sha256 0123456789ab...)" in text.splitlines()
    assert f"   = evidence: {printable(f'letter {_STEERS}')}" in text.splitlines()
