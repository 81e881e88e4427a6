"""The exports of PROV-JSON and PROV-N: the prov library reads equal documents, and our readers what was said."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from exported import BOREALIS, EXPORTED, FAMILY, ROOT, WORKSHOP, hostile, material, written
from prov.constants import PROV_ACTIVITY, PROV_AGENT, PROV_DERIVATION, PROV_ENTITY, PROV_SPECIALIZATION
from prov.model import ProvBundle, ProvDocument
from rdflib import PROV, RDF, RDFS, XSD, Literal, URIRef
from rdflib.namespace import DCTERMS

from osaid_graph.graph.ontology import narrower, ontology
from osaid_graph.graph.release import Release
from osaid_graph.lineage.condensation import knots
from osaid_graph.model import Triple
from osaid_graph.readers import detect
from osaid_graph.readers.prov.meanings import MEANINGS
from osaid_graph.readers.prov.records import RELATIONS
from osaid_graph.reading import Reading, Statement
from osaid_graph.vocab import OSAID
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material
from osaid_graph.writers.prov.document import document

LIBRARY = {"prov-json": "json", "prov-n": "provn"}
BOTH = pytest.mark.parametrize("name", LIBRARY)
EACH = pytest.mark.parametrize("path", EXPORTED, ids=lambda path: path.stem)
_PROV = str(PROV._NS)
#: The kinds of the two ends of a relation that PROV-CONSTRAINTS asks for (constraint 50).
ENDS = {
    "Derivation": (PROV_ENTITY, PROV_ENTITY),
    "Generation": (PROV_ENTITY, PROV_ACTIVITY),
    "Usage": (PROV_ACTIVITY, PROV_ENTITY),
    "Attribution": (PROV_ENTITY, PROV_AGENT),
    "Specialization": (PROV_ENTITY, PROV_ENTITY),
    "Influence": (None, None),
}


def reading(text: str, name: str) -> Reading:
    found = detect(text.encode(), f"a{writer(name).SUFFIX}")
    assert name == found.NAME
    return found.read(text.encode(), "a")


def of_prov(triple: Triple) -> bool:
    """Tell whether a statement is one of PROV itself, or the label that a title is shown by."""
    _, predicate, value = triple
    is_class = predicate == RDF.type and str(value).startswith(_PROV)
    return predicate.startswith(_PROV) or is_class or predicate == RDFS.label


@cache
def read_by_library(path: Path, name: str) -> ProvDocument:
    return ProvDocument.deserialize(content=written(path, name)[1], format=LIBRARY[name])


# -- round trips -----------------------------------------------------------------------------------------------------


@BOTH
@EACH
def test_what_was_carried_is_what_is_read_back_and_nothing_is_lost(path: Path, name: str) -> None:
    exported, text = written(path, name)
    found = reading(text, name)
    back = {each.triple for each in found.statements if each.graph is not None}
    assert exported.carried <= back | {(s, RDF.type, PROV.Agent) for s, _, _ in back}
    assert {each for each in back if not of_prov(each)} == {each for each in exported.carried if not of_prov(each)}
    assert exported.losses() == ()
    assert (found.unread, found.repairs) == ((), ())


@BOTH
@EACH
def test_the_prov_library_reads_an_equal_document(path: Path, name: str) -> None:
    assert read_by_library(path, name) == document(material(path, assessed=False))


@BOTH
def test_names_that_mean_harm_are_texts(name: str) -> None:
    exported = hostile()
    text = str(writer(name).write(exported))
    back = {each.triple for each in reading(text, name).statements if each.graph is not None}
    assert {each for each in back if not of_prov(each)} == {each for each in exported.carried if not of_prov(each)}
    assert ProvDocument.deserialize(content=text, format=LIBRARY[name]) == document(hostile())
    if name == "prov-json":
        assert [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"] == []


@BOTH
def test_the_export_is_the_same_whatever_the_order_of_sets(name: str) -> None:
    code = (
        "import sys; from exported import WORKSHOP, written\n"
        f"sys.stdout.reconfigure(encoding='utf-8'); sys.stdout.write(written(WORKSHOP, {name!r})[1])"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**environment, "PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert texts == {written(WORKSHOP, name)[1]}


# -- what is said in PROV --------------------------------------------------------------------------------------------


@EACH
def test_no_relation_is_left_hanging_and_each_end_is_of_the_kind_it_must_be(path: Path) -> None:
    kinds = _kinds(read_by_library(path, "prov-json"))
    for container in _containers(read_by_library(path, "prov-json")):
        declared = {record.identifier for record in container.get_records() if record.is_element()}
        for record in container.get_records():
            if not record.is_relation():
                continue
            ends = [value for _, value in record.formal_attributes][:2]
            assert set(ends) <= declared, record.get_provn()
            for end, kind in zip(ends, ENDS[record.get_type().localpart], strict=True):
                assert kind is None or kind in kinds[end], record.get_provn()


@EACH
def test_nothing_is_an_entity_and_an_activity(path: Path) -> None:
    kinds = _kinds(read_by_library(path, "prov-n"))
    assert [node for node, found in kinds.items() if {PROV_ENTITY, PROV_ACTIVITY} <= found] == []


@EACH
def test_nothing_is_made_from_itself_or_a_version_of_itself(path: Path) -> None:
    for container in _containers(read_by_library(path, "prov-n")):
        for kind in (PROV_DERIVATION, PROV_SPECIALIZATION):
            successors: dict[object, set[object]] = {}
            for record in container.get_records():
                if record.get_type() == kind:
                    first, second = [value for _, value in record.formal_attributes][:2]
                    successors.setdefault(first, set()).add(second)
            assert knots(successors) == []


def test_each_statement_that_prov_has_a_relation_for_is_that_relation() -> None:
    lines = {line.strip() for line in written(WORKSHOP, "prov-n")[1].splitlines()}
    assert {
        "wasDerivedFrom(ns1:mix, ns1:pile, -, -, -, [prov:type='osaid:subsetOf'])",
        "wasDerivedFrom(ns1:chat, ns1:pile, -, -, -, [prov:type='osaid:derivedFrom'])",
        "wasGeneratedBy(ns1:mix, ns1:cleaning, -, [prov:type='osaid:processedBy'])",
        "used(ns1:training, ns1:train.py, -, [prov:type='osaid:usedCode'])",
        "wasInfluencedBy(ns1:weights, ns1:mix, [prov:type='osaid:validatedOn'])",
        "wasAttributedTo(ns1:atlas, ns1:guild, [prov:type='dcterms:publisher'])",
        "specializationOf(ns1:mix, ns1:mixes)",
        "entity(ns1:mixes)",
    } <= lines


def test_a_version_made_from_another_is_a_revision() -> None:
    text = written(FAMILY, "prov-n")[1]
    version = "hub:datasets/acme/webmix#"
    revision = (
        f"wasDerivedFrom({version}2, {version}1, -, -, -, [prov:type='osaid:derivedFrom', prov:type='prov:Revision'])"
    )
    assert text.count("prov:Revision") == 1
    assert revision in text


def test_a_bundle_is_quoted_from_its_document_and_derived_from_its_source() -> None:
    text = written(BOREALIS, "prov-n")[1]
    bundle = "source:3a487770b7f8f20d:fb3e68419fb4".replace(":fb", r"\:fb")
    assert f"entity({bundle}, [prov:type='prov:Bundle', prov:type='osaid:SourceDocument'])" in text
    assert f"wasDerivedFrom({bundle}, ns2:readme, -, -, -)" in text
    assert "prefix ns2 <https://example.org/borealis/>" in text
    assert f"wasDerivedFrom({bundle}, source:3a487770b7f8f20d, -, -, -, [prov:type='prov:Quotation'])" in text


def test_what_a_relation_can_mean_is_what_the_alignments_say() -> None:
    predicates = {predicate: kind for kind, relation in RELATIONS.items() if (predicate := relation.predicate)}
    below = {
        narrow: predicates[broad]
        for broad in predicates
        for prop in ontology().subjects(RDFS.subPropertyOf, broad)
        for narrow in narrower(URIRef(str(prop)))
    }
    dublin_core = dict.fromkeys((DCTERMS.creator, DCTERMS.publisher), "wasAttributedTo")
    below = {prop: kind for prop, kind in below.items() if prop.startswith(str(OSAID._NS))}
    assert below | dublin_core == MEANINGS


def test_what_a_model_is_measured_on_is_no_influence_on_it() -> None:
    assert OSAID.evaluatedOn not in MEANINGS
    text = written(FAMILY, "prov-n")[1]
    assert "osaid:evaluatedOn='hub:datasets/acme/bench'" in text
    assert "prov:type='osaid:evaluatedOn'" not in text
    assert "wasInfluencedBy(hub:acme/base#parameters, hub:datasets/acme/books, [prov:type='osaid:trainedOn'])" in text


# -- what cannot be said ---------------------------------------------------------------------------------------------


@BOTH
def test_what_prov_has_no_place_for_is_lost_and_told(name: str) -> None:
    node = URIRef("https://odd.example/a")
    statements: list[Triple] = [
        (node, RDF.type, OSAID.Dataset),
        (node, DCTERMS.identifier, Literal("https://odd.example/b", datatype=XSD.anyURI)),
        (node, PROV.generatedAtTime, Literal("2024-01-01T00:00:00", datatype=XSD.dateTime)),
    ]
    exported = _release(statements)
    writer(name).write(exported)
    assert [loss.predicate for loss in exported.losses()] == [DCTERMS.identifier, PROV.generatedAtTime]


@BOTH
def test_a_relation_that_the_kinds_of_its_ends_rule_out_is_an_attribute(name: str) -> None:
    a, b = URIRef("https://odd.example/a"), URIRef("https://odd.example/b")
    statements: list[Triple] = [(a, RDF.type, OSAID.Dataset), (b, RDF.type, OSAID.Code), (a, OSAID.usedCode, b)]
    exported = _release(statements)
    text = str(writer(name).write(exported))
    assert "used(" not in text and '"used"' not in text
    back = {each.triple for each in reading(text, name).statements if not of_prov(each.triple)}
    assert set(statements) <= back


def _release(statements: list[Triple]) -> Material:
    release = Release()
    release.add(Reading(tuple(Statement(each, 1) for each in statements)), "odd.ttl", b"", "turtle")
    return Material(release)


def _containers(found: ProvDocument) -> list[ProvBundle]:
    return [found, *found.bundles]


def _kinds(found: ProvDocument) -> dict[object, set[object]]:
    kinds: dict[object, set[object]] = {}
    for container in _containers(found):
        for record in container.get_records():
            if record.is_element():
                kinds.setdefault(record.identifier, set()).add(record.get_type())
    return kinds
