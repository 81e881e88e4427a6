"""The smallest set of statements of a release: it closes what can be closed, none can be spared, and it is a patch."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from edited_releases import Documents, borealis, edited, edits, loaded
from local_validation import SHARED

from osaid_graph.assessment import assess
from osaid_graph.planning.gaps import gaps_of
from osaid_graph.planning.patches import applied, parse_patch
from osaid_graph.planning.statements import Assessing, Proposal, plan_statements
from osaid_graph.plans import StatementPlan
from osaid_graph.validation.definition import definition

ROOT = Path(__file__).parent.parent.parent
RELEASES = sorted((ROOT / "data" / "releases").glob("*.yaml"))
#: Rules that find what somebody did not write: the first for each property and place of a statement.
CLOSABLE = {
    (str(rule.property), rule.remedy.under): id_
    for id_, rule in reversed(definition().rules.items())
    if (rule.outcome, rule.remedy.action) == ("not-evidenced", "add")
    and definition().requirements[rule.requirement].binding
    and id_ in edits()
    and rule.remedy.under != "imports"
}.values()


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assess, "validate", SHARED.validate)


def keys(examined: assess.Examination) -> dict[tuple[str, str, str], str]:
    return {(gap.node, gap.predicate, gap.role): gap.kind for gap in gaps_of(examined)}


def planned(documents: Documents, folder: Path) -> tuple[Assessing, Proposal]:
    loaded(documents, folder)
    names = tuple(str(folder / name) for name in documents if "/" not in name)
    assessing = Assessing(names)
    return assessing, plan_statements(assessing)


# -- all that can be closed is closed ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_statements_close_every_gap_of_a_real_release_that_statements_close(path: Path) -> None:
    assessing = Assessing((str(path),))
    before = assessing.examined()
    proposal = plan_statements(assessing, before)
    left = {(gap.node, gap.predicate, gap.role) for gap, _ in proposal.plan.left}
    assert set(keys(assessing.examined(proposal.filled))) == left
    assert all(gap.kind != "documentation" for gap, _ in proposal.plan.left)
    closed = {(g.node, g.predicate, g.role) for s in proposal.plan.statements for g in s.gaps}
    assert closed == {key for key, kind in keys(before).items() if kind == "documentation"}


@pytest.mark.parametrize("rule", CLOSABLE)
def test_one_statement_closes_a_gap_that_one_rule_finds(rule: str, tmp_path: Path) -> None:
    assessing, proposal = planned(edited(rule), tmp_path)
    assert rule in {each for s in proposal.plan.statements for gap in s.gaps for each in gap.rules}
    assert keys(assessing.examined(proposal.filled)) == {}
    assert proposal.plan.left == ()


def test_a_release_without_gaps_has_nothing_to_write(tmp_path: Path) -> None:
    _, proposal = planned(borealis(), tmp_path)
    plan = proposal.plan
    assert (plan.statements, plan.left, plan.patch, proposal.blank) == ((), (), "", {})
    assert {requirement.id for requirement in plan.questions} >= {"data-info-sufficient"}


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("code-training.not-disclosed", "disclosure"),
        ("code-training.conflicting", "contradiction"),
        ("code-complete-train.incomplete", "release"),
        ("params-terms.not-approved", "relicensing"),
    ],
)
def test_what_no_statement_closes_is_told_by_kind(rule: str, kind: str, tmp_path: Path) -> None:
    _, proposal = planned(edited(rule), tmp_path)
    assert proposal.plan.statements == ()
    assert {gap.kind for gap, _ in proposal.plan.left} == {kind}


# -- none can be spared ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["grok-1", "olmo-7b", "starcoder2-15b"])
def test_every_statement_of_a_patch_is_needed(name: str) -> None:
    assessing = Assessing((str(ROOT / "data" / "releases" / f"{name}.yaml"),))
    plan = plan_statements(assessing).plan
    for spared in plan.statements:
        file = Path(spared.file).resolve()
        hunks = filled_without(plan, spared.text)
        files = {Path(each).resolve(): content for each, content in hunks.items()}
        assert file in files or len(plan.statements) == 1
        after = keys(assessing.examined(files))
        assert {(gap.node, gap.predicate, gap.role) for gap in spared.gaps} <= set(after)


def filled_without(plan: StatementPlan, text: str) -> dict[str, bytes]:
    """Return the files of a plan with its statements filled in, without the first that reads like a text."""
    found: dict[str, bytes] = {}
    gone = False
    for patch in parse_patch(plan.patch, "patch"):
        body = applied(patch, Path(patch.name).read_bytes(), patch.name).decode("utf-8")
        names = [s for s in plan.statements if s.file == patch.name and s.text == text]
        if names and not gone:
            assert f"{text}\n" in body
            body, gone = body.replace(f"{text}\n", "", 1), True
        body = body.replace("license: TODO", "license: Apache-2.0").replace(
            "availability: TODO", "availability: public"
        )
        found[patch.name] = body.replace(": TODO", ": https://example.org/said").encode()
    return found


def test_what_the_arguments_say_of_the_training_code_is_not_said_twice(tmp_path: Path) -> None:
    _, proposal = planned(edited("code-training.absent"), tmp_path)
    assert len(proposal.plan.statements) == 1
    whats = {gap.what for gap in proposal.plan.statements[0].gaps}
    assert "hasCode [training]" in whats
    assert proposal.plan.statements[0].text.count("roles:") == 1


# -- as a patch --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("copied")
    shutil.copytree(ROOT / "data" / "releases", folder / "releases")
    yield folder


@pytest.mark.parametrize("tool", [["patch", "-p1", "-s"], ["git", "apply", "-p1"]], ids=["patch", "git"])
def test_other_tools_take_the_patch(
    tool: list[str], copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"no {tool[0]} here")
    shutil.copytree(copied, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    proposal = plan_statements(Assessing(("releases/deepseek-r1.yaml",)))
    subprocess.run(tool, input=proposal.plan.patch, text=True, check=True)
    for path, data in proposal.blank.items():
        assert path.read_bytes() == data
    assert len(proposal.blank) == 2, "the base is described in a file of its own"


def test_every_other_byte_is_kept(tmp_path: Path) -> None:
    documents = edited("data-info-cleaning.absent")
    main = documents["borealis.yaml"].replace("\n", "\r\n").rstrip("\r\n")
    loaded(documents, tmp_path)
    path = tmp_path / "borealis.yaml"
    path.write_bytes(main.encode())
    proposal = plan_statements(Assessing((str(path),)))
    (data,) = proposal.blank.values()
    lines = main.encode().split(b"\r\n")
    new = data.split(b"\r\n")
    (added,) = [line for line in new if line not in lines]
    assert added.strip().startswith(b"cleaning: TODO")
    assert [line for line in new if line != added] == lines


def test_a_release_in_turtle_gets_a_manifest_beside_it(tmp_path: Path) -> None:
    (tmp_path / "release.ttl").write_text(
        """@prefix : <https://w3id.org/osaid-graph/ont#> . @prefix ex: <https://example.org/> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        ex:a a :AISystem ; dcterms:title "A" ; :hasParameters ex:p .
        ex:p a :Parameters ; :trainedOn ex:d . ex:d a :Dataset ; dcterms:title "D" .""",
        "utf-8",
    )
    assessing = Assessing((str(tmp_path / "release.ttl"),))
    proposal = plan_statements(assessing)
    assert list(proposal.blank) == [(tmp_path / "osaid.yaml").resolve()]
    assert "--- /dev/null\n" in proposal.plan.patch
    left = {(gap.node, gap.predicate, gap.role) for gap, _ in proposal.plan.left}
    assert set(keys(assessing.examined(proposal.filled))) == left
    assert not left
    text = next(iter(proposal.blank.values())).decode()
    assert text.count("https://example.org/d\n") == 1
    assert text.startswith("system:\n  id: https://example.org/a\n  name: A\nparameters:\n  id: https://example.org/p")


def test_a_base_that_is_described_nowhere_needs_more_than_a_statement(tmp_path: Path) -> None:
    _, proposal = planned(edited("data-info-all-data-described.base-unresolved"), tmp_path)
    ((gap, why),) = proposal.plan.left
    assert (gap.what, gap.kind) == ("type", "documentation")
    assert "osaid-graph check shows what to write" in why
