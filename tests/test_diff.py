"""``diff``: which requirements came out otherwise between two assessments, and what caused it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from edited_releases import MAIN, RELEASES, borealis, edited, edits, loaded, version_of
from local_validation import SHARED
from manifest_text import ManifestText

from osaid_graph.assessment.assess import Examination, examine
from osaid_graph.assessment.compare import compare
from osaid_graph.comparison import Cause, Change, Comparison
from osaid_graph.reports.comparison import render
from osaid_graph.sources import Location

DAY = datetime.date(2026, 11, 24)
#: The kinds of cause that something brought or removed, and what can have done so.
CAUSED = ("finding", "concern")
BELOW = ("claim", "rule", "scope", "policy", "subject")
SAYS = ", says https://example.org/borealis/readme"


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Validate only what differs from the graphs validated before."""
    monkeypatch.setattr("osaid_graph.assessment.assess.validate", SHARED.validate)


def examined(documents: dict[str, str], folder: Path, version: str = "1.0-rc1") -> Examination:
    return examine(loaded(documents, folder), version=version, today=DAY)


def between(old: dict[str, str], new: dict[str, str], folder: Path) -> Comparison:
    return compare(examined(old, folder / "old"), examined(new, folder / "new"))


def said(causes: Iterable[Cause]) -> list[tuple[str, str, str]]:
    return [(cause.kind, cause.sign, cause.text) for cause in causes]


def replaced(old: str, new: str, documents: dict[str, str] | None = None) -> dict[str, str]:
    """Return documents, by default those of Borealis, with one thing in the main one written otherwise."""
    documents = documents or borealis()
    assert documents[MAIN].count(old) == 1
    return {**documents, MAIN: documents[MAIN].replace(old, new)}


def change(comparison: Comparison, id_: str) -> Change:
    (found,) = [change for change in comparison.changes if change.requirement.id == id_]
    return found


def test_a_release_and_itself_differ_in_nothing(tmp_path: Path) -> None:
    comparison = between(borealis(), borealis(), tmp_path)
    assert comparison.changes == ()
    assert not comparison.has_losses
    assert "no requirement came out otherwise" in render(comparison, "text")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Examination]:
    """Return Borealis, assessed against every version that an edit is tried in."""
    folder = tmp_path_factory.mktemp("clean")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("osaid_graph.assessment.assess.validate", SHARED.validate)
        return {version: examined(borealis(), folder / version, version) for version in set(map(version_of, edits()))}


def unexplained(comparison: Comparison) -> list[str]:
    """Return the requirements that came out otherwise without a cause, or through parts that have none.

    A finding or a node concerned is no cause by itself: what brought or removed it stands below it.
    """
    changes = {change.requirement.id: change for change in comparison.changes if change.before != change.after}

    def explained(id_: str) -> bool:
        causes = changes[id_].causes if id_ in changes else ()
        own = [cause.kind for cause in causes if cause.kind != "part"]
        bare = [kind for kind, below in pairwise([*own, ""]) if kind in CAUSED and below not in BELOW]
        parts = [cause.text.partition(":")[0] for cause in causes if cause.kind == "part"]
        return not bare and bool(own or any(map(explained, parts)))

    return [id_ for id_ in changes if not explained(id_)]


@pytest.mark.parametrize("rule", edits())
def test_every_gap_is_a_loss_one_way_and_a_gain_the_other_and_explained(
    rule: str, clean: dict[str, Examination], tmp_path: Path
) -> None:
    whole = clean[version_of(rule)]
    gapped = examined(edited(rule), tmp_path, version_of(rule))
    lost, gained = compare(whole, gapped), compare(gapped, whole)
    assert unexplained(lost) == unexplained(gained) == []
    turned = {"lost": "gained", "gained": "lost", "unchanged": "unchanged"}
    assert {c.requirement.id: turned[c.direction] for c in gained.changes} == {
        c.requirement.id: c.direction for c in lost.changes
    }
    requirement = rule.partition(".")[0]
    for comparison, sign in ((lost, "+"), (gained, "-")):
        causes = [cause for c in comparison.changes if c.requirement.id == requirement for cause in c.causes]
        if causes:
            assert any(
                (cause.kind, cause.sign) == ("finding", sign) and cause.text.startswith(rule) for cause in causes
            )


def test_a_claim_that_changed_is_shown_with_its_place_on_either_side(tmp_path: Path) -> None:
    comparison = between(borealis(), edited("data-info-scope.not-disclosed"), tmp_path)
    causes = change(comparison, "data-info-scope").causes
    assert [(cause.kind, cause.sign, cause.text) for cause in causes] == [
        (
            "finding",
            "+",
            "data-info-scope.not-disclosed: the scope of the data is marked as not disclosed (Site Dumps)",
        ),
        ("claim", "-", "scope: 4,000 sites, 1998 to 2022, says https://example.org/borealis/readme"),
        ("claim", "+", "scope: not disclosed, says https://example.org/borealis/readme"),
    ]
    assert [Path(cause.location.source).parent.name for cause in causes[1:] if cause.location] == ["old", "new"]
    assert [step.label for step in causes[0].trace][-1] == "Site Dumps", "the upstream node and the way to it"


