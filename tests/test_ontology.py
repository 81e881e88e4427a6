"""The ontology: every term documented, inside OWL 2 RL, consistent, and every IRI used elsewhere declared."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from owl_rl import PROPERTY_KINDS, rl_violations
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node
from turtle_prefixes import PREFIXES

from osaid_graph import vocab
from osaid_graph.graph.reasoning import contradictions, owl_rl_closure

ONTOLOGY_FOLDER = Path(__file__).resolve().parent.parent / "ontology"
AXIOMS = ("prov-o", "dcat", "dcterms", "earl")
MAPPINGS = ("spdx3", "fair4ml", "croissant", "mldcat-ap", "schema-org")

BASE = "https://w3id.org/osaid-graph/"
OSAID = Namespace(BASE + "ont#")
CODE = Namespace(BASE + "code#")
REQ = Namespace(BASE + "requirement#")
DEF = Namespace(BASE + "definition#")
SCHEMA = Namespace("https://schema.org/")
VANN = Namespace("http://purl.org/vocab/vann/")


@cache
def _file(name: str) -> Graph:
    return Graph().parse(ONTOLOGY_FOLDER / name, format="turtle")


def _union(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph += _file(name)
    return graph


def _axiom_files() -> tuple[str, ...]:
    return ("osaid.ttl", *(f"alignments/{name}.ttl" for name in AXIOMS))


def _all_files() -> list[str]:
    return sorted(str(path.relative_to(ONTOLOGY_FOLDER)) for path in ONTOLOGY_FOLDER.rglob("*.ttl"))


def _terms() -> list[URIRef]:
    """Return every class and property declared in the namespace of the ontology."""
    kinds = (OWL.Class, *PROPERTY_KINDS)
    return sorted(
        {
            term
            for kind in kinds
            for term in _file("osaid.ttl").subjects(RDF.type, kind)
            if isinstance(term, URIRef) and term.startswith(OSAID)
        }
    )


def _context() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((ONTOLOGY_FOLDER / "context.jsonld").read_text("utf-8"))
    context: dict[str, Any] = document["@context"]
    return context


# -- documentation of the terms ------------------------------------------------------------------------------


def test_the_header_says_what_it_is() -> None:
    graph, ontology = _file("osaid.ttl"), URIRef(BASE + "ont")
    assert (ontology, OWL.versionInfo, Literal("0.1.0")) in graph
    assert (ontology, OWL.versionIRI, URIRef(BASE + "ont/0.1.0")) in graph
    assert (ontology, VANN.preferredNamespacePrefix, Literal("osaid")) in graph
    assert (ontology, VANN.preferredNamespaceUri, Literal(str(OSAID))) in graph
    assert (ontology, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in graph
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.issued):
        assert graph.value(ontology, predicate)


@pytest.mark.parametrize("term", _terms(), ids=lambda term: term.removeprefix(OSAID))
def test_a_term_is_documented(term: URIRef) -> None:
    graph = _file("osaid.ttl")
    for predicate in (RDFS.label, SKOS.definition):
        values = list(graph.objects(term, predicate))
        assert len(values) == 1 and isinstance(values[0], Literal) and values[0].language == "en", predicate
    assert list(graph.objects(term, RDFS.isDefinedBy)) == [URIRef(BASE + "ont")]
    sources = list(graph.objects(term, DCTERMS.source))
    assert sources or list(graph.objects(term, SKOS.scopeNote)), "says not which clause it serves"
    for source in sources:
        assert (source, RDF.type, OSAID.Requirement) in _file("definition/requirements.ttl"), source


def test_no_two_terms_of_a_kind_share_label_or_definition() -> None:
    graph = _file("osaid.ttl")
    for predicate in (RDFS.label, SKOS.definition):
        seen = Counter(
            (str(value).casefold(), (term, RDF.type, OWL.Class) in graph)
            for term in _terms()
            for value in graph.objects(term, predicate)
        )
        assert [value for value, count in seen.items() if count > 1] == []


def test_class_names_start_upper_case_and_property_names_lower_case() -> None:
    graph = _file("osaid.ttl")
    for term in _terms():
        name = term.removeprefix(OSAID)
        assert name[0].isupper() == ((term, RDF.type, OWL.Class) in graph), name


def test_the_closed_vocabulary_of_the_package_is_this_ontology() -> None:
    names = {name for name in vocab.OSAID.__annotations__ if not name.startswith("_")}
    assert names == {str(term.removeprefix(OSAID)) for term in _terms()}


# -- structure -----------------------------------------------------------------------------------------------


def test_domain_and_range_are_documentation_only() -> None:
    graph = _union(*_all_files())
    assert not list(graph.subject_objects(RDFS.domain)) and not list(graph.subject_objects(RDFS.range))


def test_the_core_has_no_axiom_that_reaches_outside() -> None:
    graph = _file("osaid.ttl")
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        outside = {value for value in graph.objects(None, predicate) if not str(value).startswith(OSAID)}
        assert outside <= {SKOS.Concept, RDFS.seeAlso}


def test_each_axiom_stands_in_one_place() -> None:
    axioms = Counter(
        (subject, predicate, value)
        for name in _all_files()
        for subject, predicate, value in _file(name)
        if predicate in (RDFS.subClassOf, RDFS.subPropertyOf, OWL.inverseOf, OWL.disjointWith)
    )
    assert [axiom for axiom, count in axioms.items() if count > 1] == []


@pytest.mark.parametrize("name", [*AXIOMS, *MAPPINGS])
def test_an_alignment_names_what_it_aligns_to(name: str) -> None:
    graph, ontology = _file(f"alignments/{name}.ttl"), URIRef(f"{BASE}alignment/{name}")
    assert (ontology, RDF.type, OWL.Ontology) in graph
    for predicate in (OWL.versionIRI, OWL.versionInfo, DCTERMS.title, DCTERMS.description, DCTERMS.references):
        assert graph.value(ontology, predicate), predicate


def test_the_folder_holds_these_alignments_and_no_other() -> None:
    assert {path.stem for path in (ONTOLOGY_FOLDER / "alignments").iterdir()} == {*AXIOMS, *MAPPINGS}


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_mapping_entails_nothing(name: str) -> None:
    matches = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
    graph, ontology = _file(f"alignments/{name}.ttl"), URIRef(f"{BASE}alignment/{name}")
    assert {predicate for subject, predicate, _ in graph if subject != ontology} <= matches
    pairs = Counter((subject, value) for subject, _, value in graph if subject != ontology)
    assert [pair for pair, count in pairs.items() if count > 1] == [], "two matches for one pair"


def test_duties_on_parameters_do_not_fall_on_checkpoints() -> None:
    graph = _file("osaid.ttl")
    for term in (OSAID.Checkpoint, OSAID.OptimizerState):
        assert OSAID.Parameters not in set(graph.transitive_objects(term, RDFS.subClassOf))


def test_code_lists_are_complete_and_equal_to_those_of_the_package() -> None:
    graph = _file("codelists.ttl")
    found = {}
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        assert graph.value(scheme, SKOS.prefLabel) and graph.value(scheme, SKOS.definition)
        tokens = []
        for concept in graph.subjects(SKOS.inScheme, scheme):
            broader = list(graph.objects(concept, SKOS.broader))
            assert (concept, RDF.type, SKOS.Concept) in graph
            assert ((concept, SKOS.topConceptOf, scheme) in graph) != bool(broader), "at the top, or below another"
            assert all((upper, SKOS.topConceptOf, scheme) in graph for upper in broader)
            notation = graph.value(concept, SKOS.notation)
            assert concept == CODE[str(notation)], "the token is the local name"
            for predicate in (SKOS.prefLabel, SKOS.definition):
                value = graph.value(concept, predicate)
                assert isinstance(value, Literal) and value.language == "en"
            tokens.append(str(notation))
        found[str(scheme).removeprefix(CODE)] = set(tokens)
    assert found == {name: set(tokens) for name, tokens in vocab.CODELISTS.items()}
    assert sum(map(len, found.values())) == len(set(graph.subjects(RDF.type, SKOS.Concept))), "a token in two lists"


# -- declared ------------------------------------------------------------------------------------------------


def _declared() -> set[Node]:
    requirements = _file("definition/requirements.ttl")
    codes = _file("codelists.ttl")
    return {
        *_terms(),
        *codes.subjects(RDF.type, SKOS.Concept),
        *codes.subjects(RDF.type, SKOS.ConceptScheme),
        *requirements.subjects(RDF.type, OSAID.Requirement),
        *_file("definition/1.0-rc1.ttl").subjects(RDF.type, OSAID.Definition),
        *_file("definition/1.0.ttl").subjects(RDF.type, OSAID.Definition),
    }


@pytest.mark.parametrize("name", _all_files())
def test_every_iri_of_ours_is_declared(name: str) -> None:
    ours = tuple(str(namespace) for namespace in (OSAID, CODE, REQ, DEF))
    # str(): startswith of rdflib's own terms takes no tuple, and says False rather than so.
    used = {
        term for triple in _file(name) for term in triple if isinstance(term, URIRef) and str(term).startswith(ours)
    }
    assert used, "uses nothing of ours"
    assert used - _declared() == set()


def test_the_ontology_is_in_owl_2_rl() -> None:
    assert rl_violations(_union(*_axiom_files())) == []


def test_codelists_and_definition_keep_it_there() -> None:
    definition = [name for name in _all_files() if name.startswith("definition/")]
    assert rl_violations(_union(*_axiom_files(), "codelists.ttl", *definition)) == []


# -- consistency under OWL 2 RL ------------------------------------------------------------------------------

RELEASE = """
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix def: <https://w3id.org/osaid-graph/definition#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix : <https://example.org/> .
:system a osaid:AISystem ; osaid:hasModel :model ; osaid:hasParameters :weights ; osaid:hasCode :train ;
    osaid:hasDataInformation :card .
