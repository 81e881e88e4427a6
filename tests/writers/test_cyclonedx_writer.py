"""CycloneDX 1.6 and 1.7 as exports: valid by the schemas, read back to the letter, the assessment as declarations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from bom_documents import mutated, outcome
from bom_exports import INPUTS, JUDGED, described, losses, read_back, written
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from exported import BOREALIS, FAMILY, GOLDEN, HOSTILE_NAMES, ROOT, assert_golden, examination, release
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

NAMES = ["cyclonedx", "cyclonedx-1.7"]
VERSIONS = {"cyclonedx": SchemaVersion.V1_6, "cyclonedx-1.7": SchemaVersion.V1_7}
MIXTRAL = ROOT / "data" / "releases" / "mixtral-8x7b.yaml"
TUNED = "https://huggingface.co/acme/tuned"
#: Assessed: one with gaps, one with judgements, one of several models.
ASSESSED = {MIXTRAL: None, JUDGED: None, FAMILY: TUNED}
#: What judgements say, which stands in declarations instead.
JUDGEMENTS = {
    "type": 20,
    **dict.fromkeys(("date", "comment", "wasAttributedTo", "definition", "evidence", "independent", "judges"), 19),
    **dict.fromkeys(("outcome", "retrieved", "subject"), 19),
    **{"name": 1, "affiliation": 1},
}
E = "https://e.example/"


@pytest.fixture(autouse=True, scope="module")
def each_address_is_checked_once() -> Iterator[None]:
    """Keep the verdicts on addresses: a grammar checks them, which is nine tenths of a validation."""
    with pytest.MonkeyPatch.context() as patch:
        check = getattr(jsonschema._format, "_rfc3987_is_valid_syntax", None)
        if check is not None:
            patch.setattr(jsonschema._format, "_rfc3987_is_valid_syntax", cache(check))
        yield


@cache
def _validator(name: str) -> JsonStrictValidator:
    return JsonStrictValidator(VERSIONS[name])


def _check(name: str, document: str) -> dict[str, Any]:
    """Hold a document to the schema, its references to what it has, and return it."""
    error = _validator(name).validate_str(document)
    assert error is None, str(error)
    found: dict[str, Any] = json.loads(document)
    refs = [each["bom-ref"] for each in _blocks(found) if "bom-ref" in each]
    assert sorted(refs) == sorted({*refs})
    assert {*_references(found)} <= {*refs}
    return found


def _blocks(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _blocks(each)
    elif isinstance(value, list):
        for each in value:
            yield from _blocks(each)


def _references(document: dict[str, Any]) -> Iterator[str]:
    """Yield every reference that a document makes."""
    single = ("ref", "assessor", "requirement", "target", "parent", "attributedTo")
    several = ("dependsOn", "dependencies", "claims", "counterClaims", "evidence", "mitigationStrategies")
    for block in _blocks(document):
        yield from (block[key] for key in single if isinstance(block.get(key), str))
        yield from (each for key in several for each in block.get(key, ()) if isinstance(each, str))


def _document(material: Material, name: str = "cyclonedx") -> dict[str, Any]:
    document = _check(name, written(name, material))
    if material.examination is None:
        assert read_back(name, json.dumps(document)) == material.carried
    return document


def _components(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    listed = [document["metadata"].get("component", {}), *document.get("components", [])]
    return {each["bom-ref"]: each for each in _blocks(listed) if "bom-ref" in each}


def _properties(component: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each.get("value", "") for each in component["properties"]}


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_a_description_is_written_validly_and_read_back_without_a_loss(path: Path) -> None:
    material = Material(release(path))
    _document(material)
    assert losses(material) == (JUDGEMENTS if path == JUDGED else {})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", ASSESSED, ids=lambda path: path.stem)
def test_an_assessment_changes_nothing_of_what_the_description_says(path: Path, name: str) -> None:
    plain, assessed = Material(release(path)), Material(release(path), examination(path, ASSESSED[path]))
    written(name, plain)
    document = written(name, assessed)
    _check(name, document)
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
    document = _document(Material(release(BOREALIS)))
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
    document = _document(Material(release(BOREALIS)))
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
    components = _components(_document(Material(release(BOREALIS))))
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
    components = _components(_document(Material(release(FAMILY))))
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
    components = _components(_document(Material(release(FAMILY))))
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
    document = _document(described(f":m a osaid:Model ; osaid:license {said} ."))
    found = document["metadata"]["component"]["licenses"]
    for each in (entry.get("license", entry) for entry in found):
        assert each.pop("acknowledgement") == "declared"
    assert found == expected


def test_a_licence_that_is_an_address_and_one_that_is_withheld_are_kept_beside_words() -> None:
    material = described(
        """:m a osaid:Model ; osaid:license "MIT", <https://e.example/terms> ;
        osaid:license [ a osaid:NotDisclosed ; rdfs:comment "?" ] ."""
    )
    component = _document(material)["metadata"]["component"]
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
    document = _document(material)
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
    _document(material)
    assert losses(material) == {}


def test_what_is_in_no_release_is_told_as_lost() -> None:
    material = described(
        """:m a osaid:Model ; dcterms:title "two\\nlines" ; osaid:fee "10"^^xsd:integer ; osaid:scope "le"@fr ;
        osaid:hasCode [ a osaid:NotDisclosed ; rdfs:comment "a", "b" ] ; osaid:provenance "<https://e.example/x>" ."""
    )
    document = _document(material)
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
        _document(material)
        assert losses(material) == {}


# -- the assessment --------------------------------------------------------------------------------------------------


def test_the_definition_is_a_standard_with_every_requirement_below_its_clause() -> None:
    examined = examination(MIXTRAL)
    definition = examined.assessment.definition
    [standard] = _document(Material(release(MIXTRAL), examined))["definitions"]["standards"]
    assert (standard["name"], standard["version"]) == (definition.title, definition.version)
    by_ref = {each["bom-ref"]: each for each in standard["requirements"]}
    listed = {each["identifier"]: each for each in standard["requirements"] if "parent" in each}
    assert list(listed) == list(definition.requirements)
    assert len(listed) == 63
    for id_, requirement in definition.requirements.items():
        found = listed[id_]
        assert (found["title"], found["text"]) == (requirement.label, requirement.quote)
        above, steps = found, 0
        while "parent" in above:
            above, steps = by_ref[above["parent"]], steps + 1
        assert above["identifier"] == f"clause-{requirement.clause}"
        assert steps <= 3
    assert by_ref[listed["code-tokenizer"]["parent"]]["identifier"] == "code-complete-run"


@pytest.mark.parametrize("path", ASSESSED, ids=lambda path: path.stem)
def test_conformance_is_scored_where_it_is_decided_and_has_its_outcome_in_words_everywhere(path: Path) -> None:
    examined = examination(path, ASSESSED[path])
    declared = _document(Material(release(path), examined))["declarations"]
    mapped = declared["attestations"][0]["map"]
    assert len(mapped) == len(examined.assessment.results)
    for result, entry in zip(examined.assessment.results, mapped, strict=True):
        assert entry["requirement"] == str(result.requirement.iri)
        assert entry["conformance"].get("score") == {"met": 1, "not-met": 0}.get(result.outcome)
        assert entry["conformance"]["rationale"].startswith(f"{result.outcome}: ")
        assert len(entry["conformance"]["rationale"]) > len(result.outcome) + 5
        assert bool(entry.get("counterClaims")) is bool(result.findings or result.bearing)
        assert bool(entry.get("claims")) is (result.outcome == "met")
        assert entry["confidence"]["rationale"]
    assert "affirmation" not in declared


def test_a_gap_is_a_counter_claim_with_what_the_source_says_and_how_to_close_it() -> None:
    examined = examination(MIXTRAL)
    declared = _document(Material(release(MIXTRAL), examined))["declarations"]
    known = {each["bom-ref"]: each for each in _blocks(declared) if "bom-ref" in each}
    finding = next(each for each in examined.assessment.findings if each.rule == "freedom-use-no-permission.gated")
    [entry] = [e for e in declared["attestations"][0]["map"] if e["requirement"].endswith("#freedom-use-no-permission")]
    [claim] = [known[ref] for ref in entry["counterClaims"] if known[ref]["predicate"] == finding.message]
    target = known[claim["target"]]
    assert (target["type"], target["name"]) == ("machine-learning-model", finding.focus_label)
    [evidence] = [known[ref] for ref in claim["evidence"]]
    assert (evidence["propertyName"], evidence["description"]) == ("osaid:accessConditions", finding.claims[0].value)
    assert evidence["data"][0]["contents"] == {"url": finding.sources[0]}
    [remedy] = [known[ref] for ref in claim["mitigationStrategies"]]
    assert remedy["data"][0]["contents"]["attachment"]["content"] == finding.remedy.yaml
    assert entry["conformance"]["mitigationStrategies"] == claim["mitigationStrategies"]


def test_a_reviewer_is_an_assessor_of_what_they_judged_and_a_third_party_if_they_are_independent() -> None:
    examined = examination(JUDGED)
    counted = [j for result in examined.assessment.results for j in result.judgements if j.counted]
    declared = _document(Material(release(JUDGED), examined))["declarations"]
    program, *reviewers = declared["assessors"]
    assert "thirdParty" not in program
    independent = {judgement.by: judgement.independent for judgement in counted}
    assert [each["thirdParty"] for each in reviewers] == list(independent.values())
    attested = {each["assessor"]: each["map"] for each in declared["attestations"]}
    assert sum(len(attested[each["bom-ref"]]) for each in reviewers) == len(counted)
    claims = {each["bom-ref"]: each for each in declared["claims"]}
    reasons = {claims[ref]["reasoning"] for each in reviewers for e in attested[each["bom-ref"]] for ref in e["claims"]}
    assert reasons == {judgement.reason for judgement in counted}
    authored = [each for each in declared["evidence"] if "author" in each]
    rests = {each["data"][0]["name"] for each in authored if "data" in each}
    assert rests == {evidence.url for judgement in counted for evidence in judgement.evidence}
    made = {(each["description"], each["created"]) for each in authored if "data" not in each}
    assert made == {(judgement.reason, f"{judgement.date}T00:00:00Z") for judgement in counted}


def test_without_an_assessment_there_is_neither_a_standard_nor_a_declaration() -> None:
    for name in NAMES:
        assert not {"definitions", "declarations"} & set(_document(Material(release(MIXTRAL)), name))


# -- citations -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_a_citation_points_to_fields_and_names_the_source_that_says_them(path: Path) -> None:
    document = _document(Material(release(path)), "cyclonedx-1.7")
    sources = {each["bom-ref"]: each for each in document["components"] if each["bom-ref"].startswith("source:")}
    assert [each["attributedTo"] for each in document["citations"]] == list(sources)
    for citation in document["citations"]:
        for pointer in citation["pointers"]:
            assert _at(document, pointer) is not None


def _at(document: Any, pointer: str) -> Any:
    found = document
    for step in pointer.split("/")[1:]:
        found = found[int(step)] if isinstance(found, list) else found[step]
    return found


def test_a_citation_tells_who_said_it_and_when_they_were_asked() -> None:
    material = Material(release(BOREALIS))
    document = _document(material, "cyclonedx-1.7")
    names = {each["bom-ref"]: each["name"] for each in document["components"]}
    said = {names[each["attributedTo"]]: each for each in document["citations"]}
    serve = said["https://example.org/borealis/code/serve/license"]
    [pointer] = serve["pointers"]
    assert _at(document, pointer) == {"license": {"id": "MIT", "acknowledgement": "declared"}}
    assert (serve["timestamp"], serve["note"]) == ("1970-01-01T00:00:00Z", "nobody states when")


def test_a_source_that_was_retrieved_is_cited_by_its_title_on_the_day_it_was() -> None:
    manifest = b"""
