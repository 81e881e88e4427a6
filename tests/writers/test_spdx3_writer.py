"""SPDX 3.0.1 as an export: the model of the standard takes it, our own reader gives back what was carried."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import spdx_python_model
from bom_exports import INPUTS, described, losses, read_back, written
from exported import BOREALIS, FAMILY, HOSTILE_NAMES, assert_golden, examination, release
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from osaid_graph.errors import NothingToAssessError
from osaid_graph.graph.load import load
from osaid_graph.vocab import CODE, OSAID
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material
from osaid_graph.writers.moment import FIXED

NAME = "spdx3"
E = "https://e.example/"


def _graph(document: str) -> list[dict[str, Any]]:
    graph: list[dict[str, Any]] = json.loads(document)["@graph"]
    return graph


def _element(document: str, spdx_id: str) -> dict[str, Any]:
    return next(each for each in _graph(document) if each.get("spdxId") == spdx_id)


def _relations(document: str, kind: str) -> list[tuple[str, list[str]]]:
    return [(each["from"], each["to"]) for each in _graph(document) if each.get("relationshipType") == kind]


def _check(document: str) -> Any:
    """Have the model of SPDX read a document and write it again, which checks types, values and cardinalities."""
    model, objects = spdx_python_model.load_data(json.loads(document))
    model.JSONLDSerializer().write(objects, io.BytesIO())
    return objects


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_what_is_carried_is_what_is_read_back(path: Path) -> None:
    material = Material(release(path))
    assert read_back(NAME, written(NAME, material)) == material.carried


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_the_model_of_spdx_takes_the_document(path: Path) -> None:
    document = written(NAME, Material(release(path)))
    objects = _check(document)
    root = next(each for each in _graph(document) if each["type"] == "SpdxDocument")
    known = {each["externalSpdxId"] for each in root.get("import", [])}
    assert set(map(str, objects.link())) == known
    ids = [each["spdxId"] for each in _graph(document) if "spdxId" in each]
    assert sorted(ids) == sorted({*ids})
    assert set(root["element"]) == set(ids) - {root["spdxId"]}


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_packages_have_the_one_declared_and_the_one_concluded_licence_that_their_profiles_ask_for(path: Path) -> None:
    document = written(NAME, Material(release(path)))
    packages = [e["spdxId"] for e in _graph(document) if e["type"] in ("ai_AIPackage", "dataset_DatasetPackage")]
    for kind in ("hasDeclaredLicense", "hasConcludedLicense"):
        sources = [source for source, _ in _relations(document, kind)]
        assert [sources.count(package) for package in packages] == [1] * len(packages)


def test_it_conforms_to_the_profile_of_ai_only_where_all_that_asks_for_is_stated() -> None:
    def profiles(text: str) -> list[str]:
        root = next(each for each in _graph(written(NAME, described(text))) if each["type"] == "SpdxDocument")
        return list(root["profileConformance"])

    always = ["core", "software", "simpleLicensing", "expandedLicensing"]
    model = """:m a osaid:Model ; dcat:version "1" ; dcterms:issued "2024-01-02"^^xsd:date ;
        osaid:location <https://e.example/m> ; dcterms:publisher :p . :p a prov:Agent ."""
    assert profiles(model) == [*always, "ai"]
    assert profiles(model.replace('dcat:version "1" ;', "")) == always
    assert profiles(f"{model} :n a osaid:Model .") == always
    # who data come from and when they were built has no field in our words
    assert profiles(model + ' :d a osaid:Dataset ; dcterms:issued "2024-01-02"^^xsd:date .') == [*always, "ai"]


@pytest.mark.parametrize("path", [BOREALIS, FAMILY], ids=lambda path: path.stem)
def test_the_document_is_what_it_was(path: Path) -> None:
    assert_golden(f"{path.stem}.spdx3.json", written(NAME, Material(release(path))))


def test_what_it_loses_is_told_with_what_stands_in_its_place() -> None:
    material = Material(release(FAMILY))
    written(NAME, material)
    assert losses(material) == {
        "filteredFrom as osaid:derivedFrom": 2,
        "fineTunedFrom as osaid:derivedFrom": 2,
        "isVersionOf": 2,
        "mergedFrom as osaid:derivedFrom": 2,
        "adapterOf as osaid:derivedFrom": 1,
        "quantizedFrom as osaid:derivedFrom": 1,
        "subsetOf as osaid:derivedFrom": 1,
        "withdrawn": 1,
    }


# -- when ------------------------------------------------------------------------------------------------------------


