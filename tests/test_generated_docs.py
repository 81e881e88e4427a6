"""The generated pages and pictures are current, and one word means the same in data, code, fixtures and pages."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, URIRef

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.validation.definition import definition, shapes, versions
from osaid_graph.vocab import CODELISTS, OSAID, REQ, token
from tools import generate_docs
from tools.docs.assessed import DAY, Assessed, asked, outcomes, releases
from tools.docs.markdown import code, fenced, page, prose, slug, table
from tools.docs.releases import CELLS, releases_page

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FIXTURES = ROOT / "tests" / "fixtures" / "rules"
DEFINITIONS = [definition(version) for version in versions()]
REQUIREMENTS = sorted({id_ for version in DEFINITIONS for id_ in version.requirements})
#: A reviewer's judgement, beside a release.
JUDGED = """judgements:
  - requirement: data-info-sufficient
    outcome: met
    by: {name: Ada Reviewer, affiliation: University of Example}
    independent: true
    date: 2026-10-01
    definition: 1.0-rc1
    reason: "the paper and the datasheet tell each part in detail"
    evidence: [https://example.org/review]
"""
SVG = "{http://www.w3.org/2000/svg}"


@cache
def generated() -> dict[str, str]:
    return generate_docs.generated()


def requirement_page(id_: str) -> str:
    return generated()[f"requirements/{id_}.md"]


def rules_of(id_: str) -> set[str]:
    return {token(rule) for rule in shapes().subjects(OSAID.requirement, REQ[id_]) if isinstance(rule, URIRef)}


# -- current ---------------------------------------------------------------------------------------------------------


def test_every_generated_file_is_current() -> None:
    stale = generate_docs.stale(generated())
    for path in stale:
        assert (DOCS / path).read_text("utf-8") == generated().get(path, ""), "python tools/generate_docs.py"
    assert stale == []


def test_a_changed_a_missing_and_a_superfluous_file_are_each_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate_docs, "DOCS", tmp_path)
    monkeypatch.setattr(generate_docs, "generated", lambda: {"requirements/a.md": "a\n", "b.md": "b\n", "c.md": "c\n"})
    monkeypatch.setattr("sys.argv", ["generate_docs.py", "--check"])
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "gone.md").write_text("no requirement any more\n")
    (tmp_path / "b.md").write_text("edited by hand\n")
    (tmp_path / "c.md").write_text("c\n")
    assert generate_docs.main() == 1
    named = [line.partition(" ")[0] for line in capsys.readouterr().err.splitlines()]
    assert named == ["docs/b.md", "docs/requirements/a.md", "docs/requirements/gone.md"]
    monkeypatch.setattr("sys.argv", ["generate_docs.py"])
    assert generate_docs.main() == 0
    assert generate_docs.stale(generate_docs.generated()) == []
    assert (tmp_path / "requirements" / "a.md").read_text() == "a\n"
    assert not (tmp_path / "requirements" / "gone.md").exists()


# -- one word everywhere ---------------------------------------------------------------------------------------------


def test_there_is_a_page_for_each_requirement_and_no_other() -> None:
    pages = {path.removeprefix("requirements/") for path in generated() if path.startswith("requirements/")}
    assert pages == {"README.md", *(f"{id_}.md" for id_ in REQUIREMENTS)}
    declared = Graph().parse(ROOT / "ontology" / "definition" / "requirements.ttl")
    assert {token(node) for node in declared.subjects(RDF.type, OSAID.Requirement)} == set(REQUIREMENTS)
    assert {path.name for path in FIXTURES.iterdir()} <= set(REQUIREMENTS)


def test_the_index_lists_every_requirement_once() -> None:
    rows = re.findall(r"^\| \[`([\w-]+)`\]\(\1\.md\) \|", generated()["requirements/README.md"], re.MULTILINE)
    assert sorted(rows) == REQUIREMENTS


@pytest.mark.parametrize("id_", REQUIREMENTS)
def test_a_page_lists_exactly_the_rules_of_its_requirement(id_: str) -> None:
    text = requirement_page(id_)
    assert f"\n`{id_}`, clause " in text
    assert set(re.findall(r"^### (\S+)$", text, re.MULTILINE)) == rules_of(id_)
    for version in DEFINITIONS:
        if id_ in version.requirements:
            assert f"“{prose(version.requirements[id_].quote)}”" in text
        for rule in version.rules.values():
            if rule.requirement == id_:
                assert prose(rule.message) in text
                assert rule.remedy.yaml.rstrip() in text
                assert rule.remedy.turtle.rstrip() in text


@pytest.mark.parametrize("id_", REQUIREMENTS)
def test_a_page_links_every_fixture_with_what_is_found_in_it(id_: str) -> None:
    linked = re.findall(r"\(\.\./\.\./tests/fixtures/rules/([\w-]+/[\w.-]+)\)", requirement_page(id_))
    assert sorted(linked) == sorted(f"{id_}/{file.name}" for file in FIXTURES.glob(f"{id_}/*.ttl"))
    found = re.findall(r"\[`([\w.-]+)`\]\(#[\w-]+\) on `", requirement_page(id_))
    stated = [
        f"{id_}.{why}"
        for file in FIXTURES.glob(f"{id_}/*.ttl")
        for why in re.findall(r"^# expect: (\S+) \S", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert Counter(found) == Counter(stated)
    assert set(found) <= rules_of(id_)


def test_each_page_leads_to_the_next_and_back() -> None:
    order = re.findall(r"^\| \[`([\w-]+)`\]", generated()["requirements/README.md"], re.MULTILINE)
    for before, after in pairwise(order):
        assert f"[`{after}`]({after}.md) →" in requirement_page(before)
        assert f"← [`{before}`]({before}.md)" in requirement_page(after)


def test_the_ontology_page_has_every_term_and_every_word_of_the_codelists() -> None:
    text = generated()["ontology.md"]
    headings = re.findall(r"^### (.+)$", text, re.MULTILINE)
    declared = {name for name in OSAID.__annotations__ if not name.startswith("_")}
    assert {heading.removesuffix(" (class)") for heading in headings if not heading.endswith("(codelist)")} == declared
    assert {heading.removesuffix(" (codelist)") for heading in headings if heading.endswith("(codelist)")} == set(
        CODELISTS
    )
    for words in CODELISTS.values():
        assert [word for word in words if f"| `{word}` | " not in text] == []
    assert len(set(map(slug, headings))) == len(headings)


# -- releases --------------------------------------------------------------------------------------------------------


def test_the_table_of_releases_says_what_the_assessments_say() -> None:
    text, _, _ = generated()["releases.md"].partition("## With the judgements")
    rows = dict(re.findall(r"^\| \[`([\w-]+)`\]\(requirements/\1\.md\) \| (.+) \|$", text, re.MULTILINE))
    expected = {
        requirement.id: " | ".join(CELLS[outcomes(release.plain)[requirement.id]] for release in releases())
        for requirement in asked(releases()[0].plain)
    }
    assert rows == expected


def test_every_release_has_a_section_that_its_column_leads_to() -> None:
    text = generated()["releases.md"]
    sections = [slug(heading) for heading in re.findall(r"^### (.+)$", text.partition("one by one")[2], re.MULTILINE)]
    assert len(set(sections)) == len(sections) == len(releases())
    for release, section in zip(releases(), sections, strict=True):
        assert f"[{release.name}](#{section})" in text
        assert f"(../data/releases/{release.name}.yaml)" in text


def test_what_reviewers_judged_is_shown_beside_what_the_rules_say(tmp_path: Path) -> None:
    review = tmp_path / "pythia-12b.yaml"
    review.write_text(JUDGED, "utf-8")
    (pythia,) = [release for release in releases() if release.name == "pythia-12b"]
    reviewed = assess(load([str(ROOT / "data" / "releases" / "pythia-12b.yaml"), str(review)]), today=DAY)
    text = releases_page([Assessed("pythia-12b", pythia.plain, {"data/reviews/a/pythia-12b.yaml": reviewed})])
    _, _, judged = text.partition("## With the judgements of reviewers")
    changed = "[`data-info-sufficient`](requirements/data-info-sufficient.md) judge → met"
    file = "[`data/reviews/a/pythia-12b.yaml`](../data/reviews/a/pythia-12b.yaml)"
    assert f"| [pythia-12b](#pythia-12b) | {file} | undetermined → undetermined | {changed}" in judged
    assert "| [`data-info-sufficient`](requirements/data-info-sufficient.md) | met |" in judged
    assert f"| with {file} | undetermined |" in judged


def test_without_judgements_there_is_no_section_for_them() -> None:
    bare = [Assessed(release.name, release.plain, {}) for release in releases()]
    assert "judgements of reviewers" not in releases_page(bare)


def test_the_picture_of_the_releases_has_a_sign_for_every_outcome() -> None:
    root = ET.fromstring(generated()["images/releases.svg"])  # noqa: S314 - our own text
    shown = {use.findtext(f"{SVG}title") for use in root.iter(f"{SVG}use")} - {None}
    assert len(shown) == len(releases()) * len(asked(releases()[0].plain))
    signs = {sign.get("id") for sign in root.iter(f"{SVG}g")} - {None}
    assert {(use.get("href") or "").removeprefix("#") for use in root.iter(f"{SVG}use")} <= signs
    told = {outcome for release in releases() for outcome in outcomes(release.plain).values()}
    assert told <= signs


def test_the_pictures_carry_their_names_and_need_nothing_from_outside() -> None:
    for path, text in generated().items():
        if path.endswith(".svg"):
            root = ET.fromstring(text)  # noqa: S314 - our own text
            assert root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")
            assert "assessed against" in (root.findtext(f"{SVG}title") or "") + (root.findtext(f"{SVG}desc") or "")
            assert not re.search(r"href=\"(?!#)|url\((?!#)|@import|<script", text)


# -- Markdown --------------------------------------------------------------------------------------------------------


#: A backslash before ASCII punctuation: what it stands before has no meaning (GFM section 2.4).
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")


@given(st.text() | st.text(alphabet="ab|\\`<\n "))
def test_text_of_the_data_stays_in_its_cell(text: str) -> None:
    for cell in (prose(text), code(text)):
        assert "\n" not in cell and "\r" not in cell
        assert "|" not in _ESCAPED.sub("", cell)
        assert len(table(["a"], [[cell]]).split("\n")) == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", "a \\| b"),
        ("a\n\n# b", "a \\# b"),
        ("<script>", "&lt;script&gt;"),
        ("[x](y) *z* _z_ ![i](j)", "\\[x\\](y) \\*z\\* \\_z\\_ !\\[i\\](j)"),
        ("&amp; & b", "&amp;amp; & b"),
        ("a \\| b", "a \\\\\\| b"),
        ("`a \\| b`", "<code>a &#92;&#124; b</code>"),
        ("say `a | <b>` here", "say `a \\| <b>` here"),
        ("a lone ` stays", "a lone \\` stays"),
    ],
)
def test_markup_in_the_data_is_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert prose(text) == shown


def test_only_whole_ids_become_links() -> None:
    links = {"code-training": "t.md", "code-training-arguments": "a.md"}
    assert prose("see code-training-arguments, code-training.", links) == (
        "see [`code-training-arguments`](a.md), [`code-training`](t.md)."
    )
    assert prose("not pre-code-training or code-training-x", links) == "not pre-code-training or code-training-x"


def test_a_fence_is_longer_than_any_inside() -> None:
    assert fenced("text", "```\nx\n```\n") == "````text\n```\nx\n```\n````"
    assert code("a ` b") == "``a ` b``"


def test_a_page_leaves_out_what_is_empty() -> None:
    assert page("# a", "", "b") == "# a\n\nb\n"


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("8. Public, or from others?", "8-public-or-from-others"),
        ("code-license.not-approved", "code-licensenot-approved"),
    ],
)
def test_a_slug_is_that_of_the_page_it_is_on(heading: str, anchor: str) -> None:
    assert slug(heading) == anchor