:model a osaid:Model ; osaid:hasArchitecture :architecture .
:architecture a osaid:Architecture .
:weights a osaid:Parameters ; osaid:license "Apache-2.0" ; osaid:trainedOn :corpus ; osaid:fineTunedFrom :base ;
    osaid:trainedBy :run ; osaid:hasCheckpoint :early .
:base a osaid:Parameters ; osaid:derivedFrom :base .
:early a osaid:Checkpoint , osaid:Parameters .
:run a osaid:Training ; osaid:usedCode :train ; osaid:usedDataset :corpus .
:train a osaid:Code ; osaid:codeRole code:training ; osaid:revision "59a53e3" .
:card a osaid:DataInformation ; osaid:describes :corpus .
:corpus a osaid:Dataset ; osaid:availability code:public ; osaid:filteredFrom :crawl ; osaid:provenance "two crawls" ;
    osaid:labeling [ a osaid:NotApplicable ; rdfs:comment "self-supervised" ] ;
    osaid:cleaning [ a osaid:NotDisclosed ] .
:crawl a osaid:Dataset .
[] a osaid:Judgement ; osaid:judges req:data-info-sufficient ; osaid:subject :system ; osaid:outcome code:met ;
    osaid:definition def:1.0-rc1 ; prov:wasAttributedTo [ a prov:Agent ] ; osaid:independent true .
