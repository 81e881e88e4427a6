"""What a build reads and what it leaves, and that a corpus says what its inputs say."""

from __future__ import annotations

import datetime
import errno
import gzip
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from corpora import ROOT, model, rows, said, titles, turtle
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_graph.corpus import compact, plan
from osaid_graph.corpus.build import Built, build
from osaid_graph.corpus.layout import TABLES
from osaid_graph.corpus.open import Corpus
from osaid_graph.errors import InputError, UsageError

MEETING = ROOT / "tests" / "fixtures" / "meeting"


def numbers(built: Built) -> tuple[int, int, int, int]:
    """Return the generation, and how many documents are new, ended and unchanged."""
    return built.generation, built.documents, built.ended, built.unchanged


def lines(path: Path, *records: object) -> str:
    text = "".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in records).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return str(path)


# -- what has changed --------------------------------------------------------------------------------------------


def test_nothing_new_is_no_new_generation(tmp_path: Path) -> None:
    inputs = turtle(tmp_path / "in", a=model("a", "A"), b=model("b", "B"))
    assert numbers(build(tmp_path / "corpus", inputs)) == (1, 2, 0, 0)
    before = (tmp_path / "corpus" / "corpus.json").read_bytes()
    assert numbers(build(tmp_path / "corpus", inputs)) == (1, 0, 0, 2)
    os.utime(inputs[0])  # another time, the same bytes
    assert numbers(build(tmp_path / "corpus", inputs)) == (1, 0, 0, 2)
    assert (tmp_path / "corpus" / "corpus.json").read_bytes() == before


def test_a_changed_document_takes_the_place_of_what_it_said(tmp_path: Path) -> None:
    inputs = turtle(tmp_path / "in", a=model("a", "A"), b=model("b", "B"))
    build(tmp_path / "corpus", inputs)
    turtle(tmp_path / "in", a=model("a", "New"))
    assert numbers(build(tmp_path / "corpus", inputs)) == (2, 1, 1, 1)
    assert titles(tmp_path / "corpus") == ["B", "New"]


def test_a_change_within_the_tick_of_a_clock_is_seen(tmp_path: Path) -> None:
    (file,) = turtle(tmp_path / "in", a=model("a", "A"))
    build(tmp_path / "corpus", [file])
    about = Path(file).stat()
    turtle(tmp_path / "in", a=model("a", "B"))
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert numbers(build(tmp_path / "corpus", [file])) == (2, 1, 1, 0)
    assert titles(tmp_path / "corpus") == ["B"]


def test_old_files_are_told_by_size_and_time_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = turtle(tmp_path / "in", a=model("a", "A"))
    os.utime(file, (1_000_000_000, 1_000_000_000))
    build(tmp_path / "corpus", [file])
    monkeypatch.setattr("osaid_graph.corpus.reading.recognised", None)
    monkeypatch.setattr("osaid_graph.corpus.reading.Loader", None)
    assert numbers(build(tmp_path / "corpus", [str(tmp_path / "in")])) == (1, 0, 0, 1)


def test_what_is_gone_from_a_folder_ends_and_what_is_named_alone_does_not(tmp_path: Path) -> None:
    inside = turtle(tmp_path / "in" / "deep", a=model("a", "A"), b=model("b", "B"))
    beside = turtle(tmp_path / "beside", c=model("c", "C"))
    build(tmp_path / "corpus", [str(tmp_path / "in"), *beside])
    Path(inside[0]).unlink()
    Path(beside[0]).unlink()
    assert numbers(build(tmp_path / "corpus", [str(tmp_path / "in")])) == (2, 0, 1, 1)
    assert titles(tmp_path / "corpus") == ["B", "C"]
    shutil.rmtree(tmp_path / "in" / "deep")
    turtle(tmp_path / "in", d=model("d", "D"))
    assert numbers(build(tmp_path / "corpus", [str(tmp_path / "in")])) == (3, 1, 1, 0)
    assert titles(tmp_path / "corpus") == ["C", "D"]


