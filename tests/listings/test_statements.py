"""What a profile lets one say of datasets, and what the check makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from listing_reference import profiled
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef

from osaid_graph.assessment.assess import assess
from osaid_graph.errors import UsageError
from osaid_graph.graph.load import load
from osaid_graph.listings.statements import Said, statements, unsaid
from osaid_graph.model import Assessment
from osaid_graph.vocab import CODE, OSAID
from osaid_graph.writers.said import as_manifest, as_turtle

WEBMIX = URIRef("https://huggingface.co/datasets/acme/webmix")
LISTING = URIRef(f"{WEBMIX}#listing")
ROWS = "url,license,source\nhttps://a.example/1,MIT,pages\nhttps://a.example/2,mit,books\n"
GAPS = ROWS + ",Apache-2.0,books\nragged\n"


def _file(folder: Path, text: str) -> Path:
    path = folder / "urls.csv"
    path.write_text(text, "utf-8")
    return path


def _said(path: Path, said: Said, **wishes: object) -> Graph:
    graph = Graph()
    for triple in statements(profiled(path, **wishes), said):
        graph.add(triple)
    return graph


# -- the statements --------------------------------------------------------------------------------------------------


def test_a_listing_is_said_of_the_dataset_with_its_counts(tmp_path: Path) -> None:
    path = _file(tmp_path, ROWS)
    found = profiled(path)
    graph = _said(path, Said("acme/webmix", "public", "https://acme.example/urls.csv"))
    assert set(graph) == {
        (WEBMIX, RDF.type, OSAID.Dataset),
        (WEBMIX, OSAID.availability, CODE.public),
        (WEBMIX, OSAID.license, Literal("MIT")),
        (WEBMIX, OSAID.characteristics, Literal(
            "a listing has 2 rows; 100 % of the rows say where to obtain what they list; terms by rows: MIT 100 %; "
            "1 host, with most rows: a.example 100 %"
        )),
        (WEBMIX, OSAID.listing, LISTING),
        (LISTING, RDF.type, OSAID.Listing),
        (LISTING, DCTERMS.title, Literal("urls.csv")),
        (LISTING, OSAID.location, URIRef("https://acme.example/urls.csv")),
        (LISTING, OSAID.sha256, Literal(found.sha256)),
        (LISTING, OSAID.rows, Literal(2)),
        (LISTING, OSAID.rowsWithoutLocation, Literal(0)),
        (LISTING, RDFS.comment, Literal(
            f"counted by osaid-graph {found.tool_version} on 2026-11-23: places in the column url"
        )),
    }  # fmt: skip


def test_nothing_is_said_that_nobody_said_or_counted(tmp_path: Path) -> None:
    graph = _said(_file(tmp_path, GAPS), Said("acme/webmix"), digests=False)
    for predicate in (OSAID.availability, OSAID.location, OSAID.sha256):
        assert (None, predicate, None) not in graph
    # the terms of a line that was put aside are not known, so those of all are not
    assert (None, OSAID.license, None) not in graph


def test_a_line_that_is_no_row_is_one_without_a_place(tmp_path: Path) -> None:
    graph = _said(_file(tmp_path, GAPS), Said("acme/webmix"))
    assert graph.value(LISTING, OSAID.rows) == Literal(4)
    assert graph.value(LISTING, OSAID.rowsWithoutLocation) == Literal(2)


def test_terms_are_joined_where_every_row_has_some_that_are_known(tmp_path: Path) -> None:
    path = _file(tmp_path, "url,license\nx/1,MIT OR GPL-2.0-only\nx/2,Apache-2.0\nx/3,MIT\n")
    assert _said(path, Said("acme/webmix")).value(WEBMIX, OSAID.license) == Literal(
        "Apache-2.0 AND MIT AND (MIT OR GPL-2.0-only)"
    )
    assert _said(path, Said("acme/webmix"), top=2).value(WEBMIX, OSAID.license) is None


def test_characteristics_tell_what_was_counted(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "url,license,md5,bytes,date\n"
        f"https://a.example/1,MIT,{'a' * 32},5,2024-01-01\nhttps://a.example/1,own terms,{'a' * 32},7,2024-05-01\n"
        "x,NONE,,,2024-02-01\nn/a,,,,\n",
    )
    assert str(_said(path, Said("acme/webmix")).value(WEBMIX, OSAID.characteristics)) == (
        "a listing has 4 rows; 50.0 % of the rows say where to obtain what they list; terms by rows: MIT 25.0 %, "
        "other words 25.0 %, no licence granted 25.0 %, nothing 25.0 %; 1 host, with most rows: a.example 50.0 %; "
        "dated 2024-01-01 to 2024-05-01; 12 bytes by the 2 rows that say so; "
        "in more rows than one: 1 place, in 2 rows; in more rows than one: 1 digest, in 2 rows"
    )


def test_every_source_is_a_dataset_where_none_is_named(tmp_path: Path) -> None:
    path = _file(tmp_path, GAPS + "https://a.example/4,MIT,\n")
    graph = _said(path, Said(availability="open"))
    assert set(graph.subjects(RDF.type, OSAID.Dataset)) == {
        URIRef("urn:osaid:name:books"),
        URIRef("urn:osaid:name:pages"),
    }
    listing = graph.value(URIRef("urn:osaid:name:books"), OSAID.listing)
    assert isinstance(listing, URIRef)
    assert (graph.value(listing, OSAID.rows), graph.value(listing, OSAID.rowsWithoutLocation)) == (
        Literal(2),
        Literal(1),
    )
    assert str(graph.value(listing, RDFS.comment)).startswith("the rows whose source is books; counted by osaid-graph ")
    assert unsaid(profiled(path), Said()) == ["1 row without a dataset", "1 line put aside"]
    assert unsaid(profiled(path), Said("acme/webmix")) == []


@pytest.mark.parametrize(
    ("said", "wishes", "message"),
    [
        (Said("acme/webmix", "free"), {}, "--availability cannot be 'free'"),
        (Said("acme/webmix", "", "not an address"), {}, "--address: "),
        (Said("@1"), {}, "--dataset: "),
        (Said(), {"columns": {"source": ""}}, "no column says which dataset a row is of"),
        (Said(), {"top": 1}, "source names 2 datasets, more than are shown"),
    ],
)
def test_what_cannot_be_said_is_refused(tmp_path: Path, said: Said, wishes: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        statements(profiled(_file(tmp_path, ROWS), **wishes), said)
    assert raised.value.message.startswith(message)


@pytest.mark.parametrize("said", [Said("acme/webmix", "public", "https://acme.example/u"), Said()])
def test_the_manifest_and_the_turtle_say_the_same_and_all_of_it(tmp_path: Path, said: Said) -> None:
    triples = statements(profiled(_file(tmp_path, GAPS)), said)
    manifest, turtle = tmp_path / "a.yaml", tmp_path / "a.ttl"
    written = as_manifest(triples, ["Written by a test."])
    assert written.left_over == ()
    manifest.write_text(written.text, "utf-8")
    turtle.write_text(as_turtle(triples, ["Written by a test."]), "utf-8")
    assert set(load([str(manifest)]).graph) == set(load([str(turtle)]).graph) == set(triples)


# -- the check -------------------------------------------------------------------------------------------------------

RELEASE = """
system: {id: acme/atlas, name: Atlas}
training-data: [acme/webmix]
"""


def _checked(folder: Path, rows: str, said: Said, more: str = "") -> Assessment:
    """Return the assessment of a release that was trained on what a listing lists."""
    release, data = folder / "osaid.yaml", folder / "webmix.yaml"
    release.write_text(RELEASE + more, "utf-8")
    data.write_text(as_manifest(statements(profiled(_file(folder, rows)), said), []).text, "utf-8")
    return assess(load([str(release), str(data)]))


def _outcome(assessment: Assessment, requirement: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the outcome of a requirement, and its findings with theirs."""
    result = next(each for each in assessment.results if each.requirement.id == requirement)
    return result.outcome, [(each.rule.rpartition(".")[2], each.outcome) for each in result.findings]


