"""Profiles: a folder of a user's own requirements and shapes gives the same reports, or one line on what is wrong."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from edited_releases import MAIN, borealis, found, loaded
from manifest_text import ManifestText

from osaid_graph.assessment.assess import assess
from osaid_graph.errors import InputError, UsageError
from osaid_graph.model import Assessment
from osaid_graph.reports import render
from osaid_graph.reports.turtle import report
from osaid_graph.validation.definition import definition, rulebook, versions

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


# -- what is wrong with a profile ----------------------------------------------------------------------------

HEAD = """@prefix def: <https://w3id.org/osaid-graph/definition#> .
@prefix my: <https://example.org/my#> .
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
DEFINITION = (
    HEAD
    + """my:house a osaid:Definition ; dcterms:title "House rules" ; dcat:version "1" ; osaid:basedOn def:1.0-rc1 ;
    osaid:wording [ a osaid:Wording ; osaid:requirement my:named ; osaid:quote "Name it" ] .
my:named a osaid:Requirement ; rdfs:label "named" ; skos:definition "It has a name." ;
    osaid:clause code:freedoms ; osaid:strength code:must ;
    osaid:check code:structure ; osaid:appliesTo osaid:AISystem .
"""
)
SHAPES = (
    HEAD
    + """my:named.absent a sh:PropertyShape ; osaid:requirement my:named ; osaid:onSubject true ;
    sh:targetClass osaid:AISystem ; sh:path dcterms:title ; sh:minCount 1 ;
    sh:message "it has no name" .
"""
)


def profile(folder: Path, definition_text: str = DEFINITION, shapes_text: str = SHAPES) -> str:
    folder.mkdir(exist_ok=True)
    (folder / "definition.ttl").write_text(definition_text, "utf-8")
    (folder / "shapes.ttl").write_text(shapes_text, "utf-8")
    return str(folder)


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


BAD = {
    "no definition": (SHAPES, SHAPES, "no osaid:Definition"),
    "two definitions": (DEFINITION + "my:other a osaid:Definition .", SHAPES, "2 of osaid:Definition"),
    "id of a shipped version": (
        DEFINITION.replace("my:house", "def:1.0"),
        SHAPES,
        "definition.ttl:11: '1.0' is a version that is shipped",
    ),
    "based on none": (
        DEFINITION.replace("osaid:basedOn def:1.0-rc1 ;", ""),
        SHAPES,
        "based on one version, found none",
    ),
    "based on an unknown version": (DEFINITION.replace("def:1.0-rc1", "def:2.0"), SHAPES, "found 2.0"),
    "without a title": (DEFINITION.replace('dcterms:title "House rules" ;', ""), SHAPES, "has no dcterms:title"),
    "an unknown policy": (
        DEFINITION.replace(
            "osaid:basedOn", "osaid:termsPolicy <https://w3id.org/osaid-graph/policy#lax> ; osaid:basedOn"
        ),
        SHAPES,
        "no terms policy 'lax'",
    ),
    "a requirement of the definition again": (
        DEFINITION.replace("my:named", "req:params-terms"),
        SHAPES,
        "'params-terms' is one of the definition",
    ),
    "without a label": (DEFINITION.replace('rdfs:label "named" ;', ""), SHAPES, "'named' has no rdfs:label"),
    "without a clause": (DEFINITION.replace("osaid:clause code:freedoms ;", ""), SHAPES, "has the osaid:clause none"),
    "a strength that is none": (DEFINITION.replace("code:must ", "code:use "), SHAPES, "has the osaid:strength use"),
    "without a wording": (re.sub(r" ;\n    osaid:wording .*\n", " .\n", DEFINITION), SHAPES, "'named' has no wording"),
    "a wording of nothing": (
        DEFINITION.replace("osaid:requirement my:named", "osaid:requirement my:nothing"),
        SHAPES,
        "a wording of requirement nothing",
    ),
    "a wording without words": (
        DEFINITION.replace('osaid:quote "Name it"', 'rdfs:comment "x"'),
        SHAPES,
        "no osaid:quote",
    ),
    "omitting what there is not": (
        DEFINITION.replace("osaid:basedOn", "osaid:omits my:nothing ; osaid:basedOn"),
        SHAPES,
        "omits nothing, which there is not",
    ),
    "no Turtle": (DEFINITION, SHAPES + "my:x my:y", "Turtle syntax error"),
    "a misspelt term": (DEFINITION, SHAPES.replace("osaid:onSubject", "osaid:onSubjekt"), "onSubjekt"),
    "a misspelt SHACL term": (
        DEFINITION,
        SHAPES.replace("sh:minCount", "sh:minCuont"),
        "sh:minCuont is no term of SHACL",
    ),
    "a path that is none": (
        DEFINITION,
        SHAPES.replace("sh:path dcterms:title", 'sh:path "title"'),
        "not valid SHACL: ",
    ),
    "a count that is none": (DEFINITION, SHAPES.replace("sh:minCount 1", 'sh:minCount "one"'), "not valid SHACL: "),
    "no path": (DEFINITION, SHAPES.replace("sh:path dcterms:title ;", ""), "not valid SHACL: "),
    "a query with an error": (
        DEFINITION,
        SHAPES.replace("sh:minCount 1", 'sh:sparql [ sh:message "x" ; sh:select "SELECT $this WHERE {" ]'),
        "not valid SHACL: ",
    ),
    "a rule of nothing": (
        DEFINITION,
        SHAPES.replace("osaid:requirement my:named", "osaid:requirement my:nothing"),
        "serves 'nothing', which there is not",
    ),
    "a shape that serves nothing": (
        DEFINITION,
        SHAPES + "my:stray a sh:NodeShape ; sh:targetClass osaid:Dataset ; sh:closed true .",
        "serves no requirement",
    ),
    "a rule of another name": (
        DEFINITION,
        SHAPES.replace("my:named.absent", "my:unnamed"),
        "cannot be called 'unnamed'",
    ),
    "without a message": (DEFINITION, SHAPES.replace('sh:message "it has no name"', "sh:order 1"), "has no sh:message"),
    "an unknown severity": (
        DEFINITION,
        SHAPES.replace("sh:minCount", "sh:severity my:Awful ; sh:minCount"),
        "has the severity Awful",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_profile_that_is_wrong_is_refused_in_one_line_that_names_the_file(name: str, tmp_path: Path) -> None:
    definition_text, shapes_text, expected = BAD[name]
    with pytest.raises(InputError) as refused:
        rulebook(profile(tmp_path / "house", definition_text, shapes_text))
    line = str(refused.value)
    assert expected in line
    assert line.startswith(str(tmp_path / "house"))
    assert "\n" not in line and refused.value.hint
    at_fault = "definition.ttl" if shapes_text == SHAPES else "shapes.ttl"
    assert at_fault in line or name in ("no definition", "two definitions")


def test_a_folder_without_turtle_is_no_profile(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no Turtle file"):
        rulebook(str(tmp_path))


def test_neither_a_version_nor_a_folder_lists_the_versions() -> None:
    with pytest.raises(UsageError) as refused:
        rulebook("2.0")
    assert all(version in refused.value.hint for version in versions())


def test_what_is_shipped_passes_the_checks_of_a_profile(tmp_path: Path) -> None:
    copy = tmp_path / "faq"
    shutil.copytree(FAQ, copy)
    assert definition(str(copy)).rules == definition(str(FAQ)).rules
