"""RO-Crate: what a crate is for, how its entities are called outside it, and what its runs say of lineage."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from described_formats import (
    EXPECTED,
    FIXTURES,
    assert_says,
    graph_of,
    places,
    read_or_refused,
    refused,
    unread,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Literal, URIRef

from osaid_graph.identity import unnamed
from osaid_graph.readers import candidates, detect
from osaid_graph.readers.rdf.contexts import addresses, shipped
from osaid_graph.readers.works import ro_crate
from osaid_graph.reading import Reading, Unnamed
from osaid_graph.vocab import CODE, OSAID

FOLDER = FIXTURES / "ro-crate"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
DESCRIPTOR = {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}}
SCHEMA = "https://schema.org/"


def _read(name: str) -> Reading:
    return ro_crate.read((FOLDER / f"{name}.json").read_bytes(), f"{name}.json")


def _crate(*entities: dict[str, Any], context: Any = CONTEXT, **root: Any) -> bytes:
    crate = {"@id": "./", "@type": "Dataset", "identifier": "https://example.org/c"} | root
    return json.dumps({"@context": context, "@graph": [DESCRIPTOR, crate, *entities]}).encode()


# -- what is read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_crate_says_exactly_this(name: str) -> None:
    assert_says(_read(name), EXPECTED / "ro-crate" / f"{name}.ttl")


def test_every_statement_stands_where_the_crate_says_it() -> None:
    found = places(_read("training-run"))
    assert found["license", "Apache-2.0"] == {(28, "@graph[2].license")}
    assert found["codeRole", str(CODE.training)] == {(76, "@graph[16].instrument")}
    assert found["fee", "nothing: accessible for free"] == {(43, "@graph[6].isAccessibleForFree")}
    assert {field for _, field in found["license", "https://spdx.org/licenses/MIT"]} == {"@graph[1].license"}


def test_what_is_passed_over_is_counted() -> None:
    assert unread(_read("training-run")) == {
        f"rdf:type {SCHEMA}Dataset": 1,  # the crate: a parcel of a model, no body of data
        f"{SCHEMA}name": 3,
        f"{SCHEMA}hasPart": 4,
        f"{SCHEMA}mentions": 3,
        f"rdf:type {SCHEMA}CreativeWork": 1,
        f"{SCHEMA}email": 1,
        f"rdf:type {SCHEMA}DataDownload": 1,
        f"{SCHEMA}encodingFormat": 1,
        f"{SCHEMA}contentSize": 1,
        f"rdf:type {SCHEMA}MediaObject": 1,
        f"rdf:type {SCHEMA}SoftwareApplication": 1,
        f"{SCHEMA}agent": 1,
        f"{SCHEMA}startTime": 1,
        f"{SCHEMA}object": 2,  # a file of which nothing is said, and that of the run that failed
        f"{SCHEMA}result": 2,
        f"rdf:type {SCHEMA}CreateAction": 1,
        f"{SCHEMA}actionStatus": 1,
    }


def test_paths_and_scripts_never_become_addresses_and_each_is_told() -> None:
    reading = _read("hostile")
    assert not list(graph_of(reading).subject_objects(OSAID.location))
    assert not [term for s in reading.statements for term in s.triple if str(term).startswith(("file:", "data:"))]
    assert not [term for s in reading.statements for term in s.triple if "here.invalid" in str(term)]
    no_address = "is no address that others can get something at: left out"
    outside = "names nothing outside the crate: named below it"
    encoded = "is not allowed: read percent-encoded"
    assert [(each.line, each.text) for each in reading.repairs] == [
        (11, f"invalid IRI 'C:\\\\data\\\\x': character '\\\\' {encoded}"),
        (12, f"invalid IRI 'a b/': character ' ' {encoded}"),
        (14, f"invalid IRI 'a b/': character ' ' {encoded}"),
        (6, "no metadata descriptor says what the crate is: './' is taken"),
        (9, f"'../other/data.zip' {no_address}"),
        (9, f"'data:text/csv,1' {no_address}"),
        (9, f"'../etc/passwd' {no_address}"),
        (8, f"'javascript:alert(1)' {no_address}"),
        (10, "invalid IRI 'https://': it names no host: left out"),
        (11, f"'file:///home/ada/raw.csv' {outside}"),
        (11, f"'../secret' {outside}"),
        (11, f"'C:%5Cdata%5Cx' {outside}"),
        (14, "sha256 is not 64 hexadecimal digits: left out"),
        (15, f"'../up/' {outside}"),
        (15, f"'file:///x' {no_address}"),
    ]


# -- which thing in the world ----------------------------------------------------------------------------------------


def test_a_crate_without_an_identifier_is_named_by_whoever_knows_it() -> None:
    for name, kind, title in (("main-model", "models", "Atlas 7B"), ("hostile", "datasets", "Strange paths")):
        node = URIRef(unnamed((FOLDER / f"{name}.json").read_bytes()))
        assert _read(name).unnamed == (Unnamed(node, kind, title),)  # type: ignore[arg-type]
    assert not any(_read(name).unnamed for name in ("corpus", "training-run", "workflow"))


@pytest.mark.parametrize(
    "root",
    [
        {"identifier": "https://doi.org/10.5281/zenodo.1"},
        {"identifier": "10.5281/zenodo.1"},
        {"identifier": ["local", "doi:10.5281/zenodo.1"]},
        {"identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": "doi:10.5281/zenodo.1"}},
        {"identifier": {"@id": "https://doi.org/10.5281/zenodo.1"}, "url": "https://example.org/page"},
        {"identifier": "local", "cite-as": "https://doi.org/10.5281/zenodo.1"},
        {"identifier": "local", "url": "http://dx.doi.org/10.5281/zenodo.1"},
    ],
)
def test_a_crate_is_what_it_identifies_itself_as(root: dict[str, Any]) -> None:
    reading = ro_crate.read(_crate(**root), "x")
    assert (URIRef("https://doi.org/10.5281/zenodo.1"), RDF.type, OSAID.Dataset) in graph_of(reading)
    assert not reading.unnamed


@pytest.mark.parametrize("address", [a for a in addresses() if "/ro" in a and "context" in a])
def test_every_published_address_of_the_context_is_known(address: str) -> None:
    assert shipped(address) is not None
    for context in (address, [address, {"extra": "https://example.org/extra"}]):
        reading = ro_crate.read(_crate(context=context, extra="x"), "x")
        assert (URIRef("https://example.org/c"), RDF.type, OSAID.Dataset) in graph_of(reading)
        assert sum(unread(reading).values()) == 1


def test_an_identifier_that_several_entities_have_is_that_of_none() -> None:
    deposit = {"identifier": "https://doi.org/10.5281/zenodo.5"}
    reading = ro_crate.read(
        _crate({"@id": "a/", "@type": "Dataset"} | deposit, {"@id": "b/", "@type": "Dataset"} | deposit), "x"
    )
    data = set(graph_of(reading).subjects(RDF.type, OSAID.Dataset))
    assert data == {URIRef(f"https://example.org/c{part}") for part in ("", "#/a/", "#/b/")}


def test_a_crate_whose_page_is_a_repository_of_code_is_not_that_code() -> None:
    data = _crate(identifier="", url="https://github.com/acme/atlas", name="Data of Atlas")
    assert ro_crate.read(data, "x").unnamed == (Unnamed(URIRef(unnamed(data)), "datasets", "Data of Atlas"),)


def test_a_crate_that_is_not_said_to_be_a_dataset_is_read_as_one() -> None:
    reading = ro_crate.read(_crate(**{"@type": "RepositoryObject"}), "x")
    assert (URIRef("https://example.org/c"), RDF.type, OSAID.Dataset) in graph_of(reading)
    assert [each.text for each in reading.repairs] == [
        "the crate is not said to be a Dataset, as every crate is: read as one"
    ]


# -- terms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Apache-2.0", Literal("Apache-2.0")),
        ({"@id": "http://spdx.org/licenses/MIT"}, URIRef("https://spdx.org/licenses/MIT")),
        ({"@id": "https://example.org/terms", "name": "Our terms"}, URIRef("https://example.org/terms")),
        ({"@id": "LICENSE.txt"}, Literal("LICENSE.txt")),
        ({"@id": "LICENSE.txt", "@type": "File", "name": "MIT License"}, Literal("MIT License")),
        ({"@id": "#l", "name": "MIT", "url": "https://opensource.org/licenses/MIT"},
         URIRef("https://opensource.org/licenses/MIT")),
        ({"@type": "CreativeWork", "name": "a text"}, Literal("a text")),
    ],
)  # fmt: skip
def test_a_licence_is_written_as_it_stands(said: Any, words: Any) -> None:
    graph = graph_of(ro_crate.read(_crate(license=said), "x"))
    assert set(graph.objects(None, OSAID.license)) == {words}


def test_only_what_is_in_the_crate_alone_is_under_its_licence() -> None:
    parts = ("in/", "#spoken-of", "https://example.org/elsewhere", "../outside/")
    graph = graph_of(ro_crate.read(_crate(*({"@id": p, "@type": "Dataset"} for p in parts), license="MIT"), "x"))
    assert {str(node) for node in graph.subjects(OSAID.license)} == {
        "https://example.org/c",
        "https://example.org/c#/in/",
    }


# -- runs ------------------------------------------------------------------------------------------------------------


def _run(used: Any, *entities: dict[str, Any], **action: Any) -> Reading:
    model = {"@id": "m", "@type": "MLModel"}
    run = {"@id": "#run", "@type": "CreateAction", "object": used, "result": {"@id": "m"}} | action
    return ro_crate.read(_crate(model, run, *entities), "x")


def test_a_model_is_trained_on_the_data_that_the_run_used() -> None:
    reading = _run([{"@id": "d/"}, {"@id": "t.csv"}], {"@id": "d/", "@type": "Dataset"},
                   {"@id": "t.csv", "@type": "File", "encodingFormat": "text/csv"})  # fmt: skip
    graph = graph_of(reading)
    parameters = URIRef("https://example.org/c#/m-parameters")
    assert {str(o) for o in graph.objects(parameters, OSAID.trainedOn)} == {
        "https://example.org/c#/d/",
        "https://example.org/c#/t.csv",
    }
    assert (URIRef("https://example.org/c#run"), RDF.type, OSAID.Training) in graph


def test_a_file_of_which_nothing_is_said_is_neither_data_nor_a_base_model() -> None:
    graph = graph_of(_run({"@id": "x.bin"}, {"@id": "x.bin", "@type": "File"}))
    assert not {OSAID.trainedOn, OSAID.derivedFrom, OSAID.trainedBy} & set(graph.predicates())


def test_a_run_from_model_to_model_is_no_training() -> None:
    base = "https://huggingface.co/acme/base"
    script = {"@id": "q.py", "@type": "SoftwareSourceCode"}
    graph = graph_of(_run({"@id": base}, {"@id": base, "@type": "MLModel"}, script, instrument={"@id": "q.py"}))
    assert list(graph.objects(None, OSAID.derivedFrom)) == [URIRef(base)]
    assert list(graph.objects(None, OSAID.hasCode)) == [URIRef("https://example.org/c#/q.py")]
    assert not {OSAID.trainedBy, OSAID.codeRole, OSAID.trainedOn} & set(graph.predicates())


def test_that_a_model_is_based_on_data_is_no_derivation() -> None:
    model = {"@id": "m", "@type": ["File", "MLModel"], "isBasedOn": [{"@id": "d"}, {"@id": "https://example.org/base"}]}
    reading = ro_crate.read(_crate(model, {"@id": "d", "@type": "Dataset"}), "ro-crate-metadata.json")
    derived = [str(each.triple[2]) for each in reading.statements if each.triple[1] == OSAID.derivedFrom]
    assert (derived, unread(reading)[f"{SCHEMA}isBasedOn"]) == (["https://example.org/base"], 1)


def test_a_run_that_failed_made_nothing() -> None:
    graph = graph_of(
        _run({"@id": "d/"}, {"@id": "d/", "@type": "Dataset"}, actionStatus="http://schema.org/FailedActionStatus")
    )
    assert OSAID.trainedOn not in set(graph.predicates())


def test_code_that_made_the_training_data_is_code_of_the_model() -> None:
    graph = graph_of(
        _run({"@id": "clean"}, {"@id": "raw/", "@type": "Dataset"}, {"@id": "clean", "@type": "File"},
             {"@id": "c.py", "@type": "SoftwareSourceCode"},
             {"@id": "#c", "@type": "CreateAction", "object": {"@id": "raw/"}, "result": {"@id": "clean"},
              "instrument": {"@id": "c.py"}})
    )  # fmt: skip
    code = URIRef("https://example.org/c#/c.py")
    assert (URIRef("https://example.org/c#/m"), OSAID.hasCode, code) in graph
    assert list(graph.objects(code, OSAID.codeRole)) == [CODE["data-processing"]]
    assert (URIRef("https://example.org/c#/clean"), RDF.type, OSAID.Dataset) in graph


def test_data_that_a_model_wrote_derives_from_the_model_and_trains_no_other() -> None:
    graph = graph_of(
        _run({"@id": "x/"}, {"@id": "x/", "@type": "Dataset"}, {"@id": "teacher", "@type": "MLModel"},
             {"@id": "#g", "@type": "CreateAction", "object": {"@id": "teacher"}, "result": {"@id": "x/"}})
    )  # fmt: skip
    data, teacher = URIRef("https://example.org/c#/x/"), URIRef("https://example.org/c#/teacher")
    assert list(graph.objects(data, OSAID.derivedFrom)) == [teacher]
    assert list(graph.subjects(OSAID.trainedOn)) == [URIRef("https://example.org/c#/m-parameters")]


def test_runs_in_a_circle_end() -> None:
    graph = graph_of(
        _run([{"@id": "a/"}], {"@id": "a/", "@type": "Dataset"}, {"@id": "b/", "@type": "Dataset"},
             {"@id": "#1", "@type": "CreateAction", "object": {"@id": "b/"}, "result": [{"@id": "a/"}, {"@id": "b/"}]},
             {"@id": "#2", "@type": "CreateAction", "object": {"@id": "a/"}, "result": {"@id": "b/"}})
    )  # fmt: skip
    assert len(set(graph.subject_objects(OSAID.derivedFrom))) == 2


# -- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"{", "not valid JSON", 1),
        (b"[]", "no RO-Crate: it has no root data entity", 1),
        (b'{"@graph": []}', "no RO-Crate: it has no root data entity", 1),
        (b'{"@context": "https://w3id.org/ro/crate/1.1/context",\n"@graph": [{"@id": "x/", "@type": "Dataset"}]}',
         "no RO-Crate: it has no root data entity", 2),
        (b'{\n"@context": ["https://w3id.org/ro/crate/1.1/context", "https://example.org/c"], "@graph": []}',
         "unknown JSON-LD context 'https://example.org/c'", 2),
        (b'{"@context": {\n"@import": "https://w3id.org/ro/crate/1.1/context"}}', "JSON-LD @import is not accepted", 1),
        (b'{"@graph": [\n{"@id": "./", "name": "a",\n "name": "b"}]}', "duplicate key 'name'", 3),
        (b"\xff", "not UTF-8", 1),
    ],
)  # fmt: skip
def test_what_is_no_crate_is_refused_at_its_line(data: bytes, message: str, line: int) -> None:
    error = refused(ro_crate, data)
    assert error.message.startswith(message)
    assert error.line == line


def test_a_crate_is_known_by_its_name_or_its_context() -> None:
    data = _crate()
    for name in ("ro-crate-metadata.json", "corpus-ro-crate-metadata.json", "RO-CRATE-metadata.jsonld"):
        assert candidates(b"anything", name) == ["ro-crate"]
    for name in ("x.json", "<stdin>"):
        assert detect(data, name).NAME == "ro-crate"


def test_a_large_crate_is_read_in_time() -> None:
    files = [{"@id": f"d{n}/", "@type": "Dataset", "identifier": f"https://example.org/d{n}"} for n in range(4000)]
    started = time.perf_counter()
    reading = ro_crate.read(_crate(*files, hasPart=[{"@id": each["@id"]} for each in files]), "x")
    assert len(set(graph_of(reading).subjects(RDF.type, OSAID.Dataset))) == 4001
    assert time.perf_counter() - started < 30


# -- whatever comes --------------------------------------------------------------------------------------------------

_IDS = st.sampled_from(
    ["./", "a/", "#m", "ro-crate-metadata.json", "https://example.org/x", "../y", "_:b", "", "C:\\x"]
)
_REFERENCES = st.fixed_dictionaries({"@id": _IDS})
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), _REFERENCES, _IDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["@id", "@type", "@value", "@list", "name", "url", "value"]), inner, max_size=3
        ),
    ),
    max_leaves=4,
)
_TYPES = st.sampled_from(
    ["Dataset", "File", "MLModel", "SoftwareSourceCode", "CreateAction", "CreativeWork", "PropertyValue", "Person"]
)
_KEYS = [
    *("about", "author", "citation", "conditionsOfAccess", "conformsTo", "contentUrl", "distribution", "hasPart"),
    *("identifier", "instrument", "isBasedOn", "isPartOf", "license", "mainEntity", "name", "object", "result"),
    *("sha256", "trainedOn", "fineTunedFrom", "url", "version", "codeRepository", "isAccessibleForFree"),
]
_ENTITIES = st.builds(
    lambda identifier, types, rest: {"@id": identifier, "@type": types} | rest,
    _IDS,
    st.lists(_TYPES, min_size=1, max_size=2),
    st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=6),
)


@settings(max_examples=150)
@given(st.lists(_ENTITIES, max_size=6))
def test_no_crate_breaks_the_reader(entities: list[Any]) -> None:
    read_or_refused(ro_crate, json.dumps({"@context": CONTEXT, "@graph": [DESCRIPTOR, *entities]}).encode())


@settings(max_examples=150)
@given(st.sampled_from(NAMES), st.data())
def test_no_damage_to_a_crate_breaks_the_reader(name: str, data: st.DataObject) -> None:
    content = (FOLDER / f"{name}.json").read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 30)))
    read_or_refused(ro_crate, content[:start] + data.draw(st.binary(max_size=4)) + content[end:])
