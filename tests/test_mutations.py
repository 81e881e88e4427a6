"""Every statement of a release taken away in turn: nothing gets better by saying less, and what is needed is missed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from edited_releases import RELEASES
from local_validation import SHARED
from rdflib import RDF, Graph, URIRef

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.model import Assessment, RequirementOutcome, Triple
from osaid_graph.validation.definition import DEFAULT_VERSION, definition, versions
from osaid_graph.vocab import OSAID, token

REAL = Path(__file__).parent.parent / "data" / "releases"

#: Better is higher. "Not applicable" fails nothing, so it is as good as met.
RANK: dict[RequirementOutcome, int] = {
    "not-met": 0,
    "not-evidenced": 1,
    "needs-judgement": 2,
    "met": 3,
    "not-applicable": 3,
}
VERDICTS = {"not-met": 0, "undetermined": 1, "met": 2}

#: Rules that no single deletion makes fire, because they need something to be said or more to be taken away, by name or
#: by the last part of it. ``test_remedies.py`` makes each of them fire by an edit.
NEEDS_A_STATEMENT = {
    "not-disclosed": "a refusal",
    "base-not-disclosed": "a refusal",
    "not-a-model": "a base of another class; without a class it is what its edge says",
    "base-unresolved": "a reference to a base of which nothing else is said; what is described takes many deletions",
    "processing-not-disclosed": "a refusal",
    "withheld": "a refusal",
    "repository-withheld": "a refusal",
    "document-withheld": "a refusal",
    "conflicting": "two statements that disagree",
    "processing-conflicting": "two statements that disagree",
    "conflicting-terms": "two statements that disagree",
    "information-conflicting": "two statements that disagree",
    "location-conflicting": "two statements that disagree",
    "repository-conflicting": "two statements that disagree",
    "document-conflicting": "two statements that disagree",
    "agreement-conflicting": "two statements that disagree",
    "not-approved": "terms that the policy does not approve",
    "unknown": "terms that nobody can identify",
    "incomplete": "a statement of incompleteness",
    "completeness-open": "a statement that leaves it open whether all data is listed",
    "withdrawn": "a date of withdrawal",
    "listing-open": "a listing in the place of a location",
    "listing-gaps": "a listing beside a location",
    "circular": "a derivation that leads back",
    "not-a-dataset": "training data of another class; without a class it is what its edge says",
    "restricted": "terms that withhold a freedom",
    "gated": "something that stands before access",
    "region-restricted": "a region that is shut out",
    "technique-conflicting": "a technique that is not what the rest says",
    "no-element": "every element has to go",
    "freedoms-terms.absent": "every element has to go, and the terms of the whole",
    "unresolved": "a reference to what nothing else is said of; what is described takes more than one deletion",
}

#: Statements of the clean release that are not missed, by predicate, and why. What follows is the exact list.
UNMISSED = {
    ("title", ""): "a name for people",
    ("type", "AISystem"): "its parameters are assessed in its place",
    ("type", "Model"): "an edge implies it",
    ("type", "Parameters"): "an edge implies it",
    ("type", "Checkpoint"): "an edge implies it",
    ("type", "OptimizerState"): "an edge implies it",
    ("type", "Code"): "an edge implies it",
    ("type", "DataInformation"): "an edge implies it",
    ("type", "Dataset"): "an edge implies it",
    ("type", "NotApplicable"): "a reason why something does not apply still says something",
    ("comment", ""): "checkpoints and optimizer states are examples; a waiver of them needs no reason",
    ("trainedOn", ""): "who lists data may leave some out, and nothing can tell; other data is listed",
    ("fineTunedFrom", ""): "a base that is not named cannot be missed, where data is",
    ("location", ""): "asked of parameters, code, documents and data, not of checkpoints and states",
}


@dataclass(frozen=True)
class Mutations:
    """An assessment of a release and, for each of its statements, that of the release without it."""

    graph: Graph
    before: Assessment
    without: dict[Triple, Assessment]


def mutated(manifest: Path, folder: Path, version: str = DEFAULT_VERSION) -> Mutations:
    """Assess a release without each of its statements in turn."""
    release = load([str(manifest)])
    statements: dict[Triple, str] = {(s, p, o): f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in sorted(release.graph)}  # type: ignore[misc]
    without = {}
    for triple in statements:
        file = folder / "without.nt"
        file.write_text("\n".join(line for other, line in statements.items() if other != triple), "utf-8")
        without[triple] = assess(load([str(file)]), version=version)
    return Mutations(release.graph, assess(release, version=version), without)


@pytest.fixture(scope="module", params=versions())
def clean(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mutations:
    """The smallest clean release, against each version of the definition."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("osaid_graph.assessment.assess.validate", SHARED.validate)
        return mutated(RELEASES / "minimal.yaml", tmp_path_factory.mktemp("clean"), str(request.param))


