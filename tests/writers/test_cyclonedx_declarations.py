"""The assessment in CycloneDX: the definition as a standard, outcomes as declarations, and who is cited for what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bom_exports import INPUTS, JUDGED
from cyclonedx_documents import ASSESSED, MIXTRAL, NAMES, blocks, document_of, each_address_is_checked_once
from exported import BOREALIS, examination, release

from osaid_graph.graph.load import load
from osaid_graph.writers.material import Material

__all__ = ["each_address_is_checked_once"]  # a fixture of all tests here


# -- the assessment --------------------------------------------------------------------------------------------------


def test_the_definition_is_a_standard_with_every_requirement_below_its_clause() -> None:
    examined = examination(MIXTRAL)
    definition = examined.assessment.definition
    [standard] = document_of(Material(release(MIXTRAL), examined))["definitions"]["standards"]
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
    declared = document_of(Material(release(path), examined))["declarations"]
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
    declared = document_of(Material(release(MIXTRAL), examined))["declarations"]
    known = {each["bom-ref"]: each for each in blocks(declared) if "bom-ref" in each}
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
    declared = document_of(Material(release(JUDGED), examined))["declarations"]
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
        assert not {"definitions", "declarations"} & set(document_of(Material(release(MIXTRAL)), name))


# -- citations -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_a_citation_points_to_fields_and_names_the_source_that_says_them(path: Path) -> None:
    document = document_of(Material(release(path)), "cyclonedx-1.7")
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
    document = document_of(material, "cyclonedx-1.7")
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
    document = document_of(material, "cyclonedx-1.7")
    paper, _ = document["citations"]
    assert _at(document, paper["pointers"][0]) == {"license": {"id": "MIT", "acknowledgement": "declared"}}
    assert paper["timestamp"] == "2024-05-01T00:00:00Z"
    [source] = [each for each in document["components"] if each["bom-ref"] == paper["attributedTo"]]
    assert source["name"] == "The paper"
    assert source["externalReferences"] == [{"type": "website", "url": "https://e.example/paper"}]
