"""Files, standard input and imports: each document once, and never one outside the folder."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from osaid_graph.errors import InputError, UsageError
from osaid_graph.graph import load as loading
from osaid_graph.graph.load import display_name, load
from osaid_graph.readers.limits import MAX_BYTES

SYSTEM = "system: {id: acme/atlas}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    return inner


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _names(*inputs: str) -> list[str]:
    return [source.name for source in load(inputs).sources]


def _refused(*inputs: str) -> InputError:
    with pytest.raises(InputError) as raised:
        load(inputs)
    assert raised.value.hint
    assert "\n" not in str(raised.value)
    return raised.value


# -- what is read ----------------------------------------------------------------------------------------------------


def test_imports_are_read_after_the_file_in_their_order(folder: Path) -> None:
    _write(folder / "osaid.yaml", "imports: [up/a.yaml, b.ttl]\n" + SYSTEM)
    _write(folder / "up" / "a.yaml", "imports: [c.yaml]\ndatasets: [{id: a}]\n")
    _write(folder / "up" / "c.yaml", "datasets: [{id: c}]\n")
    _write(folder / "b.ttl", "<http://e/s> <http://e/p> 1 .")
    assert _names("osaid.yaml") == ["osaid.yaml", "up/a.yaml", "up/c.yaml", "b.ttl"]


def test_a_document_is_read_once_however_it_is_reached(folder: Path) -> None:
    _write(folder / "osaid.yaml", "imports: [a.yaml, b.yaml, ./a.yaml]\n" + SYSTEM)
    _write(folder / "a.yaml", "imports: [b.yaml]\ndatasets: [{id: a}]\n")
    _write(folder / "b.yaml", "datasets: [{id: b}]\n")
    (folder / "link.yaml").symlink_to("a.yaml")
    assert _names("osaid.yaml", "a.yaml", "./osaid.yaml", str(folder / "b.yaml"), "link.yaml") == [
        "osaid.yaml",
        "a.yaml",
        "b.yaml",
    ]


def test_files_that_import_each_other_and_themselves_are_read(folder: Path) -> None:
    _write(folder / "a.yaml", "imports: [b.yaml, a.yaml]\n" + SYSTEM)
    _write(folder / "b.yaml", "imports: [a.yaml]\ndatasets: [{id: b}]\n")
    assert _names("a.yaml") == ["a.yaml", "b.yaml"]


def test_a_way_down_and_up_again_within_the_folder_is_taken(folder: Path) -> None:
    _write(folder / "osaid.yaml", "imports: [up/../a.yaml]\n" + SYSTEM)
    _write(folder / "a.yaml", "datasets: [{id: a}]\n")
    (folder / "up").mkdir()
    assert _names("osaid.yaml") == ["osaid.yaml", "up/../a.yaml"]


def test_a_chain_of_many_imports_is_read(folder: Path) -> None:
    for number in range(600):
        _write(folder / f"{number}.yaml", f"imports: [{number + 1}.yaml]\ndatasets: [{{id: d{number}}}]\n")
    _write(folder / "600.yaml", "datasets: [{id: last}]\n")
    assert len(_names("0.yaml")) == 601


def test_a_format_is_forced_on_the_input_but_not_on_its_imports(folder: Path) -> None:
    _write(folder / "release", "imports: [b.ttl]\n" + SYSTEM)
    _write(folder / "b.ttl", "<http://e/s> <http://e/p> 1 .")
    assert [s.format for s in load(["release"], "osaid.yaml").sources] == ["osaid.yaml", "turtle"]
    with pytest.raises(UsageError, match="no reader for format 'yaml'"):
        load(["missing"], "yaml")


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"\xef\xbb\xbf" + SYSTEM.encode())))
    assert _names("-") == ["<stdin>"]


def test_a_file_at_the_end_of_a_link_imports_from_the_folder_of_the_link(folder: Path) -> None:
    _write(folder.parent / "elsewhere" / "osaid.yaml", "imports: [a.yaml]\n" + SYSTEM)
    _write(folder / "a.yaml", "datasets: [{id: a}]\n")
    (folder / "osaid.yaml").symlink_to(folder.parent / "elsewhere" / "osaid.yaml")
    assert _names("osaid.yaml") == ["osaid.yaml", "a.yaml"]


# -- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("import_", "words"),
    [
        ("../secret.yaml", "import '../secret.yaml' leaves the folder"),
        ("up/../../secret.yaml", "leaves the folder"),
        ("link.yaml", "import 'link.yaml' leaves the folder"),
        ("linked/secret.yaml", "leaves the folder"),
        ("ABSOLUTE", "is an absolute path"),
        ("/etc/passwd", "import '/etc/passwd' is an absolute path"),
        ("https://a.example/b.yaml", "is an address: nothing is fetched"),
        ("file:///etc/passwd", "is an address: nothing is fetched"),
        ("missing.yaml", "import 'missing.yaml': no such file"),
        ("up", "import 'up' is a folder"),
        (".", "import '.' is a folder"),
        ('"a\\e[31m.yaml"', "import 'a\\x1b[31m.yaml': no such file"),
        ("x" * 300 + ".yaml", "xxx...': "),
        ("round.yaml", "import 'round.yaml': "),
    ],
)
def test_an_import_that_cannot_be_is_refused_at_its_line(folder: Path, import_: str, words: str) -> None:
    _write(folder.parent / "secret.yaml", "datasets: [{id: secret}]\n")
    (folder / "link.yaml").symlink_to(folder.parent / "secret.yaml")
    (folder / "linked").symlink_to(folder.parent)
    (folder / "round.yaml").symlink_to("round.yaml")
    (folder / "up").mkdir()
    _write(folder / "inside.yaml", "datasets: [{id: inside}]\n")
    import_ = import_.replace("ABSOLUTE", str(folder / "inside.yaml"))
    _write(folder / "osaid.yaml", f"{SYSTEM}imports:\n  - {import_}\n")
    error = _refused("osaid.yaml")
    assert words in error.message
    assert (error.source, error.line) == ("osaid.yaml", 3)
    assert error.hint.isprintable()


def test_an_import_may_not_leave_the_folder_of_the_file_that_imports_it(folder: Path) -> None:
    _write(folder / "osaid.yaml", "imports: [up/a.yaml]\n" + SYSTEM)
    _write(folder / "up" / "a.yaml", "imports: [../b.yaml]\ndatasets: [{id: a}]\n")
    _write(folder / "b.yaml", "datasets: [{id: b}]\n")
    error = _refused("osaid.yaml")
    assert (error.source, error.line) == ("up/a.yaml", 1)


def test_what_is_wrong_in_an_import_is_told_of_the_import(folder: Path) -> None:
    _write(folder / "osaid.yaml", "imports: [up/a.yaml]\n" + SYSTEM)
    _write(folder / "up" / "a.yaml", "datasets:\n  - {id: a, licence: MIT}\n")
    assert (_refused("osaid.yaml").source, _refused("osaid.yaml").line) == ("up/a.yaml", 2)


def test_standard_input_has_no_folder_to_import_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"imports: [a.yaml]\n" + SYSTEM.encode())))
    error = _refused("-")
    assert (error.message, error.source, error.line) == ("imports need a file to start from", "<stdin>", 1)


def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert _refused("-").message == "standard input is closed"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.yaml", "no such file"),
        ("up", "a folder with no file that a reader recognises"),
        ("up/", "a folder with no file that a reader recognises"),
        ("a.yaml/b.yaml", "cannot be read: Not a directory"),
        ("x" * 300, "cannot be read: File name too long"),
        ("round.yaml", "a link that leads back to itself"),
        ("", "an empty file name"),
    ],
)
def test_an_input_that_cannot_be_read_is_refused(folder: Path, name: str, words: str) -> None:
    _write(folder / "a.yaml", SYSTEM)
    (folder / "up").mkdir()
    (folder / "round.yaml").symlink_to("round.yaml")
    error = _refused(name)
    assert words in error.message
    assert error.source == name


def test_a_file_over_the_limit_is_refused_unread(folder: Path) -> None:
    with (folder / "big.yaml").open("wb") as file:
        file.write(b"system: {id: acme/atlas}\n")
        file.truncate(MAX_BYTES + 1)
    before = time.perf_counter()
    assert _refused("big.yaml").message == "larger than 16 MiB, the limit for one description"
    assert time.perf_counter() - before < 5
    assert MAX_BYTES == 16 * 1024 * 1024


def test_a_source_without_end_is_refused() -> None:
    assert "larger than" in _refused("/dev/zero").message


def test_too_many_imports_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_IMPORTS", 3)
    for name in "abcd":
        _write(folder / f"{name}.yaml", f"datasets: [{{id: {name}}}]\n")
    _write(folder / "osaid.yaml", "imports: [a.yaml, b.yaml, c.yaml]\n" + SYSTEM)
    assert len(_names("osaid.yaml")) == 4
    _write(folder / "osaid.yaml", "imports: [a.yaml, b.yaml, c.yaml, d.yaml]\n" + SYSTEM)
    assert "more than 3 documents are imported" in _refused("osaid.yaml").message


def test_a_name_is_shown_without_what_steers_a_terminal(folder: Path) -> None:
    name = os.fsdecode(b"a\x1b[31m\xff.yaml")
    (folder / name).write_text(SYSTEM, "utf-8")
    assert _names(name) == ["a\\x1b[31m\\xff.yaml"]
    assert display_name("käse.yaml") == "käse.yaml"


def test_content_in_memory_stands_for_a_file_whether_it_is_there_or_not(folder: Path) -> None:
    _write(folder / "a.yaml", SYSTEM + "imports: [b.yaml]\n")
    _write(folder / "b.yaml", "system: {")
    instead = {(folder / name).resolve(): b"datasets: [{id: acme/web}]\n" for name in ("b.yaml", "c.yaml")}
    release = load(["a.yaml", "c.yaml"], instead=instead)
    assert [source.name for source in release.sources] == ["a.yaml", "b.yaml", "c.yaml"]
    assert (folder / "b.yaml").read_text("utf-8") == "system: {"
