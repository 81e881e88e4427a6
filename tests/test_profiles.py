"""Profiles: a folder of a user's own requirements and shapes gives the same reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from edited_releases import MAIN, borealis, found, loaded
from house_profile import DEFINITION, HEAD, REWORDED, SHAPES, profile
from manifest_text import ManifestText
from rdflib import URIRef

from osaid_graph.assessment.assess import assess
from osaid_graph.model import Assessment
from osaid_graph.reports import RenderOptions, render
from osaid_graph.reports.turtle import report
from osaid_graph.validation.definition import definition, rulebook, versions
from osaid_graph.validation.rules import targeted

ROOT = Path(__file__).parent.parent
FAQ = ROOT / "data" / "profiles" / "osi-faq-2025"
DATA = "https://example.org/data/"


def against_the_faq(text: ManifestText | None, folder: Path) -> Assessment:
    documents = borealis() if text is None else {**borealis(), MAIN: str(text)}
    return assess(loaded(documents, folder), version=str(FAQ))


# -- the worked example --------------------------------------------------------------------------------------


def test_a_profile_adds_to_the_version_it_is_based_on() -> None:
    profile, base = definition(str(FAQ)), definition("1.0")
    assert profile.based_on == ("1.0", "1.0-rc1")
    assert profile.policy == base.policy
    added = {id_ for id_ in profile.requirements if id_.startswith("faq-")}
    assert set(profile.requirements) == set(base.requirements) | added
    assert {rule.requirement for id_, rule in profile.rules.items() if id_ not in base.rules} == added - {
        "faq-shareable-data"
    }
    assert [Path(source.name).name for source in profile.files] == ["definition.ttl", "shapes.ttl"]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (None, ("faq-unshareable-data-revealed.no-document", "letters")),
        (
            ("datasets/northern-mix/license", "license: CC-BY-NC-4.0"),
            ("faq-open-data-shared.restricted", "northern-mix"),
        ),
        (("datasets/northern-mix/license", "license: other"), ("faq-open-data-shared.terms-unknown", "northern-mix")),
        (
            ("datasets/northern-mix", "withdrawn: 2024-01-01"),
            ("faq-open-data-shared.withdrawn", "northern-mix"),
        ),
        (
            ("datasets/archive/location", "location: ask the archive"),
            ("faq-public-data-details.no-address", "archive"),
        ),
        (
            ("datasets/forecasts/location", "location: by telephone"),
            ("faq-obtainable-data-details.no-address", "forecasts#3"),
        ),
    ],
)
def test_the_faq_asks_more_of_data_than_the_definition(
    edit: tuple[str, str] | None, expected: tuple[str, str], tmp_path: Path
) -> None:
    text = ManifestText(borealis()[MAIN])
    if edit and edit[0].count("/") == 1:
        text.add(text.named(edit[0]).path, edit[1])
    elif edit:
        text.replace(text.named(edit[0]), edit[1])
    letters = ("faq-unshareable-data-revealed.no-document", DATA + "letters")
    findings = {pair for pair in found(against_the_faq(text, tmp_path)) if pair[0].startswith("faq-")}
    assert findings == {letters, (expected[0], DATA + expected[1])}


def test_the_faq_lets_nobody_waive_the_software_that_made_the_dataset(tmp_path: Path) -> None:
    text = ManifestText(borealis()[MAIN])
    text.replace(text.named("code/data-processing"), "- {roles: [data-processing], not-applicable: used as it came}")
    assessment = against_the_faq(text, tmp_path)
    waived = [f for f in assessment.findings if f.rule == "faq-dataset-software.waived"]
    assert [f.focus for f in waived] == ["https://example.org/borealis"]
    assert assessment.outcome == "not-met"


def test_a_requirement_of_a_profile_is_judged_like_any_other(tmp_path: Path) -> None:
    outcomes = {r.requirement.id: r.outcome for r in against_the_faq(None, tmp_path).results}
    assert outcomes["faq-shareable-data"] == "needs-judgement"


def test_reports_name_the_profile_its_files_and_its_own_iris(tmp_path: Path) -> None:
    assessment = against_the_faq(None, tmp_path)
    document = json.loads(render(assessment, "json"))
    assert document["definition"]["based_on"] == ["1.0", "1.0-rc1"]
    assert [Path(file["source"]).name for file in document["definition"]["files"]] == ["definition.ttl", "shapes.ttl"]
    text = render(assessment, "text")
    assert "as read by the OSI FAQ of 2025" in text
    assert "warning[faq-unshareable-data-revealed.no-document]" in text
    shapes = {str(shape) for _, _, shape in report(assessment) if "profile/osi-faq-2025#" in str(shape)}
    assert "https://w3id.org/osaid-graph/profile/osi-faq-2025#faq-unshareable-data-revealed.no-document" in shapes


# -- leaving out ---------------------------------------------------------------------------------------------


def test_what_a_profile_omits_is_no_part_of_anything_and_the_reports_say_so(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    omitting = "osaid:omits req:scope-ml-only , req:code-training , req:params-terms , req:def-training ; osaid:basedOn"
    folder = profile(tmp_path / "house", DEFINITION.replace("osaid:basedOn", omitting))
    chosen, base = definition(folder), definition("1.0-rc1")
    assert chosen.omitted == ("code-training", "params-terms")
    left = set(base.requirements) - {*chosen.omitted, "scope-ml-only", "def-training"}
    assert set(chosen.requirements) == {*left, "named"}
    for requirement in chosen.requirements.values():
        assert {*requirement.includes, *requirement.limits} <= set(chosen.requirements)
    assert all({rule.requirement, *rule.bears_on} <= set(chosen.requirements) for rule in chosen.rules.values())
    assessment = assess(loaded(borealis(), tmp_path / "release"), version=folder)
    line = "  2 requirements of 1.0-rc1 are left out: code-training, params-terms\n"
    assert line in render(assessment, "text")
    assert line in render(assessment, "text", RenderOptions(quiet=True)), "a verdict says what it leaves out"
    assert json.loads(render(assessment, "json"))["definition"]["omitted"] == list(chosen.omitted)


def test_one_requirement_left_out_is_said_of_one(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    omitting = DEFINITION.replace("osaid:basedOn", "osaid:omits req:code-training ; osaid:basedOn")
    assessment = assess(loaded(borealis(), tmp_path / "release"), version=profile(tmp_path / "house", omitting))
    assert "  1 requirement of 1.0-rc1 is left out: code-training\n" in render(assessment, "text")


def test_what_no_part_is_left_of_is_for_a_judgement_and_not_met_by_silence(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    assert definition("1.0-rc1").requirements["component-code"].includes == ("code-complete-train",)
    omitting = DEFINITION.replace("osaid:basedOn", "osaid:omits req:code-complete-train ; osaid:basedOn")
    assessment = assess(loaded(borealis(), tmp_path / "release"), version=profile(tmp_path / "house", omitting))
    (result,) = [result for result in assessment.results if result.requirement.id == "component-code"]
    assert (result.findings, result.bearing, result.outcome) == ((), (), "needs-judgement")
    assert result.requirement.settled_by == "judgement"


def test_a_requirement_made_a_note_is_left_out_too(tmp_path: Path) -> None:
    folder = profile(tmp_path / "house", REWORDED.format("osaid:strength code:note"))
    assert definition(folder).omitted == ("code-training",)


def test_notes_and_definitions_are_not_missed() -> None:
    assert "params-no-stance" in definition("1.0-rc1").requirements
    assert "params-no-stance" not in definition("1.0").requirements
    assert [definition(version).omitted for version in (*versions(), str(FAQ))] == [(), (), ()]


def test_a_rule_of_a_requirement_left_out_is_not_run_even_if_it_is_its_own_target(tmp_path: Path) -> None:
    shapes = SHAPES + (
        "my:code-training.none a sh:NodeShape , rdfs:Class ; osaid:requirement req:code-training ; sh:message 'x' ;\n"
        "    sh:and ( [ sh:path dcterms:title ; sh:minCount 1 ] ) .\n"
    )
    omitting = DEFINITION.replace("osaid:basedOn", "osaid:omits req:code-training ; osaid:basedOn")
    own = URIRef("https://example.org/my#code-training.none")
    assert own in targeted(rulebook(profile(tmp_path / "all", shapes_text=shapes)).shapes)
    assert own not in targeted(rulebook(profile(tmp_path / "less", omitting, shapes)).shapes)


def test_a_profile_keeps_the_order_of_the_definition_in_every_run() -> None:
    base = list(definition("1.0").requirements)
    assert list(definition(str(FAQ)).requirements)[: len(base)] == base
    assert list(definition(str(FAQ)).requirements)[len(base) :] == [
        "faq-open-data-shared",
        "faq-public-data-details",
        "faq-obtainable-data-details",
        "faq-unshareable-data-revealed",
        "faq-shareable-data",
        "faq-dataset-software",
    ]


# -- the smallest profile ------------------------------------------------------------------------------------


def test_the_smallest_profile_works_without_remedy_or_severity(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    text = ManifestText(borealis()[MAIN])
    text.delete(text.named("system/name"))
    release = loaded({**borealis(), MAIN: str(text)}, tmp_path / "release")
    assessment = assess(release, version=profile(tmp_path / "house"))
    (finding,) = [f for f in assessment.findings if f.rule == "named.absent"]
    assert (finding.outcome, str(finding.path)) == ("not-met", "http://purl.org/dc/terms/title")
    assert "help" not in render(assessment, "text").split("named.absent")[1].split("\n\n")[0]


def test_sparql_constraints_may_be_used(tmp_path: Path) -> None:
    select = "SELECT $this WHERE { $this <http://purl.org/dc/terms/title> ?t . FILTER(STRLEN(?t) < 20) }"
    shapes = HEAD + (
        "my:named.short a sh:NodeShape ; osaid:requirement my:named ; sh:targetClass osaid:AISystem ;\n"
        f'    sh:message "its name is short" ; sh:sparql [ sh:select "{select}" ] .\n'
    )
    (tmp_path / "release").mkdir()
    release = loaded(borealis(), tmp_path / "release")
    found_ = found(assess(release, version=profile(tmp_path / "house", shapes_text=shapes)))
    assert ("named.short", "https://example.org/borealis") in found_
