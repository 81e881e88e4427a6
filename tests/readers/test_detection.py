"""Which reader a document goes to, and what happens to bytes that are no text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_graph.errors import InputError, UsageError
from osaid_graph.readers import FORMATS, detect, reader
from osaid_graph.readers.text import Lines, decode

MANIFEST = b"# ours\nsystem: {id: acme/atlas}\n"
TURTLE = b"# ours\n@prefix osaid: <https://w3id.org/osaid-graph/ont#> .\n<http://e/s> a osaid:AISystem .\n"
NQUADS = b'# ours\n<http://e/s> <http://e/p> "x" <http://e/g> .\n'
JSON = b'\xef\xbb\xbf {"@context": "https://w3id.org/osaid-graph/context.jsonld"}'


def _refused(data: bytes, name: str) -> InputError:
    with pytest.raises(InputError) as raised:
        detect(data, name).read(data, name)
    assert raised.value.hint
    return raised.value


# -- detection -------------------------------------------------------------------------------------------------------


_SUFFIXES = [(name, suffix) for name, each in FORMATS.items() for suffix in each.suffixes]


@pytest.mark.parametrize(
    ("format_", "suffix"), [(n, s) for n, s in _SUFFIXES if [suffix for _, suffix in _SUFFIXES].count(s) == 1]
)
def test_a_suffix_of_one_format_decides_in_any_case_of_letters(format_: str, suffix: str) -> None:
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
    ],
)
@pytest.mark.parametrize("name", ["<stdin>", "osaid", "osaid.txt"])
def test_without_a_telling_suffix_the_content_decides(data: bytes, format_: str, name: str) -> None:
    assert format_ == detect(data, name).NAME


@pytest.mark.parametrize("name", FORMATS)
def test_a_reader_bears_the_name_of_its_format(name: str) -> None:
    assert name == reader(name).NAME


def test_an_unknown_format_lists_those_that_are_known() -> None:
    with pytest.raises(UsageError, match="no reader for format 'rdf'") as raised:
        reader("rdf")
    assert raised.value.hint == "formats: osaid.yaml, turtle, n-quads, json-ld, hub-list"


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


@pytest.mark.parametrize("data", [MANIFEST, TURTLE, NQUADS, JSON], ids=["manifest", "turtle", "n-quads", "json"])
@pytest.mark.parametrize("name", FORMATS)
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
@given(st.sampled_from([MANIFEST, TURTLE, NQUADS, JSON]), st.data())
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

    read = import_module(f"osaid_graph.readers.{module}")
    inner = import_module("osaid_graph.readers.json_ld") if module == "jsonld" else read
    monkeypatch.setattr(inner, "checked_reference" if module == "jsonld" else "checked", fault)  # called by our parsers
    with pytest.raises(ZeroDivisionError, match="planted"):
        read.read(document, "a")