def test_a_node_that_left_the_lineage_is_named(tmp_path: Path) -> None:
    gapped = edited("data-info-scope.absent")
    text = ManifestText(gapped[MAIN])
    text.delete(text.named("datasets/archive/derived-from"))
    comparison = between(gapped, {**gapped, MAIN: str(text)}, tmp_path)
    causes = change(comparison, "data-info-scope").causes
    assert said(causes[1:]) == [
        ("scope", "", "Site Dumps is no longer in scope"),
        ("claim", "-", f"derivedFrom of Archive: https://example.org/data/dumps{SAYS}"),
    ]


def test_code_that_lost_a_role_is_named_by_the_role(tmp_path: Path) -> None:
    both = replaced("roles: [training]", "roles: [training, testing]")
    causes = change(between(both, replaced("roles: [training]", "roles: [testing]"), tmp_path), "code-training").causes
    assert said(causes) == [
        ("finding", "+", "code-training.absent: the training code is not named (Borealis 1.0)"),
        ("claim", "-", f"codeRole of training code of Borealis: training{SAYS}"),
    ]
    assert causes[1].location == Location(str(tmp_path / "old" / MAIN), 38)


def test_arguments_that_went_are_named_with_the_code_they_were_of(tmp_path: Path) -> None:
    arguments = "    arguments: https://example.org/borealis/code/search/grid.toml\n"
    one = replaced(arguments, "")
    none = replaced("    arguments: https://example.org/borealis/code/train/settings.toml\n", "", one)
    comparison = between(one, none, tmp_path)
    settings = "https://example.org/borealis/code/train/settings.toml"
    assert said(change(comparison, "code-training-arguments").causes[1:]) == [
        ("claim", "-", f"hasConfiguration of training code of Borealis: {settings}{SAYS}")
    ]


OF_A_MODEL = """@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://example.org/s> a osaid:AISystem ; dcterms:title "Atlas" ; osaid:hasModel <https://example.org/m> .
<https://example.org/m> a osaid:Model ; dcterms:title "Atlas base" ;
    osaid:hasCode <https://example.org/c> .
<https://example.org/c> a osaid:Code ; osaid:codeRole code:training ; osaid:location <https://example.org/c> .
"""


def test_code_that_a_component_of_the_subject_had_is_named_with_it(tmp_path: Path) -> None:
    without = OF_A_MODEL.replace(" ;\n    osaid:hasCode <https://example.org/c>", "")
    comparison = between({"a.ttl": OF_A_MODEL}, {"a.ttl": without}, tmp_path)
    claim = ("claim", "-", "hasCode of Atlas base: https://example.org/c")
    causes = change(comparison, "code-training").causes
    assert said(causes)[1:] == [claim]
    assert causes[1].location == Location(str(tmp_path / "old" / "a.ttl"), 6)
    access = change(comparison, "preferred-form-access")
    assert (access.before, access.after) == ("met", "not-applicable")
    assert said(access.causes) == [
        ("concern", "-", "example.org/c is no longer concerned"),
        ("scope", "", "example.org/c is no longer in scope"),
        claim,
    ]


def test_a_requirement_that_concerns_nothing_any_more_names_what_it_concerned_and_the_claim(tmp_path: Path) -> None:
    old = examined(borealis(), tmp_path / "old")
    new = examined(replaced("availability: obtainable", "availability: public"), tmp_path / "new")
    comparison, back = compare(old, new), compare(new, old)
    changed = [c for c in comparison.changes if c.before != c.after]
    assert {c.requirement.id for c in changed} == {
        "data-list-third-party",
        "data-list-third-party-where",
        "data-list-third-party-fee",
    }
    for each in changed:
        assert (each.before, each.after, each.direction) == ("met", "not-applicable", "unchanged")
        assert said(each.causes) == [
            ("concern", "-", "Forecasts 3 is no longer concerned"),
            ("claim", "-", f"availability: obtainable{SAYS}"),
            ("claim", "+", f"availability: public{SAYS}"),
        ]
    assert said(change(back, "data-list-third-party").causes)[0] == ("concern", "+", "Forecasts 3 is now concerned")
    text = render(comparison, "text")
    assert "came out otherwise, no better or worse (3)" in text
    assert "asked for otherwise" not in text


