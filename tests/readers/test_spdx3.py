"""SPDX 3: AI packages, datasets, and the relationships between them, in our terms."""

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
from osaid_graph.readers.spdx3 import reader as spdx3
from osaid_graph.reading import Reading, Unnamed
from osaid_graph.vocab import OSAID

FOLDER = FORMATS / "spdx3"
FIXTURES = sorted(FOLDER.glob("*.json"))
SAMPLES = SHARED / "samples" / "spdx3"
CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
KEYS, WORDS = words_of((FOLDER / "release.spdx3.json").read_bytes())


def _read(name: str) -> Reading:
    return spdx3.read((FOLDER / name).read_bytes(), name)


def _document(*elements: object, context: object = CONTEXT) -> bytes:
    return json.dumps({"@context": context, "@graph": elements}, indent=1).encode()


MODEL = {"type": "ai_AIPackage", "spdxId": "https://e.example/m", "name": "M"}


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_document_says_exactly_this(path: Path) -> None:
    assert said(spdx3.read(path.read_bytes(), path.name)) == expected(path)


def test_statements_stand_where_the_document_says_them() -> None:
    reading = _read("release.spdx3.json")
    parameters = "https://huggingface.co/acme/atlas-7b#parameters"
    webmix = "https://huggingface.co/datasets/acme/webmix"
    assert places(reading, OSAID.trainedOn) == [
        (parameters, webmix, 60, "@graph[27].to[0]"),
        (parameters, "https://acme.example/spdx/chats", 61, "@graph[28].to[0]"),
        ("https://acme.example/spdx/base#parameters", "https://acme.example/spdx/crawl", 65, "@graph[32].to[0]"),
    ]
    assert places(reading, OSAID.scope) == [(webmix, "1200 bytes", 41, "@graph[15].dataset_datasetSize")]


def test_what_has_no_place_in_our_terms_is_counted() -> None:
    assert unread(_read("release.spdx3.json")) == {
        "@graph[].created": 1,
        "@graph[].createdBy": 1,
        "@graph[]": 29,
        "@graph[].builtTime": 1,
        "@graph[].ai_typeOfModel": 1,
        "@graph[].isoAutomationLevel": 1,
        "@graph[].externalRef[]": 3,
        "@graph[].name": 1,
        "@graph[].software_primaryPurpose": 3,
        "@graph[].dataset_intendedUse": 1,
        "@graph[].dataset_confidentialityLevel": 1,
        "@graph[].dataset_hasSensitivePersonalInformation": 1,
        "@graph[].dataset_datasetAvailability": 1,
        "@graph[].simplelicensing_licenseText": 1,
        "@graph[].to[]": 2,
        "@graph[].completeness": 1,
        "@graph[].scope": 1,
    }


def test_what_the_document_is_about_has_no_name_but_its_id() -> None:
    reading = _read("release.spdx3.json")
    assert reading.unnamed == (Unnamed(URIRef("https://acme.example/spdx/assistant"), "models", "Acme Assistant"),)
    assert reading.repairs == ()


def test_a_package_url_or_a_page_on_the_hub_names_it() -> None:
    for key, value in (
        ("software_packageUrl", "pkg:huggingface/acme/atlas@1a2b"),
        ("software_downloadLocation", "https://huggingface.co/acme/atlas/tree/main"),
        ("software_homePage", "https://hf.co/acme/atlas"),
        (
            "externalIdentifier",
            [{"type": "x", "externalIdentifierType": "packageUrl", "identifier": "pkg:huggingface/acme/atlas"}],
        ),
    ):
        reading = spdx3.read(_document(MODEL | {key: value}), "a.json")
        assert str(reading.statements[0].triple[0]) == "https://huggingface.co/acme/atlas"
        assert reading.unnamed == ()


def test_an_id_that_is_no_iri_belongs_to_the_document() -> None:
    data = _document(MODEL | {"spdxId": "SPDXRef 1"})
    assert str(spdx3.read(data, "a.json").statements[0].triple[0]) == f"{unnamed(data)}#SPDXRef-1"


