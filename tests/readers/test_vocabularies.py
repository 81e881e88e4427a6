"""RDF in the vocabularies of others: MLDCAT-AP, FAIR4ML, DCAT, schema.org and PROV-O, and PROV in its own notations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT, SHARED
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Literal, URIRef
from translated_readings import translated

from osaid_graph.errors import InputError
from osaid_graph.readers import detect, reader
from osaid_graph.readers.vocabularies import VOCABULARIES, vocabulary
from osaid_graph.reading import Reading
from osaid_graph.vocab import CODE, OSAID

FIXTURES = ROOT / "tests" / "fixtures" / "formats"
NAMES = ("rdf", "mldcat-ap", "fair4ml", "prov-json", "prov-n")
FILES = sorted(path for name in NAMES for path in (FIXTURES / name).iterdir())
SAMPLES = sorted((SHARED / "samples" / "mldcat-ap").glob("*"))
E = "https://e.example/"
PREFIX = (
    "@prefix osaid: <https://w3id.org/osaid-graph/ont#> . @prefix prov: <http://www.w3.org/ns/prov#> . "
    "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . "
    "@prefix fair4ml: <https://w3id.org/fair4ml#> . @prefix : <https://e.example/> .\n"
)


def _read(data: str | bytes, name: str) -> Reading:
    content = data.encode() if isinstance(data, str) else data
    return detect(content, name).read(content, name)


def _turtle(text: str) -> Reading:
    return _read(PREFIX + text, "a.ttl")


def _provn(records: str) -> Reading:
    prefixes = f"prefix ex <{E}>\nprefix dcterms <http://purl.org/dc/terms/>"
    return _read(f"document\n{prefixes}\n{records}\nendDocument\n", "a.provn")


def _ours(reading: Reading) -> set[tuple[str, str, str]]:
    """The statements of our own vocabulary, by their local names."""
    return {
        (str(s).removeprefix(E), str(p).rpartition("#")[2], str(o).removeprefix(E))
        for s, p, o in (statement.triple for statement in reading.statements)
        if p.startswith(str(OSAID._NS))
    }


def _kinds(reading: Reading) -> dict[str, str]:
    return {
        str(s).removeprefix(E): str(o).removeprefix(str(OSAID._NS))
        for s, p, o in (statement.triple for statement in reading.statements)
        if p == RDF.type and str(o).startswith(str(OSAID._NS)) and not str(s).endswith("#parameters")
    }


# -- fixtures and samples --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_fixture_says_exactly_what_is_written_down_for_it(path: Path) -> None:
    expected = ROOT / "tests" / "fixtures" / "expected" / path.parent.name / f"{path.name}.txt"
    assert translated(_read(path.read_bytes(), path.name)) == expected.read_text("utf-8")


@pytest.mark.skipif(not SAMPLES, reason="no folder of real files")
def test_every_example_of_mldcat_ap_is_read() -> None:
    models = {
        "example-dataset.jsonld": 0,
        "example-dataset.ttl": 0,
        "example-machinelearningmodel-eosc.jsonld": 1,
        "example-machinelearningmodel-hf-bloom.jsonld": 1,
        "example-machinelearningmodel-hf.ttl": 1,
    }
    readings = {path.name: _read(path.read_bytes(), path.name) for path in SAMPLES}
    assert {
        name: sum(s.triple[2] == OSAID.Model for s in reading.statements) for name, reading in readings.items()
    } == models
    bloom = URIRef("https://huggingface.co/bigscience/bloomz-7b1#parameters")
    for name in ("example-machinelearningmodel-hf-bloom.jsonld", "example-machinelearningmodel-hf.ttl"):
        said = {s.triple for s in readings[name].statements}
        assert (bloom, OSAID.license, URIRef("https://huggingface.co/spaces/bigscience/license")) in said
        assert (bloom, OSAID.trainedOn, URIRef("https://huggingface.co/datasets/bigscience/xP3")) in said
    german = URIRef("http://openml.org/openml/dataset/31")
    for name in ("example-dataset.jsonld", "example-dataset.ttl"):
        assert (german, OSAID.availability, CODE["public"]) in {s.triple for s in readings[name].statements}


@pytest.mark.skipif(not SAMPLES, reason="no folder of real files")
def test_the_same_example_in_two_notations_says_the_same() -> None:
    one, other = (
        {s.triple for s in _read(path.read_bytes(), path.name).statements if s.triple[1].startswith(str(OSAID._NS))}
        for path in (SHARED / "samples" / "mldcat-ap" / f"example-dataset.{end}" for end in ("ttl", "jsonld"))
    )
    assert one == other != set()


# -- beside our own vocabulary ---------------------------------------------------------------------------------------


def test_a_document_in_our_vocabulary_is_read_as_it_stands() -> None:
    reading = _turtle(':a a osaid:Model ; dct:title "A" ; osaid:hasParameters :p .\n:g prov:wasDerivedFrom :page .')
    assert (len(reading.statements), reading.unread, reading.repairs, reading.unnamed) == (4, (), (), ())


def test_provenance_beside_our_vocabulary_is_that_of_the_description() -> None:
    reading = _turtle(":a a osaid:Dataset .\n:b prov:wasDerivedFrom :c . :run prov:used :c .")
    assert _ours(reading) == set()
    assert [(each.field, each.line) for each in reading.unread] == [("http://www.w3.org/ns/prov#used", 3)]


def test_datasets_of_dcat_are_read_beside_our_vocabulary() -> None:
    reading = _turtle(
        ':m a osaid:Model ; osaid:hasParameters :p .\n:d a dcat:Dataset ; dct:license "CC0-1.0" ; dct:rights "x" .'
    )
    assert _ours(reading) == {("m", "hasParameters", "p"), ("d", "license", "CC0-1.0")}
    assert [(each.field, each.line) for each in reading.unread] == [("http://purl.org/dc/terms/rights", 3)]


def test_what_no_vocabulary_knows_is_kept_and_counted() -> None:
    reading = _turtle(":a a :Thing ; :p 1, 2 .\n:b :p 3 .")
    assert len(reading.statements) == 4
    assert [(each.field, each.count, each.line) for each in reading.unread] == [
        (f"rdf:type {E}Thing", 1, 2),
        (f"{E}p", 3, 2),
    ]


def test_a_named_graph_keeps_what_is_translated_from_it() -> None:
    reading = _read(PREFIX + ':g { :d a dcat:Dataset ; dct:license "MIT" ; dct:accessRights "ask" }', "a.trig")
    assert {s.graph for s in reading.statements} == {URIRef(E + "g")}
    assert len(reading.statements) == 3 + 5


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_vocabulary_says_what_it_can_state(name: str) -> None:
    assert vocabulary(name).STATES


# -- names -----------------------------------------------------------------------------------------------------------


def test_a_model_without_an_iri_is_known_by_its_address() -> None:
    document = {"@context": "https://w3id.org/fair4ml", "@type": "MLModel", "url": "http://hf.co/acme/atlas/tree/main"}
    reading = _read(json.dumps(document), "a.json")
    assert _kinds(reading) == {"https://huggingface.co/acme/atlas": "Model"}
    assert reading.unnamed == ()


def test_two_models_that_nothing_names_are_two() -> None:
    document = [{"@context": "https://w3id.org/fair4ml", "@type": "MLModel", "name": name} for name in ("A", "B")]
    reading = _read(json.dumps(document), "a.json")
    assert [(each.kind, each.title) for each in reading.unnamed] == [("models", "A"), ("models", "B")]
    assert len({each.node for each in reading.unnamed}) == 2


def test_a_reference_that_cannot_be_an_iri_is_mended_in_the_vocabulary_of_others_alone() -> None:
    document = '{"@context": "https://w3id.org/fair4ml",\n"@type": "MLModel", "@id": "https://e.example/a b"}'
    reading = _read(document, "a.json")
    assert _kinds(reading) == {"a%20b": "Model"}
    assert [(each.line, each.field) for each in reading.repairs] == [(2, "@id")]
    ours = (
        '{"@context": "https://w3id.org/osaid-graph/context.jsonld",\n"@type": "Model", "@id": "https://e.example/a b"}'
    )
    with pytest.raises(InputError, match="invalid IRI"):
        _read(ours, "a.jsonld")


# -- provenance ------------------------------------------------------------------------------------------------------


def test_what_makes_a_model_from_data_is_training() -> None:
    entities = 'entity(ex:m, [prov:type="model"]) entity(ex:d, [prov:type="dataset"])'
    reading = _provn(f"{entities}\nused(ex:a, ex:d, -)\nwasGeneratedBy(ex:m, ex:a, -)")
    assert _kinds(reading) == {"m": "Model", "d": "Dataset", "a": "Training"}
    assert ("m#parameters", "trainedBy", "a") in _ours(reading)
    assert reading.repairs == ()


def test_what_training_used_and_nothing_tells_is_taken_for_data_and_told() -> None:
    activity = 'activity(ex:a, -, -, [prov:type="training"])'
    reading = _provn(f"{activity}\nused(ex:a, ex:d, -)\nwasGeneratedBy(ex:m, ex:a, -)")
    assert _ours(reading) == {("m", "hasParameters", "m#parameters")} | {
        ("m#parameters", "trainedBy", "a"),
        ("a", "usedDataset", "d"),
    }
    assert [(each.text, each.line) for each in reading.repairs] == [
        (f"nothing says what {E}d is, which training used: taken for a dataset", 5)
    ]


def test_a_chain_of_unknown_activities_is_followed_to_its_start() -> None:
    chain = "\n".join(f"wasGeneratedBy(ex:e{n}, ex:a{n}, -) used(ex:a{n}, ex:e{n + 1}, -)" for n in range(50))
    reading = _provn(f'{chain}\nentity(ex:e0, [prov:type="dataset"])')
    assert _kinds(reading) == {f"e{n}": "Dataset" for n in range(50)} | {f"a{n}": "DataProcessing" for n in range(50)}


def test_a_name_of_an_activity_is_no_word_for_it() -> None:
    reading = _provn("activity(ex:training) used(ex:training, ex:x, -) wasGeneratedBy(ex:y, ex:training, -)")
    assert _kinds(reading) == {}
    assert {each.field for each in reading.unread} >= {"http://www.w3.org/ns/prov#used"}


def test_a_word_counts_whole() -> None:
    reading = _provn('entity(ex:e, [prov:type="model railway"]) activity(ex:a, -, -, [prov:type="training ground"])')
    assert _kinds(reading) == {}


def test_what_data_comes_from_is_left_to_the_edge_until_it_is_described() -> None:
    written = """entity(ex:d, [prov:type="dataset"]) entity(ex:web) entity(ex:pages) entity(ex:x) entity(ex:y)
        wasDerivedFrom(ex:d, ex:web, -, -, -) wasDerivedFrom(ex:web, ex:pages, -, -, -)
        wasDerivedFrom(ex:x, ex:y, -, -, -)"""
    assert _kinds(_provn(written)) == {"d": "Dataset", "x": "Artifact", "y": "Artifact"}


def test_an_entity_of_no_class_of_which_terms_are_told_is_an_artifact() -> None:
    assert _kinds(_provn('entity(ex:e, [dcterms:license="MIT"]) entity(ex:f)')) == {"e": "Artifact"}


def test_code_and_settings_are_no_source_of_lineage() -> None:
    reading = _provn('entity(ex:d, [prov:type="dataset"]) entity(ex:c, [prov:type="code"]) wasDerivedFrom(ex:d, ex:c)')
    assert _ours(reading) == set()


def test_a_bundle_is_who_says_what_it_holds() -> None:
    reading = _provn('entity(ex:d, [prov:type="dataset"])\nbundle ex:b\nwasDerivedFrom(ex:d, ex:s)\nendBundle')
    (edge,) = (s for s in reading.statements if s.triple[1] == OSAID.derivedFrom)
    assert (edge.graph, edge.line) == (URIRef(E + "b"), 6)


def test_records_that_extend_provenance_are_passed_over_and_counted() -> None:
    extension = 'ex:hadMembers(ex:d, {("k", ex:e), ("l", ex:f)}, [])'
    reading = _provn(extension + '\nentity(ex:d, [ex:p="x" %% <https://e.example/t>])')
    assert next((each.field, each.count, each.line) for each in reading.unread) == ("ex:hadMembers", 1, 4)
    assert any(s.triple[2] == Literal("x", datatype=URIRef(E + "t")) for s in reading.statements)


def test_prefixes_that_are_not_declared_are_told_once() -> None:
    reading = _provn('entity(no:d, [prov:type="dataset"]) entity(no:e, [prov:type="dataset"]) entity(plain)')
    assert [each.text for each in reading.repairs] == [
        "the prefix 'no' is not declared: taken for a name of its own",
        "a namespace for 'plain' is not declared: taken for a name of its own",
    ]
    assert _kinds(reading) == {"urn:osaid:name:no%3Ad": "Dataset", "urn:osaid:name:no%3Ae": "Dataset"}


def test_an_unknown_term_of_ours_in_provenance_is_left_out_and_told() -> None:
    data = {"prefix": {"o": str(OSAID._NS), "ex": E}, "entity": {"ex:a": {"o:licence": "MIT", "prov:type": "dataset"}}}
    reading = _read(json.dumps(data), "a.json")
    assert _kinds(reading) == {"a": "Dataset"}
    assert [each.text for each in reading.repairs] == ["unknown term osaid:licence: left out"]


@pytest.mark.parametrize(
    ("format_", "text", "line", "message"),
    [
        ("prov-n", "", 1, "PROV-N syntax error: expected document, found the end of the file"),
        ("prov-n", "document\nentity(", 2, "PROV-N syntax error: expected endDocument, found the end of the file"),
        ("prov-n", "document\nentity()\nendDocument", 2, "entity without an identifier"),
        ("prov-n", 'document\n\nentity(a, [b="x)', 3, "not PROV-N at "),
        ("prov-n", "document\nentity(a, [b=c])", 2, "PROV-N syntax error: expected a value"),
        ("prov-n", "document\nendDocument\nentity(a)", 3, "PROV-N syntax error: expected nothing after endDocument"),
        ("prov-n", "document\nprefix ex ex\nendDocument", 2, "PROV-N syntax error: expected a namespace in angle"),
        ("prov-json", "[]", 1, "not PROV-JSON: no entity, activity or relation in it"),
        ("prov-json", '{"prefix": {}}', 1, "not PROV-JSON: no entity"),
        ("prov-json", '{"entity": {\n"a": }}', 2, "not valid JSON"),
        ("mldcat-ap", '{"a":\n1}', 1, "not MLDCAT-AP: as JSON-LD it says nothing"),
        ("fair4ml", '{\n"@context": "https://w3id.org/fair4ml/9.9"}', 2, "unknown JSON-LD context"),
        ("rdf-xml", "<a>\n<b></a>", 2, "not XML: mismatched tag"),
        ("rdf-xml", "<!DOCTYPE a>\n<a/>", 1, "an XML document type declaration"),
        ("rdf-xml", "<?xml version='1.0'?>\n<!ENTITY a 'b'>", 2, "an XML document type declaration"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(format_: str, text: str, line: int, message: str) -> None:
    with pytest.raises(InputError) as raised:
        reader(format_).read(text.encode(), "x")
    assert raised.value.message.startswith(message)
    assert raised.value.line == line
    assert raised.value.hint


# -- RDF/XML ---------------------------------------------------------------------------------------------------------

XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://e.example/">{}</rdf:RDF>'


def test_rdf_xml_in_our_vocabulary_says_what_turtle_says() -> None:
    text = XML.replace("xmlns:e", 'xmlns:o="https://w3id.org/osaid-graph/ont#" xmlns:e').format(
        '<o:Model rdf:about="https://e.example/m"><o:license>MIT</o:license>\n'
        "<o:trainedOn><o:NotDisclosed/></o:trainedOn></o:Model>"
    )
    reading = _read(text, "a.rdf")
    turtle = _turtle(':m a osaid:Model ; osaid:license "MIT" ; osaid:trainedOn [ a osaid:NotDisclosed ] .')
    assert {s.triple for s in reading.statements} == {s.triple for s in turtle.statements}
    assert [s.line for s in reading.statements] == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (XML.format(""), True),
        ("<?xml version='1.0'?>\n<!-- <x> -->\n<?p q?>" + XML.format(""), True),
        ("\ufeff <!DOCTYPE rdf:RDF [<!ENTITY a 'b'>\n]>" + XML.format(""), True),
        (f"<bom>{XML.format('')}</bom>", False),
        (" " * 50_000 + "http://www.w3.org/1999/02/22-rdf-syntax-ns#", False),
    ],
)
def test_rdf_xml_is_told_by_its_outermost_element(data: str, known: bool) -> None:
    assert reader("rdf-xml").sniff(data.encode()) is known


def test_rdf_xml_may_not_be_nested_without_end() -> None:
    deep = "<e:T><e:p>" * 200 + "</e:p></e:T>" * 200
    with pytest.raises(InputError, match="nested deeper than 64 levels"):
        _read(XML.format(deep), "a.rdf")


# -- anything --------------------------------------------------------------------------------------------------------

_NAMES = st.sampled_from(["ex:a", "ex:b", "c", "_:d", "prov:Plan", "a b", "https://e.example/x", ""])
_VALUES = st.recursive(
    st.one_of(
        _NAMES,
        st.sampled_from(["training", "model", "dataset", "code", "validation set", "ex:Kind"]),
        st.none(),
        st.booleans(),
        st.floats(),
        st.text(max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.fixed_dictionaries(
            {"$": inner},
            optional={
                "type": st.sampled_from(["xsd:int", "xsd:QName", "x", "xsd:anyURI", "xsd:decimal"]),
                "lang": st.text(max_size=3),
            },
        ),
    ),
    max_leaves=4,
)
_KEYS = st.sampled_from(
    [
        *("prov:entity", "prov:activity", "prov:generatedEntity", "prov:usedEntity", "prov:type", "prov:role"),
        *("prov:label", "prov:time", "prov:plan", "prov:agent", "ex:p", "odd", "prov:location"),
    ]
)
_SECTIONS = st.sampled_from(
    ["entity", "activity", "agent", "used", "wasGeneratedBy", "wasDerivedFrom", "wasAssociatedWith", "bundle", "x"]
)
_DOCUMENTS = st.dictionaries(
    _SECTIONS, st.dictionaries(_NAMES, st.dictionaries(_KEYS, _VALUES, max_size=4), max_size=3)
)


@settings(max_examples=200)
@given(_DOCUMENTS)
def test_any_records_are_read_alike_each_time(document: dict[str, object]) -> None:
    data = json.dumps({"prefix": {"ex": E}, **document}).encode()
    try:
        reading = reader("prov-json").read(data, "a.json")
    except InputError as error:
        assert "\n" not in error.message
        return
    assert reading == reader("prov-json").read(data, "a.json")
    assert all(isinstance(s.triple[2], Literal) or s.line for s in reading.statements)


@settings(max_examples=300)
@given(st.sampled_from(FILES), st.data())
def test_damaged_documents_are_read_or_refused(path: object, data: st.DataObject) -> None:
    document: bytes = path.read_bytes()  # type: ignore[attr-defined]
    format_ = detect(document, path.name)  # type: ignore[attr-defined]
    start = data.draw(st.integers(0, len(document)))
    end = data.draw(st.integers(start, min(len(document), start + 20)))
    try:
        format_.read(document[:start] + data.draw(st.binary(max_size=6)) + document[end:], "x")
    except InputError as error:
        assert error.message
        assert "\n" not in error.message
