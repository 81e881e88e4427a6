"""CycloneDX: bills of materials of systems, models and data, in JSON and in XML, in our terms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bom_documents import FORMATS, expected, mutated, outcome, places, said, states, trees, unread, words_of
from conftest import SHARED
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import unnamed
from osaid_graph.readers import detect
from osaid_graph.readers.cyclonedx import reader as cyclonedx
from osaid_graph.reading import Reading, Unnamed
from osaid_graph.vocab import OSAID

FOLDER = FORMATS / "cyclonedx"
FIXTURES = sorted([*FOLDER.glob("*.json"), *FOLDER.glob("*.xml")])
SAMPLES = SHARED / "samples" / "cyclonedx"
JSON = (FOLDER / "release.cdx.json").read_bytes()
XML = (FOLDER / "same.cdx.xml").read_bytes()
KEYS, WORDS = words_of(JSON + (FOLDER / "relations.cdx.json").read_bytes())
NAMESPACE = "http://cyclonedx.org/schema/bom/1.6"


def _read(name: str) -> Reading:
    return cyclonedx.read((FOLDER / name).read_bytes(), name)


def _bom(*components: object, **more: object) -> bytes:
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components, **more}).encode()


MODEL = {"type": "machine-learning-model", "bom-ref": "m", "name": "acme/atlas"}
PARAMETERS = "https://huggingface.co/acme/atlas#parameters"


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_document_says_exactly_this(path: Path) -> None:
    assert said(cyclonedx.read(path.read_bytes(), path.name)) == expected(path)


def test_json_and_xml_of_one_bill_say_the_same() -> None:
    assert said(_read("same.cdx.xml")) == said(_read("release.cdx.json"))


def test_statements_stand_where_the_document_says_them() -> None:
    parameters, webmix = (
        "https://huggingface.co/acme/atlas-7b#parameters",
        "https://huggingface.co/datasets/acme/webmix",
    )
    where = "components[0].modelCard.modelParameters.datasets"
    assert places(_read("release.cdx.json"), OSAID.trainedOn) == [
        (parameters, webmix, 52, f"{where}[0].ref"),
        (parameters, "https://acme.example/chats.zip", 54, f"{where}[2]"),
    ]
    assert places(_read("same.cdx.xml"), OSAID.trainedOn) == [
        (parameters, webmix, 51, f"{where}[0].ref"),
        (parameters, "https://acme.example/chats.zip", 53, f"{where}[2]"),
    ]


def test_what_has_no_place_in_our_terms_is_counted() -> None:
    in_json = {
        "metadata.timestamp": 1,
        "components[].externalReferences[]": 4,
        "components[].pedigree.ancestors[].licenses[].license.url": 1,
        "components[].pedigree.notes": 1,
        "components[].modelCard.modelParameters.approach": 1,
        "components[].modelCard.modelParameters.task": 1,
        "components[].modelCard.modelParameters.datasets[].classification": 1,
        "components[].modelCard.modelParameters.inputs": 1,
        "components[].modelCard.considerations": 1,
        "components[].data[].name": 1,
        "compositions[]": 2,
    }
    assert unread(_read("release.cdx.json")) == in_json
    in_xml = {field.replace("data[]", "data"): count for field, count in in_json.items()}
    assert unread(_read("same.cdx.xml")) == in_xml


def test_a_base_is_a_derivation_only_where_its_relation_is_said() -> None:
    reading = _read("relations.cdx.json")
    derived = {
        str(t[2]): str(t[1]).rpartition("#")[2] for t in (each.triple for each in reading.statements) if "From" in t[1]
    }
    hub = "https://huggingface.co/acme/"
    assert derived == {
        f"{hub}tuned": "fineTunedFrom",
        f"{hub}int8": "quantizedFrom",
        f"{hub}merge": "mergedFrom",
        f"{hub}teacher": "distilledFrom",
    }
    assert unread(reading) == {"dependencies[].dependsOn[]": 3, "dependencies[]": 2}


def test_a_bill_with_names_of_its_own_alone_leaves_its_subject_to_be_named() -> None:
    data = (FOLDER / "local.cdx.json").read_bytes()
    reading = cyclonedx.read(data, "bom.json")
    assert reading.unnamed == (Unnamed(URIRef(unnamed(data)), "models", "classifier"),)
    assert [(each.text, each.line, each.field) for each in reading.repairs] == [
        (
            "invalid IRI 'not an address': character ' ' is not allowed: left out",
            22,
            "components[0].externalReferences[1].url",
        )
    ]
    assert _read("release.cdx.json").unnamed == ()


@pytest.mark.parametrize(
    ("more", "iri"),
    [
        ({"name": "x", "purl": "pkg:huggingface/acme/atlas@1a2b"}, "https://huggingface.co/acme/atlas"),
        (
            {"name": "x", "externalReferences": [{"type": "website", "url": "https://hf.co/acme/atlas"}]},
            "https://huggingface.co/acme/atlas",
        ),
        ({"name": "x", "purl": "pkg:mlflow/atlas@3?x=y"}, "pkg:mlflow/atlas"),
        ({"name": "acme/atlas"}, "https://huggingface.co/acme/atlas"),
        ({"name": "x", "externalReferences": [{"type": "website", "url": "https://hf.co/papers/2401.1"}]}, ""),
        ({"name": "x", "externalReferences": [{"type": "website", "url": "https://hf.co/datasets/acme/webmix"}]}, ""),
    ],
)
def test_a_model_is_the_repository_that_its_package_url_its_page_or_its_name_is(
    more: dict[str, object], iri: str
) -> None:
    data = _bom({"type": "machine-learning-model"} | more)
    assert str(cyclonedx.read(data, "bom.json").statements[0].triple[0]) == (iri or unnamed(data))


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ({"license": {"id": "CC BY-SA 4.0"}}, "CC BY-SA 4.0"),
        ({"license": {"name": "Llama 3", "url": "https://e.example/l"}}, "Llama 3"),
        ({"license": {"url": "https://e.example/l"}}, "https://e.example/l"),
        ({"expression": "MIT AND CC0-1.0"}, "MIT AND CC0-1.0"),
        ({"license": "MIT"}, "MIT"),
        ("MIT", "MIT"),
        ({"license": {"id": "NONE"}}, "NONE"),
        ({"license": {"id": "NOASSERTION", "name": "x"}}, None),
        ({"license": {}}, None),
        ({"license": {"url": "no address"}}, None),
    ],
)
def test_a_licence_is_the_words_that_stand_there(licence: object, words: str | None) -> None:
    reading = cyclonedx.read(_bom(MODEL | {"licenses": [licence]}), "bom.json")
    assert [(s, v) for s, v, _, _ in places(reading, OSAID.license)] == ([(PARAMETERS, words)] if words else [])


@pytest.mark.parametrize("aggregate", ["complete", "incomplete", "unknown", "not_specified", "nonsense"])
def test_a_composition_speaks_of_training_data_only_where_some_is_stated(aggregate: str) -> None:
    composed = [{"aggregate": aggregate, "assemblies": ["m"]}]
    assert not places(cyclonedx.read(_bom(MODEL, compositions=composed), "bom.json"), OSAID.completeness)
    trained = MODEL | {"modelCard": {"modelParameters": {"datasets": [{"ref": "x"}]}}}
    found = places(cyclonedx.read(_bom(trained, compositions=composed), "bom.json"), OSAID.completeness)
    words = {"complete": "complete", "incomplete": "incomplete", "unknown": "no-assertion"}
    assert [value.rpartition("#")[2] for _, value, _, _ in found] == [
        words[each] for each in (aggregate,) if each in words
    ]


def test_an_application_has_the_models_that_it_needs_through_what_is_no_model() -> None:
    app = {"type": "application", "bom-ref": "a", "name": "app", "purl": "pkg:generic/app"}
    library = {"type": "library", "bom-ref": "l", "name": "lib"}
    base = MODEL | {"bom-ref": "b", "name": "acme/base"}
    needs = [{"ref": "a", "dependsOn": ["l"]}, {"ref": "l", "dependsOn": ["m"]}, {"ref": "m", "dependsOn": ["b"]}]
    reading = cyclonedx.read(_bom(app, library, MODEL, base, dependencies=needs), "bom.json")
    assert [value for _, value, _, _ in places(reading, OSAID.hasModel)] == ["https://huggingface.co/acme/atlas"]
    assert not [each for each in reading.statements if each.triple[1] == OSAID.derivedFrom]


def test_the_reader_states_what_it_declares() -> None:
    assert states(cyclonedx.read(path.read_bytes(), path.name) for path in FIXTURES) == cyclonedx.STATES


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (_bom(), {}),
        (_bom({"type": "library", "name": "x"}, {"type": "application", "name": "y"}), {"components": 4}),
        (_bom(declarations={"claims": [{"target": "x"}]}), {"declarations": 1}),
        (f'<bom xmlns="{NAMESPACE}"/>'.encode(), {}),
    ],
)
def test_a_bill_of_software_alone_says_nothing_and_is_counted(data: bytes, fields: dict[str, int]) -> None:
    reading = cyclonedx.read(data, "bom.json")
    assert (reading.statements, reading.unnamed, unread(reading)) == ((), (), fields)


def test_a_bill_without_a_version_is_read_and_told() -> None:
    reading = cyclonedx.read(b'{"bomFormat": "CycloneDX"}', "bom.json")
    assert [each.text for each in reading.repairs] == ["it names no version of CycloneDX (specVersion): read as 1.7"]


def test_a_name_for_a_bill_is_that_of_the_one_model_and_not_of_the_application_around_it() -> None:
    app = {"component": {"type": "application", "bom-ref": "app", "name": "Atlas"}}
    data = _bom({"type": "machine-learning-model", "name": "Atlas"}, metadata=app)
    reading, node = cyclonedx.read(data, "bom.json"), unnamed(data)
    assert reading.unnamed == (Unnamed(URIRef(node), "models", "Atlas"),)
    assert [each[:2] for each in places(reading, OSAID.hasModel)] == [(f"{node}#app", node)]
    named = cyclonedx.read(_bom(MODEL, metadata=app), "bom.json")
    assert (named.unnamed, len(places(named, OSAID.hasModel))) == ((), 1)


@pytest.mark.parametrize("name", ["data/train.csv", "./a/b", "models/atlas", "a/v1/web", "acme/weights.bin"])
@pytest.mark.parametrize("kind", ["data", "machine-learning-model"])
def test_a_path_is_not_taken_for_the_name_of_a_repository(name: str, kind: str) -> None:
    reading = cyclonedx.read(_bom({"type": kind, "name": name}, {"type": kind, "name": "other"}), "bom.json")
    assert not any("huggingface.co" in str(each.triple[0]) for each in reading.statements)


def test_a_licence_may_stand_as_a_property_and_no_sensitive_data_is_no_characteristic() -> None:
    data = {"type": "data", "name": "web", "properties": [{"name": "license", "value": "CC BY 4.0"}]}
    reading = cyclonedx.read(_bom(data | {"data": [{"type": "dataset", "sensitiveData": ["none", "faces"]}]}), "a.json")
    assert [each[1] for each in places(reading, OSAID.license)] == ["CC BY 4.0"]
    assert [each[1] for each in places(reading, OSAID.characteristics)] == ["faces"]


def test_the_repository_of_a_system_is_its_code_and_not_the_system() -> None:
    vcs = [{"type": "vcs", "url": "https://github.com/acme/atlas"}]
    app = {"component": {"type": "application", "bom-ref": "app", "name": "Atlas", "externalReferences": vcs}}
    reading = cyclonedx.read(_bom(MODEL, metadata=app), "bom.json")
    ((system, code, *_),) = places(reading, OSAID.hasCode)
    assert (system.partition("#")[2], code) == ("app", "https://github.com/acme/atlas")


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"[]", "not a CycloneDX document: it has no bomFormat", 1),
        (b'{"bomFormat": "SPDX"}', "not a CycloneDX document: it has no bomFormat", 1),
        (b'{"bomFormat": "CycloneDX",\n"specVersion": "2.0"}', "CycloneDX '2.0' is not known here", 2),
        (b'{"bomFormat": "CycloneDX",}', "not valid JSON at column", 1),
        (b'{"bomFormat": "\xff"}', "not UTF-8: byte 0xff at offset 15", 1),
        (b'<?xml version="1.0"?>\n<!DOCTYPE bom [<!ENTITY a "b">]>\n<bom>&a;</bom>', "a document type declaration", 2),
        (b'<!DOCTYPE bom SYSTEM "file:///etc/passwd"><bom/>', "a document type declaration", 1),
        (f'<bom xmlns="{NAMESPACE}">\n&a;</bom>'.encode(), "not well-formed XML at column 1: undefined entity", 2),
        (f'<bom xmlns="{NAMESPACE}">\n<a></bom>'.encode(), "not well-formed XML at column 6: mismatched tag", 2),
        (b"\n<sbom/>", "not a CycloneDX document: its root is <sbom>", 2),
        (b'<bom xmlns="http://other.example/"/>', "not a CycloneDX document: its root is <bom>", 1),
        (b'<x xmlns="http://cyclonedx.org/schema/bom/1.6"/>', "not a CycloneDX document: its root is <x>", 1),
        (f'<bom xmlns="{NAMESPACE}">{"<a>" * 64}'.encode(), "XML is nested deeper than 64 levels", 1),
        (b"<", "not well-formed XML at column 1: unclosed token", 1),
    ],
)
def test_what_is_no_bill_of_an_ai_release_is_refused_in_one_line(data: bytes, message: str, line: int) -> None:
    with pytest.raises(InputError) as raised:
        cyclonedx.read(data, "bom.json")
    assert raised.value.message.startswith(message)
    assert raised.value.line == line
    assert raised.value.hint


@pytest.mark.parametrize(
    ("data", "names"),
    [(JSON, ["<stdin>", "a.json", "bom.json", "a.cdx.json"]), (XML, ["<stdin>", "a.xml", "bom.xml", "A.CDX.XML"])],
    ids=["json", "xml"],
)
def test_a_bill_is_recognised(data: bytes, names: list[str]) -> None:
    for name in names:
        assert detect(data, name) is cyclonedx
    assert cyclonedx.sniff(b"\xef\xbb\xbf" + data)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": {"bomFormat": "CycloneDX"}}',
        b'{"bomFormat": {"bomFormat": "CycloneDX"}}',
        b'["bomFormat", "CycloneDX"]',
        b"<html>http://cyclonedx.org/schema/bom/1.6</html>",
        b"",
    ],
)
def test_other_documents_are_not(data: bytes) -> None:
    assert not cyclonedx.sniff(data)


@given(
    components=st.lists(st.dictionaries(st.sampled_from(sorted(KEYS)), trees(KEYS, WORDS), max_size=8), max_size=5),
    more=st.dictionaries(st.sampled_from(("metadata", "dependencies", "compositions")), trees(KEYS, WORDS)),
)
@settings(max_examples=150)
def test_no_bill_in_this_shape_breaks_the_reader(components: list[object], more: dict[str, object]) -> None:
    data = _bom(MODEL, *components, **more)
    first = outcome(cyclonedx, data, "bom.json")
    assert first == outcome(cyclonedx, data, "bom.json")


@given(
    data=st.sampled_from((JSON, XML)),
    position=st.integers(0, 10**6),
    kind=st.integers(0, 2),
    by=st.binary(min_size=1, max_size=6),
)
@settings(max_examples=200)
def test_no_damage_to_a_bill_breaks_the_reader(data: bytes, position: int, kind: int, by: bytes) -> None:
    outcome(cyclonedx, mutated(data, position, kind, by), "bom.json")


# -- real files ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample files here")
def test_the_sample_bills_are_read() -> None:
    found = {path.name: outcome(cyclonedx, path.read_bytes(), path.name) for path in sorted(SAMPLES.glob("*.json"))}
    counts = {name: each if isinstance(each, str) else len(each.statements) for name, each in found.items()}
    assert counts == {
        "FLUX.1-dev.json": 27,
        "Llama-3.2-1B-Instruct.json": 122,
        "Qwen2.5-7B-Instruct.json": 232,
        "valid-attestation-1.6.json": 0,
        "valid-attestation-1.7.json": 0,
        "valid-machine-learning-1.6.json": 17,
        "valid-machine-learning-1.7.json": 17,
    }


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample files here")
def test_facts_of_the_sample_bills() -> None:
    llama, qwen = (
        cyclonedx.read((SAMPLES / name).read_bytes(), name)
        for name in ("Llama-3.2-1B-Instruct.json", "Qwen2.5-7B-Instruct.json")
    )
    parameters = "https://huggingface.co/meta-llama/Llama-3.2-1B-Instruct#parameters"
    named = "urn:osaid:name:"
    assert places(llama, OSAID.trainedOn) == [
        (parameters, f"{named}alpaca", 189, "components[0].components[13].properties[2].value"),
        (parameters, f"{named}sharegpt", 228, "components[0].components[14].properties[2].value"),
        (parameters, f"{named}code-alpaca", 267, "components[0].components[15].properties[2].value"),
        (parameters, f"{named}open-assistant-conversations", 313, "components[0].components[16].properties[2].value"),
    ]
    assert ("Llama 3.2 Community License", 33) in [(v, line) for _, v, line, _ in places(llama, OSAID.license)]
    assert places(qwen, OSAID.derivedFrom) == [
        (
            "https://huggingface.co/Qwen/Qwen2.5-7B-Instruct#parameters",
            "https://huggingface.co/Qwen/Qwen2.5-7B",
            39,
            "components[0].pedigree.ancestors[0]",
        )
    ]
    assert len(places(qwen, OSAID.trainedOn)) == 2