def test_one_bad_address_does_not_refuse_the_document() -> None:
    assert [(each.text, each.line, each.field) for each in _read("files.spdx3.json").repairs] == [
        (
            "invalid IRI 'not an address': character ' ' is not allowed: left out",
            13,
            "@graph[4].externalRef[0].locator[1]",
        )
    ]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (["https://spdx.org/licenses/MIT", "https://spdx.org/licenses/CC0-1.0"], "MIT AND CC0-1.0"),
        (["https://spdx.org/licenses/MIT", "expandedlicensing_NoAssertionLicense"], None),
        (["https://e.example/set"], None),
    ],
)
def test_a_set_of_licences_is_an_expression_unless_one_of_them_is_not_asserted(
    members: list[str], words: str | None
) -> None:
    set_ = {
        "type": "expandedlicensing_ConjunctiveLicenseSet",
        "spdxId": "https://e.example/set",
        "expandedlicensing_member": members,
    }
    link = {
        "type": "Relationship",
        "relationshipType": "hasDeclaredLicense",
        "from": "https://e.example/m",
        "to": ["https://e.example/set"],
    }
    reading = spdx3.read(_document(MODEL, set_, link), "a.json")
    assert [value for _, value, _, _ in places(reading, OSAID.license)] == ([words] if words else [])


def test_a_dependency_is_no_derivation() -> None:
    base = MODEL | {"spdxId": "https://e.example/base"}
    link = {
        "type": "Relationship",
        "relationshipType": "dependsOn",
        "from": "https://e.example/m",
        "to": ["https://e.example/base"],
    }
    reading = spdx3.read(_document(MODEL, base, link), "a.json")
    assert not [each for each in reading.statements if "From" in each.triple[1]]
    assert unread(reading) == {"@graph[]": 4}


@pytest.mark.parametrize(
    ("more", "code", "weights"), [((), False, True), (("source",), True, False), (("data",), False, True)]
)
def test_a_file_that_is_meant_to_be_a_model_is_weights_unless_it_is_source_code(
    more: tuple[str, ...], code: bool, weights: bool
) -> None:
    file = {
        "type": "software_File",
        "spdxId": "https://e.example/f",
        "software_primaryPurpose": "model",
        "software_additionalPurpose": more,
    }
    links = [
        {"type": "Relationship", "relationshipType": kind, "from": source, "to": [target]}
        for kind, source, target in (
            ("contains", "https://e.example/m", "https://e.example/f"),
            ("hasDeclaredLicense", "https://e.example/f", "MIT"),
        )
    ]
    reading = spdx3.read(_document(MODEL, file, *links), "a.json")
    licensed = [subject for subject, _, _, _ in places(reading, OSAID.license)]
    assert bool(places(reading, OSAID.hasCode)) is code
    assert licensed == (["https://e.example/m#parameters"] if weights else ["https://e.example/f"])


def test_the_reader_states_what_it_declares() -> None:
    assert states(spdx3.read(path.read_bytes(), path.name) for path in FIXTURES) == spdx3.STATES


def test_words_for_no_assertion_say_nothing() -> None:
    silent = {"description": "NOASSERTION", "dataset_dataCollectionProcess": "NOASSERTION"}
    kinds = ["noAssertion", "https://spdx.org/rdf/3.0.1/terms/Dataset/DatasetType/image"]
    data = {"type": "dataset_DatasetPackage", "spdxId": "https://e.example/d", **silent, "dataset_datasetType": kinds}
    reading = spdx3.read(_document(data), "a.spdx.json")
    assert sorted(str(each.triple[2]) for each in reading.statements) == [str(OSAID.Dataset), "image"]


def test_a_document_of_software_alone_says_nothing_and_is_counted() -> None:
    for elements, fields in (
        ((), {}),
        (({"type": "software_Package", "spdxId": "https://e.example/p"},), {"@graph": 2}),
    ):
        reading = spdx3.read(_document(*elements), "a.spdx.json")
        assert (reading.statements, reading.unnamed, unread(reading)) == ((), (), fields)