def test_what_is_removed_ends(tmp_path: Path) -> None:
    inputs = turtle(tmp_path / "in", a=model("a", "A"), b=model("b", "B"))
    turtle(tmp_path / "in" / "deep", c=model("c", "C"))
    build(tmp_path / "corpus", [str(tmp_path / "in")])
    assert numbers(build(tmp_path / "corpus", [], remove=[str(tmp_path / "in" / "deep"), inputs[0]])) == (2, 0, 2, 0)
    assert titles(tmp_path / "corpus") == ["B"]
    with pytest.raises(UsageError, match="nothing of the corpus was read from there"):
        build(tmp_path / "corpus", [], remove=[inputs[0]])
    with pytest.raises(UsageError, match="to be read and to be removed"):
        build(tmp_path / "corpus", [inputs[1]], remove=[inputs[1]])


def test_a_document_is_removed_by_the_name_that_the_history_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("one", "two"):
        turtle(tmp_path / folder / "in", a=model("a", folder), b=model("b", folder))
        monkeypatch.chdir(tmp_path / folder)
        build(tmp_path / "corpus", ["in/a.ttl", *(["in/b.ttl"] if folder == "one" else [])])
    monkeypatch.chdir(tmp_path)
    assert numbers(build(tmp_path / "corpus", [], remove=["in/b.ttl"])) == (3, 0, 1, 0)
    with pytest.raises(UsageError, match=r"in/a\.ttl: several documents were given under this name") as raised:
        build(tmp_path / "corpus", [], remove=["in/a.ttl"])
    paths = [str(tmp_path / folder / "in" / "a.ttl") for folder in ("one", "two")]
    assert raised.value.hint == f"give the path of the one that is meant: {paths[0]} or {paths[1]}"
    assert titles(tmp_path / "corpus") == ["one", "two"]
    with pytest.raises(UsageError, match=r"in/c\.ttl: nothing of the corpus was read from there"):
        build(tmp_path / "corpus", [], remove=["in/c.ttl"])


def test_a_folder_that_was_emptied_ends_what_it_said_and_the_others_are_refreshed(tmp_path: Path) -> None:
    turtle(tmp_path / "in", a=model("a", "A"))
    (emptied,) = turtle(tmp_path / "emptied", b=model("b", "B"))
    folders = [str(tmp_path / "emptied"), str(tmp_path / "in")]
    build(tmp_path / "corpus", folders)
    Path(emptied).unlink()
    turtle(tmp_path / "in", a=model("a", "New"))
    with pytest.raises(InputError, match="emptied: no file that a reader recognises") as raised:
        build(tmp_path / "corpus", folders[:1])
    assert raised.value.hint == f"to end what it said, give --remove {folders[0]} in its place"
    assert numbers(build(tmp_path / "corpus", folders)) == (2, 1, 2, 0)
    assert titles(tmp_path / "corpus") == ["New"]
    with pytest.raises(InputError, match="other: no file that a reader may know"):
        (tmp_path / "other").mkdir()
        build(tmp_path / "corpus", [str(tmp_path / "other"), folders[1]])


