"""Every rule alone on Borealis: exactly its gap is found, and its own remedy closes it, in YAML and in Turtle."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited_releases import (
    BASE,
    GAP,
    MAIN,
    PREFIXES,
    Documents,
    assessed,
    borealis,
    edited,
    edits,
    found,
    loaded,
    version_of,
)
from local_validation import SHARED
from manifest_text import ManifestText
from rdflib import URIRef

from osaid_graph.assessment.assess import assess, in_scope, prepare
from osaid_graph.assessment.subject import choose
from osaid_graph.graph.conclusions import conclude
from osaid_graph.graph.load import load
from osaid_graph.lineage.completion import complete
from osaid_graph.lineage.scope import scope
from osaid_graph.model import Finding
from osaid_graph.reports import render
from osaid_graph.sources import Location
from osaid_graph.terms import policy
from osaid_graph.validation.definition import definition, rulebook, versions
from osaid_graph.validation.validate import validate

RULES = sorted({rule for version in versions() for rule in definition(version).rules})
RELEASES = Path(__file__).parent.parent / "data" / "releases"


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Validate only what differs from the graphs validated before."""
    monkeypatch.setattr("osaid_graph.assessment.assess.validate", SHARED.validate)


# -- what is clean -------------------------------------------------------------------------------------------


def test_borealis_has_no_finding_and_only_judgements_open(tmp_path: Path) -> None:
    assessment = assessed(borealis(), tmp_path)
    assert found(assessment) == []
    assert assessment.outcome == "undetermined"
    known = definition().requirements
    settled = {id_ for id_, requirement in known.items() if requirement.settled_by == "judgement"}
    wholes = {id_ for id_, requirement in known.items() if settled.intersection(requirement.includes)}
    upper = {id_ for id_, requirement in known.items() if wholes.intersection(requirement.includes)}
    waiting = {result.requirement.id for result in assessment.results if result.outcome == "needs-judgement"}
    assert waiting == settled | wholes | upper
    assert {result.outcome for result in assessment.results} == {"met", "needs-judgement"}


def test_borealis_judged_is_met() -> None:
    folder = Path(__file__).parent / "fixtures" / "releases"
    assessment = assess(load([str(folder / "borealis-judged.yaml")]))
    assert assessment.outcome == "met"
    assert {result.outcome for result in assessment.results} == {"met"}


# -- every rule ----------------------------------------------------------------------------------------------


def test_there_is_an_edit_for_every_rule() -> None:
    assert sorted(edits()) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_fires_alone_and_its_remedy_in_yaml_closes_it(rule: str, tmp_path: Path, local: None) -> None:
    documents = edited(rule)
    finding = _only(documents, rule, tmp_path / "gap")
    mended = _mended(documents, finding, tmp_path / "gap")
    assert found(assessed(mended, tmp_path / "mended", version_of(rule))) == []


@pytest.mark.parametrize("rule", RULES)
def test_its_remedy_in_turtle_closes_it_in_turtle(rule: str, tmp_path: Path, local: None) -> None:
    lines = sorted(f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in loaded(edited(rule), tmp_path).graph)
    documents = {"release.ttl": PREFIXES + "\n".join(lines) + "\n"}
    finding = _only(documents, rule, tmp_path / "gap")
    text = documents["release.ttl"]
    if finding.remedy.action == "replace":
        text = _without(text, _lines_at_fault(finding, tmp_path / "gap" / "release.ttl"))
    mended = {"release.ttl": f"{text}{finding.remedy.turtle}\n"}
    assert found(assessed(mended, tmp_path / "mended", version_of(rule))) == []


def _only(documents: Documents, rule: str, folder: Path) -> Finding:
    """Return the finding of a rule, which is the only one but for those that its edit says come with it."""
    edit = edits()[rule]
    assessment = assessed(documents, folder, version_of(rule))
    also = [tuple(pair) for pair in edit.get("also", [])]
    assert not also or edit["why"], "say why it cannot fire alone"
    assert found(assessment) == sorted([(rule, edit["focus"]), *also])
    return next(f for f in assessment.findings if f.rule == rule)


def _mended(documents: Documents, finding: Finding, folder: Path) -> Documents:
    """Apply a finding's own remedy: the statements at fault give way, and the snippet goes where it says."""
    mended, remedy = dict(documents), finding.remedy
    instead = remedy.action == "replace"
    text = ManifestText(documents[MAIN])
    block = () if remedy.under else _block_of(text, finding, folder)
    if instead:
        for line in reversed(_lines_at_fault(finding, folder / MAIN)):
            text.delete(text.stated_on(line))
        if GAP in documents:
            mended[GAP] = _without(documents[GAP], _lines_at_fault(finding, folder / GAP))
    if remedy.under:
        text.paste_under(remedy.under, remedy.yaml, instead=instead)
    else:
        text.paste(block, remedy.yaml, instead=instead)
    mended[MAIN] = str(text)
    if remedy.under == "imports":
        mended[BASE] = documents["upstream/tundra.yaml"]  # what its author has to write
    return mended


def _block_of(text: ManifestText, finding: Finding, folder: Path) -> tuple[str | int, ...]:
    """Return the block that describes the node of a finding; an ``add`` finding points at its first line."""
    described = load([str(folder / MAIN)]).location(URIRef(finding.focus))
    assert described is not None and described.line is not None and described.source == str(folder / MAIN)
    assert finding.remedy.action == "replace" or finding.location == described
    return text.block_at(described.line)


