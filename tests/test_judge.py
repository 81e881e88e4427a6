"""``judge`` by options: a judgement is checked as a whole before it is written, and nothing else is touched."""

from __future__ import annotations

import errno
import hashlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, NoReturn

import pytest

from osaid_graph.cli import main
from osaid_graph.readers.tree import Mapping, Sequence
from osaid_graph.readers.yaml_tree import parse

ROOT = Path(__file__).parent.parent
RELEASE = (
    "# Atlas, by hand\r\n"
    "system: {id: acme/atlas-7b, name: 'Atlas 7B', producer: Acme Lab}\r\n"
    "parameters:   {license: Apache-2.0}  # stays\r\n"
)
TURTLE = """
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://example.org/atlas> a osaid:AISystem ; dcterms:title "Atlas" .
"""
ID = "data-info-sufficient"
ALL = ("--requirement", ID, "--outcome", "met", "--by", "Ada Reviewer", "--reason", "rebuilt: it works")


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Work in a folder with a release as a manifest and another in Turtle."""
    monkeypatch.chdir(tmp_path)
    Path("osaid.yaml").write_bytes(RELEASE.encode())
    Path("atlas.ttl").write_text(TURTLE, "utf-8")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``osaid-graph judge`` without a terminal."""

    def _run(*arguments: str, name: str = "judge") -> Ran:
        monkeypatch.setattr(sys, "argv", ["osaid-graph", name, *arguments])
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(), isatty=lambda: False))
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return Ran(left.value.code if isinstance(left.value.code, int) else -1, captured.out, captured.err)

    return _run


def written(name: str = "osaid.yaml") -> str:
    return Path(name).read_bytes().decode()


# -- by options ------------------------------------------------------------------------------------------------------


def test_a_judgement_is_recorded_and_every_other_byte_stays(run: Run) -> None:
    Path("page.html").write_bytes(b"what was read")
    ran = run(
        "osaid.yaml", *ALL, "--affiliation", "University of Example", "--id", "https://orcid.org/0000-0001",
        "--independent", "--date", "2026-10-01", "--retrieved", "2026-09-30", "--evidence", "https://example.org/a",
        "--evidence-file", "https://example.org/b", "page.html",
    )  # fmt: skip
    digest = hashlib.sha256(b"what was read").hexdigest()
    assert written() == RELEASE + "\r\n".join(
        [
            "judgements:",
            f"  - requirement: {ID}",
            "    outcome: met",
            "    by: {name: Ada Reviewer, id: https://orcid.org/0000-0001, affiliation: University of Example}",
            "    independent: true",
            "    date: 2026-10-01",
            "    definition: 1.0-rc1",
            '    reason: "rebuilt: it works"',
            "    evidence:",
            "      - {url: https://example.org/a, retrieved: 2026-09-30}",
            f"      - {{url: https://example.org/b, retrieved: 2026-09-30, sha256: {digest}}}",
            "",
        ]
    )
    assert ran.code == 0
    assert ran.out == ""
    lines = ran.err.splitlines()
    assert lines[0] == f"recorded: {ID} met by Ada Reviewer in osaid.yaml:5"
    assert lines[1].startswith(
        "Atlas 7B (system), assessed against the Open Source AI Definition 1.0-RC1 on 2026-11-23"
    )
    assert lines[2].startswith("  undetermined: ")
    assert lines[3] == f"  {ID}: needs-judgement -> met"


def test_what_is_optional_may_be_left_out_and_the_day_is_today(run: Run) -> None:
    assert run("osaid.yaml", *ALL).code == 0
    assert written().removeprefix(RELEASE).splitlines() == [
        "judgements:",
        f"  - requirement: {ID}",
        "    outcome: met",
        "    by: Ada Reviewer",
        "    date: 2026-11-23",
        "    definition: 1.0-rc1",
        '    reason: "rebuilt: it works"',
    ]