def test_what_a_folder_said_that_cannot_be_listed_is_kept_and_the_folder_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turtle(tmp_path / "in", a=model("a", "A"))
    turtle(tmp_path / "in" / "below", b=model("b", "B"))
    corpus, root, below = tmp_path / "corpus", str(tmp_path / "in"), str(tmp_path / "in" / "below")
    build(corpus, [root])
    turtle(tmp_path / "in", a=model("a", "New"))
    turtle(tmp_path / "in" / "below", b=model("b", "Not seen"))
    reason = "cannot be listed: Permission denied; what was read from it is kept"
    listed = os.scandir
    closed = {below}

    def scandir(path: str) -> Any:
        if str(path) in closed:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return listed(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", scandir)
        built = build(corpus, [root])
        assert numbers(built) == (2, 1, 1, 1)
        assert [(each.source, each.reason) for each in built.first] == [(below, reason)]
        assert titles(corpus) == ["B", "New"]
        select = "SELECT s.name, r.reason FROM rejects r JOIN sources s USING (source)"
        assert rows(Corpus.open(corpus), select) == [(below, reason)]
        again = build(corpus, [root])
        assert (numbers(again), again.rejects, len(again.first)) == ((2, 0, 0, 2), 0, 1)
        closed.add(root)
        with pytest.raises(InputError, match="in: cannot be listed: Permission denied"):
            build(corpus, [root])
        closed.remove(root)
        assert numbers(build(corpus, [root], remove=[below]))[:3] == (3, 0, 1)
        assert titles(corpus) == ["New"]
    assert numbers(build(corpus, [root])) == (4, 1, 0, 1)
    assert titles(corpus) == ["New", "Not seen"]
    assert rows(Corpus.open(corpus), select) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may look everywhere")
def test_a_file_in_a_folder_that_may_not_be_entered_is_set_aside(tmp_path: Path) -> None:
    turtle(tmp_path / "in", a=model("a", "A"))
    turtle(tmp_path / "in" / "below", b=model("b", "B"))
    build(tmp_path / "corpus", [str(tmp_path / "in")])
    (tmp_path / "in" / "below").chmod(0o400)
    try:
        built = build(tmp_path / "corpus", [str(tmp_path / "in")])
    finally:
        (tmp_path / "in" / "below").chmod(0o700)
    assert [each.reason for each in built.first] == ["cannot be read: Permission denied"]
    assert titles(tmp_path / "corpus") == ["A"]


def test_a_document_that_comes_back_is_the_same_document(tmp_path: Path) -> None:
    (file,) = turtle(tmp_path / "in", a=model("a", "A"))
    build(tmp_path / "corpus", [file])
    build(tmp_path / "corpus", [], remove=[file])
    build(tmp_path / "corpus", [file])
    versions = rows(Corpus.open(tmp_path / "corpus"), "SELECT source, origin, generation FROM sources_ever ORDER BY 1")
    assert versions == [(1, 1, 1), (2, 1, 3)]


edits = st.lists(
    st.tuples(st.sampled_from(["a", "b", "deep/c", "deep/d"]), st.sampled_from([None, "", "1", "2", "%"])),
    min_size=1,
    max_size=3,
)


@settings(max_examples=8)
@given(st.lists(edits, min_size=2, max_size=4))
def test_a_corpus_that_followed_its_inputs_says_what_one_built_from_them_says(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[str, str | None]]]
) -> None:
    folder = tmp_path_factory.mktemp("edited")
    inputs = [str(folder / "in")]
    turtle(folder / "in", kept=model("kept", "Kept"))
    for step in steps:
        for name, text in step:
            file = folder / "in" / f"{name}.ttl"
            if text is None:
                file.unlink(missing_ok=True)
            else:  # a percent sign is no Turtle
                said_there = f"{text} " if text == "%" else model(name.replace("/", "-"), text)
                turtle(file.parent, **{file.stem: said_there})
        build(folder / "corpus", inputs)
    build(folder / "clean", inputs)
    assert said(folder / "corpus") == said(folder / "clean")


def test_small_segments_become_one_which_says_what_they_said_and_when(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compact, "MOST", 3)
    select = "SELECT s.since, e.until, t.* FROM statements_ever t JOIN sources_ever s ON s.source = t.source "
    select += "LEFT JOIN ended e ON e.source = s.source ORDER BY ALL"
    for number in range(5):
        inputs = turtle(tmp_path / "in", a=model("a", f"A{number}") + f"ex:a ex:unknown {number} .")
        broken = lines(tmp_path / "in" / "models.jsonl", {"id": f"acme/m{number}"}, "{")
        for name in ("corpus", "apart"):
            if name == "apart":
                monkeypatch.setattr(compact, "MOST", 100)
            build(tmp_path / name, [*inputs, broken], time=datetime.datetime(2026, 1, number + 1, tzinfo=datetime.UTC))
            monkeypatch.setattr(compact, "MOST", 3)
        found = [rows(Corpus.open(tmp_path / name), select) for name in ("corpus", "apart")]
        assert found[0] == found[1]
    for table in TABLES:
        name = f"{table}_ever" if table in ("statements", "sources") else table
        select = f"SELECT * FROM {name} ORDER BY ALL"
        assert rows(Corpus.open(tmp_path / "corpus"), select) == rows(Corpus.open(tmp_path / "apart"), select)
    parts = Corpus.open(tmp_path / "corpus").parts("segments")
    assert [part.path for part in parts] == ["segments/000004", "segments/000005"]
    assert len(Corpus.open(tmp_path / "apart").parts("segments")) == 5


