"""What is wrong with a corpus, or with what one is to be made of, is one clear line; the state before it stays."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from corpora import ROOT, model, said, titles, turtle

from osaid_graph.cli import cli
from osaid_graph.cli.corpus_assess import _text
from osaid_graph.corpus.assess import Assessed
from osaid_graph.corpus.build import build
from osaid_graph.corpus.manifest import digest_of
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.summary import Summary
from osaid_graph.corpus.verify import verify
from osaid_graph.corpus.writing import telling, writing
from osaid_graph.errors import InputError, NothingToAssessError, UsageError


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two generations."""
    folder = tmp_path_factory.mktemp("sound")
    build(folder / "corpus", turtle(folder / "in", a=model("a", "A"), b=model("b", "B")))
    build(folder / "corpus", turtle(folder / "in", a=model("a", "C")))
    return folder / "corpus"


@pytest.fixture
def corpus(sound: Path, tmp_path: Path) -> Path:
    """A copy of that corpus, to be damaged."""
    return Path(shutil.copytree(sound, tmp_path / "corpus"))


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


def parquet(folder: Path) -> Path:
    return folder / "segments" / "000001" / "terms.parquet"


# -- no corpus ---------------------------------------------------------------------------------------------------


def test_what_is_no_corpus_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / ".osaid-graph.lock").touch()
    for name, message in (
        ("none", "none: no such folder"),
        ("file", "file: a file, not a corpus"),
        ("other", "other: not a corpus: there is no corpus.json"),
        ("begun", "begun: a corpus of which no build was completed"),
    ):
        with pytest.raises(InputError, match=message):
            Corpus.open(tmp_path / name)


def test_nothing_is_built_into_a_folder_of_other_things(tmp_path: Path) -> None:
    inputs = turtle(tmp_path / "in", a=model("a", "A"))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match="a folder of other things, not a corpus"):
        build(tmp_path / "in", inputs)
    with pytest.raises(InputError, match="a file, not a folder"):
        build(inputs[0], inputs)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_first_build_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (broken,) = turtle(tmp_path / "in", a="ex:a a ;")
    (tmp_path / "empty").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for folder in ("corpus", "new/below/corpus", "empty"):
        with pytest.raises(InputError, match="Turtle syntax error"):
            build(tmp_path / folder, [broken])
        with pytest.raises(InputError, match="no such file"):
            build(tmp_path / folder, [str(tmp_path / "none.ttl")])
        assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("command", ["build", "index", "stats", "history", "rejects", "verify"])
