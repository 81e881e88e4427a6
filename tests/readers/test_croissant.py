"""Croissant 1.0 and 1.1 with RAI and PROV terms: what is read, where, what is left, what is put right and refused."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from osaid_graph.errors import InputError
from osaid_graph.readers import detect
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.croissant import reader as croissant
from osaid_graph.readers.croissant.describe import describe
from osaid_graph.readers.rdf.descriptions import Descriptions
from osaid_graph.reading import Reading, Statement
from osaid_graph.vocab import OSAID

FIXTURES = Path(__file__).parent.parent / "fixtures" / "formats" / "croissant"
FILES = {path.name: path.read_bytes() for path in sorted(FIXTURES.glob("*.json*"))}
SAMPLES = SHARED / "samples" / "croissant"
TIDES = URIRef("https://huggingface.co/datasets/acme/tides")
CONTEXT = "http://mlcommons.org/croissant/1.1"


def _read(document: Any) -> Reading:
    return croissant.read(json.dumps(document).encode(), "x.json")


def _dataset(**said: Any) -> dict[str, Any]:
    known = {"@context": CONTEXT, "@type": "sc:Dataset", "conformsTo": CONTEXT, "url": "https://example.org/d"}
    return {key.replace("__", ":"): value for key, value in (known | said).items()}


def _values(reading: Reading, predicate: URIRef, subject: str = "https://example.org/d") -> list[str]:
    return [str(each.triple[2]) for each in reading.statements if each.triple[:2] == (URIRef(subject), predicate)]


def _triples(reading: Reading) -> set[tuple[Node, Node, Node]]:
    return {each.triple for each in reading.statements}


# -- whole files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_exactly_what_stands_beside_it_in_turtle(name: str) -> None:
    expected, said = Graph(), Graph()
    expected.parse(FIXTURES.parents[1] / "expected" / "croissant" / f"{name.rpartition('.')[0]}.ttl")
    for each in _triples(croissant.read(FILES[name], name)):
        said.add(each)
    assert isomorphic(expected, said)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_recognised_by_what_stands_in_it(name: str) -> None:
    assert detect(FILES[name], name).NAME == detect(FILES[name], "metadata.json").NAME == "croissant"


def test_states_are_what_the_fixtures_make_it_say() -> None:
    said = {each.triple[1] for name, data in FILES.items() for each in croissant.read(data, name).statements}
    assert {each for each in said if str(each).startswith(str(OSAID))} == croissant.STATES


def test_each_statement_stands_at_its_key() -> None:
    places = {
        (each.triple[1], str(each.triple[2])): (each.line, each.field)
        for each in croissant.read(FILES["full.json"], "full.json").statements
    }
    assert places[OSAID.location, "https://example.org/tides.zip"] == (92, "distribution[0].contentUrl")
    assert places[OSAID.derivedFrom, "https://huggingface.co/datasets/acme/gauges"] == (76, "prov:wasDerivedFrom")
    assert places[OSAID.obtained, "Reading of the gauges"] == (86, "prov:wasGeneratedBy[1]")
    assert places[OSAID.labeling, "annotations per item: 2"] == (70, "rai:annotationsPerItem")


def test_what_is_not_modelled_is_counted() -> None:
    reading = croissant.read(FILES["full.json"], "full.json")
    assert [(each.field.rpartition("/")[2], each.count, each.line) for each in reading.unread] == [
        ("sameAs", 1, 27),
        ("name", 1, 29),
        ("url", 1, 30),
        ("Language", 1, 32),
        ("Place", 1, 34),
        ("termCode", 1, 38),
        ("keywords", 2, 55),
        ("citeAs", 1, 57),
        ("dataCollectionMissingData", 1, 64),
        ("dataSocialImpact", 1, 73),
        ("dataUseCases", 1, 74),
        ("hasSyntheticData", 1, 75),
        ("prov#label", 1, 76),
        ("prov#startedAtTime", 1, 83),
        ("sha256", 1, 94),
        ("contentUrl", 1, 99),
        ("containedIn", 1, 100),
        ("data", 1, 120),
    ]


def test_what_was_put_right_is_told_with_its_place() -> None:
    repairs = {
        name: [(each.text, each.line, each.field) for each in croissant.read(data, name).repairs]
        for name, data in FILES.items()
    }
    encoded = "character ' ' is not allowed: read percent-encoded"
    assert repairs == {
        "expanded.json": [],
        "full.json": [(f"invalid IRI 'gauges 1': {encoded}", 76, "prov:wasDerivedFrom.@id")],
        "graph.jsonld": [],
        "wild.json": [
            (f"no @context: read with that of {CONTEXT}", 1, ""),
            (f"invalid IRI 'my file.csv': {encoded}, and 1 more like it", 8, "distribution[0].@id"),
            ("it names no version of Croissant (conformsTo): read as 1.1", 2, ""),
            ("'None' is no address of a dataset: left out", 4, "url"),
            (
                "prov:locatedAt is no term of PROV: read as prov:atLocation",
                9,
                "prov:wasDerivedFrom[3].prov:locatedAt",
            ),
        ],
    }


def test_a_dataset_without_an_address_is_left_to_be_named() -> None:
    (unnamed,) = croissant.read(FILES["wild.json"], "wild.json").unnamed
    assert (unnamed.kind, unnamed.title) == ("datasets", "gauge notes")
    assert unnamed.node.startswith("urn:osaid:document:")
    assert croissant.read(FILES["full.json"], "full.json").unnamed == ()


# -- identity --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "iri"),
    [
        (
            {"url": "https://example.org/d", "sameAs": "https://hf.co/datasets/a/b"},
            "https://huggingface.co/datasets/a/b",
        ),
        ({"url": "https://example.org/d", "@id": "https://example.org/other"}, "https://example.org/d"),
        ({"url": None, "@id": "https://example.org/own", "sameAs": "https://example.org/s"}, "https://example.org/own"),
        ({"url": None, "@id": "own", "sameAs": "https://example.org/s"}, "https://example.org/s"),
        ({"url": None, "identifier": "10.5281/zenodo.7"}, "https://doi.org/10.5281/zenodo.7"),
        (
            {"url": None, "identifier": {"@type": "PropertyValue", "value": "https://dx.doi.org/10.5281/zenodo.7"}},
            "https://doi.org/10.5281/zenodo.7",
        ),
    ],
)
def test_identity_is_a_hub_page_then_the_url_then_what_else_names_it(said: dict[str, Any], iri: str) -> None:
    reading = _read(_dataset(**said))
    assert (URIRef(iri), RDF.type, OSAID.Dataset) in _triples(reading)
    assert reading.unnamed == ()


@pytest.mark.parametrize("said", [{"citeAs": "https://doi.org/10.1/paper"}, {"@id": "squad"}, {"name": "org/name"}])
def test_a_citation_a_local_id_and_a_name_are_no_identity(said: dict[str, Any]) -> None:
    assert len(_read(_dataset(url=None, **said)).unnamed) == 1


def test_two_datasets_without_an_address_stay_two() -> None:
    graph = [{"@type": "Dataset", "name": "one"}, {"@type": "Dataset", "name": "two"}]
    unnamed = _read({"@context": CONTEXT, "@graph": graph}).unnamed
    assert [each.title for each in unnamed] == ["one", "two"]
    assert len({each.node for each in unnamed}) == 2


# -- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["cc-by-4.0", "Public", "other", "unknown", "https://choosealicense.com/licenses/undefined/", "MIT OR Apache-2.0"],
)
def test_a_licence_stands_as_written(words: str) -> None:
    assert _values(_read(_dataset(license=words)), OSAID.license) == [words]


@pytest.mark.parametrize("value", [{"@id": "mit"}, {"@type": "CreativeWork", "name": "mit"}, {"@value": "mit"}])
def test_a_licence_in_a_block_is_what_the_block_calls_it(value: dict[str, str]) -> None:
    assert _values(_read(_dataset(license=value)), OSAID.license) == ["mit"]


def test_free_of_charge_is_not_taken_for_public() -> None:
    reading = _read(_dataset(isAccessibleForFree=True))
    assert _values(reading, OSAID.fee) == ["accessible for free"]
    assert not [each for each in reading.statements if each.triple[1] in (OSAID.availability, OSAID.accessManner)]


def test_the_sentence_that_the_hub_fills_in_describes_nothing() -> None:
    filler = "acme/tides dataset hosted on Hugging Face and contributed by the HF Datasets community"
    reading = _read(_dataset(description=filler))
    assert _values(reading, OSAID.scope) == []
    assert [each.field for each in reading.unread] == ["https://schema.org/description"]


@pytest.mark.parametrize("void", ["N/A", "none.", "", "Not applicable", "unknown"])
def test_words_that_only_fill_a_place_are_no_evidence(void: str) -> None:
    reading = _read(_dataset(rai__dataAnnotationProtocol=void, rai__annotationsPerItem=[void, "3"]))
    assert _values(reading, OSAID.labeling) == ["annotations per item: 3"]


@pytest.mark.parametrize("prefix", ["rai:", "", "cr:", "https://mlcommons.org/croissant/RAI/"])
def test_rai_terms_are_known_with_whatever_prefix_they_get(prefix: str) -> None:
    assert _values(_read(_dataset(**{f"{prefix}dataCollection": "By hand."})), OSAID.obtained) == ["By hand."]


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("class_", ["sc:Dataset", "Dataset", "{}://schema.org/Dataset"])
def test_schema_org_is_the_same_by_either_scheme(scheme: str, class_: str) -> None:
    context = {"@vocab": f"{scheme}://schema.org/", "sc": f"{scheme}://schema.org/"}
    document = _dataset(name="D") | {"@context": context, "@type": class_.format(scheme)}
    assert _values(_read(document), DCTERMS.title) == ["D"]


def test_a_prefix_that_the_context_lacks_is_read_and_told() -> None:
    document = _dataset(prov__wasDerivedFrom={"@id": "https://example.org/s"})
    document["@context"] = {"@vocab": "https://schema.org/", "conformsTo": "http://purl.org/dc/terms/conformsTo"}
    reading = _read(document)
    assert _values(reading, OSAID.derivedFrom) == ["https://example.org/s"]
    assert [each.text for each in reading.repairs] == [
        f"@context does not declare prov, sc: read as in that of {CONTEXT}"
    ]


def test_what_the_context_of_a_file_declares_keeps_its_meaning() -> None:
    context = [CONTEXT, {"license": "https://example.org/terms#license"}]
    reading = _read(_dataset(license="MIT") | {"@context": context})
    assert _values(reading, OSAID.license) == []
    assert [each.field for each in reading.unread] == ["https://example.org/terms#license"]


def test_a_description_without_a_class_is_that_of_a_dataset() -> None:
    document = _dataset(name="D")
    del document["@type"]
    reading = _read(document)
    assert _values(reading, DCTERMS.title) == ["D"]
    assert [each.text for each in reading.repairs] == ["the dataset has no @type: read as sc:Dataset"]


# -- provenance ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "iri"),
    [
        ({"@id": "s", "prov:atLocation": "https://hf.co/datasets/a/b"}, "https://huggingface.co/datasets/a/b"),
        ({"@id": "https://example.org/s"}, "https://example.org/s"),
        ({"@id": "urn:dataset:ImageNet"}, "urn:dataset:ImageNet"),
        ({"@type": "Dataset", "name": "MedQA", "url": "https://example.org/medqa"}, "https://example.org/medqa"),
        ({"@id": "s", "sameAs": "https://example.org/same"}, "https://example.org/same"),
        ({"@id": "s", "prov:label": "Common harbour"}, "urn:osaid:name:common-harbour"),
        ({"@id": "org/local"}, "urn:osaid:name:org-local"),
        ("org/name", "https://huggingface.co/datasets/org/name"),
        ("https://example.org/s", "https://example.org/s"),
    ],
)
def test_a_source_is_known_by_where_it_is_before_what_it_is_called(source: Any, iri: str) -> None:
    assert _values(_read(_dataset(prov__wasDerivedFrom=source)), OSAID.derivedFrom) == [iri]


def test_fields_and_files_that_were_derived_make_the_dataset_derived() -> None:
    field = {"@type": "cr:Field", "@id": "r/g/f", "prov:wasDerivedFrom": {"@id": "https://example.org/f"}}
    inner = {"@type": "cr:Field", "@id": "r/g", "subField": field, "dataType": "sc:Text"}
    reading = _read(_dataset(recordSet={"@type": "cr:RecordSet", "@id": "r", "field": inner}))
    assert _values(reading, OSAID.derivedFrom) == ["https://example.org/f"]
    assert _values(reading, OSAID.characteristics) == ["record set r: g (Text; f)"]


@pytest.mark.parametrize(
    ("kind", "predicate"),
    [
        ({"@id": "https://www.wikidata.org/wiki/Q4929239"}, OSAID.obtained),
        ({"@id": "https://www.wikidata.org/wiki/Q109719325"}, OSAID.labeling),
        ("Data preprocessing", OSAID.processing),
        ("Collecting and labelling", OSAID.processing),
    ],
)
def test_an_activity_goes_by_its_type_and_never_by_its_words(kind: Any, predicate: URIRef) -> None:
    activity = {"@type": "prov:Activity", "prov:type": kind, "prov:label": "Labels", "description": "Were given."}
    assert _values(_read(_dataset(prov__wasGeneratedBy=activity)), predicate) == ["Labels: Were given."]


def test_a_part_of_a_page_or_a_catalogue_is_no_subset() -> None:
    reading = _read(_dataset(isPartOf={"@type": "DataCatalog", "url": "https://example.org/all"}))
    assert _values(reading, OSAID.subsetOf) == []


def test_fields_that_stand_in_each_other_are_told_once() -> None:
    a = {"@type": "cr:Field", "@id": "a", "subField": {"@id": "b"}}
    b = {"@type": "cr:Field", "@id": "b", "subField": {"@id": "a"}}
    reading = _read(_dataset(recordSet={"@type": "cr:RecordSet", "@id": "r", "field": [a, b]}))
    assert _values(reading, OSAID.characteristics) == ["record set r: a; b"]


def test_of_many_fields_the_first_are_named_and_the_others_counted() -> None:
    fields = [{"@type": "cr:Field", "@id": f"r/f{number}"} for number in range(45)]
    reading = _read(_dataset(recordSet={"@type": "cr:RecordSet", "@id": "r", "field": fields}))
    (told,) = _values(reading, OSAID.characteristics)
    assert told.startswith("record set r: f0; f1; ")
    assert told.endswith("; f39; and 5 more")


def test_the_same_terms_in_another_syntax_say_the_same() -> None:
    graph = Graph()
    graph.parse(
        data="""@prefix sc: <https://schema.org/> . @prefix rai: <http://mlcommons.org/croissant/RAI/> .
        [] a sc:Dataset ; sc:name "Ebb" ; rai:dataCollection "By hand." .""",
        format="turtle",
    )
    out = ClaimWriter()
    (unnamed,) = describe(Descriptions([Statement(each) for each in graph]), out)  # type: ignore[arg-type]
    assert (unnamed.node, OSAID.obtained, Literal("By hand.")) in _triples(out.reading())


# -- what is refused, and what never is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b'{"@type": "sc:Dataset",\n', "not valid JSON", 2),
        (b'{"@type": "sc:Dataset",\n"@type": "sc:Dataset"}', "duplicate key '@type'", 2),
        (b'\n{"@context": "http://mlcommons.org/croissant/1.1", "@type": "sc:Person"}', "no dataset in it", 2),
        (b"[]", "no dataset in it", 1),
        (b'"text"', "no dataset in it", 1),
        (b'{"@type": "sc:Dataset",\n"name": "\xff"}', "not UTF-8", 2),
        (b'{"@context": "https://a.example/c", "@type": "Dataset"}', "unknown JSON-LD context", 1),
        (b'{"@context": {"@import": "x"}, "@type": "Dataset"}', "JSON-LD @import is not accepted", 1),
        (b'{"a":' * 80 + b"1" + b"}" * 80, "JSON is nested deeper", 1),
    ],
)
def test_a_malformed_document_is_one_clear_line(data: bytes, message: str, line: int) -> None:
    with pytest.raises(InputError) as raised:
        croissant.read(data, "x.json")
    assert raised.value.message.startswith(message)
    assert "\n" not in raised.value.message
    assert raised.value.hint
    assert raised.value.line == line


@pytest.mark.parametrize(
    "data",
    [
        b'{"@context": "https://w3id.org/osaid-graph/context.jsonld", "id": "https://example.org/a"}',
        b'{"bomFormat": "CycloneDX", "components": [{"@type": "Dataset", "recordSet": []}]}',
        b'{"@context": {"cr": "http://mlcommons.org/croissant/"}, "@graph": [{"@type": "fair4ml:MLModel"},'
        b' {"@type": "sc:Dataset"}]}',
        b'{"@type": "sc:Dataset", "name": "plain schema.org"}',
        b"datasets: []",
    ],
)
def test_other_documents_are_left_to_other_readers(data: bytes) -> None:
    assert not croissant.sniff(data)


_KEYS = (
    *("@id", "@type", "@context", "@graph", "url", "name", "license", "description", "creator", "publisher", "version"),
    *("distribution", "recordSet", "field", "subField", "dataType", "contentUrl", "containedIn", "encodingFormat"),
    *(
        "usageInfo",
        "odrl:permission",
        "odrl:action",
        "odrl:constraint",
        "isBasedOn",
        "isPartOf",
        "sameAs",
        "identifier",
    ),
    *("prov:wasDerivedFrom", "prov:wasGeneratedBy", "prov:atLocation", "prov:label", "prov:type", "rai:dataCollection"),
    *(
        "rai:dataBiases",
        "rai:annotationsPerItem",
        "isLiveDataset",
        "isAccessibleForFree",
        "inLanguage",
        "@value",
        "data",
    ),
)
_TEXTS = st.sampled_from(
    [
        "sc:Dataset",
        "Dataset",
        "cr:Field",
        "prov:Activity",
        "https://example.org/x",
        "https://[",
        "a b",
        "#",
        "N/A",
        CONTEXT,
    ]
) | st.text(max_size=8)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=5),
    max_leaves=25,
)


def _outcome(data: bytes) -> object:
    try:
        return croissant.read(data, "x.json")
    except InputError as error:
        return error.message


@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=12))
@settings(max_examples=200)
def test_whatever_the_keys_hold_it_is_read_or_refused_the_same_way_twice(said: dict[str, Any]) -> None:
    data = json.dumps({"@context": CONTEXT, "@type": "sc:Dataset"} | said).encode("utf-8", "replace")
    assert _outcome(data) == _outcome(data)


@given(st.sampled_from(sorted(FILES)), st.integers(0, 6000), st.binary(max_size=4), st.integers(0, 3))
@settings(max_examples=200)
def test_whatever_is_done_to_the_bytes_it_is_read_or_refused(name: str, at: int, new: bytes, gone: int) -> None:
    data = FILES[name]
    at %= len(data)
    mutated = data[:at] + new + data[at + gone :]
    croissant.sniff(mutated)
    assert _outcome(mutated) == _outcome(mutated)


@pytest.mark.parametrize("cut", range(0, 4000, 37))
def test_a_file_that_was_cut_off_is_sniffed_without_harm(cut: int) -> None:
    assert croissant.sniff(FILES["full.json"][:cut]) in (True, False)


# -- real files ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def samples() -> dict[str, Reading]:
    if not SAMPLES.is_dir():
        pytest.skip("the sample files are absent")
    return {path.stem: croissant.read(path.read_bytes(), path.name) for path in sorted(SAMPLES.glob("*.json"))}


def test_every_real_file_is_recognised_and_read(samples: dict[str, Reading]) -> None:
    assert len(samples) == 27
    assert {detect(path.read_bytes(), path.name).NAME for path in SAMPLES.glob("*.json")} == {"croissant"}
    assert [name for name, each in samples.items() if each.unnamed] == ["1.1--audio_test"]
    assert {name: len(each.repairs) for name, each in samples.items() if each.repairs} == {
        "1.1--audio_test": 1,
        "1.1--huggingface-squad_v2": 1,
    }


def test_real_files_say_what_they_say(samples: dict[str, Reading]) -> None:
    hub = "https://huggingface.co/datasets/"
    wildchat = samples["1.1--huggingface-wildchat"]
    assert _values(wildchat, OSAID.derivedFrom, f"{hub}allenai/WildChat-1M") == [f"{hub}allenai/WildChat-1M-Full"]
    assert _values(wildchat, OSAID.license, f"{hub}allenai/WildChat-1M") == [
        "https://choosealicense.com/licenses/odc-by/"
    ]
    assert len(_values(wildchat, OSAID.processing, f"{hub}allenai/WildChat-1M")) == 3
    squad = samples["1.1--huggingface-squad_v2"]
    assert _values(squad, OSAID.derivedFrom, f"{hub}rajpurkar/squad_v2") == [f"{hub}rajpurkar/squad"]
    undefined = samples["1.1--huggingface-recipe_RL_data_roberta-base"]
    assert _values(undefined, OSAID.license, f"{hub}AnonymousSub/recipe_RL_data_roberta-base") == [
        "https://choosealicense.com/licenses/undefined/"
    ]
    assert _values(samples["1.0--credit-g"], OSAID.license, "https://www.openml.org/search?type=data&id=31") == [
        "Public"
    ]
    crawl = "https://data.commoncrawl.org/crawl-data/CC-MAIN-2025-43/index.html"
    assert _values(samples["1.1--commoncrawl-CC-MAIN-2025-43-draft"], OSAID.scope, crawl) == [
        "Common Crawl October 2025 Crawl Archive",
        "period: 2025-10-05T11:42:39Z/2025-10-19T01:06:58Z",
    ]


def test_a_real_file_with_a_key_taken_out_is_read(samples: dict[str, Reading]) -> None:
    document = json.loads((SAMPLES / "1.1--huggingface-squad_v2.json").read_bytes())
    for key in document:
        less = copy.deepcopy(document)
        del less[key]
        assert _read(less).statements
