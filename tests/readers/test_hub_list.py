"""What the Hub's API gives: what is taken from it, what is left unread, and what is refused."""

from __future__ import annotations

import gzip
import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from osaid_graph.errors import InputError
from osaid_graph.readers import FORMATS, candidates, detect
from osaid_graph.readers.hub import kind as hub_kind
from osaid_graph.readers.hub import reader as hub_list
from osaid_graph.readers.hub import stream as hub_stream
from osaid_graph.reading import Reading
from osaid_graph.vocab import OSAID

FIXTURES = Path(__file__).parent.parent / "fixtures" / "formats" / "hub-list"
EXPECTED = FIXTURES.parent.parent / "expected" / "hub-list"
NAMES = ("model.json", "datasets.json", "models.jsonl")
DUMPS = SHARED / "hub-2024-07"
PREFIXES = {
    "https://huggingface.co/datasets/": "data:",
    "https://huggingface.co/": "hub:",
    "https://w3id.org/osaid-graph/ont#": "osaid:",
    "https://w3id.org/osaid-graph/code#": "code:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/ns/prov#": "prov:",
    "http://xmlns.com/foaf/0.1/": "foaf:",
}


def _read(name: str) -> Reading:
    return hub_list.read((FIXTURES / name).read_bytes(), name)


def _of(record: object, name: str = "models.json") -> Reading:
    return hub_list.read(json.dumps(record).encode(), name)


def _short(node: Node) -> str:
    if isinstance(node, Literal):
        return repr(str(node))
    if isinstance(node, BNode):
        return "_"
    start = next((start for start in PREFIXES if str(node).startswith(start)), "")
    return PREFIXES.get(start, "") + str(node).removeprefix(start)


def _said(reading: Reading, predicate: URIRef) -> list[str]:
    return [_short(s.triple[2]) for s in reading.statements if s.triple[1] == predicate]


def _unread(reading: Reading) -> list[tuple[str, int, int | None]]:
    return [(each.field, each.count, each.line) for each in reading.unread]


# -- what is said ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_each_statement_of_a_fixture_with_its_line_and_path(name: str) -> None:
    rows = [f"{s.line} {s.field} {' '.join(map(_short, s.triple))}" for s in _read(name).statements]
    assert rows == (EXPECTED / f"{name}.expected").read_text("utf-8").splitlines()


def test_the_fixtures_say_everything_the_reader_can_say_and_nothing_else() -> None:
    properties = {s.triple[1] for name in NAMES for s in _read(name).statements}
    assert {each for each in properties if "/osaid-graph/" in each} == hub_list.STATES


def test_what_a_model_leaves_unread_is_counted_at_its_lines() -> None:
    assert _unread(_read("model.json")) == [
        ("_id", 1, 2),
        ("sha", 1, 6),
        ("lastModified", 1, 7),
        ("pipeline_tag", 1, 11),
        ("library_name", 1, 12),
        ("tags[]", 2, 13),
        ("tags[region:]", 1, 13),
        ("downloads", 1, 25),
        ("likes", 1, 26),
        ("cardData.license_link", 1, 30),
        ("cardData.language", 1, 31),
        ("cardData.extra_gated_prompt", 1, 35),
        ("siblings[]", 1, 37),
        ("safetensors", 2, 41),
    ]


def test_what_lists_leave_unread_is_added_up() -> None:
    assert _unread(_read("datasets.json")) == [
        ("tags[task_categories:]", 1, 8),
        ("tags[library:]", 1, 8),
        ("tags[doi:]", 1, 8),
        ("tags[region:]", 3, 8),
        ("cardData.dataset_info", 1, 26),
    ]
    assert _unread(_read("models.jsonl")) == [
        ("tags[region:]", 3, 1),
        ("library_name", 2, 1),
        ("tags[]", 3, 5),
        ("likes", 4, 5),
        ("tags[arxiv:]", 1, 6),
        ("tags[dataset:]", 1, 6),
        ("id", 1, 9),
        ("tags", 1, 9),
    ]