@pytest.mark.parametrize("availability", ["public", "open"])
def test_a_listing_with_a_place_in_every_row_says_where_to_obtain_the_data(tmp_path: Path, availability: str) -> None:
    assessment = _checked(tmp_path, ROWS, Said("acme/webmix", availability))
    assert _outcome(assessment, "data-list-public-where") == ("met", [])
    assert _outcome(assessment, "data-list-public") == ("met", [])


@pytest.mark.parametrize("rows", [GAPS, ROWS + "n/a,MIT,books\n", ROWS + "ragged\n"])
def test_rows_without_a_place_leave_it_open_where_to_obtain_the_data(tmp_path: Path, rows: str) -> None:
    assessment = _checked(tmp_path, rows, Said("acme/webmix", "public"))
    assert _outcome(assessment, "data-list-public-where") == ("not-evidenced", [("listing-open", "not-evidenced")])
    (finding,) = (each for each in assessment.findings if each.rule == "data-list-public-where.listing-open")
    assert finding.focus == str(WEBMIX)
    assert finding.remedy.yaml.startswith("listing:")
    assert finding.location is not None and finding.location.source.endswith("webmix.yaml")


def test_beside_one_place_for_all_they_are_pointed_out(tmp_path: Path) -> None:
    place = "datasets: [{id: acme/webmix, location: https://huggingface.co/datasets/acme/webmix}]\n"
    assessment = _checked(tmp_path, GAPS, Said("acme/webmix", "public"), place)
    assert _outcome(assessment, "data-list-public-where") == ("met", [("listing-gaps", "recommendation")])


def test_data_of_a_third_party_is_asked_the_same(tmp_path: Path) -> None:
    whole = _checked(tmp_path, ROWS, Said("acme/webmix", "obtainable"))
    assert _outcome(whole, "data-list-third-party-where") == ("met", [])
    gaps = _checked(tmp_path, GAPS, Said("acme/webmix", "obtainable"))
    assert _outcome(gaps, "data-list-third-party-where") == ("not-evidenced", [("listing-open", "not-evidenced")])


def test_without_a_class_the_counts_alone_settle_nothing(tmp_path: Path) -> None:
    assessment = _checked(tmp_path, ROWS, Said("acme/webmix"))
    assert _outcome(assessment, "data-list-public") == ("not-evidenced", [("absent", "not-evidenced")])
