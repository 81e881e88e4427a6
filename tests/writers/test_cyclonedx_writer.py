"""CycloneDX 1.6 and 1.7 as exports of descriptions: valid by the schemas, and read back to the letter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bom_documents import mutated, outcome
from bom_exports import INPUTS, JUDGED, described, losses, read_back, written
from cyclonedx_documents import ASSESSED, MIXTRAL, NAMES, blocks, checked, document_of, each_address_is_checked_once
from exported import BOREALIS, FAMILY, GOLDEN, HOSTILE_NAMES, assert_golden, examination, release
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_graph.errors import NothingToAssessError
from osaid_graph.graph.load import load
from osaid_graph.readers.cyclonedx import reader as cyclonedx
from osaid_graph.terms import catalogue
from osaid_graph.vocab import CODELISTS
from osaid_graph.writers import writer
from osaid_graph.writers.cyclonedx.components import NEWER
from osaid_graph.writers.licence_words import is_listed
from osaid_graph.writers.material import Material

__all__ = ["each_address_is_checked_once"]  # a fixture of all tests here

#: What judgements say, which stands in declarations instead.
JUDGEMENTS = {
    "type": 20,
    **dict.fromkeys(("date", "comment", "wasAttributedTo", "definition", "evidence", "independent", "judges"), 19),
    **dict.fromkeys(("outcome", "retrieved", "subject"), 19),
    **{"name": 1, "affiliation": 1},
}
E = "https://e.example/"


def _components(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    listed = [document["metadata"].get("component", {}), *document.get("components", [])]
    return {each["bom-ref"]: each for each in blocks(listed) if "bom-ref" in each}


def _properties(component: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each.get("value", "") for each in component["properties"]}


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_a_description_is_written_validly_and_read_back_without_a_loss(path: Path) -> None:
    material = Material(release(path))
    document_of(material)
    assert losses(material) == (JUDGEMENTS if path == JUDGED else {})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", ASSESSED, ids=lambda path: path.stem)
def test_an_assessment_changes_nothing_of_what_the_description_says(path: Path, name: str) -> None:
    plain, assessed = Material(release(path)), Material(release(path), examination(path, ASSESSED[path]))
    written(name, plain)
    document = written(name, assessed)
    checked(name, document)
    assert read_back(name, document) == plain.carried <= assessed.carried
    assert losses(assessed) == {}


@pytest.mark.parametrize(
    ("path", "name", "golden"),
    [
        (BOREALIS, "cyclonedx", "borealis.cdx.json"),
        (FAMILY, "cyclonedx", "family.cdx.json"),
        (MIXTRAL, "cyclonedx-1.7", "mixtral-8x7b.cdx-1.7.json"),
    ],
)
def test_the_document_is_what_it_was(path: Path, name: str, golden: str) -> None:
    examined = examination(path) if path == BOREALIS else None
    assert_golden(golden, written(name, Material(release(path), examined)))


# -- components ------------------------------------------------------------------------------------------------------


def test_things_are_components_of_their_types_and_stand_in_what_they_are_parts_of() -> None:
    document = document_of(Material(release(BOREALIS)))
    system = document["metadata"]["component"]
    assert (system["type"], system["name"], system["version"]) == ("application", "Borealis", "1.0")
    assert system["supplier"] == {"name": "Institute of Northern Languages", "url": ["https://example.org/institute"]}
    kinds = {
        each["bom-ref"].removeprefix("https://example.org/borealis"): each["type"] for each in system["components"]
    }
    assert kinds == {
        "#parameters": "machine-learning-model",
        **{f"/code/{code}": "application" for code in ("model", "pieces", "prepare#a1b2c3d", "search", "serve")},
        **{f"/code/{code}": "application" for code in ("test", "train", "validate")},
        "/code/tensors": "library",
        "/data-sheet": "file",
    }
    outer = {each["bom-ref"]: each["type"] for each in document["components"]}
    assert outer["https://example.org/tundra"] == "machine-learning-model"
    assert outer["https://example.org/data/letters"] == "data"


def test_a_model_has_its_data_in_its_card_its_origin_in_its_pedigree_and_the_list_said_to_be_complete() -> None:
    document = document_of(Material(release(BOREALIS)))
    parameters = _components(document)["https://example.org/borealis#parameters"]
    data = [f"https://example.org/data/{each}" for each in ("forecasts#3", "letters", "northern-mix")]
    assert parameters["modelCard"] == {"modelParameters": {"datasets": [{"ref": each} for each in data]}}
    [ancestor] = parameters["pedigree"]["ancestors"]
    assert (ancestor["name"], _properties(ancestor)) == (
        "Tundra",
        {"osaid:iri": "https://example.org/tundra", "osaid:relation": "fineTunedFrom"},
    )
    assert {"ref": parameters["bom-ref"], "dependsOn": data} in document["dependencies"]
    assert document["compositions"] == [{"aggregate": "complete", "dependencies": [parameters["bom-ref"]]}]
    assert parameters["licenses"] == [{"license": {"id": "Apache-2.0", "acknowledgement": "declared"}}]
    assert {"type": "distribution", "url": "https://example.org/borealis/parameters"} in parameters[
        "externalReferences"
    ]


def test_what_has_no_field_is_a_property_and_a_silence_keeps_its_kind_its_roles_and_its_reason() -> None:
    components = _components(document_of(Material(release(BOREALIS))))
    crawl = _properties(components["https://example.org/data/crawl"])
    assert crawl["osaid:availability"] == "public"
    assert crawl["osaid:scope"] == "eight countries, 2010 to 2022"
    assert crawl["osaid:labeling.not-applicable"] == "pages without labels"
    assert "osaid:location" not in crawl
    parameters = _properties(components["https://example.org/borealis#parameters"])
    assert parameters["osaid:accessConditions.ungated"] == "plain HTTPS download"
    assert parameters["osaid:evaluatedOn"] == "<https://example.org/data/north-bench>"
    tundra = _properties(components["https://example.org/tundra"])
    assert tundra["osaid:hasCode.not-applicable.hyperparameter-search"] == "one run with published settings"


def test_every_way_of_deriving_is_kept_and_a_plain_one_needs_no_word() -> None:
    components = _components(document_of(Material(release(FAMILY))))
    found = {
        (ref.rpartition("/")[2], _properties(each).get("osaid:relation", ""))
        for ref, component in components.items()
        for each in component.get("pedigree", {}).get("ancestors", ())
    }
    assert {relation for _, relation in found} == {
        *("", "filteredFrom", "subsetOf", "fineTunedFrom", "mergedFrom", "quantizedFrom", "adapterOf")
    }
    assert ("selfie", "") in found
    assert ("chat", "") in found


def test_data_known_by_a_name_alone_are_a_component_that_claims_no_more() -> None:
    components = _components(document_of(Material(release(FAMILY))))
    crawl = components["urn:osaid:name:our-crawl"]
    assert (crawl["type"], _properties(crawl)["osaid:class"]) == ("data", "UnresolvedReference")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('"Apache-2.0"', [{"license": {"id": "Apache-2.0"}}]),
        ('"MIT OR Apache-2.0"', [{"expression": "MIT OR Apache-2.0"}]),
        ('"apache-2.0"', [{"license": {"name": "apache-2.0"}}]),
        ('"Bugroff"', [{"expression": "Bugroff"}]),
        ('"MIT OR X11", "MIT"', [{"license": {"name": "MIT OR X11"}}, {"license": {"id": "MIT"}}]),
        ('"Llama 2"', [{"license": {"name": "Llama 2"}}]),
    ],
)
def test_a_licence_is_an_identifier_an_expression_or_a_name(said: str, expected: list[dict[str, Any]]) -> None:
    document = document_of(described(f":m a osaid:Model ; osaid:license {said} ."))
    found = document["metadata"]["component"]["licenses"]
    for each in (entry.get("license", entry) for entry in found):
        assert each.pop("acknowledgement") == "declared"
    assert found == expected


def test_a_licence_that_is_an_address_and_one_that_is_withheld_are_kept_beside_words() -> None:
    material = described(
        """:m a osaid:Model ; osaid:license "MIT", <https://e.example/terms> ;
        osaid:license [ a osaid:NotDisclosed ; rdfs:comment "?" ] ."""
    )
    component = document_of(material)["metadata"]["component"]
    assert component["externalReferences"] == [{"type": "license", "url": f"{E}terms"}]
    assert _properties(component)["osaid:license.not-disclosed"] == "?"
    assert losses(material) == {}


def test_the_list_of_licences_that_the_schemas_lack_is_exact() -> None:
    import cyclonedx.schema._res as schemas

    file = Path(schemas.__file__).with_name("spdx.SNAPSHOT.schema.json")
    known = set(json.loads(file.read_text("utf-8"))["enum"])
    assert {each for each in catalogue().ids() if is_listed(each) and each not in known} == NEWER


def test_what_the_standard_has_fields_for_is_not_said_in_properties() -> None:
    material = described(
        """:m a osaid:Model ; dcterms:title "M", "Em" ; dcat:version "2" ; dcterms:description "d" ;
          dcterms:issued "2024-05-01"^^xsd:date ; osaid:hasArchitecture :a ; osaid:hasDocument :doc, :card ;
          dcterms:creator [ a prov:Agent ; foaf:name "Ada" ], :lab ; osaid:hasParameters :p ; rdfs:comment "c" .
        :p a osaid:Parameters ; osaid:trainedOn :d ; osaid:completeness code:incomplete ;
          osaid:sha256 "%s" . :d a osaid:Dataset ; osaid:usedToEvaluate :p .
        :a a osaid:Architecture ; dcterms:title "transformer" . :lab a prov:Agent ; foaf:name "Lab" .
        :doc a osaid:Document ; osaid:location :doc .
        :card a osaid:Document ; osaid:location :card ; osaid:documentRole code:model-card ."""
        % ("0" * 64)
    )
    document = document_of(material)
    model = document["metadata"]["component"]
    properties = _properties(model)
    assert {key for key in properties if key not in ("osaid:iri", "osaid:class")} == {
        *("osaid:title", "osaid:issued", "osaid:comment")
    }
    assert model["manufacturer"] == {"name": "Lab", "url": [f"{E}lab"]}
    assert model["authors"] == [{"name": "Ada"}]
    assert [each["type"] for each in model["externalReferences"]] == ["model-card", "documentation"]
    assert model["modelCard"]["modelParameters"] == {"modelArchitecture": "transformer"}
    parameters = _components(document)[f"{E}p"]
    assert parameters["hashes"] == [{"alg": "SHA-256", "content": "0" * 64}]
    assert document["compositions"] == [{"aggregate": "incomplete", "dependencies": [f"{E}p"]}]
    assert document["metadata"]["timestamp"] == "2024-05-01T00:00:00Z"
    assert losses(material) == {}


def test_a_part_that_is_in_itself_and_one_that_two_have_still_make_a_tree() -> None:
    material = described(
        """:a a osaid:Model ; osaid:hasModel :b ; osaid:hasParameters :p . :b a osaid:Model ; osaid:hasModel :a, :b ;
        osaid:hasParameters :p . :p a osaid:Parameters ."""
    )
    document_of(material)
    assert losses(material) == {}


def test_what_is_in_no_release_is_told_as_lost() -> None:
    material = described(
        """:m a osaid:Model ; dcterms:title "two\\nlines" ; osaid:fee "10"^^xsd:integer ; osaid:scope "le"@fr ;
        osaid:hasCode [ a osaid:NotDisclosed ; rdfs:comment "a", "b" ] ; osaid:provenance "<https://e.example/x>" ."""
    )
    document = document_of(material)
    assert document["metadata"]["component"]["name"] == "two lines"
    assert losses(material) == {
        **{"comment": 2, "fee": 1, "hasCode": 1, "provenance": 1, "scope": 1, "title": 1, "type": 1},
    }


def test_where_there_is_nothing_that_the_format_is_for_it_says_so() -> None:
    for name in NAMES:
        with pytest.raises(NothingToAssessError) as raised:
            writer(name).write(described(":c a osaid:Code ."))
        assert raised.value.hint


def test_every_word_of_a_codelist_comes_back() -> None:
    roles = "".join(f" ; osaid:codeRole code:{word}" for word in CODELISTS["CodeRole"])
    kinds = "".join(f" ; osaid:documentRole code:{word}" for word in CODELISTS["DocumentRole"])
    for word in CODELISTS["AccessManner"]:
        material = described(
            f""":s a osaid:AISystem ; osaid:hasCode :c ; osaid:hasDocument :d ; osaid:technique code:machine-learning ;
            osaid:accessConditions [ a osaid:AccessConditions ; osaid:accessManner code:{word} ] ;
            osaid:hasDocument [ a osaid:NotDisclosed ; osaid:documentRole code:model-card, code:data-card ] .
            :c a osaid:Code {roles} ; osaid:completeness code:complete . :d a osaid:Document {kinds} ."""
        )
        document_of(material)
        assert losses(material) == {}


# -- hostile names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("word", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
def test_a_hostile_name_is_a_text_in_a_document_that_is_still_valid(word: str, name: str) -> None:
    words = json.dumps(word, ensure_ascii=False)
    material = described(
        f""":m a osaid:Model ; dcterms:title {words} ; osaid:license {words} ; rdfs:comment {words} ;
        osaid:labeling [ a osaid:NotDisclosed ; rdfs:comment {words} ] ;
        dcterms:publisher [ a prov:Agent ; foaf:name {words} ] ."""
    )
    text = written(name, material)
    document = checked(name, text)
    assert read_back(name, text) == material.carried
    assert document["metadata"]["component"]["name"] == " ".join(word.split())
    assert not any(ord(character) < 32 and character != "\n" for character in text)
    assert "\u202e" not in text


def test_an_address_that_runs_is_never_an_address_of_thedocument_of() -> None:
    material = described(":m a osaid:Model ; osaid:location <javascript:alert(1)>, <https://e.example/m> .")
    component = checked("cyclonedx", written("cyclonedx", material))["metadata"]["component"]
    assert component["externalReferences"] == [{"type": "distribution", "url": f"{E}m"}]
    assert losses(material) == {"location": 1}


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=30))
@settings(max_examples=40)
def test_any_text_comes_back_as_it_was_or_is_told_as_lost(text: str) -> None:
    words = json.dumps(text, ensure_ascii=False)
    material = described(f":d a osaid:Dataset ; osaid:scope {words} ; dcterms:title {words} .")
    document = written("cyclonedx", material)
    assert read_back("cyclonedx", document) == material.carried
    assert bool(losses(material)) is (text != " ".join(text.split()) or not text)


def test_the_same_statements_give_the_same_bytes_in_whatever_order_they_stand() -> None:
    lines = FAMILY.read_text("utf-8").split("\n\n")
    turned = "\n\n".join([lines[0], lines[1], *reversed(lines[2:])]).encode()
    again = load([str(FAMILY)], instead={FAMILY.resolve(): turned})
    assert written("cyclonedx", Material(again)) == written("cyclonedx", Material(release(FAMILY)))


# -- the reader ------------------------------------------------------------------------------------------------------


@given(position=st.integers(0, 10**6), kind=st.integers(0, 2), by=st.binary(min_size=1, max_size=6))
@settings(max_examples=100)
def test_no_damage_to_a_document_breaks_the_reader(position: int, kind: int, by: bytes) -> None:
    data = (GOLDEN / "borealis.cdx.json").read_bytes()[:60_000]
    outcome(cyclonedx, mutated(data, position, kind, by), "a.cdx.json")


@given(st.data())
@settings(max_examples=100)
def test_no_property_in_our_name_space_breaks_the_reader(data: st.DataObject) -> None:
    words = st.sampled_from(["osaid:iri", "osaid:class", "osaid:hasCode.not-disclosed", "osaid:license", "x", "osaid:"])
    names = st.builds(str.__add__, words, st.sampled_from(["", ".training", ".x", ".", "\u202e"]))
    values = st.sampled_from(["<https://e.example/a>", "<x>", "public", "Model", "javascript:x", "", "2024-01-01"])
    entry = st.fixed_dictionaries({"name": names, "value": values})
    entries = data.draw(st.lists(entry, max_size=6))
    component = {"type": "data", "name": "d", "bom-ref": "d", "properties": entries, "pedigree": {"ancestors": []}}
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [component, dict(component)]}
    outcome(cyclonedx, json.dumps(document).encode(), "a.cdx.json")