def test_what_was_put_right_or_assumed_is_told() -> None:
    assert [(r.text, r.line, r.field) for r in _read("models.jsonl").repairs] == [
        ("'-' cannot be a name: left out", 6, "tags[4]"),
        ("the id 'not an id' is none of a repository: left out", 9, "id"),
        (
            "a record does not tell whether of a model or of a dataset: taken for a model, as the file is of models",
            8,
            "",
        ),
    ]
    assert _read("model.json").repairs == ()
    assert [r.line for r in _read("datasets.json").repairs] == [35]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"tags": ["safetensors"]}, True),
        ({"tags": ["transformers"]}, False),
        ({"library_name": "keras"}, True),
        ({"library_name": "transformers"}, False),
        ({"siblings": [{"rfilename": "pytorch_model-00001-of-00002.bin"}]}, True),
        ({"siblings": [{"rfilename": "training_args.bin"}, {"rfilename": "vocab.json"}]}, False),
        ({"gguf": {"total": 1}}, True),
        ({"safetensors": {}}, False),
        ({"tags": ["gguf"], "private": True}, False),
        ({"tags": ["gguf"], "disabled": True}, False),
    ],
)
def test_weights_are_where_something_shows_them(fields: dict[str, object], shown: bool) -> None:
    found = _said(_of({"id": "acme/atlas", "modelId": "acme/atlas", **fields}), OSAID.location)
    assert ("hub:acme/atlas" in found) == shown


@pytest.mark.parametrize(
    ("gated", "availability"),
    [(False, ["code:public"]), ("manual", ["code:obtainable"]), ("auto", []), (True, []), (None, []), ("later", [])],
)
def test_how_a_dataset_can_be_had_follows_from_its_gate(gated: object, availability: list[str]) -> None:
    assert availability == _said(_of({"id": "a/b", "gated": gated, "tags": []}, "datasets.json"), OSAID.availability)


def test_a_gate_of_a_kind_that_is_not_known_is_left_unread() -> None:
    assert ("gated", 1, 1) in _unread(_of({"id": "a/b", "gated": "later", "tags": []}))


@pytest.mark.parametrize(
    ("card", "license_"),
    [
        ({"license": "other", "license_name": "llama3", "license_link": "LICENSE"}, "'llama3'"),
        ({"license": "other", "license_link": "https://example.org/terms"}, "https://example.org/terms"),
        ({"license": "other", "license_link": "LICENSE"}, "'other'"),
        ({"license": "mit", "license_name": "ours"}, "'mit'"),
    ],
)
def test_a_licence_called_other_gives_way_to_what_the_card_calls_it(card: dict[str, str], license_: str) -> None:
    record = {"id": "a/b", "tags": [f"license:{card['license']}", "base_model:a/c"], "cardData": card}
    assert _said(_of(record), OSAID.license) == [license_]


def test_a_base_that_the_hub_has_a_relation_for_is_said_once() -> None:
    reading = _of({"id": "a/b", "tags": ["base_model:a/c", "base_model:adapter:a/c", "base_model:a/d"]})
    assert _said(reading, OSAID.adapterOf) == ["hub:a/c"]
    assert _said(reading, OSAID.derivedFrom) == ["hub:a/d"]


# -- models and datasets ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ({"pipeline_tag": "fill-mask", "tags": ["modality:text", "format:json"]}, "models"),
        ({"tags": ["endpoints_compatible"]}, "models"),
        ({"tags": ["base_model:a/b"]}, "models"),
        ({"tags": ["size_categories:n<1K"]}, "datasets"),
        ({"tags": ["library:datasets"]}, "datasets"),
        ({"tags": ["region:us", "license:mit", "arxiv:2401.00001"]}, None),
        ({"tags": ["library:s3prl", "dataset:superb"]}, None),
        ({"description": "Texts.", "tags": []}, "datasets"),
        ({"description": "Texts.", "modelId": "a/b", "tags": []}, None),
    ],
)
def test_what_a_record_is_of(record: dict[str, Any], kind: str | None) -> None:
    assert kind == hub_kind.kind_of(record, record["tags"])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a/models.jsonl.gz", "models"),
        ("C:\\x\\my-Datasets.json", "datasets"),
        ("list.json", None),
        ("a", None),
        ("models-and-datasets.json", None),
        ("models/list.json", None),
    ],
)
def test_the_name_of_a_file_can_tell_what_its_records_are_of(name: str, kind: str | None) -> None:
    assert kind == hub_kind.named(name)


def test_a_record_that_does_not_tell_goes_with_the_others_of_its_file() -> None:
    untold = {"id": "a/b", "tags": ["region:us"], "likes": 1}
    reading = _of([untold, {"id": "a/c", "tags": ["format:csv"]}, {**untold, "id": "a/d"}], "list.json")
    assert {s.triple[2] for s in reading.statements if s.triple[0] == URIRef("https://huggingface.co/datasets/a/d")}
    assert [r.text for r in reading.repairs] == [
        "2 records do not tell whether of a model or of a dataset: taken for datasets, as the file is of datasets"
    ]