def test_a_url_is_told_to_be_for_an_assessment_alone(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = ran("corpus", command, "s3a://bucket/hub", *(["in"] if command == "build" else []))
    assert isinstance(found.exception, UsageError)
    assert str(found.exception) == "s3a://bucket/hub: a URL, not a folder"
    hint = "only osaid-graph corpus assess takes a URL: build, index and ask a copy on this machine"
    assert found.exception.hint == hint
    assert list(tmp_path.iterdir()) == []


def rewritten(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    """Return what edits a manifest as one does by hand, without the digest."""

    def edit(text: str) -> str:
        document = json.loads(text)
        change(document)
        return json.dumps(document)

    return edit


def edited(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        document = json.loads(text)
        change(document)
        return json.dumps({**document, "sha256": digest_of(document)})

    return edit


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda text: "", "damaged: it is cut off or no JSON"),
        (lambda text: text[: len(text) // 2], "damaged: it is cut off or no JSON"),
        (lambda text: "[" * 100_000, "damaged: it is cut off or no JSON"),
        (lambda text: "[]", "not the manifest of a corpus"),
        (lambda text: text.replace('"generation": 2', '"generation": 3'), "damaged: its sha256 is not that of what it"),
        (rewritten(lambda document: document["parts"][1]["files"].pop()), "damaged: its sha256 is not that of what it"),
        (rewritten(lambda document: document.pop("sha256")), "damaged: it has no sha256 of what it says"),
        (edited(lambda document: document.update(format="another")), "not the manifest of a corpus"),
        (edited(lambda document: document.update(version=2)), "a corpus of format version 2; this program reads up to"),
        (edited(lambda document: document.update(version="1")), "damaged: it has no version"),
        (edited(lambda document: document.pop("seed")), "damaged: something in it is missing or of another kind"),
        (edited(lambda document: document.update(generation=-1)), "damaged: something"),
        (edited(lambda document: document.update(generation=1)), "damaged: something"),
        (edited(lambda document: document.update(seed=2**63)), "damaged: something"),
        (edited(lambda document: document.update(next_source=2**31)), "damaged: something"),
        (edited(lambda document: document["parts"].append(None)), "damaged: something"),
        (edited(lambda document: document["parts"].append(document["parts"][0])), "damaged: something"),
        (edited(lambda document: document["parts"][0].update(path="segments")), "damaged: something"),
        (edited(lambda document: document["parts"][0].update(path="segments/\0")), "damaged: something"),
        (edited(lambda document: document["parts"][0]["files"][0].update(path="\ud800")), "damaged: something"),
        (edited(lambda document: document["parts"][0].update(path="../in")), "damaged: something"),
        (edited(lambda document: document["parts"][0]["files"][0].update(path="/etc/passwd")), "damaged: something"),
        (edited(lambda document: document["parts"][0]["files"][0].pop("sha256")), "damaged: something"),
    ],
)
def test_a_damaged_manifest_is_told_by_every_command(corpus: Path, edit: Callable[[str], str], message: str) -> None:
    manifest = corpus / "corpus.json"
    manifest.write_text(edit(manifest.read_text("utf-8")), "utf-8")
    for arguments in (["corpus", "build", str(corpus), __file__], ["corpus", "verify", str(corpus)]):
        found = ran(*arguments)
        assert isinstance(found.exception, InputError)
        assert message in str(found.exception)
        assert str(corpus) in str(found.exception)


def test_a_manifest_that_does_not_say_what_an_assessment_was_is_told(corpus: Path) -> None:
    manifest = corpus / "corpus.json"
    document = json.loads(manifest.read_text("utf-8"))
    part = {"path": "assessments/000001", "generation": 2, "created": "", "facts": {"policy": -3}, "files": []}
    document["parts"].append(part)
    manifest.write_text(json.dumps({**document, "sha256": digest_of(document)}), "utf-8")
    found = ran("corpus", "stats", str(corpus))
    assert isinstance(found.exception, InputError)
    what = "it does not say what the assessment assessments/000001 was"
    assert found.exception.message == f"the manifest is damaged: {what}"
    assert found.exception.source == str(manifest)


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", "-F", "csv", "-o"), ("assess", "-o"), ("stats", "-o"), ("stats", "--plot"), ("history", "-o"),
        ("rejects", "-o"),
    ],
)  # fmt: skip
def test_no_output_takes_the_place_of_a_file_of_a_corpus(corpus: Path, arguments: tuple[str, ...]) -> None:
    before = {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()}
    for name in ("corpus.json", "segments/000001/terms.parquet", "assessments/new.csv", ".osaid-graph.lock"):
        found = ran("corpus", arguments[0], str(corpus), *arguments[1:], str(corpus / name))
        assert isinstance(found.exception, UsageError)
        assert found.exception.message == f"{corpus / name}: belongs to the corpus {corpus}"
    assert {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()} == before


def test_an_output_beside_what_is_no_corpus_is_written(corpus: Path) -> None:
    (corpus.parent / "segments").write_text("x", "utf-8")
    for path in (corpus.parent / "corpus.json", corpus.parent / "segments", corpus / "history.csv"):
        assert ran("corpus", "history", str(corpus), "-F", "csv", "-o", str(path)).exception is None
        assert path.read_text("utf-8").startswith("document,")