def test_a_waiver_that_came_is_named_with_its_claim(tmp_path: Path) -> None:
    waiver = '[ a osaid:NotApplicable ; osaid:codeRole code:training ; rdfs:comment "counted by hand" ]'
    prefix = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    waived = prefix + OF_A_MODEL.replace("hasCode <https://example.org/c>", f"hasCode {waiver}")
    comparison = between({"a.ttl": OF_A_MODEL}, {"a.ttl": waived}, tmp_path)
    found = change(comparison, "code-training")
    assert (found.before, found.after) == ("met", "not-applicable")
    assert said(found.causes) == [
        ("concern", "+", "it is now said that this does not apply to Atlas"),
        ("claim", "-", "hasCode of Atlas base: https://example.org/c"),
        ("claim", "+", "hasCode of Atlas base: not applicable: counted by hand"),
    ]


def test_a_judgement_that_was_added_is_a_cause(tmp_path: Path) -> None:
    old = examine_file("borealis.yaml")
    comparison = compare(old, examine_file("borealis-judged.yaml"))
    causes = change(comparison, "data-info-sufficient").causes
    assert [(cause.kind, cause.sign, cause.text) for cause in causes] == [
        ("judgement", "+", "judged met by Ada Reviewer on 2024-11-02")
    ]
    assert (comparison.old.outcome, comparison.new.outcome) == ("undetermined", "met")


def test_a_judgement_that_is_counted_no_longer_says_why(tmp_path: Path) -> None:
    judged = (RELEASES / "borealis-judged.yaml").read_text("utf-8")
    judgements = judged[judged.index("judgements:") :]
    documents = {**borealis(), "judgements.yaml": judgements}
    old, new = (
        examined(documents, tmp_path / "1"),
        examined({**documents, "judgements.yaml": judgements.replace("1.0-rc1", '"1.0"')}, tmp_path / "2"),
    )
    by = "judged met by Ada Reviewer on 2024-11-02"
    why = "made against 1.0, not 1.0-rc1"
    assert ("judgement", "-", f"{by}, no longer counted: {why}") in said(
        change(compare(old, new), "data-info-sufficient").causes
    )
    assert ("judgement", "+", f"{by}, now counted; it was {why}") in said(
        change(compare(new, old), "data-info-sufficient").causes
    )


def examine_file(name: str) -> Examination:
    from osaid_graph.graph.load import load

    return examine(load([str(RELEASES / name)]), today=DAY)


def test_a_whole_names_the_parts_that_changed(tmp_path: Path) -> None:
    comparison = between(borealis(), edited("code-testing.not-disclosed"), tmp_path)
    causes = change(comparison, "code-complete-train").causes
    assert [(cause.kind, cause.text) for cause in causes] == [("part", "code-testing: met -> not-met")]


def test_renaming_the_release_changes_nothing(tmp_path: Path) -> None:
    gapped = edited("params-available.no-location")
    renamed = {
        name: text.replace("https://example.org/borealis", "https://example.org/aurora")
        for name, text in gapped.items()
    }
    assert between(gapped, renamed, tmp_path).changes == ()


def test_what_merely_begins_like_the_subject_is_no_part_of_it(tmp_path: Path) -> None:
    both = OF_A_MODEL.replace("hasCode ", "hasCode <https://example.org/s-code> , ").replace(
        "osaid:location", 'osaid:license "MIT" ; osaid:location'
    )
    both += "<https://example.org/s-code> a osaid:Code .\n"
    new = both.replace("example.org/s>", "example.org/t>").replace('"MIT"', '"BUSL-1.1"')
    found = change(between({"a.ttl": both}, {"a.ttl": new}, tmp_path), "code-license")
    assert (found.before, found.after) == ("not-evidenced", "not-met")
    assert [cause.text.partition(":")[0] for cause in found.causes] == [
        "code-license.not-approved",
        "license",
        "license",
    ]


def test_two_versions_show_the_words_that_differ_and_the_rules_behind_other_outcomes(tmp_path: Path) -> None:
    text = ManifestText(borealis()[MAIN])
    text.replace(text.named("datasets/dumps/cleaning"), "processing: tokenised and shuffled")
    documents = {**borealis(), MAIN: str(text)}
    old, new = examined(documents, tmp_path / "a"), examined(documents, tmp_path / "b", "1.0")
    comparison = compare(old, new)
    found = change(comparison, "data-info-cleaning")
    assert (found.before, found.after, found.direction) == ("not-evidenced", "met", "gained")
    assert found.words == ("data cleaning methodologies", "data processing and filtering methodologies")
    assert [cause.kind for cause in found.causes] == ["finding", "rule"]
    assert {c.requirement.id for c in comparison.changes if c.words} == {
        "data-info-all-data-described",
        "data-info-cleaning",
        "code-spec-data-processing",
        "code-preprocessing",
    }


def test_two_policies_show_the_policy_as_the_cause(tmp_path: Path) -> None:
    release = loaded(borealis(), tmp_path)
    comparison = compare(examine(release, today=DAY), examine(release, terms="strict", today=DAY))
    causes = change(comparison, "data-info-terms").causes
    assert [(cause.kind, cause.text) for cause in causes[1:]] == [("policy", "terms policy osd-conformant -> strict")]