def test_a_second_reviewer_is_added_to_the_list(run: Run) -> None:
    run("osaid.yaml", *ALL)
    ran = run("osaid.yaml", "--requirement", ID, "--outcome", "not-met", "--by", "Bob", "--reason", "it does not")
    assert f"  {ID}: met -> needs-judgement" in ran.err.splitlines()
    tree = parse(written().replace("\r\n", "\n"))
    assert isinstance(tree, Mapping)
    entries = tree.values["judgements"]
    assert isinstance(entries, Sequence)
    assert len(entries.items) == 2
    assert written().count("judgements:") == 1


def test_a_dry_run_prints_the_judgement_and_writes_nothing(run: Run) -> None:
    ran = run("osaid.yaml", *ALL, "--not-independent", "--dry-run")
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.startswith(f"judgements:\n  - requirement: {ID}\n    outcome: met\n    by: Ada Reviewer\n")
    assert "    independent: false\n" in ran.out
    assert written() == RELEASE


def test_a_file_of_judgements_alone_is_made_beside_a_description_that_is_no_manifest(run: Run) -> None:
    ran = run("atlas.ttl", *ALL, "--into", "judgements.yaml")
    assert ran.code == 0, ran.err
    assert written("judgements.yaml").splitlines()[:5] == [
        "# Judgements on Atlas, recorded by reviewers beside its description.",
        "# Read both together: osaid-graph check atlas.ttl judgements.yaml",
        "judgements:",
        f"  - requirement: {ID}",
        "    subject: https://example.org/atlas",
    ]
    assert run("atlas.ttl", *ALL, "--into", "judgements.yaml").code == 2  # what is recorded there is read
    again = run("atlas.ttl", *ALL, "--into", "judgements.yaml", "--date", "2026-11-22")
    assert again.code == 0
    assert "in judgements.yaml:11" in again.err
    checked = run("atlas.ttl", "judgements.yaml", name="check")
    assert f"  {ID}: met, rules alone: needs-judgement" in checked.out


def test_what_is_written_into_counts_when_the_release_is_checked(run: Run) -> None:
    run("osaid.yaml", *ALL)
    checked = run("osaid.yaml", name="check")
    assert "(Ada Reviewer, 2026-11-23)" in checked.out


def test_the_first_manifest_among_the_inputs_is_written_into(run: Run) -> None:
    Path("other.yaml").write_text("system: {id: https://example.org/atlas}\n", "utf-8")
    assert run("atlas.ttl", "other.yaml", *ALL).code == 0
    assert "judgements:" in written("other.yaml")
    assert "subject" not in written("other.yaml")


def test_a_part_is_judged_by_name_of_its_kind(run: Run) -> None:
    ran = run("osaid.yaml", *ALL, "--subject", "parameters")
    assert ran.code == 0
    assert "    subject: https://huggingface.co/acme/atlas-7b#parameters\r\n" in written()
    assert "Atlas 7B parameters (parameters), assessed" in ran.err


def test_an_affiliation_with_the_producer_is_told_where_independence_is_claimed(run: Run) -> None:
    ran = run("osaid.yaml", *ALL, "--affiliation", "acme lab", "--independent")
    assert ran.code == 0
    assert ran.err.splitlines()[0] == (
        "warning: acme lab is the producer, and the judgement says that the reviewer is independent of it"
    )
    assert "independent: true" in written()


@pytest.mark.parametrize("rest", [("--not-independent",), ()])
def test_an_affiliation_with_the_producer_is_no_surprise_otherwise(run: Run, rest: tuple[str, ...]) -> None:
    assert "warning" not in run("osaid.yaml", *ALL, "--affiliation", "Acme Lab", *rest).err


def test_the_producer_of_the_system_is_that_of_its_parameters(run: Run) -> None:
    ran = run("osaid.yaml", *ALL, "--subject", "parameters", "--affiliation", "Acme Lab", "--independent")
    assert ran.err.startswith("warning: Acme Lab is the producer")