def test_it_was_created_on_the_day_of_the_assessment_or_of_the_newest_thing_in_it_or_at_a_fixed_moment() -> None:
    def created(material: Material) -> str:
        return str(_graph(written(NAME, material))[0]["created"])

    assert created(Material(release(BOREALIS), examination(BOREALIS))) == "2026-11-23T00:00:00Z"
    assert created(Material(release(FAMILY))) == "2023-09-01T00:00:00Z"
    assert created(Material(release(BOREALIS))) == FIXED
    assert created(described(':m a osaid:Model ; dcterms:issued "last spring" .')) == FIXED


def test_it_says_which_program_wrote_it_and_not_for_whom() -> None:
    creation, _, *elements = _graph(written(NAME, Material(release(BOREALIS))))
    kinds = {each["spdxId"]: each["type"] for each in elements}
    assert [kinds[each] for each in creation["createdBy"]] == ["SoftwareAgent"]
    assert [kinds[each] for each in creation["createdUsing"]] == ["Tool"]


# -- what stands where -----------------------------------------------------------------------------------------------


def test_systems_and_models_are_ai_packages_data_are_dataset_packages_and_parameters_files_in_them() -> None:
    document = written(NAME, Material(release(BOREALIS)))
    system, weights = "https://example.org/borealis", "https://example.org/borealis#parameters"
    kinds = {each.get("spdxId"): (each["type"], each.get("software_primaryPurpose")) for each in _graph(document)}
    assert kinds[system] == ("ai_AIPackage", "application")
    assert kinds["https://example.org/tundra"] == ("ai_AIPackage", "model")
    assert kinds[weights] == ("software_File", "model")
    assert kinds["https://example.org/data/crawl"] == ("dataset_DatasetPackage", "data")
    assert kinds["https://example.org/borealis/code/train"] == ("software_Package", "source")
    assert kinds["https://example.org/borealis/code/tensors"] == ("software_Package", "library")
    assert weights in dict(_relations(document, "contains"))[system]
    assert ("https://example.org/borealis/code/train", [weights]) in _relations(document, "generates")
    assert [each["rootElement"] for each in _graph(document) if each["type"] == "SpdxDocument"] == [[system]]


def test_the_completeness_of_training_data_stands_at_their_relationship() -> None:
    relations = [e for e in _graph(written(NAME, Material(release(BOREALIS)))) if e.get("relationshipType")]
    found = {(e["relationshipType"], e["from"]): e["completeness"] for e in relations if "completeness" in e}
    assert found == {("trainedOn", "https://example.org/borealis#parameters"): "complete"}


@pytest.mark.parametrize(
    ("said", "kind"),
    [("osaid:trainedOn", "trainedOn"), ("osaid:evaluatedOn", "testedOn"), ("osaid:derivedFrom", "descendantOf")],
)
def test_none_is_said_to_be_none_with_its_reason_and_unknown_is_left_out(said: str, kind: str) -> None:
    none = '[ a osaid:NotApplicable ; rdfs:comment "set by hand" ]'
    material = described(f":m a osaid:Model ; osaid:hasParameters :p . :p a osaid:Parameters ; {said} {none} .")
    document = written(NAME, material)
    assert _relations(document, kind) == [(f"{E}p", ["NoneElement"])]
    assert read_back(NAME, document) == material.carried
    assert material.losses() == ()
    silent = described(":m a osaid:Model ; osaid:hasParameters :p . :p a osaid:Parameters .")
    assert not _relations(written(NAME, silent), kind)


def test_words_that_are_no_licence_expression_stand_as_the_name_of_a_text_that_nobody_quotes() -> None:
    material = described(':m a osaid:Model ; osaid:license "MIT OR Apache-2.0", "Llama 2", <https://e.example/terms> .')
    document = written(NAME, material)
    licences = {each["spdxId"]: each for each in _graph(document) if each["type"].startswith("simplelicensing_")}
    shown = {
        (each["type"], each.get("simplelicensing_licenseExpression", each.get("name"))) for each in licences.values()
    }
    assert shown == {
        ("simplelicensing_LicenseExpression", "MIT OR Apache-2.0"),
        ("simplelicensing_SimpleLicensingText", "Llama 2"),
    }
    [(_, declared)] = _relations(document, "hasDeclaredLicense")
    assert sorted(declared) == sorted([*licences, f"{E}terms"])
    assert read_back(NAME, document) == material.carried
    _check(document)


def test_data_that_are_public_and_ungated_are_a_direct_download_and_no_others_are() -> None:
    def availability(said: str) -> object:
        material = described(f":d a osaid:Dataset ; {said} .")
        document = written(NAME, material)
        assert read_back(NAME, document) == material.carried
        return _element(document, f"{E}d").get("dataset_datasetAvailability")

    access = "osaid:accessConditions [ a osaid:AccessConditions ; osaid:accessManner code:"
    assert availability(f"osaid:availability code:public ; {access}ungated ]") == "directDownload"
    assert availability(f"osaid:availability code:open ; {access}ungated ]") is None
    assert availability(f"{access}account ]") == "registration"
    assert availability(f"{access}click-through ]") == "clickthrough"
    assert availability(f'{access}account ; rdfs:comment "free of charge" ]') is None
    assert availability("osaid:availability code:public") is None


