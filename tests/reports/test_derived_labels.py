"""The derived labels in every report: shown as derived, hidden where little is asked for, and never the verdict."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rdflib import PROV, RDF, RDFS, SH, Graph, Literal, URIRef

from osaid_graph.assessment.assess import assess
from osaid_graph.cli import cli
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment
from osaid_graph.reports import RenderOptions, render
from osaid_graph.vocab import LABEL, OSAID

ROOT = Path(__file__).parent.parent.parent
HEADING = "  derived from the same facts, not part of the definition:"


@cache
def bloom() -> Assessment:
    return assess(load([str(ROOT / "data" / "releases" / "bloom-176b.yaml")]))


def _lines(**options: bool) -> list[str]:
    text = render(bloom(), "text", RenderOptions(**options)).splitlines()
    return text[text.index(HEADING) :] if HEADING in text else []


def test_the_text_report_shows_the_labels_between_summary_and_next_step() -> None:
    assert _lines()[:-1] == [
        HEADING,
        "    G7 shared language (2026): Weights Available AI; for Open Weights AI: openly licensed weights",
        "      (contradicted, other terms: bigscience-bloom-rail-1.0)",
        "    MOF 1.0: none; for Class III, Open Model: final parameters (contradicted, other terms:",
        "      bigscience-bloom-rail-1.0), evaluation results, model card, data card (not evidenced)",
    ]
    assert _lines()[-1].startswith("Next: ")


def test_verbose_shows_every_condition_with_its_state_and_the_key_that_states_it() -> None:
    lines = _lines(verbose=True)
    assert [line for line in lines if line.startswith("      ") and not line.startswith("       ")][:2] == [
        "      (contradicted, other terms: bigscience-bloom-rail-1.0)",
        "      Weights Available AI",
    ]
    for line in (
        "        training code: satisfied",
        "        full training data: contradicted, it is to be had from a third party [training-data]",
        "        evaluation results: not evidenced [documents]",
        "        sample outputs, optional: not evidenced [documents]",
        "        model metadata, optional: satisfied",
    ):
        assert line in lines
    shown = sum(line.startswith("        ") and not line.startswith("         ") for line in lines)
    assert shown == sum(len(label.states) for label in bloom().derived)


def test_quiet_shows_the_verdict_alone() -> None:
    assert _lines(quiet=True) == []


def test_the_strongest_label_wants_nothing_more() -> None:
    olmo = assess(load([str(ROOT / "data" / "releases" / "olmo-7b.yaml")]))
    assert "    G7 shared language (2026): Open Source AI with Open Data\n" in render(olmo, "text")


def test_a_name_in_a_reason_cannot_steer_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "osaid.yaml"
    file.write_text(
        "system: {id: acme/atlas}\n"
        'training-data: [{id: acme/a, name: "\\e[31mred"}, {id: acme/b, name: b}]\n'
        "parameters: {license: MIT, location: https://a.example}\n"
        "code: [{roles: [inference, training], repository: https://a.example, license: MIT}]\n",
        "utf-8",
    )
    text = render(assess(load([str(file)])), "text")
    assert "\x1b" not in text
    assert (
        "\\x1b[31mred: place, terms, availability, reason for not sharing, data information on it not stated"
        in " ".join(text.split())
    )


def test_json_has_the_labels_with_all_their_conditions() -> None:
    document: dict[str, Any] = json.loads(render(bloom(), "json"))
    g7, mof = document["derived"]
    assert list(g7) == ["scheme", "title", "date", "sources", "note", "reached", "next", "missing", "conditions"]
    assert (g7["scheme"], g7["date"], g7["sources"]) == (
        "g7-2026",
        "2026-05-29",
        ["https://g7.utoronto.ca/ict/260529-vision.html"],
    )
    assert g7["reached"] == {"id": "g7-weights-available", "label": "Weights Available AI"}
    assert g7["next"] == {"id": "g7-open-weights", "label": "Open Weights AI"}
    assert g7["missing"] == ["g7-weights-open"]
    assert g7["conditions"][2] == {
        "id": "g7-weights-open",
        "of": "g7-open-weights",
        "label": "openly licensed weights",
        "asks": "The weights can be had, under an Open Source licence.",
        "required": True,
        "state": "contradicted",
        "why": "other terms: bigscience-bloom-rail-1.0",
        "key": "parameters",
    }
    assert mof["reached"] is None and len(mof["conditions"]) == 17


def test_turtle_has_a_node_for_each_that_is_derived_from_the_report_and_no_result_of_it() -> None:
    graph = Graph().parse(data=render(bloom(), "turtle"), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    nodes = set(graph.subjects(RDF.type, OSAID.DerivedLabel))
    assert nodes == set(graph.subjects(PROV.wasDerivedFrom, report)) and len(nodes) == 2
    assert not nodes & set(graph.objects(None, SH.result))
    for node in nodes:
        assert set(graph.objects(node, RDF.type)) == {OSAID.DerivedLabel}
        assert (node, OSAID.outcome, None) not in graph
        assert str(graph.value(node, RDFS.comment)).startswith("Derived from what the description says.")
    g7 = URIRef(f"{report}:label:g7-2026")
    assert graph.value(g7, RDFS.label) == Literal("G7 shared language (2026): Weights Available AI", lang="en")
    assert graph.value(g7, OSAID.reaches) == LABEL["g7-weights-available"]
    assert set(graph.objects(g7, OSAID.contradicts)) == {LABEL["g7-weights-open"]}
    mof = URIRef(f"{report}:label:mof-1.0")
    assert graph.value(mof, OSAID.reaches) is None
    assert set(graph.objects(mof, OSAID.leavesOpen)) == {
        LABEL[name] for name in ("mof-evaluation-results", "mof-model-card", "mof-data-card")
    }


@pytest.mark.parametrize(
    ("policy", "label"), [("osd-conformant", "Open Source AI with Open Data"), ("strict", "Open Weights AI")]
)
def test_a_label_has_no_part_in_the_exit_code(policy: str, label: str) -> None:
    file = str(ROOT / "data" / "releases" / "olmo-7b.yaml")
    ran = CliRunner().invoke(cli, ["check", file, "--terms", policy], standalone_mode=False)
    assert ran.return_value == 1
    assert f"G7 shared language (2026): {label}" in ran.stdout