def test_permissions_and_links_stay(run: Run) -> None:
    Path("osaid.yaml").rename("real.yaml")
    Path("real.yaml").chmod(0o600)
    Path("osaid.yaml").symlink_to("real.yaml")
    assert run("osaid.yaml", *ALL).code == 0
    assert Path("osaid.yaml").is_symlink()
    assert "judgements:" in written("real.yaml")
    assert Path("real.yaml").stat().st_mode & 0o777 == 0o600


def test_words_that_yaml_would_misread_are_kept_as_they_are(run: Run) -> None:
    reason = 'null: "yes" [#1] {\u202e} \\ \x1b'
    assert run("osaid.yaml", "--requirement", ID, "--outcome", "met", "--by", "no", "--reason", reason).code == 0
    assert '    by: "no"\r\n' in written()
    assert r'    reason: "null: \"yes\" [#1] {\u202e} \\ \u001b"' in written()


# -- what is refused -------------------------------------------------------------------------------------------------


def _with(**changed: str) -> tuple[str, ...]:
    given = dict(zip(ALL[::2], ALL[1::2], strict=True)) | {f"--{name}": value for name, value in changed.items()}
    return tuple(word for pair in given.items() for word in pair)


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (_with(requirement="data-info-suficient"), "no requirement 'data-info-suficient' in 1.0-rc1", f"mean '{ID}'?"),
        (_with(requirement="?"), "no requirement '?' in 1.0-rc1", "osaid-graph explain lists them"),
        (_with(reason="  "), "--reason is empty", "at least a word"),
        (_with(by="\udcff"), "--by holds a character that no text holds", "UTF-8"),
        (_with(date="1.10.2026"), "--date '1.10.2026' is not a date", "YYYY-MM-DD"),
        (_with(date="2026-11-24"), "--date 2026-11-24 is in the future", "a day that has come"),
        (_with(retrieved="2030-01-01"), "--retrieved 2030-01-01 is in the future", "a day that has come"),
        (_with(retrieved="soon"), "--retrieved 'soon' is not a date", "YYYY-MM-DD"),
        (_with(definition="2.0"), "no version '2.0' of the definition", "1.0-rc1"),
        (_with(evidence="see the paper"), "--evidence: invalid IRI 'see the paper'", "%20"),
        (_with(evidence="paper.pdf"), "--evidence: invalid IRI 'paper.pdf': it has no scheme", "https://"),
        (_with(id="0000-0001"), "--id: invalid IRI '0000-0001': it has no scheme", "https://"),
        (_with(subject="acme/borealis"), "'acme/borealis' is no system, model or parameters of this", "--subject"),
        (_with(into="judgements.ttl"), "--into judgements.ttl: a judgement is written into a manifest", ".yaml"),
        (_with(into="no/such.yaml"), "--into no/such.yaml: no such folder", "name another file"),
        (
            (*ALL, "--evidence-file", "https://example.org/a", "none.pdf"),
            "--evidence-file none.pdf: cannot be read: No such file",
            "the copy of the evidence",
        ),
        ((*ALL, "-"), "judge reads no description from standard input", "name a file"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    run: Run, arguments: tuple[str, ...], message: str, hint: str
) -> None:
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    ran = run("osaid.yaml", *arguments)
    assert ran.code == 2
    first, second = ran.err.splitlines()
    assert first.startswith(f"error: {message}")
    assert second.startswith("help: ")
    assert hint in second
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


def test_an_outcome_no_reviewer_can_find_is_refused(run: Run) -> None:
    ran = run("osaid.yaml", *_with(outcome="undetermined"))
    assert ran.code == 2
    assert "'undetermined' is not one of" in ran.err


@pytest.mark.parametrize("id_", ["model-def", "freedoms-origin"])
def test_a_requirement_that_asks_for_nothing_cannot_be_judged(run: Run, id_: str) -> None:
    ran = run("osaid.yaml", *_with(requirement=id_))
    assert ran.code == 2
    assert ran.err.startswith(f"error: '{id_}' asks for nothing, so it cannot be judged")
    assert written() == RELEASE


