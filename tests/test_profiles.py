"""Profiles: a folder of a user's own requirements and shapes gives the same reports, or one line on what is wrong."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from edited_releases import MAIN, borealis, found, loaded
from manifest_text import ManifestText
from rdflib import URIRef

from osaid_graph.assessment.assess import assess
from osaid_graph.errors import InputError, UsageError
from osaid_graph.model import Assessment
from osaid_graph.readers.limits import MAX_BYTES
from osaid_graph.reports import RenderOptions, render
from osaid_graph.reports.turtle import report
from osaid_graph.validation.definition import definition, rulebook, versions
from osaid_graph.validation.profile_folder import MAX_FILES
from osaid_graph.validation.rules import targeted

ROOT = Path(__file__).parent.parent
FAQ = ROOT / "data" / "profiles" / "osi-faq-2025"
RELEASE = ROOT / "data" / "releases" / "bloom-176b.yaml"
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


REWORDED = DEFINITION.replace(
    "osaid:wording [",
    'osaid:wording [ a osaid:Wording ; osaid:requirement req:code-training ; osaid:quote "All of it" ; {} ] , [',
)


def query(target: str, select: str = "SELECT $this WHERE { $this foo:bar ?value }") -> str:
    return HEAD + (
        f"my:named.asked a sh:NodeShape ; osaid:requirement my:named ; {target} ;\n"
        f'    sh:message "asked" ; sh:sparql [ sh:select """{select}""" ] .\n'
    )


def of_a_dataset(select: str) -> str:
    return query("sh:targetClass osaid:Dataset", select)


def more(of: str, with_: str) -> str:
    """Return the definition with more said of its requirement."""
    return DEFINITION.replace(f"osaid:{of} ", f"{with_} ; osaid:{of} ")


BAD = {
    "no definition": (SHAPES, SHAPES, "no osaid:Definition"),
    "two definitions": (DEFINITION + "my:other a osaid:Definition .", SHAPES, "2 of osaid:Definition"),
    "id of a shipped version": (
        DEFINITION.replace("my:house", "def:1.0"),
        SHAPES,
        "definition.ttl:11: a statement about definition#1.0, which is shipped: a profile cannot change it",
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
        "definition.ttl:13: a statement about requirement#params-terms, which is shipped",
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
    "a part whose results are not the rule's": (
        DEFINITION,
        SHAPES.replace("sh:minCount", "sh:property [ sh:path my:x ; sh:minCount 1 ] ; sh:minCount"),
        "sh:property",
    ),
    "an unknown severity": (
        DEFINITION,
        SHAPES.replace("sh:minCount", "sh:severity my:Awful ; sh:minCount"),
        "has the severity Awful",
    ),
    # What would end in a fault of the program.
    "a part that there is not": (
        more("clause", "osaid:includes my:nothing"),
        SHAPES,
        "definition.ttl:14: requirement 'named' has the osaid:includes nothing",
    ),
    "a wording with a part that there is not": (
        REWORDED.format("osaid:includes my:nothing"),
        SHAPES,
        "definition.ttl:12: the wording of code-training has the osaid:includes nothing",
    ),
    "a part of itself": (
        more("clause", "osaid:includes my:named"),
        SHAPES,
        "definition.ttl:14: requirement 'named' includes itself: named > named",
    ),
    "a part of itself through others": (
        REWORDED.format("osaid:includes my:named").replace(
            "osaid:clause", "osaid:includes req:code-complete-train ; osaid:clause"
        ),
        SHAPES,
        "definition.ttl:12: requirement 'code-complete-train' includes itself: "
        "code-complete-train > code-training > named > code-complete-train",
    ),
    "a limit on what there is not": (more("clause", "osaid:limits my:nothing"), SHAPES, "the osaid:limits nothing"),
    "bearing on what there is not": (
        DEFINITION,
        SHAPES.replace("sh:minCount 1", "sh:minCount 1 ; osaid:bearsOn my:nothing"),
        "shapes.ttl:12: rule 'named.absent' bears on 'nothing', which there is not",
    ),
    "a query of a class": (DEFINITION, query("sh:targetClass osaid:Dataset"), "Unknown namespace prefix : foo"),
    "a query of a node": (DEFINITION, query("sh:targetNode my:thing"), "Unknown namespace prefix : foo"),
    "a query of subjects": (DEFINITION, query("sh:targetSubjectsOf dcterms:title"), "Unknown namespace prefix : foo"),
    "a query of objects": (DEFINITION, query("sh:targetObjectsOf osaid:license"), "Unknown namespace prefix : foo"),
    "a query of a class that is a shape": (DEFINITION, query("a rdfs:Class"), "Unknown namespace prefix : foo"),
    "a query in a part of a shape that the first part may settle": (
        DEFINITION,
        SHAPES.replace(
            "sh:minCount 1",
            'sh:node [ sh:or ( [ sh:nodeKind sh:IRI ] [ sh:sparql [ sh:select "SELECT $this { $this foo:b 1 }" ] ] ) ]',
        ),
        "Unknown namespace prefix : foo",
    ),
    "a query that SHACL does not allow": (
        DEFINITION,
        of_a_dataset("SELECT $this WHERE { $this ?p ?o MINUS { $this ?q 1 } }"),
        "not valid SHACL: A SPARQL Constraint must not contain a MINUS clause.",
    ),
    "a pattern that is none": (
        DEFINITION,
        SHAPES.replace("sh:minCount 1", 'sh:pattern "("'),
        "not valid SHACL: missing ), unterminated subpattern",
    ),
    "a value of another type": (
        DEFINITION,
        SHAPES.replace("sh:minCount 1", 'sh:minCount "one"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        "shapes.ttl:12: 'one' is no http://www.w3.org/2001/XMLSchema#integer",
    ),
    "a class that is a shape and serves nothing": (
        DEFINITION,
        SHAPES + "my:Stray a sh:NodeShape , rdfs:Class ; sh:closed true .",
        "serves no requirement",
    ),
    # What would change the definition under its own name.
    "a rule of the definition switched off": (
        DEFINITION,
        SHAPES
        + "@prefix rule: <https://w3id.org/osaid-graph/rule#> .\nrule:params-terms.not-approved sh:deactivated true .",
        "shapes.ttl:15: a statement about rule#params-terms.not-approved, which is shipped",
    ),
    "a shape of the definition narrowed": (
        DEFINITION,
        SHAPES + "<https://w3id.org/osaid-graph/shape#answered> sh:nodeKind sh:Literal .",
        "shapes.ttl:14: a statement about shape#answered, which is shipped",
    ),
    "a requirement of the definition weakened": (
        DEFINITION + "req:params-terms osaid:strength code:note .",
        SHAPES,
        "definition.ttl:16: a statement about requirement#params-terms, which is shipped",
    ),
    "a version of the definition reworded": (
        DEFINITION + "def:1.0-rc1 osaid:omits req:params-terms .",
        SHAPES,
        "definition.ttl:16: a statement about definition#1.0-rc1, which is shipped",
    ),
    "a code explained anew": (
        DEFINITION + 'code:must rdfs:label "may" .',
        SHAPES,
        "definition.ttl:16: a statement about code#must, which is shipped",
    ),
    "a term of the ontology explained anew": (
        DEFINITION + "osaid:Dataset rdfs:subClassOf osaid:Code .",
        SHAPES,
        "definition.ttl:16: a statement about ont#Dataset, which is shipped",
    ),
    # What one of two would be taken of by chance, and what no one reads.
    "two wordings of one requirement": (
        DEFINITION.replace(
            "osaid:wording [",
            'osaid:wording [ a osaid:Wording ; osaid:requirement my:named ; osaid:quote "Call it" ] , [',
        ),
        SHAPES,
        "requirement 'named' is worded twice",
    ),
    "omitting what it words": (
        REWORDED.format("osaid:omits req:code-training").replace(
            "osaid:basedOn", "osaid:omits req:code-training ; osaid:basedOn"
        ),
        SHAPES,
        "omits code-training, which it words",
    ),
    "two labels": (
        DEFINITION.replace('rdfs:label "named"', 'rdfs:label "named" , "called"'),
        SHAPES,
        "definition.ttl:13: requirement 'named' has 2 values of rdfs:label",
    ),
    "two messages": (
        DEFINITION,
        SHAPES.replace('"it has no name"', '"it has no name" , "name it"'),
        "shapes.ttl:13: rule 'named.absent' has 2 values of sh:message",
    ),
    "two titles": (
        DEFINITION.replace('"House rules"', '"House rules" , "Rules"'),
        SHAPES,
        "has 2 values of dcterms:title",
    ),
    "two requirements of one id": (
        DEFINITION + "<https://example.org/other#named> a osaid:Requirement .",
        SHAPES,
        "two requirements have the id 'named'",
    ),
    "the id of a requirement of the definition": (
        DEFINITION.replace("my:named", "my:params-terms"),
        SHAPES,
        "'params-terms' is one of the definition",
    ),
    "the id of a version that is shipped": (
        DEFINITION.replace("my:house", "my:1.0"),
        SHAPES,
        "definition.ttl:11: '1.0' is a version that is shipped",
    ),
    "an id that reports cannot name": (
        DEFINITION.replace("my:house", "<https://example.org/house>"),
        SHAPES,
        "definition.ttl:11: 'https://example.org/house' cannot be an id",
    ),
    "a strength of its own": (DEFINITION.replace("code:must ", "my:must "), SHAPES, "has the osaid:strength must"),
    "a check that is none": (
        DEFINITION.replace("code:structure", "code:use"),
        SHAPES,
        "definition.ttl:15: requirement 'named' has the osaid:check use",
    ),
    "settled by what is no check": (more("clause", "osaid:settledBy code:met"), SHAPES, "the osaid:settledBy met"),
    "settled by a word in quotes": (
        more("clause", 'osaid:settledBy "judgement"'),
        SHAPES,
        "has the osaid:settledBy ",
    ),
    "applying to what is no class": (
        DEFINITION.replace("osaid:AISystem", "osaid:license"),
        SHAPES,
        "definition.ttl:15: requirement 'named' has the osaid:appliesTo license",
    ),
    **{
        f"a wording that restates {name} as what is none": (
            REWORDED.format(f"osaid:{name} {value}"),
            SHAPES,
            f"definition.ttl:12: the wording of code-training has the osaid:{name} ",
        )
        for name, value in (
            ("clause", "code:must"),
            ("strength", "code:code"),
            ("check", "code:code"),
            ("settledBy", "code:code"),
            ("appliesTo", "my:Dataset"),
            ("appliesWhen", "code:code"),
            ("answeredForRole", "code:model-card"),
        )
    },
    "a wording with two strengths": (
        REWORDED.format("osaid:strength code:may , code:must"),
        SHAPES,
        "the wording of code-training has 2 values of osaid:strength",
    ),
    # What would open an address.
    "a query of a service": (
        DEFINITION,
        of_a_dataset("SELECT $this WHERE { FILTER EXISTS { service silent <http://a.example/> { $this ?p ?o } } }"),
        "shapes.ttl:12: a query with SERVICE, which opens an address",
    ),
    "a query of another graph": (
        DEFINITION,
        of_a_dataset("SELECT $this FROM <http://a.example/> WHERE { $this ?p ?o }"),
        "shapes.ttl:12: a query with FROM, which opens an address",
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


def test_what_pyshacl_and_rdflib_log_stays_out_of_the_two_lines_on_the_terminal(tmp_path: Path) -> None:
    for name in (
        "a path that is none",
        "a count that is none",
        "a query of subjects",
        "a query that SHACL does not allow",
        "a value of another type",
    ):
        folder = profile(tmp_path / name.replace(" ", "-"), *BAD[name][:2])
        command = [sys.executable, "-m", "osaid_graph", "check", "--definition", folder, str(RELEASE)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        assert (done.returncode, done.stdout) == (3, "")
        first, second = done.stderr.splitlines()
        assert first.startswith(f"error: {folder}/shapes.ttl") and second.startswith("help: ")


def test_the_log_of_pyshacl_is_given_back(tmp_path: Path) -> None:
    logger = logging.getLogger("pyshacl-validate")
    for disabled in (False, True):
        logger.disabled = disabled
        with pytest.raises(InputError):
            rulebook(profile(tmp_path / "house", *BAD["a path that is none"][:2]))
        assert logger.disabled is disabled
    logger.disabled = False


# -- the limits ----------------------------------------------------------------------------------------------


def test_a_profile_has_so_many_files_and_no_more(tmp_path: Path) -> None:
    folder = profile(tmp_path / "house")
    for number in range(MAX_FILES - 2):
        (tmp_path / "house" / f"{number}.ttl").write_text(HEAD, "utf-8")
    assert len(definition(folder).files) == MAX_FILES
    (tmp_path / "house" / "one-more.ttl").write_text(HEAD, "utf-8")
    with pytest.raises(InputError, match=f"house: more than {MAX_FILES} Turtle files in this folder"):
        rulebook(folder)


def test_a_folder_that_holds_more_than_a_profile_is_not_searched_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = profile(tmp_path / "house")
    (tmp_path / "house" / "notes.txt").touch()
    monkeypatch.setattr("osaid_graph.validation.profile_folder.MAX_ENTRIES", 3)
    assert definition(folder).id == "house"
    (tmp_path / "house" / "deeper").mkdir()
    with pytest.raises(InputError, match="house: more than 3 files and folders in this folder"):
        rulebook(folder)


def test_the_files_of_a_profile_are_no_larger_together_than_one_document(tmp_path: Path) -> None:
    folder = profile(tmp_path / "house")
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / "house" / name).write_text("#" * (MAX_BYTES // 2), "utf-8")
    with pytest.raises(InputError, match=r"house/definition\.ttl: with this file the profile is larger than 16 MiB"):
        rulebook(folder)


def test_links_in_circles_and_what_is_no_file_are_refused_or_left_alone(tmp_path: Path) -> None:
    folder = profile(tmp_path / "house")
    (tmp_path / "house" / "again").symlink_to(tmp_path / "house")
    assert len(definition(folder).files) == 2
    link = tmp_path / "house" / "self.ttl"
    link.symlink_to(link)
    with pytest.raises(InputError, match=r"house/self\.ttl: cannot be read"):
        rulebook(folder)
    link.unlink()
    os.mkfifo(link)
    with pytest.raises(InputError, match=r"house/self\.ttl: cannot be read: no regular file"):
        rulebook(folder)


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