def test_a_corpus_is_not_taken_for_a_listing(corpus: Path) -> None:
    found = ran("manifest", str(corpus))
    assert isinstance(found.exception, UsageError)
    assert found.exception.message == f"{corpus}: a corpus: a profile is of listings"


def test_every_command_reads_a_corpus_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "models.jsonl").touch()
    folder = str(tmp_path / "corpus")
    build(folder, [str(tmp_path / "models.jsonl")])
    told = {
        "stats": "nodes: none",
        "history": f"{tmp_path / 'models.jsonl'} ",
        "rejects": "no rows (document, line, reason, hint, text)",
        "verify": "generation 1: 3 files, ",
    }
    for command, line in told.items():
        found = ran("corpus", command, folder)
        assert found.exception is None
        assert any(each.startswith(line) for each in found.stdout.splitlines()), command
    drawn = ran("corpus", "stats", folder, "--plot", str(tmp_path / "drawn.svg"), "-F", "json")
    assert drawn.exception is None
    found = ran("lineage", "a", folder)
    assert isinstance(found.exception, NothingToAssessError)


def test_an_assessment_of_no_release_says_so() -> None:
    nothing = Summary(0, {}, {}, (), (), 0, "1.0-rc1", "strict", "2026-01-01", 1)
    assert _text(Assessed("assessments/000001", 0, 0, 0, whole=True), nothing).splitlines() == [
        "0 releases, assessed against 1.0-rc1 on 2026-01-01, terms policy strict",
        "generation 1, assessments/000001: 0 assessed",
        "",
        "no system, model or parameters is described: build descriptions of some into the corpus",
    ]


# -- damaged files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", [0, 10, -1])
def test_a_file_that_is_cut_off_is_named_when_the_corpus_is_opened(corpus: Path, left: int) -> None:
    file = parquet(corpus)
    file.write_bytes(file.read_bytes()[:left])
    with pytest.raises(InputError, match=r"terms\.parquet: the corpus is damaged: .* bytes, not") as caught:
        Corpus.open(corpus)
    assert caught.value.source == str(file)
    with pytest.raises(InputError, match=r"terms\.parquet: the corpus is damaged"):
        build(corpus, [str(ROOT / "tests" / "fixtures" / "meeting")])


def test_what_can_be_made_again_is_made_again_and_whoever_meets_its_damage_is_told_by_what(tmp_path: Path) -> None:
    corpus = str(tmp_path / "corpus")
    ran("corpus", "build", corpus, *turtle(tmp_path / "in", a=model("a", "A")))
    ran("corpus", "assess", corpus)
    ran("corpus", "index", corpus)
    assert verify(corpus).damaged == ()
    for kind in ("derived", "assessments"):
        shutil.rmtree(tmp_path / "corpus" / kind)
    index, full = (
        f"osaid-graph corpus {each} makes it again" for each in (f"index {corpus}", f"assess {corpus} --full")
    )
    assert {damage.hint for damage in verify(corpus).damaged} == {index, full}
    for arguments, hint in (
        (("corpus", "stats", corpus), full),
        (("corpus", "index", corpus), full),
        (("corpus", "assess", corpus), full),
        (("corpus", "assess", corpus, "--full"), None),
        (("corpus", "stats", corpus), index),
        (("lineage", "https://example.org/a", corpus), index),
        (("corpus", "assess", corpus), None),
        (("corpus", "index", corpus), None),
        (("lineage", "https://example.org/a", corpus), None),
    ):
        found = ran(*arguments).exception
        assert (found and found.hint) == hint, arguments  # type: ignore[attr-defined]
    assert verify(corpus).damaged == ()
    assert titles(tmp_path / "corpus") == ["A"]


