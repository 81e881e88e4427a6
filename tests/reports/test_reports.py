"""What the reports say: the same findings in each, in words a person and SPARQL can follow."""

from __future__ import annotations

import datetime
import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import click
import pytest
from rdflib import DCTERMS, RDF, SH, Graph, URIRef
from rdflib.collection import Collection

from osaid_graph.assessment.assess import assess
from osaid_graph.cli.check import command
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.reports import REPORTS, RenderOptions, render
from osaid_graph.vocab import CODE, OSAID, token

RELEASES = Path(__file__).parent.parent.parent / "data" / "releases"
SEVERITIES = {
    ("Violation", "not-met"),
    ("Warning", "not-evidenced"),
    ("Info", "recommendation"),
    ("needs-judgement", "needs-judgement"),
}
NAMES = sorted(path.stem for path in RELEASES.glob("*.yaml"))


@cache
def assessed(name: str) -> Assessment:
    return assess(load([str(RELEASES / f"{name}.yaml")]), today=datetime.date(2026, 11, 23))


@cache
def turtle(name: str) -> Graph:
    return Graph().parse(data=render(assessed(name), "turtle"), format="turtle")


@pytest.mark.parametrize("name", NAMES)
def test_every_format_shows_the_same_findings(name: str) -> None:
    assessment = assessed(name)
    expected = sorted((f.rule, f.focus) for f in assessment.findings)
    document = json.loads(render(assessment, "json"))
    assert sorted((f["rule"], f["focus"]) for f in document["findings"]) == expected
    graph = turtle(name)
    results = graph.subjects(RDF.type, SH.ValidationResult)
    assert (
        sorted((token(graph.value(r, SH.sourceShape)), str(graph.value(r, SH.focusNode))) for r in results) == expected
    )
    text = render(assessment, "text", RenderOptions(verbose=True))
    assert set(re.findall(r"[a-z-]+\.[a-z-]+(?=\]?: )", text)) >= {rule for rule, _ in expected}


def test_a_requirement_that_its_parts_leave_open_names_them() -> None:
    assessment = assessed("mixtral-8x7b")
    document = json.loads(render(assessment, "json"))
    outcomes = {each["id"]: each["outcome"] for each in document["requirements"]}
    expected = {
        each["id"]: [part for part in each["includes"] if outcomes[part] == each["outcome"]]
        for each in document["requirements"]
        if each["includes"] and each["outcome"] not in ("met", "not-applicable")
    }
    assert len(expected) > 5 and all(expected.values())
    rows = re.findall(r'<tr id="requirement-([\w-]+)">(.+?)</tr>', render(assessment, "html"))
    html = {id_: re.findall(r'href="#requirement-([\w-]+)"', row) for id_, row in rows}
    junit = ET.fromstring(render(assessment, "junit").encode())  # noqa: S314 - our own text
    told = {case.get("name"): re.findall(r" in its parts: (.+)", "".join(case.itertext())) for case in junit.iter()}
    markdown = re.findall(r"^\| `([\w-]+)` \|.+?, in (`[\w`, -]+) \|", render(assessment, "markdown"), re.MULTILINE)
    assert {id_: parts for id_, parts in html.items() if parts} == expected
    assert {id_: parts[0].split(", ") for id_, parts in told.items() if id_ in outcomes and parts} == expected
    assert {id_: re.findall(r"[\w-]+", parts) for id_, parts in markdown} == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_validation_report_traces_each_gap_for_a_sparql_reader(name: str) -> None:
    graph = turtle(name)
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    subject = graph.value(report, OSAID.subject)
    for result in graph.objects(report, SH.result):
        assert graph.value(result, OSAID.subject) == subject
        assert isinstance(graph.value(result, OSAID.requirement), URIRef)
        outcome, severity = graph.value(result, OSAID.outcome), graph.value(result, SH.resultSeverity)
        assert (token(severity), token(outcome)) in SEVERITIES
        head = graph.value(result, OSAID.trace)
        assert head is not None
        trace = list(Collection(graph, head))
        assert trace[0] == subject
        assert trace[-1] == graph.value(result, SH.focusNode)
        assert all(str(edge).startswith(str(OSAID._NS)) for edge in trace[1::2])
        assert graph.value(result, SH.sourceConstraintComponent) is not None


def test_a_sparql_query_follows_a_trace_to_the_dataset_and_its_source() -> None:
    rows = turtle("amber-7b").query(
        """
        SELECT ?focus ?edge ?source WHERE {
          ?result osaid:requirement req:data-list-public-where ; sh:focusNode ?focus ;
                  osaid:trace/rdf:rest*/rdf:first ?edge ; dcterms:source ?source .
          FILTER(?edge = osaid:derivedFrom || ?edge = osaid:trainedOn)
        }""",
        initNs={"osaid": OSAID, "req": "https://w3id.org/osaid-graph/requirement#", "sh": SH, "dcterms": DCTERMS},
    )
    assert {token(row.edge) for row in rows} >= {"trainedOn"}  # type: ignore[union-attr]


def test_the_verdict_of_the_turtle_report_is_that_of_the_assessment() -> None:
    graph = turtle("pythia-12b")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, OSAID.outcome) == CODE.undetermined


def test_text_is_plain_unless_colour_is_asked_for() -> None:
    assert "\x1b" not in render(assessed("bloom-176b"), "text")
    assert "\x1b[31;1merror[params-terms.not-approved]\x1b[0m" in render(
        assessed("bloom-176b"), "text", RenderOptions(color=True)
    )


def test_snippets_that_go_to_different_places_are_each_added_where_they_belong(tmp_path: Path) -> None:
    manifest = tmp_path / "osaid.yaml"
    manifest.write_text("system: {id: acme/atlas, name: Atlas}\nparameters: {license: MIT}\n", "utf-8")
    text = render(assess(load([str(manifest)])), "text")
    first = {found[1]: found[2] for found in re.finditer(r"help: add under ([a-z-]+):\n +(\S+)", text)}
    assert first["code"] == "-" and first["data-information"] == "document:"


def test_quiet_text_is_the_verdict_alone() -> None:
    quiet = render(assessed("bloom-176b"), "text", RenderOptions(quiet=True))
    assert quiet.splitlines()[0].startswith(
        "BLOOM 1.0.0 (system), assessed against the Open Source AI Definition 1.0-RC1 on"
    )
    assert len(quiet.splitlines()) == 2


def test_no_report_claims_a_certificate() -> None:
    for report in REPORTS:
        words = render(assessed("pythia-12b"), report).casefold()
        assert "certified" not in words
        assert "osi compliant" not in words
        assert "osi-approved model" not in words


def test_the_command_offers_every_format() -> None:
    (option,) = [parameter for parameter in command.params if parameter.name == "report"]
    assert isinstance(option.type, click.Choice)
    assert list(option.type.choices) == list(REPORTS)