def test_a_record_without_an_id_that_can_be_used_is_nothing_in_the_lineage() -> None:
    records = [{"id": 5}, {"tags": ["base_model:a/c"]}, {"id": "x y/z"}, {"id": "a/b"}]
    lines = [json.dumps(each).encode() for each in records]
    assert [link.id for link in hub_stream.links(lines, "models")] == ["https://huggingface.co/a/b"]
    assert [each.left_out for each in hub_stream.records(lines, "models")] == [
        "a record without an id: left out",
        "a record without an id: left out",
        "the id 'x y/z' is none of a repository: left out",
        "",
    ]


# -- recognised and refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_fixtures_are_recognised_under_any_name(name: str) -> None:
    data = (FIXTURES / name).read_bytes()
    assert candidates(data, name) == ["hub-list"]
    assert candidates(data, "<stdin>") == ["hub-list"]
    assert [each for each in FORMATS if each != "hub-list" and each == detect(data, "<stdin>").NAME] == []


@pytest.mark.parametrize(
    "text",
    [
        '{"@context": "x", "id": "a", "tags": [], "likes": 1}',
        '{"id": "a/b", "name": "x"}',
        "[]",
        "{}",
        "[1]",
        '"id"',
        '{"data": {"id": "a/b", "tags": [], "likes": 1}}',
        '{"bomFormat": "CycloneDX", "id": "a", "tags": [], "sha": 1}',
    ],
)
def test_other_json_is_not_taken_for_it(text: str) -> None:
    assert not hub_list.sniff(text.encode())


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"[]", "not a list of the Hub: a record is a JSON object", 1),
        (b'[\n{"id": "a/b"},\n3]', "not a list of the Hub: a record is a JSON object", 1),
        (b'"models"', "not a list of the Hub", 1),
        (b'{"id": "a/b",\n"tags": ]}', "not valid JSON at column 9", 2),
        (b'{"id": "a/b", "id": "a/c"}', "duplicate key 'id'", 1),
        (b'{"id": "a/b", "tags": []}', "a record that does not tell whether it is of a model or of a dataset", 1),
        (b'{"id": "\xff"}', "not UTF-8", 1),
        (b'{"id": "a/b"}\0', "not a text: it holds a NUL byte", 1),
    ],
)
def test_what_is_no_list_of_the_hub_is_one_clear_line(data: bytes, message: str, line: int) -> None:
    with pytest.raises(InputError) as raised:
        hub_list.read(data, "list.json")
    assert raised.value.message.startswith(message)
    assert raised.value.line == line
    assert raised.value.hint


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"id": "a/b"', "not valid JSON at column 13"),
        (b"\0\0\0\0", "not valid JSON at column 1"),
        (b'{"id": "a\0b"}', "not valid JSON at column 10: Invalid control character"),
        (b"[1, 2]", "a line of JSON that is no object"),
        (b"\xff\xfe{}", "not UTF-8 at byte 1 of the line"),
        (b'{"id": "\\ud800"}', "an escape for a character that no text holds"),
        (b'{"id": "\\u0000"}', "an escape for a character that no text holds"),
        (b'{"likes": ' + b"9" * 5_000 + b"}", "not valid JSON: a number of too many digits"),
        (b'{"a": ' * 100_000, "JSON is nested deeper than"),
        (b'{"tags": [], "tags": []}', "duplicate key 'tags'"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: bytes, message: str) -> None:
    good = b'{"id": "acme/atlas", "tags": ["gguf"], "likes": 1}'
    for read in (hub_stream.links, lambda lines: hub_stream.records(lines, "models")):
        with pytest.raises(InputError) as raised:
            list(read([good, b"", line, good]))
        assert raised.value.message.startswith(message)
        assert raised.value.line == 3


def test_pairs_of_escapes_that_make_a_character_are_read() -> None:
    (record,) = hub_stream.records([b'{"id": "a/b", "tags": ["\\ud83d\\ude00"], "modelId": "a/b"}'])
    assert record.unread == {"tags[]": 1}


