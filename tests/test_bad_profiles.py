"""Whatever is wrong with a profile is one line that names the file, before anything is assessed."""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from house_profile import DEFINITION, HEAD, REWORDED, SHAPES, profile

from osaid_graph.errors import InputError, UsageError
from osaid_graph.readers.limits import MAX_BYTES
from osaid_graph.validation.definition import definition, rulebook, versions
from osaid_graph.validation.profile_folder import MAX_FILES

ROOT = Path(__file__).parent.parent
FAQ = ROOT / "data" / "profiles" / "osi-faq-2025"
RELEASE = ROOT / "data" / "releases" / "bloom-176b.yaml"


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