"""
EX = Namespace("https://example.org/")


def _closure(*extra: str) -> Graph:
    """Return the OWL 2 RL closure of ontology, codelists, the release and ``extra`` triples in its prefixes."""
    graph = _union(*_axiom_files(), "codelists.ttl")
    graph.parse(data=RELEASE + "\n".join(extra), format="turtle")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return owl_rl_closure(graph)


def test_the_closure_has_no_contradiction_and_says_what_is_meant() -> None:
    graph = _closure()
    assert contradictions(graph) == []
    prov, dcat = Namespace("http://www.w3.org/ns/prov#"), Namespace("http://www.w3.org/ns/dcat#")
    for triple in (
        (EX.weights, OSAID.derivedFrom, EX.base),
        (EX.base, OSAID.sourceOf, EX.weights),
        (EX.weights, prov.wasDerivedFrom, EX.base),
        (EX.weights, OSAID.isComponentOf, EX.system),
        (EX.weights, DCTERMS.isPartOf, EX.system),
        (EX.corpus, OSAID.usedToTrain, EX.weights),
        (EX.corpus, RDF.type, dcat.Dataset),
        (EX.run, prov.used, EX.train),
        (EX.weights, DCTERMS.license, Literal("Apache-2.0")),
    ):
        assert triple in graph, triple
    assert (EX.weights, OSAID.derivedFrom, EX.corpus) not in graph


@pytest.mark.parametrize(
    "triple",
    [
        ":train a osaid:Dataset .",
        ":corpus a osaid:Parameters .",
        ":weights a osaid:Code .",
        ":x a osaid:NotDisclosed , osaid:NotApplicable .",
    ],
)
def test_what_is_disjoint_contradicts(triple: str) -> None:
    assert contradictions(_closure(triple))


# -- JSON-LD -------------------------------------------------------------------------------------------------


def _jsonld(**document: Any) -> Graph:
    return Graph().parse(data=json.dumps({"@context": _context(), **document}), format="json-ld")


def _iris_in(value: Any, context: dict[str, Any]) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _iris_in(inner, context)
    elif isinstance(value, str) and not value.startswith("@"):
        prefix, colon, name = value.partition(":")
        yield context[prefix] + name if colon and isinstance(context.get(prefix), str) and "//" not in name else value


def test_every_iri_of_ours_in_the_context_is_declared() -> None:
    context = _context()
    known = {str(term) for term in _declared()} | {str(namespace) for namespace in (OSAID, CODE, REQ, DEF)}
    used = {iri for iri in _iris_in(context, context) if iri.startswith(BASE)}
    assert used - known == set()


@pytest.mark.parametrize(
    "term", [t for t in _terms() if t.removeprefix(OSAID)[0].isupper()], ids=lambda t: t.removeprefix(OSAID)
)
def test_every_class_can_be_a_type(term: URIRef) -> None:
    graph = _jsonld(id="https://example.org/x", type=term.removeprefix(OSAID))
    assert list(graph) == [(EX.x, RDF.type, term)]


#: Codelist -> the key whose values are its tokens.
TOKEN_KEYS = {
    "AccessManner": "manner",
    "Approval": "approval",
    "Availability": "availability",
    "Check": "check",
    "Clause": "clause",
    "CodeRole": "roles",
    "Completeness": "completeness",
    "DocumentRole": "roles",
    "Freedom": "restricts",
    "LabelTest": "test",
    "Outcome": "outcome",
    "Strength": "strength",
    "Technique": "technique",
    "TermsBasis": "termsBasis",
}


@pytest.mark.parametrize(
    ("scheme", "word"), sorted((scheme, word) for scheme, words in vocab.CODELISTS.items() for word in words)
)
def test_every_token_resolves(scheme: str, word: str) -> None:
    key = TOKEN_KEYS[scheme]
    graph = _jsonld(**{"id": "https://example.org/x", key: [word]})
    assert [value for _, _, value in graph] == [CODE[word]]


@pytest.mark.parametrize(
    "key", ["availability", "completeness", "roles", "license", "labeling", "location", "training-data"]
)
def test_any_statement_may_be_withheld(key: str) -> None:
    graph = _jsonld(**{"id": "https://example.org/x", key: {"type": "NotDisclosed", "comment": "not said"}})
    node = graph.value(None, RDF.type, OSAID.NotDisclosed)
    assert isinstance(node, BNode) and (node, RDFS.comment, Literal("not said")) in graph
    assert [subject for subject, _, value in graph if value == node] == [EX.x]


def test_a_misspelt_key_is_not_lost() -> None:
    assert OSAID["labelling"] in set(_jsonld(id="https://example.org/x", labelling="by hand").predicates())


def test_terms_and_aspects_take_a_string_or_a_node() -> None:
    graph = _jsonld(id="https://example.org/x", license=["MIT", {"id": "https://spdx.org/licenses/MIT"}])
    assert set(graph.objects(EX.x, OSAID.license)) == {Literal("MIT"), URIRef("https://spdx.org/licenses/MIT")}


LONG_FORM: dict[str, Any] = {
    "id": "https://example.org/atlas",
    "type": "AISystem",
    "name": "Atlas",
    "version": "1.2",
    "producer": {"type": "Agent", "name": "Acme Lab"},
    "access": {"type": "AccessConditions", "manner": "click-through", "comment": "asks for a name"},
    "source": "https://example.org/card",
    "model": {"id": "https://example.org/model", "type": "Model"},
    "parameters": {
        "id": "https://example.org/weights",
        "type": "Parameters",
        "license": {"id": "https://spdx.org/licenses/Apache-2.0"},
        "location": "https://example.org/files",
        "checkpoints": {"type": "NotDisclosed"},
        "optimizer-state": {"id": "https://example.org/optimizer", "type": "OptimizerState"},
        "completeness": "complete",
        "fine-tuned-from": "https://example.org/base",
        "adapter-of": "https://example.org/base",
        "quantized-from": "https://example.org/base",
        "merged-from": ["https://example.org/base", "https://example.org/other"],
        "distilled-from": "https://example.org/other",
        "training-data": [
            {
                "id": "https://example.org/webmix#1.0",
                "type": "Dataset",
                "version-of": "https://example.org/webmix",
                "version": "1.0",
                "availability": "public",
                "location": "https://example.org/webmix",
                "withdrawn": "2024-05-01",
                "provenance": "two crawls",
                "scope": "English web pages",
                "characteristics": {"id": "https://example.org/datasheet"},
                "obtained": "crawled",
                "selection": "by language",
                "labeling": {"type": "NotApplicable", "comment": "self-supervised"},
                "cleaning": {"type": "NotDisclosed"},
                "filtered-from": "https://example.org/crawl",
                "subset-of": "https://example.org/pages",
                "derived-from": "https://example.org/seed",
            }
        ],
        "validation-data": ["https://example.org/held-out"],
        "evaluation-data": ["https://example.org/benchmark"],
    },
    "code": [
        {
            "id": "https://example.org/train",
            "type": "Code",
            "roles": ["training", "architecture"],
            "repository": "https://example.org/train.git",
            "revision": "59a53e3",
            "license": "Apache-2.0",
            "arguments": {"id": "https://example.org/config", "type": "Configuration"},
        },
        {"type": "NotApplicable", "roles": ["hyperparameter-search"], "comment": "one run"},
    ],
    "data-information": {
        "id": "https://example.org/paper",
        "type": "DataInformation",
        "document": "https://example.org/paper",
        "describes": ["https://example.org/webmix#1.0"],
    },
    "datasets": [
        {
            "id": "https://example.org/archive",
            "type": "Dataset",
            "availability": "obtainable",
            "obtainable-from": "News Archive Ltd",
            "fee": "EUR 100",
            "agreement": {"id": "https://example.org/agreement"},
        },
        {"id": "https://example.org/wards", "type": "Dataset", "availability": "unshareable", "reason": "patients"},
        {
            "id": "https://example.org/pages",
            "type": "Dataset",
            "listing": {
                "id": "https://example.org/pages.csv",
                "type": "Listing",
                "location": "https://example.org/pages.csv",
                "sha256": "00ff",
                "rows": 1200000,
                "rows-without-location": "17",
            },
        },
    ],
    "judgements": [
        {
            "type": "Judgement",
            "requirement": "data-info-sufficient",
            "outcome": "met",
            "by": {"type": "Agent", "name": "R. Viewer", "affiliation": "none"},
            "independent": True,
            "date": "2024-10-01",
            "definition": "1.0-rc1",
            "reason": "rebuilt from it",
            "evidence": [{"url": "https://example.org/report", "retrieved": "2024-09-30", "sha256": "00ff"}],
        }
    ],
}

LONG_FORM_TURTLE = (
    PREFIXES
    + """
