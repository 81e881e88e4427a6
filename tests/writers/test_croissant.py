"""Croissant: what is written is what was stated, reads back as that, and is valid for MLCommons' own validator."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from exported import BOREALIS, EXPORTED, FAMILY, HOSTILE_NAMES, assert_golden, release, unlabelled
from rdflib import Literal, URIRef

import osaid_graph
from osaid_graph.errors import NothingToAssessError, UsageError
from osaid_graph.graph.load import load
from osaid_graph.model import Triple
from osaid_graph.readers import candidates, reader
from osaid_graph.readers.works.addresses import identifier
from osaid_graph.vocab import OSAID
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material

HUB = "https://huggingface.co/datasets/"
DATA = "https://example.org/data/"


def written(material: Material) -> str:
    """Return the description that is written."""
    text = writer("croissant").write(material)
    assert isinstance(text, str)
    return text


def read(text: str) -> list[Triple]:
    """Return what the reader finds in a description, without a repair."""
    assert candidates(text.encode(), "x.json") == ["croissant"]
    reading = reader("croissant").read(text.encode(), "x.json")
    assert reading.repairs == ()
    return [statement.triple for statement in reading.statements]


def datasets(path: Path) -> list[str]:
    """Return the IRIs of the datasets of a release, without those that name nothing, such as ``javascript:``."""
    nodes = Material(release(path)).nodes(OSAID.Dataset)
    return [str(node) for node in nodes if isinstance(node, URIRef) and identifier(node) is not None]


def valid(text: str, folder: Path) -> list[str]:
    """Return the errors that MLCommons' validator finds; the tests' own fixture refuses it a network."""
    logging.getLogger("absl").setLevel(logging.ERROR)
    import mlcroissant

    file = folder / "croissant.json"
    file.write_text(text, "utf-8")
    return sorted(mlcroissant.Dataset(file).metadata.ctx.issues.errors)


def described(turtle: str, folder: Path, choice: str = "") -> dict[str, object]:
    """Return the description of what some Turtle says of ``d:``."""
    file = folder / "given.ttl"
    prefixes = "osaid: <https://w3id.org/osaid-graph/ont#>", "dcterms: <http://purl.org/dc/terms/>", f"d: <{DATA}>"
    file.write_text("".join(f"@prefix {each} .\n" for each in prefixes) + turtle, "utf-8")
    found: dict[str, object] = json.loads(written(Material(load([str(file)]), choice=choice)))
    return found


@pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.stem)
def test_what_is_carried_is_what_is_read_back(path: Path) -> None:
    for dataset in datasets(path):
        material = Material(release(path), choice=dataset)
        found = read(written(material))
        general = {
            (s, {"osaid:derivedFrom": OSAID.derivedFrom, "osaid:processing": OSAID.processing}[loss.kept], o)
            for loss in material.losses()
            if loss.kept
            for s, p, o in material.release.graph.triples((URIRef(dataset), loss.predicate, None))
        }
        carried, back = unlabelled(material.carried), unlabelled(found)
        assert carried - back == set()
        # The format of a file is told by its name and asked for; the reader tells of it.
        derived = {each for each in back - carried if '"file formats: ' not in each[2]}
        assert derived <= unlabelled(general)  # type: ignore[arg-type]  # rows of a graph are statements


@pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.stem)
def test_every_description_is_valid(path: Path, tmp_path: Path) -> None:
    for dataset in datasets(path):
        assert valid(written(Material(release(path), choice=dataset)), tmp_path) == []


@pytest.mark.parametrize(
    ("path", "dataset"),
    [(BOREALIS, "northern-mix"), (BOREALIS, "forecasts#3"), (FAMILY, "mixture")],
)
def test_a_description_byte_for_byte(path: Path, dataset: str) -> None:
    choice = next(each for each in datasets(path) if each.endswith(f"/{dataset}"))
    name = dataset.replace("#", "-")
    assert_golden(f"{path.stem}-{name}.croissant.json", written(Material(release(path), choice=choice)))


def test_several_datasets_are_a_question() -> None:
    with pytest.raises(UsageError) as raised:
        written(Material(release(BOREALIS)))
    assert raised.value.message == "8 datasets, and a Croissant file describes one"
    assert raised.value.hint.startswith("choose one with --subject: example.org/data/archive, ")
    with pytest.raises(UsageError, match="no dataset 'borealis' here"):
        written(Material(release(BOREALIS), choice="borealis"))


def test_a_dataset_is_chosen_by_its_id_or_its_name() -> None:
    for choice in (f"{DATA}northern-mix", "northern mix", "example.org/data/northern-mix"):
        assert json.loads(written(Material(release(BOREALIS), choice=choice)))["@id"] == f"{DATA}northern-mix"
    assert json.loads(written(Material(release(FAMILY), choice="acme/mixture")))["@id"] == f"{HUB}acme/mixture"


def test_the_one_that_all_others_were_made_into_needs_no_choice(tmp_path: Path) -> None:
    found = described(
        "d:a a osaid:Dataset ; osaid:derivedFrom d:b, d:c . d:b a osaid:Dataset . d:c a osaid:Dataset .", tmp_path
    )
    assert found["@id"] == f"{DATA}a"
    assert found["prov:wasDerivedFrom"] == [{"@id": f"{DATA}b"}, {"@id": f"{DATA}c"}]


def test_no_dataset_is_nothing_to_write(tmp_path: Path) -> None:
    with pytest.raises(NothingToAssessError) as raised:
        described("d:m a osaid:Model .", tmp_path)
    assert raised.value.hint


def test_what_is_said_of_the_others_is_told_as_lost() -> None:
    material = Material(release(FAMILY), choice=f"{HUB}acme/mixture")
    written(material)
    lost = {loss.predicate: loss.count for loss in material.losses() if not loss.kept}
    others = [
        t for t in material.release.graph.triples((None, OSAID.license, None)) if t[0] != URIRef(f"{HUB}acme/mixture")
    ]
    assert lost[OSAID.license] == len(others)


def test_cleaning_is_kept_as_processing_and_a_filter_as_a_derivation(tmp_path: Path) -> None:
    turtle = 'd:a a osaid:Dataset ; osaid:cleaning "deduplicated" ; osaid:filteredFrom d:b .'
    file = tmp_path / "given.ttl"
    described(turtle, tmp_path)
    material = Material(load([str(file)]))
    written(material)
    assert {(loss.predicate, loss.kept) for loss in material.losses()} == {
        (OSAID.cleaning, "osaid:processing"),
        (OSAID.filteredFrom, "osaid:derivedFrom"),
    }


def test_a_file_with_its_checksum_and_a_repository_are_distributions(tmp_path: Path) -> None:
    digest = "0" * 64
    turtle = f'd:a a osaid:Dataset ; osaid:location <https://e.example/a%20b.csv> ; osaid:sha256 "{digest}" .'
    assert described(turtle, tmp_path)["distribution"] == [
        {
            **{"@type": "cr:FileObject", "@id": "file", "name": "a b.csv", "contentUrl": "https://e.example/a%20b.csv"},
            **{"encodingFormat": "text/csv", "sha256": digest},
        }
    ]
    found = described("d:a a osaid:Dataset ; osaid:location <https://github.com/acme/data>, d:page .", tmp_path)
    assert found["url"] == f"{DATA}page"
    assert [each["contentUrl"] for each in found["distribution"]] == ["https://github.com/acme/data"]  # type: ignore[attr-defined]


def test_silences_keep_their_reason(tmp_path: Path) -> None:
    turtle = """d:a a osaid:Dataset ; osaid:labeling [ a osaid:NotApplicable ; rdfs:comment "plain text" ] ;
        osaid:processing [ a osaid:NotDisclosed ] ;
        osaid:provenance [ a osaid:NotDisclosed ; rdfs:comment "secret" ] ."""
    found = described("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n" + turtle, tmp_path)
    assert found["rai:dataAnnotationProtocol"] == "not applicable: plain text"
    assert found["rai:dataPreprocessingProtocol"] == "not disclosed"
    assert found["rai:dataCollectionRawData"] == "not disclosed: secret"


def test_first_words_that_tell_the_term_are_the_term(tmp_path: Path) -> None:
    texts = 'osaid:characteristics "limitations: old pages", "12 files" ; osaid:scope "languages: la"'
    found = described(f"d:a a osaid:Dataset ; {texts} .", tmp_path)
    assert (found["rai:dataLimitations"], found["inLanguage"]) == ("old pages", "la")
    assert "12 files" not in str(found)


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
def test_hostile_names_stay_texts(name: str, tmp_path: Path) -> None:
    text = Literal(name).n3()
    said = " ; ".join(f"{term} {text}" for term in ("dcterms:title", "osaid:scope", "osaid:license", "osaid:labeling"))
    found = described(f"d:a a osaid:Dataset ; {said} .", tmp_path)
    assert [found[key] for key in ("name", "description", "license", "rai:dataAnnotationProtocol")] == [name] * 4
    assert valid(json.dumps(found), tmp_path) == []


def test_the_same_material_gives_the_same_bytes() -> None:
    choice = f"{DATA}northern-mix"
    assert written(Material(release(BOREALIS), choice=choice)) == written(
        Material(load([str(BOREALIS)]), choice=choice)
    )


def test_the_subject_of_an_export_is_the_dataset_that_is_meant() -> None:
    exported = osaid_graph.load(BOREALIS).export("croissant", subject="Northern Mix")
    assert json.loads(exported.content)["@id"] == f"{DATA}northern-mix"
    assert OSAID.license in {loss.predicate for loss in exported.losses}


def test_a_dataset_whose_id_is_a_script_is_none_that_can_be_described(tmp_path: Path) -> None:
    with pytest.raises(NothingToAssessError):
        described("<javascript:alert(1)> a osaid:Dataset .", tmp_path)