# -- real lists ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not DUMPS.is_dir(), reason="no dump of the Hub beside the checkout")
@pytest.mark.parametrize(
    ("name", "statements", "links", "assumed"),
    [("models", 128_172, 10_998, 95), ("datasets", 254_799, 211, 5_961)],
)
def test_the_first_of_the_real_lists_are_read_as_what_they_are(
    name: str, statements: int, links: int, assumed: int
) -> None:
    with gzip.open(DUMPS / f"{name}.jsonl.gz") as file:
        lines = [line.rstrip(b"\n") for line in itertools.islice(file, 20_000)]
    records = list(hub_stream.records(lines, "models" if name == "models" else "datasets"))
    assert {record.kind for record in records} == {name}
    assert len({record.id for record in records}) == 20_000
    found = (sum(len(r.statements) for r in records), sum(len(link.sources) for link in hub_stream.links(lines)))
    assert (*found, sum(record.assumed for record in records)) == (statements, links, assumed)
    named = Counter(tag.partition(":")[0] for line in lines for tag in json.loads(line)["tags"] if tag[-1] != ":")
    left_out = sum(len(record.repairs) for record in records)
    if name == "models":
        assert named["base_model"] + named["dataset"] == links + left_out
    tags = sum(len(json.loads(line)["tags"]) for line in lines)
    unread = Counter[str]()
    for record in records:
        unread.update(record.unread)
    places = {(r.id, s.field) for r in records for s in r.statements if s.field.startswith("tags")}
    repeated = tags - len(places) - sum(count for field, count in unread.items() if field.startswith("tags"))
    assert 0 <= repeated < tags / 50  # a second sign of weights, and what says the same twice, adds no statement


# -- whatever there is in it -----------------------------------------------------------------------------------------

_TEXT = st.text(max_size=12) | st.sampled_from(
    [
        "a/b",
        "license:mit",
        "base_model:a/b",
        "base_model:merge:",
        "dataset:x y",
        "arxiv:2401.00001",
        "gguf",
        "other",
        "source_datasets:extended|other-",
        "format:",
        "language:<>",
        "auto",
        "�",
    ]
)
_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)
_CARD_KEYS = ["license", "license_name", "license_link", "base_model", "base_model_relation", "datasets", "pretty_name"]
_RECORD = st.fixed_dictionaries(
    {"id": st.just("a/b") | _VALUE},
    optional={
        **dict.fromkeys(("modelId", "author", "gated", "private", "disabled", "library_name", "safetensors"), _VALUE),
        "tags": st.lists(_TEXT, max_size=6) | _VALUE,
        "cardData": st.dictionaries(st.sampled_from([*_CARD_KEYS, "language"]), _VALUE, max_size=5) | _VALUE,
        "siblings": st.lists(st.dictionaries(st.just("rfilename"), _VALUE), max_size=2) | _VALUE,
    },
)


@given(st.lists(_RECORD, max_size=3) | _RECORD)
@settings(max_examples=200)
def test_any_record_is_read_or_refused_in_one_line_and_always_alike(record: object) -> None:
    data = json.dumps(record).encode()
    for name in ("models.json", "datasets.json", "list.json"):
        try:
            first = hub_list.read(data, name)
        except InputError as error:
            assert error.message
            continue
        assert hub_list.read(data, name) == first
        for statement in first.statements:
            " ".join(term.n3() for term in statement.triple).encode()


@given(_RECORD)
@settings(max_examples=200)
def test_a_line_says_what_the_same_record_says_as_a_document(record: dict[str, object]) -> None:
    data = json.dumps(record).encode()
    try:
        document = hub_list.read(data, "models.json")
    except InputError:
        return
    (line,) = hub_stream.records([data], "models")
    assert line.statements == document.statements
    assert dict(line.unread) == {each.field: each.count for each in document.unread}
    kind = hub_kind.kind_of(record, hub_stream.tags_of(record))
    derived = {
        str(s.triple[2])
        for s in line.statements
        if s.triple[1] in {OSAID.derivedFrom, OSAID.mergedFrom, OSAID.trainedOn, OSAID.adapterOf, OSAID.fineTunedFrom}
    }
    if kind and line.id:
        assert {source for link in hub_stream.links([data]) for source in link.sources} == derived


@given(st.sampled_from(NAMES), st.data())
@settings(max_examples=150)
def test_damaged_documents_are_read_or_refused_in_one_line(name: str, data: st.DataObject) -> None:
    whole = (FIXTURES / name).read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    try:
        hub_list.read(whole[:start] + data.draw(st.binary(max_size=8)) + whole[end:], name)
    except InputError as error:
        assert "\n" not in str(error)