@prefix : <https://example.org/> .
:atlas a osaid:AISystem ; dcterms:title "Atlas" ; dcat:version "1.2" ; dcterms:source :card ;
    dcterms:publisher [ a prov:Agent ; foaf:name "Acme Lab" ] ;
    osaid:accessConditions [
        a osaid:AccessConditions ; osaid:accessManner code:click-through ; rdfs:comment "asks for a name" ] ;
    osaid:hasModel :model ; osaid:hasParameters :weights ; osaid:hasDataInformation :paper ;
    osaid:hasCode :train , [
        a osaid:NotApplicable ; osaid:codeRole code:hyperparameter-search ; rdfs:comment "one run" ] .
:model a osaid:Model .
:weights a osaid:Parameters ; osaid:license <https://spdx.org/licenses/Apache-2.0> ; osaid:location :files ;
    osaid:hasCheckpoint [ a osaid:NotDisclosed ] ; osaid:hasOptimizerState :optimizer ;
    osaid:completeness code:complete ;
    osaid:fineTunedFrom :base ; osaid:adapterOf :base ; osaid:quantizedFrom :base ; osaid:mergedFrom :base , :other ;
    osaid:distilledFrom :other ; osaid:trainedOn <https://example.org/webmix#1.0> ; osaid:validatedOn :held-out ;
    osaid:evaluatedOn :benchmark .
