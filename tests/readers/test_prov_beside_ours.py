"""PROV that uses our terms: a relation says which of ours it means, and nothing is concluded twice."""

from __future__ import annotations

import json
from typing import Any

from rdflib import PROV, RDF, RDFS, XSD, BNode, Literal, URIRef

from osaid_graph.graph.release import Release
from osaid_graph.model import Triple
from osaid_graph.readers import detect
from osaid_graph.reading import Reading
from osaid_graph.vocab import OSAID

E = "https://e.example/"
A, B, RUN = URIRef(E + "a"), URIRef(E + "b"), URIRef(E + "run")


def provn(records: str) -> Reading:
    head = "document\nprefix ex <https://e.example/>\nprefix osaid <https://w3id.org/osaid-graph/ont#>\n"
    head += "prefix blank <urn:osaid:blank:>\nprefix foaf <http://xmlns.com/foaf/0.1/>\n"
    head += "prefix dcterms <http://purl.org/dc/terms/>\n"
    data = f"{head}{records}\nendDocument\n".encode()
    return detect(data, "a.provn").read(data, "a.provn")


def provjson(**records: Any) -> Reading:
    prefix = {"ex": E, "osaid": str(OSAID._NS)}
    data = json.dumps({"prefix": prefix, **records}).encode()
    return detect(data, "a.json").read(data, "a.json")


def ours(reading: Reading) -> set[Triple]:
    """The statements of our own vocabulary, classes among them."""
    triples = {each.triple for each in reading.statements}
    return {t for t in triples if t[1].startswith(str(OSAID._NS)) or (t[1] == RDF.type and t[2] in OSAID)}


def test_a_derivation_says_which_it_is_by_its_type() -> None:
    reading = provn("""entity(ex:a, [prov:type='osaid:Model'])  entity(ex:b, [prov:type='osaid:Model'])
        wasDerivedFrom(ex:a, ex:b, -, -, -, [prov:type='osaid:quantizedFrom'])""")
    assert ours(reading) == {
        (A, RDF.type, OSAID.Model),
        (B, RDF.type, OSAID.Model),
        (A, OSAID.quantizedFrom, B),
    }
    assert (A, PROV.wasDerivedFrom, B) in {each.triple for each in reading.statements}
    assert reading.unread == ()


def test_a_derivation_without_such_a_type_is_read_as_before() -> None:
    reading = provn("""entity(ex:a, [prov:type='osaid:Model'])  entity(ex:b, [prov:type='osaid:Model'])
        wasDerivedFrom(ex:a, ex:b)""")
    assert (URIRef(E + "a#parameters"), OSAID.derivedFrom, B) in ours(reading)


def test_a_type_that_the_relation_cannot_mean_stays_a_type() -> None:
    reading = provn("used(ex:run, ex:b, -, [prov:type='osaid:trainedBy'])")
    assert (RUN, OSAID.trainedBy, B) not in ours(reading)
    assert any(each.triple[1:] == (RDF.type, OSAID.trainedBy) for each in reading.statements)


def test_a_training_in_our_words_is_not_concluded_from_once_more() -> None:
    reading = provn("""activity(ex:run, [prov:type='osaid:Training'])
        entity(ex:a, [prov:type='osaid:Model', prov:label="A", dcterms:title="A\\nlong"])  entity(ex:b)
        used(ex:run, ex:b, -, [prov:type='osaid:usedConfiguration'])
        wasGeneratedBy(ex:a, ex:run, -, [prov:type='osaid:trainedBy'])""")
    assert ours(reading) == {
        (RUN, RDF.type, OSAID.Training),
        (A, RDF.type, OSAID.Model),
        (RUN, OSAID.usedConfiguration, B),
        (A, OSAID.trainedBy, RUN),
    }
    assert reading.repairs == ()


def test_terms_that_prov_tells_of_a_model_of_ours_are_still_read() -> None:
    reading = provn("""entity(ex:a, [prov:type='osaid:Model', dcterms:license="MIT"])""")
    assert (URIRef(E + "a#parameters"), OSAID.license, Literal("MIT")) in ours(reading)


def test_an_iri_that_stands_for_a_blank_node_is_one_known_by_what_is_said_of_it() -> None:
    for name in ("urn:osaid:blank:", "https://other.example/.well-known/genid/"):
        reading = provn(f"""entity(ex:a, [prov:type='osaid:Dataset', osaid:cleaning="{name}x" %% xsd:anyURI])
            bundle ex:b prefix g <{name}>
            entity(ex:a, [osaid:cleaning='g:x'])  entity(g:x, [prov:type='osaid:NotApplicable', foaf:name="n"])
            endBundle""")
        silence = next(s for s, p, o in ours(reading) if o == OSAID.NotApplicable)
        assert isinstance(silence, BNode)
        assert (A, OSAID.cleaning, silence) in ours(reading)
        assert (silence, RDF.type, PROV.Entity) not in {each.triple for each in reading.statements}


def test_what_is_said_of_bundles_is_not_of_the_release() -> None:
    reading = provn("""entity(ex:told, [prov:type='prov:Bundle'])  entity(ex:page, [prov:label="Page"])
        wasDerivedFrom(ex:told, ex:page)
        bundle ex:told entity(ex:a, [prov:type='osaid:Dataset']) endBundle""")
    assert ours(reading) == {(A, RDF.type, OSAID.Dataset)}


def test_a_bundle_speaks_for_what_it_derives_from_and_not_for_the_document_it_is_quoted_from() -> None:
    reading = provn("""entity(ex:told, [prov:type='prov:Bundle'])
        wasDerivedFrom(ex:told, ex:page)
        wasDerivedFrom(ex:told, ex:file, -, -, -, [prov:type='prov:Quotation'])
        bundle ex:told entity(ex:a, [prov:type='osaid:Dataset', osaid:license="MIT"]) endBundle""")
    release = Release()
    release.add(reading, "a.provn", b"", "prov-n")
    assert release.attributed_to((A, OSAID.license, Literal("MIT"))) == (E + "page",)


def test_names_with_quotes_in_them_and_blanks_that_are_no_ascii_are_read() -> None:
    reading = provn("entity(ex:a, [prov:type='osaid:Dataset', osaid:location='ex:it\\'s\u1680'])")
    assert (A, OSAID.location, URIRef(E + "it's\u1680")) in ours(reading)


def test_json_has_a_notation_for_truth_and_numbers_and_keeps_the_blanks_of_texts() -> None:
    entity = {"prov:type": {"$": "osaid:Dataset", "type": "xsd:QName"}, "osaid:fee": " 5 EUR ", "ex:n": 5, "ex:x": 0.5}
    reading = provjson(entity={"ex:a": {**entity, "osaid:independent": True, "rdfs:label": "unknown prefix"}})
    said = {each.triple for each in reading.statements}
    assert (A, OSAID.fee, Literal(" 5 EUR ")) in said
    assert (A, OSAID.independent, Literal("true", datatype=XSD.boolean)) in said
    assert (A, URIRef(E + "n"), Literal("5", datatype=XSD.int)) in said
    assert (A, URIRef(E + "x"), Literal("0.5", datatype=XSD.double)) in said
    assert (A, RDFS.label, Literal("unknown prefix")) not in said