def _lines_at_fault(finding: Finding, file: Path) -> list[int]:
    """Return the lines of a file that make the claims a finding is about, in order."""
    places = {claim.location for claim in finding.claims if claim.location}
    return sorted(place.line for place in places if place.source == str(file) and place.line is not None)


def _without(text: str, lines: list[int]) -> str:
    return "".join("" if number in lines else f"{line}\n" for number, line in enumerate(text.splitlines(), 1))


# -- where a gap lies ----------------------------------------------------------------------------------------

DUMPS = "https://example.org/data/dumps"
THREE_DEEP = [
    ("https://example.org/borealis", "", "Borealis 1.0"),
    ("https://example.org/borealis#parameters", "osaid:hasParameters", "parameters of Borealis"),
    ("https://example.org/data/northern-mix", "osaid:trainedOn", "Northern Mix"),
    ("https://example.org/data/crawl", "osaid:filteredFrom", "Northern Crawl"),
    ("https://example.org/data/archive", "osaid:subsetOf", "Archive"),
    (DUMPS, "osaid:derivedFrom", "Site Dumps"),
]


def test_a_gap_three_derivations_deep_has_its_full_path_and_line(tmp_path: Path) -> None:
    documents = edited("data-info-scope.absent")
    assessment = assessed(documents, tmp_path)
    (finding,) = assessment.findings
    assert [(step.node, step.via, step.label) for step in finding.trace] == THREE_DEEP
    line = documents[MAIN].splitlines().index(f"  - id: {DUMPS}") + 1
    assert finding.location == Location(str(tmp_path / MAIN), line)
    assert finding.paths == 2, "by way of the crawl, and by way of the base and its data"
    report = " ".join(render(assessment, "text").split())
    assert (
        "trace: Borealis 1.0 --hasParameters--> parameters of Borealis --trainedOn--> Northern Mix "
        "--filteredFrom--> Northern Crawl --subsetOf--> Archive --derivedFrom--> Site Dumps" in report
    )
    assert f"--> {tmp_path / MAIN}:{line}: Site Dumps" in report


def test_a_claim_three_derivations_deep_has_its_own_line(tmp_path: Path) -> None:
    documents = edited("data-info-scope.not-disclosed")
    (finding,) = assessed(documents, tmp_path).findings
    assert [(step.node, step.via, step.label) for step in finding.trace] == THREE_DEEP
    line = documents[MAIN].splitlines().index("    scope: not-disclosed") + 1
    assert finding.location == Location(str(tmp_path / MAIN), line)


def test_a_gap_of_an_imported_base_is_found_in_its_file(tmp_path: Path) -> None:
    documents = borealis()
    text = ManifestText(documents["upstream/tundra.yaml"])
    text.delete(text.named("training-data/tundra-text/scope"))
    documents["upstream/tundra.yaml"] = str(text)
    (finding,) = assessed(documents, tmp_path).findings
    line = str(text).splitlines().index("  - id: https://example.org/data/tundra-text") + 1
    assert finding.location == Location(str(tmp_path / "upstream" / "tundra.yaml"), line)
    assert [step.via for step in finding.trace] == [
        "",
        "osaid:hasParameters",
        "osaid:fineTunedFrom",
        "osaid:hasParameters",
        "osaid:trainedOn",
    ]


def test_a_node_that_is_described_nowhere_is_found_where_the_trace_refers_to_it(tmp_path: Path) -> None:
    documents = edited("data-info-all-data-described.unresolved")
    (finding,) = assessed(documents, tmp_path).findings
    line = documents[MAIN].splitlines().index("  - https://example.org/data/nowhere") + 1
    assert finding.location == Location(str(tmp_path / MAIN), line)


def test_a_remedy_closes_its_own_gap_and_leaves_the_others(tmp_path: Path, local: None) -> None:
    text = ManifestText(borealis()[MAIN])
    for key in ("provenance", "scope", "characteristics", "obtained", "selection", "labeling", "cleaning"):
        text.delete(text.named(f"datasets/dumps/{key}"))
    documents = {**borealis(), MAIN: str(text)}
    open_gaps = assessed(documents, tmp_path / "0").findings
    assert len(open_gaps) == 7
    for number in range(7):
        first, *others = assessed(documents, tmp_path / str(number)).findings
        documents = _mended(documents, first, tmp_path / str(number))
        left = assessed(documents, tmp_path / str(number + 1)).findings
        assert [f.rule for f in left] == [f.rule for f in others]


# -- the shortcut of these tests -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "documents",
    [
        *({path.name: path.read_text("utf-8")} for path in sorted(RELEASES.glob("*.yaml"))),
        borealis(),
        edited("code-training.no-reason"),
        edited("code-training.conflicting"),
        edited("data-info-all-data-described.not-a-dataset"),
        edited("data-info-provenance.circular"),
    ],
    ids=lambda documents: next(iter(documents)),
)
def test_local_validation_finds_what_validation_of_the_whole_finds(documents: Documents, tmp_path: Path) -> None:
    (tmp_path / "upstream").mkdir()
    for path in (RELEASES / "upstream").glob("*.yaml"):
        (tmp_path / "upstream" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    graph = prepare(loaded(documents, tmp_path))
    scope_ = scope(graph, choose(graph, None))
    conclude(graph, policy())
    complete(graph)
    part, shapes = in_scope(graph, scope_), rulebook().shapes
    assert set(SHARED.validate(part, shapes)) == set(validate(part, shapes))