:optimizer a osaid:OptimizerState .
<https://example.org/webmix#1.0> a osaid:Dataset ; dcterms:isVersionOf :webmix ; dcat:version "1.0" ;
    osaid:availability code:public ; osaid:location :webmix ; osaid:withdrawn "2024-05-01"^^xsd:date ;
    osaid:provenance "two crawls" ; osaid:scope "English web pages" ; osaid:characteristics :datasheet ;
    osaid:obtained "crawled" ; osaid:selection "by language" ;
    osaid:labeling [ a osaid:NotApplicable ; rdfs:comment "self-supervised" ] ;
    osaid:cleaning [ a osaid:NotDisclosed ] ;
    osaid:filteredFrom :crawl ; osaid:subsetOf :pages ; osaid:derivedFrom :seed .
:train a osaid:Code ; osaid:codeRole code:training , code:architecture ;
    osaid:location <https://example.org/train.git> ;
    osaid:revision "59a53e3" ; osaid:license "Apache-2.0" ; osaid:hasConfiguration :config .
:config a osaid:Configuration .
:paper a osaid:DataInformation ; osaid:location :paper ; osaid:describes <https://example.org/webmix#1.0> .
:archive a osaid:Dataset ; osaid:availability code:obtainable ; osaid:obtainableFrom "News Archive Ltd" ;
    osaid:fee "EUR 100" ; osaid:agreement :agreement .
