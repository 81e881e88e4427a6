"""When things were published, in every format that says it."""

from __future__ import annotations

import json

import pytest
from rdflib import DCTERMS, XSD, Literal
from rdflib.term import Node

from osaid_graph.readers import reader
from osaid_graph.readers.days import moment_of
from osaid_graph.reading import Reading

CRATE = {
    "@context": "https://w3id.org/ro/crate/1.2/context",
    "@graph": [
        {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "https://example.org/d"}},
        {"@id": "https://example.org/d", "@type": "Dataset", "name": "D", "datePublished": "DATE"},
    ],
}
SPDX = {
    "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
    "@graph": [
        {"type": "CreationInfo", "@id": "_:i", "specVersion": "3.0.1", "created": "2026-01-01T00:00:00Z"},
        {
            **{"type": "dataset_DatasetPackage", "spdxId": "https://example.org/d", "creationInfo": "_:i", "name": "D"},
            **{"builtTime": "1999-12-31T00:00:00Z", "releaseTime": "DATE"},
        },
    ],
}
#: Format -> a document of it that gives DATE as the date of publication.
SAID = {
    "croissant": json.dumps(
        {
            **{"@context": "http://mlcommons.org/croissant/1.1", "@type": "Dataset"},
            **{"url": "https://example.org/d", "name": "D"},
            **{"conformsTo": "http://mlcommons.org/croissant/1.1", "datePublished": "DATE"},
        }
    ),
    "ro-crate": json.dumps(CRATE),
    "codemeta": json.dumps(
        {
            **{"@context": "https://w3id.org/codemeta/3.1", "type": "SoftwareSourceCode", "name": "D"},
            **{"codeRepository": "https://github.com/a/d", "datePublished": "DATE"},
        }
    ),
    "citation-cff": 'cff-version: 1.2.0\ntitle: D\nurl: https://github.com/a/d\ndate-released: "DATE"\n',
    "spdx3": json.dumps(SPDX),
}
DAY = Literal("2024-02-29", datatype=XSD.date)


def issued(reading: Reading) -> list[tuple[str, Node]]:
    """Return when a reading says that things were published."""
    return [(str(s.triple[0]), s.triple[2]) for s in reading.statements if s.triple[1] == DCTERMS.issued]


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2024-02-29", XSD.date),
        ("2024-02-29Z", XSD.date),
        ("2024-02-29T23:59:59Z", XSD.dateTime),
        ("2024-02-29T23:59:59.123+02:00", XSD.dateTime),
        ("2024-02-29T23:59:59", XSD.dateTime),
    ],
)
def test_a_day_and_a_moment_are_kept_as_what_they_are(text: str, datatype: str) -> None:
    found = moment_of(text)
    assert found is not None
    assert found == Literal(text, datatype=datatype)


@pytest.mark.parametrize("text", ["", "2024", "2024-02", "2023-02-29", "29.2.2024", "20240229", "2024-02-29T25:00:00Z"])
def test_what_leaves_the_day_to_a_guess_is_no_date(text: str) -> None:
    assert moment_of(text) is None


@pytest.mark.parametrize("name", SAID)
def test_each_format_says_when_a_thing_was_published(name: str) -> None:
    for text, expected in (
        ("2024-02-29", DAY),
        ("2024-02-29T10:00:00Z", Literal("2024-02-29T10:00:00Z", datatype=XSD.dateTime)),
    ):
        reading = reader(name).read(SAID[name].replace("DATE", text).encode(), "d")
        assert [value for _, value in issued(reading)] == [expected]
        assert not reading.repairs


@pytest.mark.parametrize("name", SAID)
def test_what_is_no_date_is_told_and_left_out(name: str) -> None:
    reading = reader(name).read(SAID[name].replace("DATE", "Spring 2024").encode(), "d")
    assert not issued(reading)
    assert [each.text for each in reading.repairs] == ["'Spring 2024' is no date written YYYY-MM-DD: left out"]


def test_the_hub_says_of_the_page_on_which_day_it_came_there() -> None:
    record = {"id": "acme/atlas", "tags": [], "likes": 0, "createdAt": "2024-02-29T10:00:00.000Z"}
    for name, start in (("models.json", ""), ("datasets.json", "datasets/")):
        reading = reader("hub-list").read(json.dumps(record).encode(), name)
        assert issued(reading) == [(f"https://huggingface.co/{start}acme/atlas", DAY)]
    for broken in ("2024-02-30T10:00:00.000Z", "2024-02-29 10:00", "yesterday", 5, None):
        reading = reader("hub-list").read(json.dumps({**record, "createdAt": broken}).encode(), "models.json")
        assert not issued(reading)
        assert [each.field for each in reading.unread] == ["likes"] + ["createdAt"] * (broken is not None)


def test_a_manifest_says_when_system_and_data_were_published() -> None:
    text = (
        "system: {id: acme/atlas, name: Atlas, issued: 2024-03-01}\n"
        "datasets: [{id: acme/webmix, issued: 2024-02-29}, {id: acme/webmix, version: '2', issued: 2024-03-02}]\n"
    )
    hub = "https://huggingface.co/"
    assert sorted((node, str(day)) for node, day in issued(reader("osaid.yaml").read(text.encode(), "osaid.yaml"))) == [
        (f"{hub}acme/atlas", "2024-03-01"),
        (f"{hub}datasets/acme/webmix", "2024-02-29"),
        (f"{hub}datasets/acme/webmix#2", "2024-03-02"),
    ]


def test_the_day_on_which_the_openness_tool_last_changed_its_record_is_not_that_of_the_release() -> None:
    reading = reader("mot").read(b"framework: {name: MOF}\nrelease: {name: Atlas, date: '2024-11-15'}\n", "a.yml")
    assert not issued(reading)
    assert "release.date" in {each.field for each in reading.unread}