@pytest.mark.parametrize(
    ("data", "version", "fields"),
    [
        (b'{"spdxVersion":\n "SPDX-2.3", "packages": [{"name": "x"}]}', "SPDX-2.3", {"packages": 1}),
        (b'{"SPDXID": "SPDXRef-DOCUMENT"}', "SPDX 2", {".": 1}),
    ],
)
def test_spdx_2_is_passed_over_and_told(data: bytes, version: str, fields: dict[str, int]) -> None:
    reading = spdx3.read(data, "a.spdx.json")
    assert (reading.statements, unread(reading)) == ((), fields)
    told = f"{version} has no profiles for AI and datasets: nothing of it is read; SPDX 3.0.1 has them"
    assert [each.text for each in reading.repairs] == [told]


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"[]", "not an SPDX document: it is no JSON object", 1),
        (b'{"@graph": []}', "not an SPDX 3 document: it does not name the context of SPDX 3", 1),
        (_document(MODEL, context="https://schema.org/"), "unknown JSON-LD context 'https://schema.org/' in an", 2),
        (_document(MODEL, context=[CONTEXT, "https://x.example/c"]), "unknown JSON-LD context 'https://x.ex", 4),
        (b'{"@context": 1,}', "not valid JSON at column", 1),
        (b'{"@context": "\xff"}', "not UTF-8: byte 0xff at offset 14", 1),
    ],
)
def test_what_is_no_description_in_spdx_3_is_refused_in_one_line(data: bytes, message: str, line: int) -> None:
    with pytest.raises(InputError) as raised:
        spdx3.read(data, "a.spdx.json")
    assert raised.value.message.startswith(message)
    assert raised.value.line == line
    assert raised.value.hint


@pytest.mark.parametrize("name", ["<stdin>", "a.json", "a.spdx.json", "a.spdx3.json", "folder/A.SPDX.JSON"])
def test_a_document_is_recognised(name: str) -> None:
    assert detect(_document(MODEL), name) is spdx3
    assert detect(b'\xef\xbb\xbf{"name": "x", "spdxVersion": "SPDX-2.3"}', name) is spdx3


@pytest.mark.parametrize(
    "data",
    [
        b'{"@context": "https://w3id.org/osaid-graph/context.jsonld", "x": "https://spdx.org/rdf/3.0.1/"}',
        b'{"a": {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}}',
        b'["https://spdx.org/rdf/3.0.1/spdx-context.jsonld"]',
        b"",
    ],
)
def test_other_documents_are_not(data: bytes) -> None:
    assert not spdx3.sniff(data)


@given(elements=st.lists(st.dictionaries(st.sampled_from(sorted(KEYS)), trees(KEYS, WORDS), max_size=8), max_size=6))
@settings(max_examples=150)
def test_no_document_in_this_shape_breaks_the_reader(elements: list[object]) -> None:
    data = json.dumps({"@context": CONTEXT, "@graph": [MODEL, *elements]}).encode()
    first = outcome(spdx3, data, "a.json")
    assert first == outcome(spdx3, data, "a.json")


@given(position=st.integers(0, 10**6), kind=st.integers(0, 2), by=st.binary(min_size=1, max_size=6))
@settings(max_examples=150)
def test_no_damage_to_a_document_breaks_the_reader(position: int, kind: int, by: bytes) -> None:
    outcome(spdx3, mutated((FOLDER / "release.spdx3.json").read_bytes(), position, kind, by), "a.json")


# -- real files ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample files here")
def test_the_sample_documents_are_read() -> None:
    found = {path.name: spdx3.read(path.read_bytes(), path.name) for path in sorted(SAMPLES.glob("*.json"))}
    assert {name: len(each.statements) for name, each in found.items()} == {
        "example01.spdx3.json": 22,
        "sbom.spdx3.json": 88,
    }
    base = "https://spdx.org/spdxdocs/"
    model = f"{base}AIPackage1-a1fae2b4-2c1a-4f21-9001-1bdc5ac9e481"
    data = f"{base}DatasetPackage1-d1f693d0-b420-4b6a-b9f2-ec2097bac863"
    sbom = found["sbom.spdx3.json"]
    # the weights are a file in the package, the training data are files in a folder of the dataset package
    assert places(sbom, OSAID.trainedOn) == [(f"{model}#parameters", data, 609, "@graph[35].to[0]")]
    assert places(sbom, OSAID.evaluatedOn) == [(f"{model}#parameters", data, 621, "@graph[36].to[0]")]
    assert [(subject, value) for subject, value, _, _ in places(sbom, OSAID.license)] == [
        (data, "CC0-1.0"),
        (f"{model}#parameters", "CC0-1.0"),
    ]
    assert [value.rpartition("#")[2] for _, value, _, _ in places(sbom, OSAID.codeRole)] == [
        "data-processing",
        "training",
    ]
