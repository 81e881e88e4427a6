"""Which reader a document goes to, and what happens to bytes that are no text."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_graph.errors import InputError, UsageError
from osaid_graph.readers import ENTRY_POINTS, FORMATS, candidates, detect, formats, reader
from osaid_graph.readers.text import Lines, decode

MANIFEST = b"# ours\nsystem: {id: acme/atlas}\n"
TURTLE = b"# ours\n@prefix osaid: <https://w3id.org/osaid-graph/ont#> .\n<http://e/s> a osaid:AISystem .\n"
NQUADS = b'# ours\n<http://e/s> <http://e/p> "x" <http://e/g> .\n'
MOT = b"framework: {name: Model Openness Framework}\nrelease: {name: Atlas}\n"
INDEX = b"---\nsystem: {name: Atlas}\ncode: {class: open}\nweights_endmodel: {class: open}\n"
RECORDS = b'{"a": {"Unique Dataset Identifier": "a", "Dataset Name": "A", "Collection": "C"}}'
#: The formats of our own vocabulary.
OURS = ("osaid.yaml", "turtle", "n-quads", "json-ld")
JSON = b'\xef\xbb\xbf {"@context": "https://w3id.org/osaid-graph/context.jsonld"}'


def _refused(data: bytes, name: str) -> InputError:
    with pytest.raises(InputError) as raised:
        detect(data, name).read(data, name)
    assert raised.value.hint
    return raised.value


@pytest.fixture(autouse=True)
def _formats_anew() -> Iterator[None]:
    yield
    formats.cache_clear()


# -- detection -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("format_", "suffix"), [(name, s) for name in OURS for s in FORMATS[name].suffixes])
def test_a_suffix_decides_in_any_case_of_letters(format_: str, suffix: str) -> None:
    assert format_ == detect(b"anything", f"a.b{suffix}").NAME
    assert format_ == detect(b"anything", f"FOLDER/OSAID{suffix.upper()}").NAME
    assert format_ == detect(b"anything", f"C:\\folder\\osaid{suffix}").NAME


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (MANIFEST, "osaid.yaml"),
        (TURTLE, "turtle"),
        (b"BASE <http://e/>\n<s> <p> <o> .", "turtle"),
        (b"<http://e/s> <http://e/p> <http://e/o> .\n", "turtle"),
        (NQUADS, "n-quads"),
        (b"_:a <http://e/p> _:b _:g .\n", "n-quads"),
        (JSON, "json-ld"),
        (b'[{"@id": "http://e/s"}]', "json-ld"),
        (MOT, "mot"),
        (INDEX, "osai-index"),
        (RECORDS, "data-provenance"),
        (b'{"prefix": {"f": "https://w3id.org/fair4ml/"}, "entity": {"e": {"prov:type": "f:MLModel"}}}', "prov-json"),
    ],
)
@pytest.mark.parametrize("name", ["<stdin>", "osaid", "osaid.txt"])
def test_without_a_telling_suffix_the_content_decides(data: bytes, format_: str, name: str) -> None:
    assert format_ == detect(data, name).NAME


@pytest.mark.parametrize(
    ("data", "suffix", "format_"),
    [
        (MANIFEST, ".yml", "osaid.yaml"),
        (b"sytem: {id: acme/atlas}\n", ".yaml", "osaid.yaml"),
        (b"system: {id: acme/atlas}\nrelease: {name: Atlas}\n", ".yaml", "osaid.yaml"),
        (b"framework: {name: Atlas}\n", ".yaml", "osaid.yaml"),
        (b"model: {id: acme/atlas}\npaper: {class: open}\n", ".yaml", "osaid.yaml"),
        (MOT, ".yaml", "mot"),
        (MOT + MANIFEST, ".yml", "mot"),
        (INDEX, ".yml", "osai-index"),
        (b"system: {}\n" * 6000 + b"paper: {class: open}\n", ".yaml", "osaid.yaml"),
        (b'{"name": "atlas"}', ".json", "json-ld"),
        (RECORDS, ".json", "data-provenance"),
        (RECORDS.replace(b'"A"', b'{"b": [1]}'), ".json", "data-provenance"),
        (b'{"a": [], "b": ' + RECORDS[5:], ".json", "json-ld"),
        (b'{"a": {"Dataset Name": "A", "Collection": "C"}}', ".json", "json-ld"),
        (b'{"a": {"b": ' + RECORDS + b"}}", ".json", "json-ld"),
    ],
)
def test_where_several_formats_have_a_suffix_the_content_decides(data: bytes, suffix: str, format_: str) -> None:
    assert format_ == detect(data, f"atlas{suffix}").NAME


@pytest.mark.parametrize(
    "data",
    [b"{" + b'\\"' * 40_000, b'{"a": {"' + b" " * 80_000, b"a" + b" " * 80_000, b"a \n" * 20_000, b"- " * 40_000],
    ids=["quotes", "open text", "spaces", "lines", "lists"],
)
def test_the_content_is_looked_at_in_little_time_whatever_it_is(data: bytes) -> None:
    before = time.perf_counter()
    for name in ("mot", "osai-index", "data-provenance", "osaid.yaml"):
        assert not reader(name).sniff(data)
    assert time.perf_counter() - before < 2


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("re*s/**/*.yaml")), ids=lambda path: path.name)
def test_every_manifest_that_is_shipped_is_one_and_nothing_else(path: Path) -> None:
    for name in (path.name, "<stdin>"):
        assert candidates(path.read_bytes(), name) == ["osaid.yaml"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_reader_bears_the_name_of_its_format(name: str) -> None:
    assert name == reader(name).NAME


def test_an_unknown_format_lists_those_that_are_known() -> None:
    with pytest.raises(UsageError, match="no reader for format 'docx'") as raised:
        reader("docx")
    assert raised.value.hint == "formats: " + ", ".join(FORMATS)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"\xef\xbb\xbf\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a binary file"),
        ("system: {}".encode("utf-16"), "UTF-16"),
        ("system: {}".encode("utf-16-be"), "a binary file"),
        (b"<html><body>hello</body></html>", "no reader recognises this file"),
        (b"Dear reader,\n", "no reader recognises this file"),
        (b'{"name": "atlas"}', "no reader recognises this file"),
        (MANIFEST + TURTLE, "this could be osaid.yaml or turtle"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_formats(data: bytes, words: str) -> None:
    assert words in _refused(data, "osaid").message


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b'{"name": "atlas"}', "a.json", "nothing to assess: JSON of no known format"),
        (b"kind: Deployment\nspec: {}\n", "a.yaml", "YAML of no known format: no key of a manifest, such as 'kind'"),
        (b"# Atlas\n\nInstall it.\n", "README.txt", "no reader recognises this file"),
    ],
)
def test_a_well_formed_file_of_no_known_format_lists_the_formats(data: bytes, name: str, words: str) -> None:
    error = _refused(data, name)
    assert words in error.message
    assert all(each in error.hint for each in FORMATS)


def test_broken_text_with_the_suffix_of_a_general_format_is_told_by_its_reader() -> None:
    assert "not valid JSON" in _refused(b'{"name": ', "a.json").message
    assert "not valid YAML" in _refused(b"a: [1\n", "a.yaml").message


def test_an_installed_package_adds_a_format(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "our_cards.py").write_text(
        "from osaid_graph.reading import Reading\n"
        "NAME, SUMMARY, SUFFIXES, NAMES = 'our-card', 'a card of ours', ('.card',), ('atlas.txt',)\n"
        "def sniff(data): return data.startswith(b'CARD')\n"
        "def read(data, name): return Reading(())\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    _declare(monkeypatch, ("our-card", "our_cards"))
    assert detect(b"x", "a.card").NAME == detect(b"x", "atlas.txt").NAME == detect(b"CARD", "a").NAME == "our-card"
    assert "our-card" in _refused(b"# none", "README.txt").hint


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (("turtle", "our_cards"), "declares the format 'turtle', which there is already"),
        (("ours", "no_such_module"), "of the format 'ours' cannot be used: No module named 'no_such_module'"),
        (("ours", "json"), "cannot be used: module 'json' has no attribute 'SUMMARY'"),
    ],
)
def test_a_package_that_declares_what_is_no_reader_is_named(
    point: tuple[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _declare(monkeypatch, point)
    with pytest.raises(UsageError, match=re.escape(words)):
        detect(b"x", "a.card")


def _declare(monkeypatch: pytest.MonkeyPatch, point: tuple[str, str]) -> None:
    declared = EntryPoint(point[0], point[1], ENTRY_POINTS)
    monkeypatch.setattr("osaid_graph.readers.entry_points", lambda group: [declared])
    formats.cache_clear()


def test_detection_by_suffix_imports_no_other_reader() -> None:
    code = (
        "import sys; from osaid_graph.readers import detect; detect(b'a: b', 'osaid.yaml');"
        "print([m for m in sys.modules if 'rdflib.plugins.parsers' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# -- bytes to text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["osaid.yaml", "osaid.ttl", "osaid.nq", "osaid.jsonld"])
@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"# a\n# b\n# caf\xe9\n", 3, "not UTF-8: byte 0xe9 at offset 13"),
        (b"\xef\xbb\xbf# a\r\n# caf\xe9\r\n", 2, "not UTF-8: byte 0xe9 at offset 13"),
        (b"# a\r# b\r# \x80\r", 3, "not UTF-8: byte 0x80"),
        (b"# \xed\xa0\x80\n", 1, "not UTF-8: byte 0xed"),
        (b"# a\n# b\0c\n", 2, "a NUL byte"),
        ("# a\n".encode("utf-16"), 1, "UTF-16"),
        ("# a\n".encode("utf-32"), 1, "UTF-16 or UTF-32"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", 3, "a NUL byte"),
    ],
)
def test_every_reader_refuses_what_is_no_text_at_its_line(name: str, data: bytes, line: int, words: str) -> None:
    error = _refused(data, name)
    assert words in error.message
    assert error.line == line


@pytest.mark.parametrize("data", [MANIFEST, TURTLE, NQUADS, JSON, MOT, INDEX, RECORDS])
@pytest.mark.parametrize("name", (*OURS, "mot", "osai-index", "data-provenance"))
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(data: bytes, name: str) -> None:
    chosen = reader(name)
    if not chosen.sniff(data):
        return
    marked = b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf").replace(b"\n", b"\r\n")
    assert chosen.read(marked, "x").statements == chosen.read(data, "x").statements


@given(st.text(st.sampled_from("ab\n\r")))
def test_lines_are_counted_as_editors_count_them(text: str) -> None:
    decoded = decode(text.encode())
    lines = Lines(decoded)
    assert decoded.split("\n") == text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [lines.at(offset) for offset in range(len(decoded))] == [
        decoded.count("\n", 0, offset) + 1 for offset in range(len(decoded))
    ]


@settings(max_examples=300)
@given(st.binary(max_size=200), st.sampled_from(["x.yaml", "x.ttl", "x.nq", "x.json", "x"]))
def test_any_bytes_are_taken_or_refused(data: bytes, name: str) -> None:
    try:
        detect(data, name).read(data, name)
    except InputError as error:
        assert error.message
        assert "\n" not in error.message


@settings(max_examples=300)
@given(st.sampled_from([MANIFEST, TURTLE, NQUADS, JSON, MOT, INDEX, RECORDS]), st.data())
def test_any_damaged_bytes_are_taken_or_refused(document: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document)))
    end = data.draw(st.integers(start, len(document)))
    damaged = document[:start] + data.draw(st.binary(max_size=6)) + document[end:]
    for name in ("x.yaml", "x.ttl", "x.nq", "x.json", "x"):
        try:
            detect(damaged, name).read(damaged, name)
        except InputError as error:
            assert error.message


@pytest.mark.parametrize(
    ("module", "document"),
    [
        ("turtle", b"<http://e/s> <http://e/p> <http://e/o> ."),
        ("jsonld", b'{"@id": "http://e/s", "http://e/p": {"@id": "http://e/o"}}'),
    ],
)
def test_a_fault_of_ours_is_not_a_fault_of_the_document(
    module: str, document: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import import_module

    def fault(*_: object) -> None:
        raise ZeroDivisionError("planted")

    read = import_module(f"osaid_graph.readers.rdf.{module}")
    inner = import_module("osaid_graph.readers.rdf.expansion") if module == "jsonld" else read
    monkeypatch.setattr(inner, "checked_reference" if module == "jsonld" else "checked", fault)  # called by our parsers
    with pytest.raises(ZeroDivisionError, match="planted"):
        read.read(document, "a")
