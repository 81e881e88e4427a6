"""CodeMeta: which repository is described, under which terms; no role and no release is made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from described_formats import EXPECTED, FIXTURES, assert_says, graph_of, places, read_or_refused, refused, unread
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, URIRef

from osaid_graph.graph.load import load
from osaid_graph.identity import unnamed
from osaid_graph.readers import candidates, detect
from osaid_graph.readers.rdf.contexts import addresses
from osaid_graph.readers.works import codemeta
from osaid_graph.reading import Reading
from osaid_graph.vocab import CODE, OSAID

FOLDER = FIXTURES / "codemeta"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
CONTEXT = "https://doi.org/10.5063/schema/codemeta-2.0"


def _read(name: str) -> Reading:
    return codemeta.read((FOLDER / f"{name}.json").read_bytes(), f"{name}.json")


def _software(context: Any = CONTEXT, **said: Any) -> bytes:
    return json.dumps({"@context": context, "@type": "SoftwareSourceCode", "name": "Atlas"} | said).encode()


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_exactly_this(name: str) -> None:
    assert_says(_read(name), EXPECTED / "codemeta" / f"{name}.ttl")


def test_every_statement_stands_where_the_document_says_it() -> None:
    found = places(_read("trainer"))
    assert found["location", "https://github.com/acme/atlas"] == {(6, "codeRepository")}
    assert found["license", "https://spdx.org/licenses/Apache-2.0"] == {(7, "license")}


def test_what_is_passed_over_is_counted_and_what_is_put_right_is_told() -> None:
    assert unread(_read("trainer")) == {
        "https://schema.org/identifier": 1,
        "https://schema.org/downloadUrl": 1,
        "https://schema.org/softwareRequirements": 1,
        "https://codemeta.github.io/terms/developmentStatus": 1,
    }
    reading = _read("source-of-model")
    assert [(each.line, each.text) for each in reading.repairs] == [
        (7, "'javascript:alert(1)' is no address that others can get something at: left out")
    ]
    assert unread(_read("two-works"))["unknown:word"] == 1


@pytest.mark.parametrize("address", [a for a in addresses() if "codemeta" in a])
def test_every_published_address_of_the_context_is_known(address: str) -> None:
    for context in (address, [address, {"extra": "https://example.org/extra"}]):
        data = _software(context, codeRepository="https://github.com/acme/atlas")
        assert codemeta.sniff(data)
        assert list(graph_of(codemeta.read(data, "x")).subjects(RDF.type, OSAID.Code)) == [
            URIRef("https://github.com/acme/atlas")
        ]


@pytest.mark.parametrize(
    ("said", "iri"),
    [
        ({"codeRepository": "git@github.com:acme/atlas.git", "@id": "https://example.org/a"},
         "https://github.com/acme/atlas"),
        ({"codeRepository": {"@id": "https://github.com/acme/atlas/"}}, "https://github.com/acme/atlas"),
        ({"@id": "https://example.org/a", "identifier": "10.5281/zenodo.1"}, "https://example.org/a"),
        ({"@id": "https://example.org/a b", "url": "https://example.org/a"}, "https://example.org/a%20b"),
        ({"@id": "atlas", "identifier": ["atlas", "10.5281/zenodo.1"]}, "https://doi.org/10.5281/zenodo.1"),
        ({"identifier": "atlas", "url": "https://example.org/atlas"}, "https://example.org/atlas"),
    ],
)  # fmt: skip
def test_code_is_its_repository_or_what_it_is_identified_by(said: dict[str, Any], iri: str) -> None:
    assert list(graph_of(codemeta.read(_software(**said), "x")).subjects(RDF.type, OSAID.Code)) == [URIRef(iri)]


def test_code_joins_the_release_that_names_its_repository(tmp_path: Path) -> None:
    (tmp_path / "osaid.yaml").write_text(
        "system: {id: acme/atlas}\ncode: [{roles: [training], repository: 'https://github.com/acme/atlas.git'}]\n"
    )
    (tmp_path / "codemeta.json").write_bytes(
        _software(codeRepository="git+ssh://git@github.com/acme/atlas.git", license="MIT")
    )
    (tmp_path / "CITATION.cff").write_text(
        "cff-version: 1.2.0\ntitle: Atlas\nrepository-code: http://github.com/acme/atlas/\ncommit: 59a53e3\n"
    )
    graph = load([str(path) for path in sorted(tmp_path.iterdir())]).graph
    code = URIRef("https://github.com/acme/atlas")
    assert list(graph.subjects(RDF.type, OSAID.Code)) == [code]
    assert list(graph.objects(code, OSAID.codeRole)) == [CODE.training]
    assert {str(value) for value in graph.objects(code, OSAID.license)} == {"MIT"}
    assert {str(value) for value in graph.objects(code, OSAID.revision)} == {"59a53e3"}


@pytest.mark.parametrize("said", [{}, {"@id": "../x"}, {"@id": "file:///x"}, {"url": "javascript:x"}])
def test_code_that_nothing_identifies_has_the_name_of_the_document(said: dict[str, Any]) -> None:
    data = _software(**said)
    found = list(graph_of(codemeta.read(data, "x")).subjects(RDF.type, OSAID.Code))
    assert found[0] == URIRef(unnamed(data)) if not said.get("@id", "").startswith("file:") else found


def test_old_documents_without_a_type_are_read() -> None:
    data = json.dumps({"@context": CONTEXT, "name": "Atlas", "codeRepository": "https://github.com/acme/atlas"})
    assert list(graph_of(codemeta.read(data.encode(), "x")).subjects(RDF.type, OSAID.Code))


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b'{"a": }', "not valid JSON", 1),
        (b"\n[]", "no CodeMeta: nothing in it is a SoftwareSourceCode", 2),
        (b'{"@context": "https://w3id.org/codemeta/3.0"}', "no CodeMeta: nothing in it", 1),
        (b'{"@context":\n"https://w3id.org/codemeta/9.0"}', "unknown JSON-LD context 'https://w3id", 1),
        (b'{\n"@context": ["https://w3id.org/codemeta/3.0", "https://example.org/c"]}',
         "unknown JSON-LD context 'https://example.org/c'", 2),
    ],
)  # fmt: skip
def test_what_is_no_codemeta_is_refused_at_its_line(data: bytes, message: str, line: int) -> None:
    error = refused(codemeta, data)
    assert error.message.startswith(message)
    assert error.line == line


def test_it_is_known_by_its_name_or_its_context_and_is_no_crate() -> None:
    assert candidates(b"anything", "folder/CODEMETA.json") == ["codemeta"]
    assert detect(_software(), "x.json").NAME == "codemeta"
    assert detect(_software(["https://schema.org", "https://w3id.org/codemeta/3.0"]), "<stdin>").NAME == "codemeta"
    crate = b'{"@context": ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/codemeta/3.0"], "@graph": []}'
    assert detect(crate, "x.json").NAME == "ro-crate"
    assert detect(b'{"@context": "https://w3id.org/osaid-graph/context.jsonld"}', "x.json").NAME == "json-ld"


_KEYS = [
    *("@id", "@type", "@graph", "author", "buildInstructions", "codeRepository", "downloadUrl", "identifier"),
    *("isSourceCodeOf", "license", "name", "publisher", "readme", "referencePublication", "url", "version"),
]
_VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=8),
        st.sampled_from(["SoftwareSourceCode", "https://example.org/x", "../y", "#z", "git@github.com:a/b.git", "_:b"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from([*_KEYS, "@value", "@list"]), inner, max_size=4)
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=8))
def test_no_document_breaks_the_reader(said: dict[str, Any]) -> None:
    read_or_refused(codemeta, _software(**said))


@settings(max_examples=100)
@given(st.sampled_from(NAMES), st.data())
def test_no_damage_to_a_document_breaks_the_reader(name: str, data: st.DataObject) -> None:
    content = (FOLDER / f"{name}.json").read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 30)))
    read_or_refused(codemeta, content[:start] + data.draw(st.binary(max_size=4)) + content[end:])