def test_a_document_that_describes_data_is_data_information_and_any_other_is_kept_as_a_document() -> None:
    material = described(
        """:s a osaid:AISystem ; osaid:hasDataInformation :sheet, :note ; osaid:hasParameters :p .
        :p a osaid:Parameters ; osaid:trainedOn :d . :d a osaid:Dataset .
        :sheet a osaid:DataInformation ; osaid:describes :d . :note a osaid:DataInformation ."""
    )
    triples = read_back(NAME, written(NAME, material))
    system, sheet, note = URIRef(f"{E}s"), URIRef(f"{E}sheet"), URIRef(f"{E}note")
    assert triples == material.carried
    assert (system, OSAID.hasDataInformation, sheet) in triples
    assert (system, OSAID.hasDocument, note) in triples
    assert losses(material) == {"hasDataInformation as osaid:hasDocument": 1, "type": 1}


def test_people_and_organisations_keep_their_names_and_get_no_address_that_they_have_not() -> None:
    material = described(
        """:m a osaid:Model ; dcterms:publisher [ a prov:Agent ; foaf:name "Lab" ] ; dcterms:creator :ada, :bob .
        :ada a prov:Agent ; foaf:name "Ada" . :bob a prov:Agent ."""
    )
    assert read_back(NAME, written(NAME, material)) == material.carried
    assert material.losses() == ()


def test_code_that_trains_what_two_systems_share_is_code_of_the_one_that_has_it() -> None:
    material = described(
        """:a a osaid:AISystem ; osaid:hasParameters :p . :p a osaid:Parameters .
        :b a osaid:AISystem ; osaid:hasParameters :p ; osaid:hasCode :c .
        :c a osaid:Code ; osaid:codeRole code:training ."""
    )
    triples = read_back(NAME, written(NAME, material))
    assert triples == material.carried
    assert [s for s, p, _ in triples if p == OSAID.hasCode] == [URIRef(f"{E}b")]
    assert (URIRef(f"{E}c"), OSAID.codeRole, CODE["training"]) not in triples


def test_a_name_that_is_an_address_in_short_is_no_title() -> None:
    for title, told in (("", 0), ('; dcterms:title "e.example/m"', 1), ('; dcterms:title "M"', 0)):
        material = described(f":m a osaid:Model {title} .")
        assert read_back(NAME, written(NAME, material)) == material.carried
        assert sum(loss.count for loss in material.losses()) == told


def test_where_there_is_nothing_that_the_format_is_for_it_says_so() -> None:
    with pytest.raises(NothingToAssessError) as raised:
        writer(NAME).write(described(":c a osaid:Code ."))
    assert raised.value.hint


# -- hostile names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
def test_a_hostile_name_is_a_text_in_a_document_that_is_still_right(name: str) -> None:
    words = json.dumps(name, ensure_ascii=False)
    material = described(f":m a osaid:Model ; dcterms:title {words} ; osaid:license {words} ; rdfs:comment {words} .")
    document = written(NAME, material)
    _check(document)
    assert _element(document, f"{E}m")["name"] == name
    assert not any(ord(character) < 32 and character != "\n" for character in document)
    assert "\u202e" not in document


def test_an_address_that_runs_is_nowhere_in_the_document() -> None:
    material = described(
        """:m a osaid:Model ; osaid:location <javascript:a> ; osaid:license <javascript:b> ;
        osaid:derivedFrom <javascript:c> ; dcterms:publisher <javascript:d> . <javascript:e> a osaid:Dataset ."""
    )
    document = written(NAME, material)
    assert "javascript" not in document
    assert read_back(NAME, document) == material.carried
    assert losses(material) == {"derivedFrom": 1, "license": 1, "location": 1, "publisher": 1, "type": 1}


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=30)
)
@settings(max_examples=40)
def test_any_one_word_comes_back_as_it_was(word: str) -> None:
    words = json.dumps(word, ensure_ascii=False)
    material = described(f":d a osaid:Dataset ; osaid:provenance {words} ; osaid:obtained {words} .")
    assert read_back(NAME, written(NAME, material)) == material.carried


def test_the_same_statements_give_the_same_bytes_in_whatever_order_they_stand() -> None:
    lines = FAMILY.read_text("utf-8").split("\n\n")
    turned = "\n\n".join([lines[0], lines[1], *reversed(lines[2:])]).encode()
    again = load(["family.ttl"], instead={Path("family.ttl").resolve(): turned})
    assert written(NAME, Material(again)) == written(NAME, Material(release(FAMILY)))
