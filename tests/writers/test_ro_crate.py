"""RO-Crate: what is written is what was stated, keeps to what RO-Crate 1.2 requires, and loads with its own library."""

from __future__ import annotations

import datetime
import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from exported import (
    BOREALIS,
    EXPORTED,
    FAMILY,
    HOSTILE_NAMES,
    WORKSHOP,
    assert_golden,
    material,
    release,
    unlabelled,
)
from rdflib import Literal, URIRef

from osaid_graph.errors import NothingToAssessError
from osaid_graph.graph.load import load
from osaid_graph.model import Triple
from osaid_graph.readers import candidates, reader
from osaid_graph.vocab import OSAID
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material

PREFIXES = """@prefix osaid: <https://w3id.org/osaid-graph/ont#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix d: <https://example.org/> .
"""


def written(given: Material) -> str:
    """Return the metadata document."""
    text = writer("ro-crate").write(given)
    assert isinstance(text, str)
    return text


def entities(text: str) -> dict[str, dict[str, Any]]:
    """Return the entities of a document by their ids."""
    graph = json.loads(text)["@graph"]
    found = {each["@id"]: each for each in graph}
    assert len(found) == len(graph)
    return found


def read(text: str) -> list[Triple]:
    """Return what the reader finds in a document, without a repair."""
    assert candidates(text.encode(), "x-ro-crate-metadata.json") == ["ro-crate"]
    reading = reader("ro-crate").read(text.encode(), "x")
    assert reading.repairs == ()
    return [statement.triple for statement in reading.statements]


def described(turtle: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Return the entities for what some Turtle says."""
    file = folder / "given.ttl"
    file.write_text(PREFIXES + turtle, "utf-8")
    return entities(written(Material(load([str(file)]))))


def values(entity: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the values of an entity, lists unfolded."""
    for key, value in entity.items():
        for each in value if isinstance(value, list) else [value]:
            yield key, each


def kept(given: Material) -> set[Triple]:
    """Return what stands in the place of what is kept only more generally."""
    found = set()
    for loss in given.losses():
        if loss.kept:
            general = getattr(OSAID, loss.kept.removeprefix("osaid:"))
            for s, p, o in given.release.graph.triples((None, loss.predicate, None)):
                found.add((s, p, general) if loss.kept == "osaid:Model" else (s, general, o))
    return found  # type: ignore[return-value]  # rows of a graph are statements


@pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.stem)
def test_what_is_carried_is_what_is_read_back(path: Path) -> None:
    given = material(path, assessed=False)
    back, carried = unlabelled(read(written(given))), unlabelled(given.carried)
    assert carried - back == set()
    implied = re.compile(r"(?:#parameters|-training|#parameters-training)>")
    # A model in a crate has parameters, which the reader names; the training that its code implies is a node.
    derived = {t for t in back - carried - unlabelled(kept(given)) if not any(implied.search(x) for x in (t[0], t[2]))}
    assert derived == set()


@pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.stem)
def test_the_document_keeps_to_what_the_specification_requires(path: Path) -> None:
    text = written(material(path, assessed=False))
    document, found = json.loads(text), entities(text)
    assert set(document) == {"@context", "@graph"}
    assert document["@context"][0] == "https://w3id.org/ro/crate/1.2/context"
    # "RO-Crate Metadata Descriptor"
    descriptor = found["ro-crate-metadata.json"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    # "Root Data Entity"
    root = found["./"]
    assert root["@type"] == "Dataset"
    assert all(isinstance(root[key], str) and root[key] for key in ("name", "description", "license"))
    datetime.date.fromisoformat(root["datePublished"])
    # "Flattened JSON-LD": every entity has an id and a type, and what is referred to is no block of its own
    for entity in found.values():
        assert entity["@type"]
        assert entity.get("name") or entity is descriptor
        for key, value in values(entity):
            assert not isinstance(value, dict) or set(value) == {"@id"}, key
            if isinstance(value, dict) and value["@id"].startswith("#"):
                assert value["@id"] in found
    # "Web-based Data Entities": absolute addresses, each a part of the root
    parts = {each["@id"] for key, each in values(root) if key == "hasPart"}
    data = {id_ for id_, each in found.items() if each["@type"] in ("File", "Dataset")} - {"./"}
    assert data <= parts
    assert all(":" in id_ and not re.search(r"\s", id_) for id_ in data)


@pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.stem)
def test_the_library_of_ro_crate_loads_it(path: Path, tmp_path: Path) -> None:
    from rocrate.rocrate import ROCrate

    text = written(material(path, assessed=False))
    (tmp_path / "ro-crate-metadata.json").write_text(text, "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        crate = ROCrate(tmp_path)
    assert crate.version == "1.2"
    # It ends the ids of datasets with a slash, as those of folders.
    assert {_bare(each.id) for each in crate.get_entities()} == {_bare(each) for each in entities(text)}
    data = {id_ for id_, each in entities(text).items() if each["@type"] == "Dataset"} - {"./"}
    assert {_bare(each.id) for each in crate.data_entities} == {_bare(each) for each in data}


def _bare(id_: str) -> str:
    return id_.rstrip("/")


@pytest.mark.parametrize("path", [BOREALIS, FAMILY, WORKSHOP], ids=lambda path: path.stem)
def test_a_document_byte_for_byte(path: Path) -> None:
    given = material(path, assessed=path == BOREALIS)
    assert_golden(f"{path.stem}-ro-crate-metadata.json", written(given))


def test_the_assessment_is_a_review_with_its_outcome_and_the_version_of_the_definition() -> None:
    given = material(BOREALIS, assessed=True)
    found = entities(written(given))
    review = found["#assessment"]
    assert review["itemReviewed"] == {"@id": "https://example.org/borealis"}
    assert found[review["reviewRating"]["@id"]]["ratingValue"] == "undetermined"
    assert found[review["isBasedOn"]["@id"]]["version"] == "1.0-RC1"
    assert {"@id": "#assessment"} in found["./"]["mentions"]
    assert found["./"]["datePublished"] == "2026-11-23"
    assert unlabelled(read(written(given))) == unlabelled(read(written(material(BOREALIS, assessed=False))))
    assert "#assessment" not in entities(written(material(BOREALIS, assessed=False)))


def test_what_was_done_is_an_action(tmp_path: Path) -> None:
    found = described(
        """d:m a osaid:Model ; osaid:hasParameters <https://example.org/m#parameters> .
        <https://example.org/m#parameters> a osaid:Parameters ; osaid:trainedBy d:run .
        d:run a osaid:Training ; dcterms:title "the run" ; osaid:usedDataset d:a ; osaid:usedCode d:train .
        d:train a osaid:Code ; osaid:codeRole code:training .
        d:a a osaid:Dataset ; osaid:processedBy d:clean . d:b a osaid:Dataset .
        d:clean a osaid:DataProcessing ; osaid:usedDataset d:b .""",
        tmp_path,
    )
    base = "https://example.org/"
    assert found[f"{base}run"] == {
        **{"@id": f"{base}run", "@type": "CreateAction", "name": "the run", "object": {"@id": f"{base}a"}},
        **{"instrument": {"@id": f"{base}train"}, "result": {"@id": f"{base}m"}},
    }
    assert (found[f"{base}clean"]["object"], found[f"{base}clean"]["result"]) == (
        {"@id": f"{base}b"},
        {"@id": f"{base}a"},
    )
    assert found[f"{base}m"]["trainedOn"] == {"@id": f"{base}a"}
    assert found[f"{base}a"]["isBasedOn"] == {"@id": f"{base}b"}


def test_what_nobody_named_is_called_by_its_address_which_is_read_as_no_name(tmp_path: Path) -> None:
    base = "https://example.org/"
    text = "d:m a osaid:Model ; osaid:hasCode d:c ; osaid:hasParameters d:p . d:c a osaid:Code ."
    found = described(text, tmp_path)
    assert {id_: each["name"] for id_, each in found.items() if id_.startswith(base)} == {
        f"{base}m": "example.org/m",
        f"{base}c": "example.org/c",
    }
    # a title that is just that is told as lost, since it would not be read back
    named = described('d:a a osaid:Dataset ; dcterms:title "example.org/a" .', tmp_path)
    assert named[f"{base}a"]["name"] == "example.org/a"


def test_wholes_are_one_value_or_a_list(tmp_path: Path) -> None:
    data = "d:a a osaid:Dataset . d:b a osaid:Dataset . d:c a osaid:Dataset ;"
    assert described(f"{data} osaid:subsetOf d:a .", tmp_path)["https://example.org/c"]["isPartOf"] == {
        "@id": "https://example.org/a"
    }
    both = described(f"{data} osaid:subsetOf d:a, d:b .", tmp_path)["https://example.org/c"]["isPartOf"]
    assert both == [{"@id": "https://example.org/a"}, {"@id": "https://example.org/b"}]


def test_a_licence_in_words_and_one_by_its_address_are_entities(tmp_path: Path) -> None:
    found = described('d:a a osaid:Dataset ; osaid:license "Apache-2.0", <https://example.org/terms> .', tmp_path)
    words, address = found["https://example.org/a"]["license"]
    assert (found[address["@id"]]["@type"], address["@id"]) == ("CreativeWork", "https://example.org/terms")
    assert found[words["@id"]]["identifier"] == "Apache-2.0"


def test_ways_to_derive_that_the_format_has_no_word_for_are_kept_as_derivation() -> None:
    given = material(FAMILY, assessed=False)
    written(given)
    assert {loss.predicate for loss in given.losses() if loss.kept == "osaid:derivedFrom"} == {
        *(OSAID.adapterOf, OSAID.quantizedFrom, OSAID.mergedFrom, OSAID.filteredFrom),
    }


def test_nothing_with_a_name_in_the_world_is_nothing_to_write(tmp_path: Path) -> None:
    with pytest.raises(NothingToAssessError) as raised:
        described("d:x a osaid:Training .", tmp_path)
    assert raised.value.hint


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
def test_hostile_names_stay_texts(name: str, tmp_path: Path) -> None:
    text = Literal(name).n3()
    said = " ; ".join(f"{term} {text}" for term in ("dcterms:title", "osaid:scope", "osaid:license"))
    found = described(f"d:a a osaid:Dataset ; {said} .", tmp_path)
    assert (found["https://example.org/a"]["name"], found["https://example.org/a"]["description"]) == (name, name)
    licence = found[found["https://example.org/a"]["license"]["@id"]]
    assert (licence["name"], "url" in licence) == (name, False)
    assert all(re.fullmatch(r"[\w#:/.-]+", each) for each in found)


def test_an_address_that_names_nothing_is_no_entity(tmp_path: Path) -> None:
    found = described(
        "d:a a osaid:Dataset ; osaid:location <javascript:alert(1)>, d:page . <data:x> a osaid:Dataset .", tmp_path
    )
    assert found["https://example.org/a"]["url"] == "https://example.org/page"
    assert "data:x" not in found


def test_the_same_material_gives_the_same_bytes() -> None:
    assert written(material(FAMILY, assessed=False)) == written(Material(load([str(FAMILY)])))
    assert URIRef("https://example.org/borealis") in Material(release(BOREALIS)).nodes(OSAID.AISystem)