def test_all_that_is_missing_is_named_at_once(run: Run) -> None:
    ran = run("osaid.yaml", "--by", "Ada")
    assert ran.code == 2
    assert ran.err.splitlines()[0] == "error: missing: --requirement, --outcome, --reason"


def test_without_a_manifest_the_file_to_write_is_asked_for(run: Run) -> None:
    ran = run("./atlas.ttl", *ALL)
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "error: no input is a manifest that a judgement can go into",
        "help: name one: --into judgements.yaml",
    ]


def test_the_same_reviewer_judges_a_requirement_once_a_day(run: Run) -> None:
    run("osaid.yaml", *ALL)
    before = written()
    ran = run("osaid.yaml", *_with(outcome="not-met", by="ada reviewer"))
    assert ran.code == 2
    assert ran.err.splitlines() == [
        f"error: Ada Reviewer has judged {ID} on 2026-11-23 already: met",
        "help: edit that judgement in osaid.yaml:5, or give another --date",
    ]
    assert written() == before
    assert run("osaid.yaml", *_with(outcome="not-met", date="2026-11-22")).code == 0
    assert run("osaid.yaml", *ALL, "--subject", "parameters").code == 0


def test_a_list_that_cannot_grow_is_refused_with_its_line(run: Run) -> None:
    Path("osaid.yaml").write_text("system: {id: a/b}\ncode: &none []\njudgements: *none\n", "utf-8")
    ran = run("osaid.yaml", *ALL)
    assert ran.code == 3
    assert ran.err.startswith("error: osaid.yaml:3: no place under 'judgements' for one more entry")


def test_a_judgement_on_a_folder_goes_into_the_manifest_in_it(run: Run) -> None:
    Path("atlas").mkdir()
    Path("atlas/osaid.yaml").write_text(Path("osaid.yaml").read_text("utf-8"), "utf-8")
    ran = run("atlas", *ALL)
    assert ran.code == 0, ran.err
    assert "judgements:" in Path("atlas/osaid.yaml").read_text("utf-8")
    assert "judgements:" not in Path("osaid.yaml").read_text("utf-8")


def test_a_folder_without_a_manifest_is_told_where_a_judgement_can_go(run: Run) -> None:
    Path("atlas").mkdir()
    Path("atlas/README.md").write_text("---\nlicense: mit\nlibrary_name: transformers\n---\n# Atlas\n", "utf-8")
    ran = run("acme/atlas=atlas", *ALL)
    assert ran.code == 2
    assert "name one: --into atlas/judgements.yaml" in ran.err


def test_a_folder_is_no_file_to_write_into(run: Run) -> None:
    Path("judgements.yaml").mkdir()
    ran = run("osaid.yaml", *ALL, "--into", "judgements.yaml")
    assert ran.code == 3
    assert ran.err.startswith("error: judgements.yaml: a folder, not a file")


def test_a_broken_description_is_reported_as_check_does(run: Run) -> None:
    Path("osaid.yaml").write_text("system: {id: a/b\n", "utf-8")
    assert run("osaid.yaml", *ALL).err == run("osaid.yaml", name="check").err


def test_a_subject_without_an_iri_is_not_judged_in_the_manifest_of_another(run: Run) -> None:
    Path("atlas.ttl").write_text(TURTLE.replace("<https://example.org/atlas>", "[]"), "utf-8")
    Path("other.yaml").write_text("parameters: {id: https://example.org/other}\n", "utf-8")
    ran = run("atlas.ttl", "other.yaml", *ALL)
    assert ran.code == 2
    assert ran.err.startswith("error: the judgement would not count: other.yaml describes another subject")
    assert run("atlas.ttl", *ALL, "--into", "judgements.yaml").code == 0
    assert "subject" not in written("judgements.yaml")


def test_a_folder_that_cannot_be_written_to_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("osaid_graph.cli.output.tempfile.mkstemp", refuse)
    ran = run("osaid.yaml", *ALL)
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "error: osaid.yaml: cannot be written: Permission denied",
        "help: choose another place with --into",
    ]
    assert written() == RELEASE