def test_a_list_that_is_broken_in_another_way_is_another_version(tmp_path: Path) -> None:
    inputs = turtle(tmp_path / "in", a=model("a", "A"))
    broken = tmp_path / "models.jsonl.gz"
    lines(broken, *({"id": f"acme/m{number}"} for number in range(100)))
    whole, digests = broken.read_bytes(), []
    for size in (40, 50, 50):
        broken.write_bytes(whole[:size])
        built = build(tmp_path / "corpus", [*inputs, str(broken)])
        select = f"SELECT sha256 FROM sources WHERE name = '{broken}'"
        digests.append((built.rejects, rows(Corpus.open(tmp_path / "corpus"), select)))
    shas = [hashlib.sha256(whole[:size]).hexdigest() for size in (40, 50)]
    assert digests == [(1, [(shas[0],)]), (1, [(shas[1],)]), (0, [(shas[1],)])]


# -- what is read ------------------------------------------------------------------------------------------------


def test_files_of_a_folder_are_read_together_and_those_of_another_are_not(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(MEETING, tmp_path / "in" / name)
    card = tmp_path / "in" / "two" / "README.md"
    card.write_text(card.read_text("utf-8").replace("# Atlas 7B", "# Another"), "utf-8")
    for name in ("atlas.spdx3.json", "mot.yml", "osai-index.yaml"):
        (tmp_path / "in" / "two" / name).unlink()
    build(tmp_path / "corpus", [str(tmp_path / "in")])
    select = (
        "SELECT DISTINCT s.name, u.value FROM statements t JOIN sources s ON s.source = t.source "
        "JOIN terms u ON u.id = t.subject JOIN terms o ON o.id = t.object "
        "WHERE s.format = 'hf-model-card' AND o.value = 'https://w3id.org/osaid-graph/ont#Model' ORDER BY 1"
    )
    assert rows(Corpus.open(tmp_path / "corpus"), select) == [
        (str(tmp_path / "in" / "one" / "README.md"), "https://huggingface.co/acme/atlas-7b"),
        (str(card), "urn:osaid:name:another"),
    ]


def test_a_card_takes_a_new_name_when_what_it_is_read_with_changes(tmp_path: Path) -> None:
    shutil.copytree(MEETING, tmp_path / "in")
    build(tmp_path / "corpus", [str(tmp_path / "in")])
    for path in (tmp_path / "in").iterdir():
        if path.name != "README.md":
            path.write_text(path.read_text("utf-8").replace("atlas-7b", "atlas-8b"), "utf-8")
    built = build(tmp_path / "corpus", [str(tmp_path / "in")])
    assert numbers(built) == (2, 4, 4, 1)  # the card has the bytes it had; what does not name the model is the same
    build(tmp_path / "clean", [str(tmp_path / "in")])
    assert said(tmp_path / "corpus") == said(tmp_path / "clean")


def test_a_card_that_was_named_itself_takes_the_name_that_it_has_in_its_folder(tmp_path: Path) -> None:
    shutil.copytree(MEETING, tmp_path / "in")
    for path in (tmp_path / "in").iterdir():
        os.utime(path, (1_577_836_800, 1_577_836_800))  # long ago: time and size tell that it has not changed
    build(tmp_path / "corpus", [str(tmp_path / "in" / "README.md")], jobs=1)
    assert numbers(build(tmp_path / "corpus", [str(tmp_path / "in")], jobs=1)) == (2, 5, 1, 0)
    build(tmp_path / "clean", [str(tmp_path / "in")], jobs=1)
    assert said(tmp_path / "corpus") == said(tmp_path / "clean")
    assert not build(tmp_path / "corpus", [str(tmp_path / "in")], jobs=1).changed


def test_folders_too_large_for_one_process_are_named_as_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(MEETING, tmp_path / "in")
    turtle(tmp_path / "in", **{f"m{number}": model(f"m{number}", "M") for number in range(3)})
    (tmp_path / "in" / "z.md").write_text("---\nlicense: mit\nlibrary_name: peft\n---\n# Zeta\n", "utf-8")
    build(tmp_path / "whole", [str(tmp_path / "in")])
    monkeypatch.setattr(plan, "SLICE", 2)
    build(tmp_path / "sliced", [str(tmp_path / "in")])
    assert said(tmp_path / "sliced") == said(tmp_path / "whole")
    turtle(tmp_path / "in", m1=model("m1", "Changed"))
    (tmp_path / "in" / "m2.ttl").unlink()
    for name in ("whole", "sliced"):
        build(tmp_path / name, [str(tmp_path / "in")])
    build(tmp_path / "clean", [str(tmp_path / "in")])
    assert said(tmp_path / "sliced") == said(tmp_path / "whole") == said(tmp_path / "clean")


def test_several_processes_read_what_one_reads(tmp_path: Path) -> None:
    turtle(tmp_path / "in", **{f"m{number}": model(f"m{number}", f"M{number}") for number in range(5)})
    records = [{"id": f"acme/m{n}", "tags": [f"base_model:acme/m{n // 2}", "license:mit"]} for n in range(9_000)]
    lines(tmp_path / "in" / "list.jsonl.gz", *records, "no record")
    one = build(tmp_path / "one", [str(tmp_path / "in")], jobs=1)
    two = build(tmp_path / "two", [str(tmp_path / "in")], jobs=2)
    assert one == two
    assert one.rejects == 1
    select = "SELECT * FROM statements t ORDER BY ALL"
    found = [rows(Corpus.open(tmp_path / name), select) for name in ("one", "two")]
    assert found[0] == found[1]
    assert len(found[0]) == one.statements > 36_000


def test_a_file_that_is_named_twice_or_imported_is_read_once(tmp_path: Path) -> None:
    base = ROOT / "data" / "releases"
    built = build(tmp_path / "corpus", [str(base / "bloom-176b.yaml"), str(base / "upstream"), str(base / "upstream")])
    select = "SELECT count(*), count(DISTINCT path) FROM sources WHERE source = document"
    count = 1 + len(list((base / "upstream").glob("*.yaml")))
    assert rows(Corpus.open(tmp_path / "corpus"), select) == [(count, count)]
    assert built.documents == count


def test_what_the_user_says_of_a_file_is_heeded(tmp_path: Path) -> None:
    card = tmp_path / "card.md"
    card.write_text("---\nlicense: mit\nlibrary_name: peft\n---\n# A card\n", "utf-8")
    build(tmp_path / "corpus", [str(card)])
    assert numbers(build(tmp_path / "corpus", [f"acme/atlas={card}"])) == (2, 1, 1, 0)
    nodes = "SELECT DISTINCT t.value FROM said s JOIN terms t ON t.id = s.subject WHERE t.value LIKE '%acme/atlas'"
    assert rows(Corpus.open(tmp_path / "corpus"), nodes) == [("https://huggingface.co/acme/atlas",)]
    with pytest.raises(UsageError, match="says itself what it describes"):
        build(tmp_path / "corpus", [f"acme/b={turtle(tmp_path, a=model('a', 'A'))[0]}"])
    assert numbers(build(tmp_path / "corpus", [str(card)], format_name="hf-dataset-card")) == (3, 1, 1, 0)


def test_records_are_of_what_most_are_where_the_name_of_the_list_does_not_tell(tmp_path: Path) -> None:
    told = [{"id": "acme/a", "tags": ["size_categories:1M"]}, {"id": "acme/b", "tags": ["license:mit"]}]
    build(tmp_path / "corpus", [lines(tmp_path / "list.jsonl", *told)])
    kinds = rows(Corpus.open(tmp_path / "corpus"), "SELECT line, kind, assumed FROM records ORDER BY line")
    assert kinds == [(1, "datasets", False), (2, "datasets", True)]


# -- what cannot be read -----------------------------------------------------------------------------------------


def test_a_document_that_cannot_be_read_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    turtle(tmp_path / "in", a=model("a", "A"), b="ex:b a ;")
    (tmp_path / "in" / "empty.yaml").write_text("", "utf-8")
    built = build(tmp_path / "corpus", [str(tmp_path / "in")])
    assert (built.documents, built.rejects) == (1, 1)
    assert (built.first[0].source, built.first[0].line) == (str(tmp_path / "in" / "b.ttl"), 5)
    assert built.first[0].reason.startswith("Turtle syntax error")
    assert titles(tmp_path / "corpus") == ["A"]
    assert numbers(build(tmp_path / "corpus", [str(tmp_path / "in")])) == (1, 0, 0, 2)
    turtle(tmp_path / "in", b=model("b", "B"))
    assert numbers(build(tmp_path / "corpus", [str(tmp_path / "in")])) == (2, 1, 0, 1)  # nothing of b had been read
    assert rows(Corpus.open(tmp_path / "corpus"), "SELECT count(*) FROM rejects JOIN sources USING (source)") == [(0,)]


@pytest.mark.parametrize("name", ["osaid.yaml", "CITATION.cff", "ro-crate-metadata.json", "license"])
@pytest.mark.parametrize("content", ["", " \n\t", "\ufeff\n"])
def test_an_empty_file_whose_name_a_format_claims_is_set_aside(tmp_path: Path, name: str, content: str) -> None:
    turtle(tmp_path / "in", a=model("a", "A"))
    (tmp_path / "in" / name).write_text(content, "utf-8")
    built = build(tmp_path / "corpus", [str(tmp_path / "in")])
    told = [(each.source, each.reason) for each in built.first]
    assert (built.documents, told) == (1, [(str(tmp_path / "in" / name), "the file is empty")])


def test_a_manifest_that_is_emptied_is_set_aside_and_no_document_that_ended(tmp_path: Path) -> None:
    turtle(tmp_path / "in", a=model("a", "A"))
    manifest = tmp_path / "in" / "osaid.yaml"
    manifest.write_text("system: {id: https://a.example/atlas, name: Atlas}\n", "utf-8")
    assert build(tmp_path / "corpus", [str(tmp_path / "in")]).rejects == 0
    manifest.write_text("", "utf-8")
    built = build(tmp_path / "corpus", [str(tmp_path / "in")])
    assert [each.reason for each in built.first] == ["the file is empty"]


def test_a_line_that_cannot_be_read_is_set_aside_with_what_stands_in_it(tmp_path: Path) -> None:
    file = lines(
        tmp_path / "models.jsonl",
        {"id": "acme/a"},
        '{"id": "acme/b"',
        "",
        '["acme/c"]',
        '{"id": 1, "id": 2}',
        {"id": "acme/d"},
    )
    built = build(tmp_path / "corpus", [file])
    assert (built.documents, built.rejects) == (1, 3)
    found = rows(Corpus.open(tmp_path / "corpus"), "SELECT line, reason, text FROM rejects ORDER BY line")
    assert found == [
        (2, "not valid JSON at column 16: Expecting ',' delimiter", '{"id": "acme/b"'),
        (4, "a line of JSON that is no object", '["acme/c"]'),
        (5, "duplicate key 'id'", '{"id": 1, "id": 2}'),
    ]
    assert rows(Corpus.open(tmp_path / "corpus"), "SELECT line FROM records ORDER BY line") == [(1,), (6,)]


def test_a_record_without_an_id_that_can_be_used_is_set_aside_with_what_stands_in_it(tmp_path: Path) -> None:
    good = {"id": "acme/m", "tags": ["gguf"], "likes": 1}
    left = [{"id": 5}, {"tags": ["license:mit"]}, {"id": "x y/z"}]
    built = build(tmp_path / "corpus", [lines(tmp_path / "models.jsonl", left[0], good, *left[1:])])
    assert (built.documents, built.rejects) == (1, 3)
    hint = "a record is of the repository whose id it has: org/name"
    assert rows(Corpus.open(tmp_path / "corpus"), "SELECT line, reason, hint, text FROM rejects ORDER BY line") == [
        (1, "a record without an id: left out", hint, json.dumps(left[0])),
        (3, "a record without an id: left out", hint, json.dumps(left[1])),
        (4, "the id 'x y/z' is none of a repository: left out", hint, json.dumps(left[2])),
    ]
    assert rows(Corpus.open(tmp_path / "corpus"), "SELECT records FROM sources") == [(1,)]
    with pytest.raises(InputError, match=r"only-models\.jsonl:1: a record without an id: left out; nor can 2 others"):
        build(tmp_path / "none", [lines(tmp_path / "only-models.jsonl", *left)])
    assert not (tmp_path / "none").exists()


def test_a_list_that_is_cut_off_is_set_aside_as_a_whole(tmp_path: Path) -> None:
    file = Path(lines(tmp_path / "models.jsonl.gz", *({"id": f"acme/m{number}"} for number in range(500))))
    file.write_bytes(file.read_bytes()[:-20])
    built = build(tmp_path / "corpus", [str(file), *turtle(tmp_path, a=model("a", "A"))])
    assert (built.documents, built.rejects) == (1, 1)
    assert built.first[0].reason == "the gzip file ends too early"
    assert rows(Corpus.open(tmp_path / "corpus"), "SELECT count(*) FROM records") == [(0,)]
    assert titles(tmp_path / "corpus") == ["A"]


def test_inputs_of_which_none_can_be_read_are_an_error_and_change_nothing(tmp_path: Path) -> None:
    build(tmp_path / "corpus", turtle(tmp_path, a=model("a", "A")))
    (tmp_path / "b.yaml").write_text("- no manifest\n", "utf-8")
    garbage = lines(tmp_path / "models.jsonl", "{", "[]")
    for inputs, message in (
        ([str(tmp_path / "b.yaml")], "b.yaml:1: a manifest is a block of keys"),
        ([garbage], r"models.jsonl:1: not valid JSON.*; nor can 1 others"),
        ([str(tmp_path / "none.yaml")], "no such file"),
        (["https://example.org/a.yaml"], "nothing is fetched"),
        ([""], "an empty file name"),
        (["-"], "a corpus is built from files"),
    ):
        with pytest.raises(InputError, match=message):
            build(tmp_path / "corpus", inputs)
    (tmp_path / "nothing").mkdir()
    with pytest.raises(InputError, match="no file that a reader may know"):
        build(tmp_path / "corpus", [str(tmp_path / "nothing")])
    assert Corpus.open(tmp_path / "corpus").generation == 1
    assert titles(tmp_path / "corpus") == ["A"]


def test_a_folder_without_a_description_is_an_error_and_one_that_has_not_changed_is_none(tmp_path: Path) -> None:
    inputs = turtle(tmp_path / "in", a=model("a", "A"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "empty.yaml").touch()
    (tmp_path / "out" / "settings.json").write_text("{}", "utf-8")
    corpus, out = tmp_path / "corpus", str(tmp_path / "out")
    for folders, more in (([out], ""), ([out, str(tmp_path / "out")], ", and none in 1 other input")):
        with pytest.raises(InputError) as caught:
            build(corpus, folders)
        assert str(caught.value) == f"{out}: no file that a reader recognises{more}"
    assert numbers(build(corpus, [str(tmp_path / "in")])) == (1, 1, 0, 0)
    assert numbers(build(corpus, [str(tmp_path / "in"), out])) == (1, 0, 0, 1)
    for _ in range(2):  # what was passed over before is known, and is no description yet
        with pytest.raises(InputError, match="no file that a reader recognises"):
            build(corpus, [out])
    Path(inputs[0]).write_text("", "utf-8")
    with pytest.raises(InputError, match="no file that a reader recognises"):
        build(corpus, [str(tmp_path / "in")])
    assert titles(corpus) == ["A"]
    assert numbers(build(corpus, [], remove=[str(tmp_path / "in")])) == (2, 0, 1, 0)


def test_files_of_a_folder_that_look_like_descriptions_and_are_passed_over_are_counted(tmp_path: Path) -> None:
    inputs = turtle(tmp_path / "in", a=model("a", "A"))
    (tmp_path / "in" / "link.ttl").symlink_to(turtle(tmp_path / "out", b=model("b", "B"))[0])
    (tmp_path / "in" / "settings.json").write_text("{}", "utf-8")
    built = build(tmp_path / "corpus", [str(tmp_path / "in")])
    assert (built.documents, built.passed) == (1, 1)
    found = rows(Corpus.open(tmp_path / "corpus"), "SELECT path, reason FROM passed ORDER BY path")
    assert (
        found
        == [
            (str(tmp_path / "out" / "b.ttl"), "a link that leads out of the folder"),
            (str(tmp_path / "in" / "settings.json"), ""),
        ][::-1]
    )
    assert titles(tmp_path / "corpus") == ["A"]
    assert inputs


def test_a_document_that_no_reader_recognises_any_more_ends(tmp_path: Path) -> None:
    turtle(tmp_path / "in", a=model("a", "A"), b=model("b", "B"))
    build(tmp_path / "corpus", [str(tmp_path / "in")])
    (tmp_path / "in" / "a.ttl").write_text("", "utf-8")
    assert numbers(build(tmp_path / "corpus", [str(tmp_path / "in")])) == (2, 0, 1, 1)
    assert titles(tmp_path / "corpus") == ["B"]


def test_what_was_passed_over_in_a_folder_is_read_where_it_is_named(tmp_path: Path) -> None:
    turtle(tmp_path / "in", a=model("a", "A"))
    (outside,) = turtle(tmp_path / "out", b=model("b", "B"))
    (tmp_path / "in" / "link.ttl").symlink_to(outside)
    build(tmp_path / "corpus", [str(tmp_path / "in")])
    assert numbers(build(tmp_path / "corpus", [outside])) == (2, 1, 0, 0)
    assert numbers(build(tmp_path / "corpus", [str(tmp_path / "in")])) == (2, 0, 0, 2)
    assert titles(tmp_path / "corpus") == ["A", "B"]


def test_a_corpus_among_documents_is_no_document(tmp_path: Path) -> None:
    turtle(tmp_path / "in", a=model("a", "A"))
    inside = tmp_path / "in" / "corpus"
    build(inside, [str(tmp_path / "in")])
    assert numbers(build(inside, [str(tmp_path / "in")])) == (1, 0, 0, 1)
    with pytest.raises(InputError, match="a corpus, not a folder of documents"):
        build(tmp_path / "other", [str(inside)])


def test_two_terms_of_one_id_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osaid_graph.corpus.chunk.term_id", lambda term, seed: len(str(term)))
    with pytest.raises(InputError, match=r"two terms have one id: '.*' and '.*'") as caught:
        build(tmp_path / "corpus", turtle(tmp_path, a=model("a", "A") + model("b", "B")))
    assert "--seed 1" in caught.value.hint


def test_a_seed_makes_other_ids_and_belongs_to_the_corpus(tmp_path: Path) -> None:
    inputs = turtle(tmp_path, a=model("a", "A"))
    build(tmp_path / "plain", inputs)
    build(tmp_path / "seeded", inputs, seed=7)
    build(tmp_path / "seeded", turtle(tmp_path, b=model("b", "B")))
    ids = [
        {row[0] for row in rows(Corpus.open(tmp_path / name), "SELECT id FROM terms")} for name in ("plain", "seeded")
    ]
    assert ids[0].isdisjoint(ids[1])
    assert titles(tmp_path / "seeded") == ["A", "B"]
    with pytest.raises(UsageError, match="a corpus of the seed 7, not 8"):
        build(tmp_path / "seeded", inputs, seed=8)
