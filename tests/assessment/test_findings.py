"""What a finding carries: who claims what, where, and why it counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from edited_releases import MAIN, assessed, edited
from rdflib import URIRef

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.lineage.edges import ELEMENTS
from osaid_graph.model import Assessment, Finding
from osaid_graph.reports import render
from osaid_graph.validation.definition import definition
from osaid_graph.vocab import CODELISTS, OSAID


def test_sources_that_disagree_stand_side_by_side_with_their_lines(tmp_path: Path) -> None:
    documents = edited("code-license.conflicting")
    (finding,) = assessed(documents, tmp_path).findings
    lines = documents[MAIN].splitlines()
    claims = {(claim.value, claim.sources, claim.location.line if claim.location else None) for claim in finding.claims}
    assert claims == {
        (
            "Apache-2.0",
            ("https://example.org/borealis/readme",),
            lines.index("      - {value: Apache-2.0, source: https://example.org/borealis/readme}") + 1,
        ),
        (
            "MIT",
            ("https://example.org/index",),
            lines.index("      - {value: MIT, source: https://example.org/index}") + 1,
        ),
    }
    assert finding.sources == ("https://example.org/borealis/readme", "https://example.org/index")


def test_a_refusal_is_quoted_with_its_source(tmp_path: Path) -> None:
    (finding,) = assessed(edited("code-testing.not-disclosed"), tmp_path).findings
    assert finding.reason == "kept in house"
    (claim,) = finding.claims
    assert (claim.value, claim.sources) == ("not disclosed: kept in house", ("https://example.org/borealis/faq",))


def test_refused_terms_say_which_freedoms_they_restrict_and_where(tmp_path: Path) -> None:
    findings = {finding.rule: finding for finding in assessed(edited("params-terms.not-approved"), tmp_path).findings}
    finding = findings["params-terms.not-approved"]
    assert {restriction.freedom for restriction in finding.restrictions} <= {"use", "study", "modify", "share"}
    assert finding.restrictions and all(r.how and r.source.startswith("https://") for r in finding.restrictions)
    asking = findings["freedom-use-no-permission.restricted"].restrictions
    assert [(r.freedom, r.limits) for r in asking] == [("use", ("use-no-permission",))], "what is restricted of this"
    assert set(asking) < set(finding.restrictions)


def test_what_a_component_says_is_attributed_to_the_component(tmp_path: Path) -> None:
    documents = edited("code-training-arguments.not-disclosed")
    (finding,) = assessed(documents, tmp_path).findings
    assert finding.focus == "https://example.org/borealis"
    assert finding.location is not None
    assert finding.location.line == documents[MAIN].splitlines().index("    arguments: not-disclosed") + 1


def test_a_circle_of_specific_derivations_has_its_statements_as_claims(turtle: Callable[[str], Release]) -> None:
    release = turtle("""
        ex:p a :Parameters ; :trainedOn ex:a .
        ex:a a :Dataset ; :subsetOf ex:b . ex:b a :Dataset ; :filteredFrom ex:a . ex:c a :Dataset ; :filteredFrom ex:a .
    """)
    circular = [f for f in assess(release).findings if f.rule == "data-info-provenance.circular"]
    assert [(f.focus, [claim.value for claim in f.claims]) for f in circular] == [
        ("https://example.org/a", ["https://example.org/b"]),
        ("https://example.org/b", ["https://example.org/a"]),
    ]


def test_findings_are_in_the_order_of_the_definition(turtle: Callable[[str], Release]) -> None:
    text = "ex:p a :Parameters ; :trainedOn ex:a , ex:b . ex:a a :Dataset . ex:b a :Dataset ."
    findings = assess(turtle(text)).findings
    order = list(definition().requirements)
    positions = [order.index(finding.requirement) for finding in findings]
    assert positions == sorted(positions)
    assert len({finding.id for finding in findings}) == len(findings)


def test_only_a_release_as_a_whole_is_asked_for_elements() -> None:
    """What ``in_scope`` leaves out for parts of a release is what no rule asks of them."""
    for rule in definition().rules.values():
        assert rule.on_subject or rule.property not in ELEMENTS


@pytest.mark.parametrize("predicate", [OSAID.hasCode, OSAID.hasDataInformation, OSAID.hasParameters])
def test_a_component_without_a_class_is_what_its_edge_says(predicate: URIRef, turtle: Callable[[str], Release]) -> None:
    release = turtle(f"ex:s a :AISystem ; <{predicate}> ex:part . ex:part :license 'other' .")
    assert any(finding.focus == "https://example.org/part" for finding in assess(release).findings)


# -- a version of what is referred to ---------------------------------------------------------------------------------

VERSIONED = (
    "system: {id: nimbus/x}\nparameters: {id: nimbus/x-weights}\ntraining-data: [USED]\n"
    "datasets:\n  - id: nimbus/corpus\n    version: '1.0'\n  - {id: nimbus/other, derived-from: nimbus/corpus@1.0}\n"
)
UNRESOLVED = "data-info-all-data-described.unresolved"


def _unresolved(tmp_path: Path, used: str) -> list[Finding]:
    (tmp_path / "osaid.yaml").write_text(VERSIONED.replace("USED", used), "utf-8")
    found = assess(load([str(tmp_path / "osaid.yaml")])).findings
    return [finding for finding in found if finding.rule == UNRESOLVED]


def test_a_reference_to_what_only_a_version_is_described_of_names_that_version(tmp_path: Path) -> None:
    (finding,) = _unresolved(tmp_path, "nimbus/corpus")
    assert finding.reason == (
        f"described here is nimbus/corpus@1.0 ({tmp_path}/osaid.yaml:5); refer to it by its version"
    )
    assert (finding.remedy.action, finding.remedy.under) == ("replace", "")
    assert finding.remedy.yaml == "training-data: [nimbus/corpus@1.0]"
    assert finding.remedy.turtle == (
        "<https://huggingface.co/nimbus/x-weights> <https://w3id.org/osaid-graph/ont#trainedOn> "
        "<https://huggingface.co/datasets/nimbus/corpus#1.0> ."
    )
    assert _unresolved(tmp_path, "nimbus/corpus@1.0") == []


def test_among_other_references_the_version_takes_the_place_of_one(tmp_path: Path) -> None:
    (finding,) = _unresolved(tmp_path, "nimbus/corpus, nimbus/other")
    assert finding.remedy.yaml == "nimbus/corpus@1.0  # in the place of nimbus/corpus"


def test_a_reference_to_what_is_described_in_no_version_asks_for_its_description(tmp_path: Path) -> None:
    (finding,) = _unresolved(tmp_path, "nimbus/lost")
    assert finding.reason == ""
    assert (finding.remedy.action, finding.remedy.under) == ("add", "datasets")


# -- remedies that keep the file valid --------------------------------------------------------------------------------


def _written(tmp_path: Path, text: str) -> Assessment:
    (tmp_path / "osaid.yaml").write_text("system: {id: nimbus/x}\n" + text, "utf-8")
    return assess(load([str(tmp_path / "osaid.yaml")]))


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("https://a.example/card", "data-information: {document: https://a.example/card, license: Apache-2.0}"),
        ("[https://a.example/card]", "{document: https://a.example/card, license: Apache-2.0}"),
        ("'https://a.example/a,b'", 'data-information: {document: "https://a.example/a,b", license: Apache-2.0}'),
        ("{document: https://a.example/card}", "license: Apache-2.0"),
    ],
)
def test_what_is_to_be_added_to_an_entry_in_the_short_form_is_shown_as_its_block(
    tmp_path: Path, written: str, remedy: str
) -> None:
    (finding,) = [
        f for f in _written(tmp_path, f"data-information: {written}\n").findings if f.rule == "data-info-terms.unstated"
    ]
    assert finding.remedy.yaml == remedy
    assert finding.remedy.action == ("add" if remedy.startswith("license") else "replace")


@pytest.mark.parametrize("short", ["data-information: https://a.example/card", "data-information: on request"])
def test_an_entry_that_is_written_as_its_remedy_says_has_its_terms(tmp_path: Path, short: str) -> None:
    (remedy,) = {f.remedy.yaml for f in _written(tmp_path, f"{short}\n").findings if f.remedy.rewrites}
    assert not [f for f in _written(tmp_path, f"{remedy}\n").findings if f.rule.endswith(".unstated")]


def test_the_text_report_says_to_replace_an_entry_in_the_short_form(tmp_path: Path) -> None:
    report = render(_written(tmp_path, "data-information: https://a.example/card\n"), "text")
    assert (
        "   = help: replace it with:\n"
        "         data-information: {document: https://a.example/card, license: Apache-2.0}\n\n"
    ) in report
    assert "help: add to a.example/card" not in report


def test_an_entry_to_be_replaced_is_shown_whole(tmp_path: Path) -> None:
    text = (
        "code:\n  - {roles: [training],\n     not-disclosed: hidden}\n  - {roles: [testing], not-disclosed: hidden}\n"
    )
    report = render(_written(tmp_path, text), "text")
    assert (
        "osaid.yaml:3: nimbus/x\n     |\n   3 |   - {roles: [training],\n   4 |      not-disclosed: hidden}\n     |\n"
    ) in report


def test_code_refused_as_a_whole_is_mended_by_an_entry_for_each_role(tmp_path: Path) -> None:
    report = render(_written(tmp_path, "code: not-disclosed\n"), "text")
    _, _, help_ = report.partition("   = help: replace it with (under code):\n")
    entries, _, _ = help_.partition("\n\n")
    roles = re.findall(r"^ +- \{roles: \[([a-z-]+)\]", entries, re.MULTILINE)
    assert sorted(roles) == sorted(CODELISTS["CodeRole"])
    mended = _written(tmp_path, "code:\n" + entries + "\n")
    assert not [f for f in mended.findings if f.rule.endswith(".not-disclosed")]


def test_a_system_in_turtle_that_derives_from_itself_is_a_circle(turtle: Callable[[str], Release]) -> None:
    found = assess(turtle("ex:s a :AISystem ; :derivedFrom ex:s .")).findings
    assert [f.focus for f in found if f.rule == "data-info-provenance.circular"] == ["https://example.org/s"]