:wards a osaid:Dataset ; osaid:availability code:unshareable ; osaid:unshareableReason "patients" .
:pages a osaid:Dataset ; osaid:listing :pages.csv .
:pages.csv a osaid:Listing ; osaid:location :pages.csv ; osaid:sha256 "00ff" ; osaid:rows 1200000 ;
    osaid:rowsWithoutLocation 17 .
[] a osaid:Judgement ; osaid:subject :atlas ; osaid:judges req:data-info-sufficient ; osaid:outcome code:met ;
    prov:wasAttributedTo [ a prov:Agent ; foaf:name "R. Viewer" ; osaid:affiliation "none" ] ;
    osaid:independent true ; dcterms:date "2024-10-01"^^xsd:date ; osaid:definition def:1.0-rc1 ;
    rdfs:comment "rebuilt from it" ; osaid:evidence :report .
:report osaid:retrieved "2024-09-30"^^xsd:date ; osaid:sha256 "00ff" .
"""
)


def test_the_long_form_gives_the_graph_that_is_meant() -> None:
    found, expected = _jsonld(**LONG_FORM), Graph().parse(data=LONG_FORM_TURTLE, format="turtle")
    difference = {(p, o) for _, p, o in found if not isinstance(o, BNode)} ^ {
        (p, o) for _, p, o in expected if not isinstance(o, BNode)
    }
    assert difference == set()
    assert isomorphic(found, expected)
