"""CITATION.cff: what software or a dataset is, its terms and its exact state; references are not made its documents."""

from __future__ import annotations

import json
from typing import Any

import pytest
from described_formats import EXPECTED, FIXTURES, assert_says, graph_of, places, read_or_refused, refused, unread
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from osaid_graph.identity import unnamed
from osaid_graph.readers import candidates, detect
from osaid_graph.readers.works import citation_cff
from osaid_graph.reading import Reading, Unnamed
from osaid_graph.vocab import OSAID

FOLDER = FIXTURES / "citation-cff"
NAMES = sorted(path.stem for path in FOLDER.glob("*.cff"))


def _read(name: str) -> Reading:
    return citation_cff.read((FOLDER / f"{name}.cff").read_bytes(), "CITATION.cff")


def _cff(text: str) -> Reading:
    return citation_cff.read(f"cff-version: 1.2.0\ntitle: Atlas\n{text}".encode(), "CITATION.cff")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_exactly_this(name: str) -> None:
    assert_says(_read(name), EXPECTED / "citation-cff" / f"{name}.ttl")


def test_every_statement_stands_where_the_file_says_it() -> None:
    found = places(_read("software"))
    assert found["license", "MIT OR Apache-2.0"] == {(16, "license")}
    assert found["revision", "59a53e3"] == {(19, "commit")}
    assert found["location", "https://pypi.org/project/atlas"] == {(14, "repository-artifact")}
    assert found["license", "CC-BY-4.0"] == {(31, "preferred-citation.license")}


def test_what_is_passed_over_is_counted() -> None:
    assert unread(_read("software")) == {
        "message": 1,
        "authors[].affiliation": 1,
        "url": 1,
        "doi": 1,
        "identifiers[]": 2,
        "keywords": 1,
        "preferred-citation.authors": 1,
        "references": 2,
    }
    assert unread(_read("dataset")) == {"identifiers": 2}
    assert unread(_read("odd")) == {"commit": 1}


def test_what_is_put_right_is_told() -> None:
    assert [(each.line, each.field, each.text) for name in NAMES for each in _read(name).repairs] == [
        (
            10,
            "repository-artifact",
            "'file:///home/ada/letters' is no address that others can get something at: left out",
        ),
        (2, "type", "type 'model' is neither software nor dataset: what it is stays unsaid"),
        (5, "date-released", "'29 February 2023' is no date written YYYY-MM-DD: left out"),
    ]


def test_a_dataset_that_nothing_identifies_is_named_by_whoever_knows_it() -> None:
    node = URIRef(unnamed((FOLDER / "unnamed.cff").read_bytes()))
    assert _read("unnamed").unnamed == (Unnamed(node, "datasets", "Letters"),)
    assert not any(_read(name).unnamed for name in ("software", "dataset", "odd"))


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("repository-code: git@github.com:acme/atlas.git\ndoi: 10.5281/zenodo.1", "https://github.com/acme/atlas"),
        ("url: https://github.com/acme/atlas/\ndoi: 10.5281/zenodo.1", "https://github.com/acme/atlas"),
        ("url: https://example.org/atlas\ndoi: 10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1"),
        ("identifiers: [{type: DOI, value: 10.5281/zenodo.2}]", "https://doi.org/10.5281/zenodo.2"),
        ("url: https://example.org/atlas\nidentifiers: [{type: swh, value: 'swh:1:rev:0'}]", "https://example.org/atlas"),
        ("identifiers: [{type: swh, value: 'swh:1:rev:0'}]", "swh:1:rev:0"),
        ("type: dataset\nrepository-code: https://github.com/a/b\nurl: https://hf.co/datasets/acme/web",
         "https://huggingface.co/datasets/acme/web"),
        ("type: dataset\nrepository: https://example.org/d\ndoi: https://doi.org/10.5281/zenodo.3",
         "https://doi.org/10.5281/zenodo.3"),
    ],
)  # fmt: skip
def test_a_work_is_its_repository_or_what_it_is_identified_by(text: str, iri: str) -> None:
    kind = OSAID.Dataset if "dataset\n" in text else OSAID.Code
    assert set(graph_of(_cff(text)).subjects(None, kind)) == {URIRef(iri)}


def test_a_licence_address_counts_where_no_licence_is_named() -> None:
    graph = graph_of(_cff("license: MIT\nlicense-url: https://example.org/l"))
    assert {str(value) for value in graph.objects(None, OSAID.license)} == {"MIT"}


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", "no citation file: it has neither cff-version nor title", 1),
        (b"# empty\n", "no citation file: it has neither cff-version nor title", 1),
        (b"\n- a\n", "no citation file: it has neither cff-version nor title", 2),
        (b"message: x\n", "no citation file: it has neither cff-version nor title", 1),
        (b"cff-version: 1.2.0\ntitle: !!python/object:os.system x\n", "YAML tag", 2),
        (b"cff-version: 1.2.0\ntitle: a\ntitle: b\n", "duplicate key 'title' (first on line 2)", 3),
        (b"cff-version: 1.2.0\ntitle: a: b\n", "not valid YAML", 2),
        (b"\xff\xfe", "the text is UTF-16 or UTF-32, not UTF-8", 1),
    ],
)
def test_what_is_no_citation_file_is_refused_at_its_line(data: bytes, message: str, line: int) -> None:
    error = refused(citation_cff, data)
    assert error.message.startswith(message)
    assert error.line == line


def test_it_is_known_by_its_name_or_its_version_key() -> None:
    assert candidates(b"anything", "CITATION.cff") == ["citation-cff"]
    for text in (b"title: x\ncff-version: 1.2.0\n", b'# c\n"cff-version": "1.2.0"\n'):
        assert detect(text, "<stdin>").NAME == "citation-cff"
    assert not citation_cff.sniff(b"a:\n  cff-version: 1.2.0\n")


_TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["dataset", "doi", "10.5281/zenodo.1", "https://example.org/x", "javascript:x", "git@github.com:a/b"]
    ),
)
_KEYS = [
    *("authors", "commit", "doi", "identifiers", "license", "license-url", "name", "orcid", "preferred-citation"),
    *("repository", "repository-artifact", "repository-code", "title", "type", "url", "value", "version"),
]
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), _TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4)
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=8))
def test_no_file_breaks_the_reader(said: dict[str, Any]) -> None:
    read_or_refused(citation_cff, json.dumps({"cff-version": "1.2.0"} | said).encode())


@settings(max_examples=100)
@given(st.sampled_from(NAMES), st.data())
def test_no_damage_to_a_file_breaks_the_reader(name: str, data: st.DataObject) -> None:
    content = (FOLDER / f"{name}.cff").read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 30)))
    read_or_refused(citation_cff, content[:start] + data.draw(st.binary(max_size=4)) + content[end:])