def test_an_index_of_other_bytes_is_made_again(tmp_path: Path) -> None:
    corpus = str(tmp_path / "corpus")
    ran("corpus", "build", corpus, *turtle(tmp_path / "in", a=model("a", "A")))
    ran("corpus", "index", corpus)
    before = [part.path for part in Corpus.open(corpus).parts("derived")]
    ran("corpus", "index", corpus)
    assert [part.path for part in Corpus.open(corpus).parts("derived")] == before
    names = tmp_path / "corpus" / before[0] / "lineage" / "names.txt"
    names.write_bytes(bytes(len(names.read_bytes())))
    found = ran("corpus", "verify", corpus)
    assert found.return_value == 3
    assert f"help: osaid-graph corpus index {corpus} makes it again\n" in found.stderr
    ran("corpus", "index", corpus)
    assert ran("corpus", "verify", corpus).return_value == 0
    assert Corpus.open(corpus).parts("derived")[0].path == before[1]


def test_what_is_missing_of_a_corpus_that_is_only_read_is_told_with_who_can_make_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = str(tmp_path / "corpus")
    ran("corpus", "build", corpus, *turtle(tmp_path / "in", a=model("a", "A")))
    monkeypatch.setattr(os, "access", lambda *_: False)
    hint = f"who may write to it makes it with: osaid-graph corpus index {corpus}"
    for arguments, what in (
        (("lineage", "https://example.org/a", corpus), "the lineage"),
        (("query", "circles", "--corpus", corpus), "the index for SPARQL"),
    ):
        found = ran(*arguments).exception
        assert isinstance(found, InputError)
        assert (found.message, found.hint) == (f"{what} is not made yet, and nothing can be written here", hint)


def test_a_table_of_what_is_assessed_already_takes_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = str(tmp_path / "corpus")
    ran("corpus", "build", corpus, *turtle(tmp_path / "in", a=model("a", "A")))
    first = ran("corpus", "assess", corpus, "-F", "csv")
    assert first.stdout.startswith("subject,kind,outcome,")
    assert first.stdout.count("\n") == 2

    def refused(*_: object) -> None:
        raise AssertionError("it was locked")

    monkeypatch.setattr("osaid_graph.corpus.open.writing", refused)
    again = ran("corpus", "assess", corpus, "-F", "csv")
    assert again.exception is None
    assert again.stdout == first.stdout
    as_json = json.loads(ran("corpus", "assess", corpus, "-F", "json").stdout)
    assert (as_json["schema_version"], as_json["tool"]["name"], as_json["assessed"]) == ("1.0", "osaid-graph", 0)


def test_what_a_table_is_written_as_is_told(corpus: Path) -> None:
    for arguments, message, hint in (
        (("--table", "findings"), "--table findings is for CSV or Parquet", "add -F csv or -F parquet"),
        (("-F", "parquet"), "a table as parquet is for a file", "name one with --output"),
    ):
        found = ran("corpus", "assess", str(corpus), *arguments).exception
        assert isinstance(found, UsageError)
        assert (found.message, found.hint) == (message, hint)