@pytest.fixture(scope="module", params=["llama-2-7b.yaml", "mixtral-8x7b.yaml"])
def gapped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mutations:
    """Real releases with many gaps and refusals."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("osaid_graph.assessment.assess.validate", SHARED.validate)
        return mutated(REAL / str(request.param), tmp_path_factory.mktemp("gapped"))


def improved(before: Assessment, after: Assessment) -> list[str]:
    """Return the requirements that are better off."""
    outcomes = {result.requirement.id: result.outcome for result in before.results}
    return [r.requirement.id for r in after.results if RANK[r.outcome] > RANK[outcomes[r.requirement.id]]]


# -- the clean release ---------------------------------------------------------------------------------------


def test_the_clean_release_is_clean(clean: Mutations) -> None:
    assert clean.before.findings == ()
    assert len(clean.without) > 100


def test_nothing_improves_when_a_statement_is_taken_away(clean: Mutations) -> None:
    for triple, after in clean.without.items():
        assert improved(clean.before, after) == [], triple
        assert VERDICTS[after.outcome] <= VERDICTS[clean.before.outcome], triple


def test_every_rule_about_something_missing_fires(clean: Mutations) -> None:
    fired = {finding.rule for after in clean.without.values() for finding in after.findings}
    rules = set(clean.before.definition.rules)
    silent = rules - fired
    assert silent == {rule for rule in rules if _reasons(rule)}


def test_no_reason_is_idle() -> None:
    rules = {rule for version in versions() for rule in definition(version).rules}
    assert set().union(*map(_reasons, rules)) == set(NEEDS_A_STATEMENT)


def _reasons(rule: str) -> set[str]:
    return {rule, rule.rpartition(".")[2]} & set(NEEDS_A_STATEMENT)


def test_every_statement_is_missed_but_those_with_a_reason(clean: Mutations) -> None:
    unmissed = set()
    for (_, predicate, value), after in clean.without.items():
        if not after.findings:
            said = token(value) if isinstance(value, URIRef) and predicate in (RDF.type, OSAID.codeRole) else ""
            unmissed.add((predicate.replace("#", "/").rpartition("/")[2], said))
    assert unmissed == set(UNMISSED)


# -- releases with gaps --------------------------------------------------------------------------------------


def test_a_verdict_with_gaps_never_improves(gapped: Mutations) -> None:
    for triple, after in gapped.without.items():
        assert VERDICTS[after.outcome] <= VERDICTS[gapped.before.outcome], triple


def test_a_requirement_improves_only_without_what_its_finding_rests_on(gapped: Mutations) -> None:
    """A refusal, a refused licence, an edge to the node at fault, or the class of data that a question depends on."""
    rests: set[tuple[str, str]] = set()
    for finding in gapped.before.findings:
        rests.add((finding.focus, token(finding.path)))
        for source, step in zip(finding.trace, finding.trace[1:], strict=False):
            rests.add((source.node, step.via.removeprefix("osaid:")))
    refusals = set(gapped.graph.subjects(RDF.type, OSAID.NotDisclosed))
    for (subject, predicate, value), after in gapped.without.items():
        allowed = (
            subject in refusals
            or value in refusals
            or (str(subject), token(predicate)) in rests
            or predicate == OSAID.availability
        )
        assert allowed or improved(gapped.before, after) == [], (subject, predicate, value)