system: {id: https://e.example/s, name: S}
parameters:
  license: {value: MIT, source: {url: https://e.example/paper, title: The paper, retrieved: 2024-05-01}}
"""
    material = Material(load(["osaid.yaml"], instead={Path("osaid.yaml").resolve(): manifest}))
    document = _document(material, "cyclonedx-1.7")
    paper, _ = document["citations"]
    assert _at(document, paper["pointers"][0]) == {"license": {"id": "MIT", "acknowledgement": "declared"}}
    assert paper["timestamp"] == "2024-05-01T00:00:00Z"
    [source] = [each for each in document["components"] if each["bom-ref"] == paper["attributedTo"]]
    assert source["name"] == "The paper"
    assert source["externalReferences"] == [{"type": "website", "url": "https://e.example/paper"}]


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
    document = _check(name, text)
    assert read_back(name, text) == material.carried
    assert document["metadata"]["component"]["name"] == " ".join(word.split())
    assert not any(ord(character) < 32 and character != "\n" for character in text)
    assert "\u202e" not in text


def test_an_address_that_runs_is_never_an_address_of_the_document() -> None:
    material = described(":m a osaid:Model ; osaid:location <javascript:alert(1)>, <https://e.example/m> .")
    component = _check("cyclonedx", written("cyclonedx", material))["metadata"]["component"]
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
