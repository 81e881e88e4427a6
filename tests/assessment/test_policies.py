"""A terms policy changes what counts as approved terms, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from edited_releases import MAIN, borealis, found, loaded
from manifest_text import ManifestText

from osaid_graph.assessment.assess import assess
from osaid_graph.errors import UsageError
from osaid_graph.graph.release import Release
from osaid_graph.terms import policies
from osaid_graph.validation.definition import definition

SHEET = "https://example.org/borealis/data-sheet"
PARAMETERS = "https://example.org/borealis#parameters"
CODE = "https://example.org/borealis/code/test"
POLICIES = [policy.id for policy in policies()]


def licensed(part: str, terms: str) -> dict[str, str]:
    """Return Borealis with other terms for a part."""
    text = ManifestText(borealis()[MAIN])
    text.replace(text.named(f"{part}/license"), f"license: {terms}")
    return {**borealis(), MAIN: str(text)}


@pytest.mark.parametrize(
    ("part", "terms", "finding", "refusing"),
    [
        ("data-information/data-sheet", "CC-BY-4.0", ("data-info-terms.not-approved", SHEET), ["strict"]),
        ("data-information/data-sheet", "ODbL-1.0", ("data-info-terms.not-approved", SHEET), ["strict"]),
        ("data-information/data-sheet", "CC-BY-NC-4.0", ("data-info-terms.not-approved", SHEET), POLICIES),
        ("data-information/data-sheet", "free by nature", ("data-info-terms.not-approved", SHEET), POLICIES),
        ("parameters", "CC-BY-4.0", ("params-terms.not-approved", PARAMETERS), ["strict"]),
        ("parameters", "free by nature", ("params-terms.not-approved", PARAMETERS), ["strict", "osd-conformant"]),
        ("parameters", "llama2", ("params-terms.not-approved", PARAMETERS), POLICIES),
        ("parameters", "other", ("params-terms.unknown", PARAMETERS), POLICIES),
        ("code/testing", "CC-BY-4.0", ("code-license.not-approved", CODE), POLICIES),
        ("code/testing", "free by nature", ("code-license.not-approved", CODE), POLICIES),
        ("code/testing", "MIT", None, []),
    ],
)
def test_policies_differ_in_what_they_approve(
    part: str, terms: str, finding: tuple[str, str] | None, refusing: list[str], tmp_path: Path
) -> None:
    release = loaded(licensed(part, terms), tmp_path)
    for policy in POLICIES:
        expected = [finding] if policy in refusing else []
        if policy == "strict" and part != "data-information/data-sheet":
            expected.append(("data-info-terms.not-approved", SHEET))  # CC-BY-4.0 is no licence of the OSI
        about_approval = [pair for pair in found(assess(release, terms=policy)) if not pair[0].startswith("freedom")]
        assert about_approval == sorted(pair for pair in expected if pair), policy


@pytest.mark.parametrize(
    ("part", "terms", "expected"),
    [
        ("data-information/data-sheet", "CC-BY-4.0", set()),
        ("code/testing", "CC-BY-4.0", set()),
        ("parameters", "GPL-3.0-only", set()),
        ("parameters", "CC-BY-ND-4.0", {"freedom-modify-any-purpose", "freedom-share-modified"}),
        ("parameters", "other", {"freedoms-terms"}),
        ("parameters", "CC-BY-NC-4.0 OR MIT", set()),
        (
            "parameters",
            "CC-BY-NC-4.0 OR NONE",
            {"freedom-use-any-purpose", "freedom-modify-any-purpose", "freedom-share-any-purpose"},
        ),
        (
            "parameters",
            "CC-BY-NC-4.0 AND LicenseRef-nobody-read",
            {"freedoms-terms", "freedom-use-any-purpose", "freedom-modify-any-purpose", "freedom-share-any-purpose"},
        ),
        ("parameters", "LicenseRef-scancode-qwen-2024", {"freedom-use-no-permission", "freedom-share-any-purpose"}),
        (
            "parameters",
            "LicenseRef-scancode-qwen-2024 AND CC-BY-ND-4.0",
            {
                *("freedom-use-no-permission", "freedom-share-any-purpose"),
                *("freedom-modify-any-purpose", "freedom-share-modified"),
            },
        ),
        ("code/testing", "NONE", {id_ for id_ in definition().requirements if id_.startswith("freedom-")}),
    ],
)
def test_the_freedoms_follow_from_the_terms_whatever_the_policy(
    part: str, terms: str, expected: set[str], tmp_path: Path
) -> None:
    release = loaded(licensed(part, terms), tmp_path)
    for policy in POLICIES:
        findings = assess(release, terms=policy).findings
        assert {f.requirement for f in findings if f.requirement.startswith("freedom")} == expected, policy


@pytest.mark.parametrize(
    ("stated", "rules"),
    [
        ('"Apache-2.0" , "other"', set()),
        ('"Apache-2.0" , "LicenseRef-nobody-read"', {"freedoms-terms.unknown"}),
        ('"Apache-2.0" , [ a :NotDisclosed ]', {"freedoms-terms.unknown"}),
        ('"Apache-2.0" , "CC-BY-NC-4.0"', {"freedoms-terms.unknown"}),
        ('"CC-BY-ND-4.0" , "CC-BY-NC-4.0"', {"freedoms-terms.unknown", "freedom-modify-any-purpose.restricted"}),
    ],
)
def test_of_terms_that_sources_name_what_all_agree_on_counts(
    stated: str, rules: set[str], turtle: Callable[[str], Release]
) -> None:
    weights = assess(turtle(f"ex:weights a :Parameters ; :license {stated} ."))
    assert {f.rule for f in weights.findings if f.rule.startswith("freedom")} == rules
    if "freedoms-terms.unknown" in rules:
        outcomes = {result.requirement.id: result.outcome for result in weights.results}
        assert "met" not in {outcomes[id_] for id_ in outcomes if id_.startswith("freedom-")}


def test_parameters_free_by_nature_grant_the_freedoms_where_the_policy_takes_them_so(tmp_path: Path) -> None:
    release = loaded(licensed("parameters", "free by nature"), tmp_path)
    open_ = {p for p in POLICIES if ("freedoms-terms.unknown", PARAMETERS) in found(assess(release, terms=p))}
    assert open_ == {"strict", "osd-conformant"}
    assert assess(release, version="1.0").policy == "free-by-nature", "the default of 1.0"
    assert found(assess(release, version="1.0")) == []
    assert found(assess(release, version="1.0", terms="osd-conformant")) != []


def test_the_report_names_the_policy(tmp_path: Path) -> None:
    release = loaded(borealis(), tmp_path)
    assert assess(release).policy == "osd-conformant"
    assert assess(release, terms="strict").policy == "strict"
    (finding,) = assess(release, terms="strict").findings
    assert "CC-BY-4.0" in finding.reason or "Creative Commons" in finding.reason


def test_an_unknown_policy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        assess(loaded(borealis(), tmp_path), terms="lenient")