def test_a_node_of_which_nothing_is_said_any_more_is_told_from_one_that_is_referred_to(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    texts = {"a": model("a", "A"), "b": model("b", "B") + "ex:b :derivedFrom ex:a, ex:c .\n"}
    build(corpus, turtle(tmp_path / "in", **texts))
    build(corpus, [], remove=[str(tmp_path / "in" / "a.ttl")])
    since = json.loads((corpus / "corpus.json").read_text("utf-8"))["changed"]
    for node, message, hint in (
        (
            "https://example.org/a",
            f"all that was said of 'https://example.org/a' in {corpus} has ended, since {since}",
            f"osaid-graph corpus history {corpus} https://example.org/a tells what that was, and who said it",
        ),
        (
            "https://example.org/c",
            f"'https://example.org/c' is only referred to: nothing in {corpus} says anything of it",
            "add a document that describes it with osaid-graph corpus build",
        ),
    ):
        found = ran("check", str(corpus), "--subject", node).exception
        assert isinstance(found, UsageError)
        assert (found.message, found.hint) == (message, hint)


def test_a_file_that_is_gone_is_named_when_the_corpus_is_opened(corpus: Path) -> None:
    parquet(corpus).unlink()
    with pytest.raises(InputError, match=r"terms\.parquet: the corpus is damaged: cannot be read: No such file"):
        Corpus.open(corpus)


def test_every_changed_byte_is_found_by_digest_and_its_file_named(corpus: Path) -> None:
    assert verify(corpus).damaged == ()
    file = parquet(corpus)
    whole = file.read_bytes()
    for place in range(0, len(whole), len(whole) // 7):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        damaged = verify(corpus).damaged
        assert [(each.path, each.why) for each in damaged] == [(str(file), "its content is not what was written")]
    found = ran("corpus", "verify", str(corpus))
    assert (found.return_value, "damaged" in found.stderr, str(file) in found.stderr) == (3, True, True)
    file.write_bytes(whole)
    files = sum(1 for _ in Corpus.open(corpus).manifest.files())
    assert ran("corpus", "verify", str(corpus)).stdout.startswith(f"generation 2: {files} files, ")


def test_a_damaged_table_ends_in_one_line_where_it_is_read(corpus: Path) -> None:
    file = parquet(corpus)
    whole = file.read_bytes()
    file.write_bytes(whole[:-8] + b"\xff\xff\xff\x7f" + whole[-4:])
    found = ran("corpus", "history", str(corpus), "https://example.org/a")
    assert isinstance(found.exception, InputError)
    assert str(found.exception).startswith(f"{file}: damaged")


# -- two writers -------------------------------------------------------------------------------------------------


@pytest.fixture
def writer(corpus: Path) -> Iterator[Path]:
    """The corpus while another process holds it for writing."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom osaid_graph.corpus.writing import writing\n"
        "with writing(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(corpus)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == b"held\n"
    yield corpus
    process.stdin.close()
    process.wait()
    process.stdout.close()


def test_a_second_writer_is_refused_at_once_and_told_who_writes(writer: Path, tmp_path: Path) -> None:
    started = time.monotonic()
    found = ran("corpus", "build", str(writer), *turtle(tmp_path, c=model("c", "C")))
    assert isinstance(found.exception, InputError)
    message = str(found.exception)
    assert "another process writes this corpus: process " in message
    assert ", since 20" in message
    assert "--wait" in found.exception.hint
    assert time.monotonic() - started < 10
    assert titles(writer) == ["B", "C"]  # readers need no lock


def test_a_second_writer_waits_as_long_as_it_is_told(corpus: Path, tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom osaid_graph.corpus.writing import writing\n"
        "with writing(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(0.5)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(corpus)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    built = build(corpus, turtle(tmp_path, d=model("d", "D")), wait=30)
    assert built.generation == 3
    process.wait()
    process.stdout.close()


# -- a full disk -------------------------------------------------------------------------------------------------


def full(*arguments: object, **options: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "place",
    [
        "osaid_graph.corpus.chunk.write_rows",
        "osaid_graph.engines.duckdb.DuckDB.write",
        "osaid_graph.corpus.manifest.replace",
        "osaid_graph.corpus.writing.os.fsync",
        "osaid_graph.corpus.manifest.sync",
        "pathlib.Path.rename",
    ],
)
def test_a_full_disk_leaves_the_state_before_it_wherever_it_is_met(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    before = said(corpus)
    inputs = turtle(tmp_path, c=model("c", "C"))
    with monkeypatch.context() as patched:
        patched.setattr(place, full)
        found = ran("corpus", "build", str(corpus), *inputs)
    assert isinstance(found.exception, InputError)
    assert str(found.exception) == f"{corpus}: the disk is full"
    assert found.exception.exit_code == 3
    assert said(corpus) == before
    assert Corpus.open(corpus).generation == 2
    assert build(corpus, inputs).generation == 3
    assert sorted(path.name for path in corpus.iterdir()) == [".osaid-graph.lock", "corpus.json", "segments"]
    assert len(list((corpus / "segments").iterdir())) == 3


def test_a_full_disk_is_told_whoever_meets_it(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised, telling(tmp_path):
        raise OSError("IO error: No space left on device: While appending to file: /mine/store/000010.sst")
    assert str(raised.value) == f"{tmp_path}: the disk is full"


def test_a_disk_that_is_really_full_is_told_in_one_line(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        build(disk / "corpus", turtle(tmp_path / "in", a=model("a", "A")))
        texts = (f'ex:m{number} rdfs:comment "{os.urandom(400).hex()}" .\n' for number in range(2_500))
        (large,) = turtle(tmp_path / "in", large="".join(texts))
        with pytest.raises(InputError, match="corpus: the disk is full"):
            build(disk / "corpus", [large])
        assert titles(disk / "corpus") == ["A"]
        assert build(disk / "corpus", turtle(tmp_path / "in", b=model("b", "B"))).generation == 2
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# -- what writers leave ------------------------------------------------------------------------------------------


def test_what_stopped_writers_left_is_removed_by_the_next(corpus: Path, tmp_path: Path) -> None:
    for name in (".building-0123", "segments/000003", "assessments/000001"):
        (corpus / name).mkdir(parents=True)
        (corpus / name / "left").write_text("left", "utf-8")
    (corpus / "corpus.json.new").write_text("{", "utf-8")
    build(corpus, turtle(tmp_path, d=model("d", "D")))
    assert list(corpus.rglob("left")) == []
    assert not (corpus / "corpus.json.new").exists()
    assert Corpus.open(corpus).generation == 3


def test_a_file_that_another_program_leaves_beside_the_parts_is_let_be(corpus: Path, tmp_path: Path) -> None:
    (corpus / "segments" / ".DS_Store").write_text("mine", "utf-8")
    build(corpus, turtle(tmp_path, d=model("d", "D")))
    assert (corpus / "segments" / ".DS_Store").read_text("utf-8") == "mine"
    assert Corpus.open(corpus).generation == 3


def test_parts_are_added_and_dropped_all_at_once_and_readers_keep_theirs(corpus: Path) -> None:
    before = Corpus.open(corpus)
    with before.writing() as writer:
        assert writer.next_path("assessments") == "assessments/000001"
        (writer.stage("assessments/000001", {"terms": "strict"}) / "outcomes.csv").write_text("met\n", "utf-8")
        assert not (corpus / "assessments").exists()
        writer.commit()
    reader = Corpus.open(corpus)
    (part,) = reader.parts("assessments")
    assert (part.facts, part.generation, part.files[0].path) == ({"terms": "strict"}, 2, "outcomes.csv")
    with reader.writing() as writer:
        assert writer.next_path("assessments") == "assessments/000002"
        (writer.stage("assessments/000002") / "outcomes.csv").write_text("not-met\n", "utf-8")
        writer.commit(drop=[part.path])
    assert [each.path for each in Corpus.open(corpus).parts("assessments")] == ["assessments/000002"]
    assert (corpus / "assessments" / "000001" / "outcomes.csv").read_text("utf-8") == "met\n"
    with writing(corpus) as writer:
        assert writer.next_path("assessments") == "assessments/000003"
    assert not (corpus / "assessments" / "000001").exists()


def test_what_follows_from_a_state_is_not_added_to_another(corpus: Path, tmp_path: Path) -> None:
    reader = Corpus.open(corpus)
    build(corpus, turtle(tmp_path, d=model("d", "D")))
    with pytest.raises(InputError, match="another process has changed the corpus"), reader.writing():
        pass


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_told(corpus: Path, tmp_path: Path) -> None:
    corpus.chmod(0o500)
    try:
        with pytest.raises(InputError, match="cannot be written"):
            build(corpus, turtle(tmp_path, d=model("d", "D")))
    finally:
        corpus.chmod(0o700)
