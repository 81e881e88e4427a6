"""The manifest: every key writes what its table says, short forms say what long forms say, with line and source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, XSD, BNode, Literal, URIRef
from rdflib.term import Node
from turtle_prefixes import PREFIXES

from osaid_graph.errors import InputError
from osaid_graph.readers.manifest import reader as manifest
from osaid_graph.readers.manifest.keys import BLOCKS, MANIFEST, PLACEHOLDERS, Accepts, Key
from osaid_graph.readers.rdf import turtle
from osaid_graph.reading import Reading, StatedSource, Statement
from osaid_graph.vocab import CODE, CODELISTS, DCAT3, DEF, OSAID, REQ

HUB = "https://huggingface.co/"
ATLAS = URIRef(HUB + "acme/atlas")
SYSTEM = "system: {id: acme/atlas}\n"
RESOLVED = (
    PREFIXES
    + """
@prefix hub: <https://huggingface.co/> .
@base <https://huggingface.co/> .
"""
)

Triples = set[tuple[Node, Node, Node]]


def _read(text: str) -> Reading:
    return manifest.read(text.encode(), "osaid.yaml")


def _triples(reading: Reading) -> Triples:
    return {statement.triple for statement in reading.statements}


def _turtle(text: str) -> Triples:
    return _triples(turtle.read((RESOLVED + text).encode(), "osaid.ttl"))


def _said(text: str) -> Triples:
    """What a manifest says beside the system itself."""
    return _triples(_read(SYSTEM + text)) - _triples(_read(SYSTEM))


def _one(text: str, predicate: URIRef) -> Statement:
    (statement,) = [s for s in _read(text).statements if s.triple[1] == predicate]
    return statement


def _refused(text: str) -> InputError:
    with pytest.raises(InputError) as raised:
        _read(text)
    assert raised.value.hint, raised.value
    assert raised.value.line is not None, raised.value
    return raised.value


# -- the graph -------------------------------------------------------------------------------------------------------


def test_a_whole_release_is_the_graph_it_describes() -> None:
    said = _triples(
        _read("""
system: {id: acme/atlas, name: Atlas, version: 1.10, producer: Acme}
parameters: {license: Apache-2.0, location: https://huggingface.co/acme/atlas, checkpoints: not-disclosed}
code:
  - {roles: [training, validation], repository: https://example.org/atlas, revision: 59a53e3, license: MIT}
  - {roles: [hyperparameter-search], not-applicable: one run}
data-information: {document: https://arxiv.org/abs/1, license: CC-BY-4.0, describes: [acme/web@1.0]}
training-data:
  - {id: acme/web, version: "1.0", availability: public, cleaning: not-disclosed,
     derived-from: [{filtered: common-crawl}, {subset: allenai/c4}]}
evaluation-data: [acme/bench]
""")
    )
    assert said == _turtle("""
<acme/atlas> a osaid:AISystem ; dcterms:title "Atlas" ; dcat:version "1.10" ;
    dcterms:publisher [ a prov:Agent ; foaf:name "Acme" ] ; osaid:hasParameters <acme/atlas#parameters> ;
    osaid:hasCode <https://example.org/atlas#59a53e3> ,
        [ a osaid:NotApplicable ; osaid:codeRole code:hyperparameter-search ; rdfs:comment "one run" ] ;
    osaid:hasDataInformation <https://arxiv.org/abs/1> .
<acme/atlas#parameters> a osaid:Parameters ; osaid:license "Apache-2.0" ; osaid:location <acme/atlas> ;
    osaid:hasCheckpoint [ a osaid:NotDisclosed ] ;
    osaid:trainedOn <datasets/acme/web#1.0> ; osaid:evaluatedOn <datasets/acme/bench> .
<https://example.org/atlas#59a53e3> a osaid:Code ; osaid:codeRole code:training , code:validation ;
    osaid:location <https://example.org/atlas> ; osaid:revision "59a53e3" ; osaid:license "MIT" .
<https://arxiv.org/abs/1> a osaid:DataInformation ; osaid:location <https://arxiv.org/abs/1> ;
    osaid:license "CC-BY-4.0" ; osaid:describes <datasets/acme/web#1.0> .
<datasets/acme/web#1.0> a osaid:Dataset ; dcat:version "1.0" ; dcterms:isVersionOf <datasets/acme/web> ;
    osaid:availability code:public ; osaid:cleaning [ a osaid:NotDisclosed ] ;
    osaid:filteredFrom <https://commoncrawl.org/> ; osaid:subsetOf <datasets/allenai/c4> .
""")


#: Block -> (the manifest around an entry ``KEY: VALUE`` of it, the node it describes).
PLACES: dict[str, tuple[str, URIRef]] = {
    "system": ("system: {id: acme/atlas, ENTRY}", ATLAS),
    "model": (SYSTEM + "model: {ENTRY}", URIRef(f"{ATLAS}#model")),
    "parameters": (SYSTEM + "parameters: {ENTRY}", URIRef(f"{ATLAS}#parameters")),
    "training-state": (SYSTEM + "parameters: {checkpoints: {ENTRY}}", URIRef(f"{ATLAS}#parameters-checkpoints")),
    "code": (SYSTEM + "code: {id: https://a.example/c, roles: [testing], ENTRY}", URIRef("https://a.example/c")),
    "configuration": (
        SYSTEM + "code: {id: https://a.example/c, roles: [testing], arguments: {ENTRY}}",
        URIRef("https://a.example/c#arguments"),
    ),
    "data-information": (
        SYSTEM + "data-information: {id: https://a.example/i, ENTRY}",
        URIRef("https://a.example/i"),
    ),
    "document": (
        SYSTEM + "documents: {id: https://a.example/d, roles: [model-card], ENTRY}",
        URIRef("https://a.example/d"),
    ),
    "dataset": (SYSTEM + "datasets: {id: acme/web, ENTRY}", URIRef(HUB + "datasets/acme/web")),
    "listing": (
        SYSTEM + "datasets: {id: acme/web, listing: {ENTRY}}",
        URIRef(HUB + "datasets/acme/web#listing"),
    ),
}
#: What a key accepts -> (an example of it, the value it writes; None for a blank node of its own test).
EXAMPLES: dict[Accepts, tuple[str, Node | None]] = {
    Accepts.STATEMENT: ("in words", Literal("in words")),
    Accepts.PLAIN: ("in words", Literal("in words")),
    Accepts.DATE: ("2024-02-29", Literal("2024-02-29", datatype=XSD.date)),
    Accepts.COUNT: ("1200000", Literal(1_200_000)),
    Accepts.REFERENCES: ("https://a.example/x", URIRef("https://a.example/x")),
    Accepts.DERIVATIONS: ("https://a.example/x", URIRef("https://a.example/x")),
    Accepts.NODES: ("https://a.example/x", URIRef("https://a.example/x")),
    Accepts.ACCESS: ("gated", None),
    Accepts.AGENT: ("Acme", None),
}
#: Keys that the reader handles apart; each has a test of its own below.
APART = {"id", "source", "roles", "not-disclosed", "not-applicable", "version"}
KEYS = [
    (block, name, key)
    for block, keys in BLOCKS.items()
    for name, key in keys.items()
    if block in PLACES and name not in APART
]


@pytest.mark.parametrize(("block", "name", "key"), KEYS, ids=[f"{block}-{name}" for block, name, _ in KEYS])
def test_a_key_writes_its_property_on_the_node_of_its_block(block: str, name: str, key: Key) -> None:
    text, node = PLACES[block]
    if key.codelist and key.accepts is not Accepts.ACCESS:
        word = CODELISTS[key.codelist][-1]
        example: tuple[str, Node | None] = (word, CODE[word])
    else:
        example = EXAMPLES[key.accepts]
    entry = f"{name}: {example[0]}"
    new = _triples(_read(text.replace("ENTRY", entry))) - _triples(_read(text.replace("ENTRY", "comment: c")))
    written = [value for subject, predicate, value in new if (subject, predicate) == (node, key.iri)]
    if name == "comment":
        assert (node, RDFS.comment, Literal("in words")) in new
    elif example[1] is None:
        assert [type(value) for value in written] == [BNode]
    else:
        assert written == [example[1]]


@pytest.mark.parametrize("block", PLACES)
def test_every_key_of_a_block_is_tested(block: str) -> None:
    tested = {name for other, name, _ in KEYS if other == block}
    assert set(BLOCKS[block]) <= tested | APART


def test_every_block_and_top_level_key_is_tested() -> None:
    assert set(BLOCKS) == {*PLACES, "judgement", "waiver"}
    assert set(MANIFEST) == {
        *("imports", "source", "system", "model", "parameters", "code", "data-information", "documents"),
        *("training-data", "validation-data", "evaluation-data", "datasets", "judgements", "waivers"),
    }


@pytest.mark.parametrize("name", ["training-data", "validation-data", "evaluation-data"])
def test_a_data_key_writes_the_use_of_a_dataset(name: str) -> None:
    predicate = MANIFEST[name].writes
    assert _said(f"{name}: [acme/web, {{not-disclosed: news}}]\n") == _turtle(
        f"<acme/atlas> <{predicate}> <datasets/acme/web> , [ a osaid:NotDisclosed ; rdfs:comment 'news' ] ."
    )


@pytest.mark.parametrize(
    ("parts", "trained"),
    [
        (SYSTEM, ATLAS),
        (SYSTEM + "model: {name: M}\n", f"{ATLAS}#model"),
        (SYSTEM + "parameters: {name: P}\n", f"{ATLAS}#parameters"),
        (SYSTEM + "model: {name: M}\nparameters: {name: P}\n", f"{ATLAS}#parameters"),
        (SYSTEM + "model: {name: M}\nparameters: not-disclosed\n", f"{ATLAS}#model"),
        ("model: {id: acme/atlas}\n", ATLAS),
        ("model: {id: acme/atlas}\nparameters: {name: P}\n", f"{ATLAS}#parameters"),
        ("parameters: {id: acme/atlas}\n", ATLAS),
    ],
)
def test_training_data_belongs_to_the_innermost_of_system_model_and_parameters(parts: str, trained: str) -> None:
    assert str(_one(parts + "training-data: acme/web\n", OSAID.trainedOn).triple[0]) == str(trained)


def test_parameters_belong_to_the_model_where_there_is_one() -> None:
    said = _said("model: {id: acme/m}\nparameters: {id: acme/p}\n")
    assert (ATLAS, OSAID.hasModel, URIRef(HUB + "acme/m")) in said
    assert (URIRef(HUB + "acme/m"), OSAID.hasParameters, URIRef(HUB + "acme/p")) in said
    assert (ATLAS, OSAID.hasParameters, URIRef(HUB + "acme/p")) not in said


def test_code_without_roles_that_is_not_disclosed_is_so_in_every_role() -> None:
    roles = " , ".join(f"code:{role}" for role in CODELISTS["CodeRole"])
    assert _said("code: not-disclosed\n") == _turtle(
        f"<acme/atlas> osaid:hasCode [ a osaid:NotDisclosed ; osaid:codeRole {roles} ] ."
    )


def test_a_document_has_the_kinds_it_is_of_and_data_information_may_have_some() -> None:
    assert _said("""
data-information: {document: https://a.example/paper, roles: [research-paper]}
documents:
  - {roles: [model-card, evaluation-results], document: https://a.example/card, license: CC-BY-4.0}
  - {roles: [sample-outputs], not-disclosed: withheld}
""") == _turtle("""
<acme/atlas> osaid:hasDataInformation <https://a.example/paper> ; osaid:hasDocument <https://a.example/card> ,
    [ a osaid:NotDisclosed ; osaid:documentRole code:sample-outputs ; rdfs:comment "withheld" ] .
<https://a.example/paper> a osaid:DataInformation ; osaid:documentRole code:research-paper ;
    osaid:location <https://a.example/paper> .
<https://a.example/card> a osaid:Document ; osaid:documentRole code:model-card , code:evaluation-results ;
    osaid:location <https://a.example/card> ; osaid:license "CC-BY-4.0" .
""")


def test_a_listing_is_a_node_with_its_counts() -> None:
    assert _said("""
datasets:
  - id: acme/web
    listing:
      - {document: https://a.example/urls.csv, sha256: "00ff", rows: 12, rows-without-location: 0}
      - https://a.example/more.csv
      - not-disclosed
""") == _turtle("""
<datasets/acme/web> a osaid:Dataset ; osaid:listing <datasets/acme/web#listing> , <https://a.example/more.csv> ,
    [ a osaid:NotDisclosed ] .
<datasets/acme/web#listing> a osaid:Listing ; osaid:location <https://a.example/urls.csv> ; osaid:sha256 "00ff" ;
    osaid:rows 12 ; osaid:rowsWithoutLocation 0 .
<https://a.example/more.csv> a osaid:Listing ; osaid:location <https://a.example/more.csv> .
""")


@pytest.mark.parametrize("text", ["1,200", "-1", "1e6", "1_000", "12.0", "many", "9" * 19])
def test_a_count_is_written_in_digits_alone(text: str) -> None:
    error = _refused(SYSTEM + f"datasets: {{id: acme/web, listing: {{rows: '{text}'}}}}\n")
    assert error.message.startswith("'rows' is no whole number") and error.line == 2


def test_documents_that_are_not_disclosed_are_so_in_every_kind() -> None:
    roles = " , ".join(f"code:{role}" for role in CODELISTS["DocumentRole"])
    assert _said("documents: not-disclosed\n") == _turtle(
        f"<acme/atlas> osaid:hasDocument [ a osaid:NotDisclosed ; osaid:documentRole {roles} ] ."
    )


@pytest.mark.parametrize("release", [SYSTEM, f"system: {{id: acme/other}}\nparameters: {{id: {ATLAS}}}\n"])
def test_the_page_of_a_release_that_is_its_card_does_not_become_the_release(release: str) -> None:
    entry = f"documents: {{roles: [model-card], document: {ATLAS}, license: MIT}}\n"
    new = _triples(_read(release + entry)) - _triples(_read(release))
    (card,) = {value for _, predicate, value in new if predicate == OSAID.hasDocument}
    assert str(card).endswith("#document-model-card")
    assert {subject for subject, predicate, _ in new if predicate != OSAID.hasDocument} == {card}


def test_a_judgement_is_a_node_with_all_it_says() -> None:
    assert _said("""
judgements:
  - requirement: data-info-sufficient
    outcome: met
    by: {name: Ada, affiliation: University, id: https://a.example/ada}
    independent: true
    date: 2026-10-01
    definition: 1.0-rc1
    reason: rebuilt it
    evidence: [https://a.example/e, {url: https://a.example/f, retrieved: 2026-10-01, sha256: abc}, a letter]
""") == _turtle("""
[ a osaid:Judgement ; osaid:judges req:data-info-sufficient ; osaid:outcome code:met ;
  prov:wasAttributedTo <https://a.example/ada> ; osaid:independent true ; dcterms:date "2026-10-01"^^xsd:date ;
  osaid:definition def:1.0-rc1 ; rdfs:comment "rebuilt it" ; osaid:subject <acme/atlas> ;
  osaid:evidence <https://a.example/e> , <https://a.example/f> , "a letter" ] .
<https://a.example/ada> a prov:Agent ; foaf:name "Ada" ; osaid:affiliation "University" .
<https://a.example/f> osaid:retrieved "2026-10-01"^^xsd:date ; osaid:sha256 "abc" .
""")


def test_a_judgement_may_name_its_subject() -> None:
    said = _said(
        "judgements: [{requirement: params-terms, outcome: not-applicable, by: Ada, date: 2026-10-01, reason: r,\n"
        "  definition: 1.0-rc1, subject: acme/other}]\n"
    )
    (node,) = {subject for subject, predicate, _ in said if predicate == OSAID.judges}
    assert (node, OSAID.subject, URIRef(HUB + "acme/other")) in said
    assert (node, OSAID.judges, REQ["params-terms"]) in said
    assert (node, OSAID.definition, DEF["1.0-rc1"]) in said


# -- identity --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        ("code: {roles: [training], repository: https://a.example/c}", OSAID.hasCode, "https://a.example/c"),
        ("code: {roles: [training], location: https://a.example/c}", OSAID.hasCode, "https://a.example/c"),
        (
            "code: {roles: [training], repository: https://a.example/c, revision: v1}",
            OSAID.hasCode,
            "https://a.example/c#v1",
        ),
        (
            "code: {roles: [training], repository: {value: https://a.example/c}, revision: v1}",
            OSAID.hasCode,
            "https://a.example/c#v1",
        ),
        (
            "code: {roles: [training], repository: https://huggingface.co/acme/c/tree/main}",
            OSAID.hasCode,
            f"{HUB}acme/c",
        ),
        ("code: {roles: [training], id: https://a.example/d, repository: https://a.example/c}", OSAID.hasCode,
         "https://a.example/d"),
        ("code: {roles: [training, testing], name: unnamed}", OSAID.hasCode, f"{ATLAS}#code-training-testing"),
        ("code: {roles: [inference], repository: httpx on PyPI}", OSAID.hasCode, f"{ATLAS}#code-inference"),
        ("data-information: https://a.example/i", OSAID.hasDataInformation, "https://a.example/i"),
        ("data-information: {location: https://a.example/i}", OSAID.hasDataInformation, "https://a.example/i"),
        ("data-information: on request", OSAID.hasDataInformation, f"{ATLAS}#data-information"),
        ("documents: {roles: [model-card], document: https://a.example/i}", OSAID.hasDocument, "https://a.example/i"),
        ("documents: {roles: [model-card], id: https://a.example/d, document: https://a.example/i}", OSAID.hasDocument,
         "https://a.example/d"),
        ("documents: {roles: [model-card, data-card]}", OSAID.hasDocument, f"{ATLAS}#document-model-card-data-card"),
        ("model: {name: M}", OSAID.hasModel, f"{ATLAS}#model"),
        ("parameters: {name: P}", OSAID.hasParameters, f"{ATLAS}#parameters"),
        ("training-data: {id: acme/web@2}", OSAID.trainedOn, f"{HUB}datasets/acme/web#2"),
        ("training-data: our web crawl", OSAID.trainedOn, "urn:osaid:name:our-web-crawl"),
        ("training-data: {ref: THE-PILE}", OSAID.trainedOn, f"{HUB}datasets/EleutherAI/pile"),
    ],
)  # fmt: skip
def test_a_part_is_known_by_what_it_is(text: str, predicate: URIRef, expected: str) -> None:
    assert str(_one(SYSTEM + text, predicate).triple[2]) == expected


def test_parts_without_identity_are_never_taken_for_each_other() -> None:
    said = _said(
        "code:\n  - {roles: [training], name: a, license: MIT}\n  - {roles: [training], name: b, license: 0BSD}\n"
    )
    assert {str(o) for _, p, o in said if p == OSAID.hasCode} == {
        f"{ATLAS}#code-training",
        f"{ATLAS}#code-training-2",
    }
    said = _said("data-information: [{name: a}, {name: b}]\n")
    assert {str(o) for _, p, o in said if p == OSAID.hasDataInformation} == {
        f"{ATLAS}#data-information",
        f"{ATLAS}#data-information-2",
    }


def test_the_settings_of_two_entries_of_one_repository_are_two_nodes() -> None:
    entry = "{roles: [%s], repository: https://a.example/c, arguments: {name: %s}}"
    said = _said(f"code: [{entry % ('training', 'a')}, {entry % ('testing', 'b')}]\n")
    assert {str(o) for _, p, o in said if p == OSAID.hasConfiguration} == {
        "https://a.example/c#arguments",
        "https://a.example/c#arguments-2",
    }


def test_parts_of_a_node_with_a_fragment_have_one_fragment() -> None:
    text = "system: {id: https://a.example/catalogue#atlas}\nparameters: {checkpoints: {name: c}}\n"
    assert str(_one(text, OSAID.hasCheckpoint).triple[2]) == (
        "https://a.example/catalogue#atlas-parameters-checkpoints"
    )
    text = SYSTEM + 'datasets: {id: "https://a.example/catalogue#web", version: 2}\n'
    assert str(_one(text, DCTERMS.isVersionOf).triple[0]) == "https://a.example/catalogue#web@2"


@pytest.mark.parametrize(
    "written", ["id: acme/web@1.5", "id: acme/web, version: 1.5", "id: acme/web@1.5, version: 1.5"]
)
def test_a_version_is_a_node_of_its_own_however_it_is_named(written: str) -> None:
    assert _said(f"datasets: {{{written}}}\n") == _turtle(
        "<datasets/acme/web#1.5> a osaid:Dataset ; dcat:version '1.5' ; dcterms:isVersionOf <datasets/acme/web> ."
    )


def test_an_at_sign_in_an_address_is_no_version() -> None:
    said = _said("datasets: {id: https://a.example/@ada/web, version: 2}\n")
    assert (URIRef("https://a.example/@ada/web#2"), DCAT3.version, Literal("2")) in said


def test_imports_are_named_with_their_lines() -> None:
    assert _read("imports: [a.yaml,\n  b.ttl]\n" + SYSTEM).imports == (("a.yaml", 1), ("b.ttl", 2))
    assert _read("imports: a.yaml\n").imports == (("a.yaml", 1),)
    assert _read("imports:\n" + SYSTEM).imports == ()


# -- short and long --------------------------------------------------------------------------------------------------

DATASET = "datasets: {id: acme/web, ENTRY}"
PARAMETERS = "parameters: {ENTRY}"
EQUAL = [
    (DATASET, "scope: English", "scope: {value: English}"),
    (DATASET, "scope: English", "scope: [English]"),
    (DATASET, "scope: https://a.example/s", "scope: {value: https://a.example/s}"),
    (DATASET, "scope: [a, b]", "scope: [{value: a}, {value: b}]"),
    (DATASET, "scope: not-disclosed", "scope: {not-disclosed: }"),
    (DATASET, "scope: not-disclosed", "scope: {value: not-disclosed}"),
    (DATASET, "scope: not-disclosed", "scope: Not disclosed"),
    (DATASET, "scope: not-disclosed", "scope: NOT_DISCLOSED"),
    (DATASET, "scope: TODO", "scope: {not-disclosed: TODO}"),
    (DATASET, "scope: TODO", "scope: {value: TODO}"),
    (DATASET, "availability: public", "availability: {value: public}"),
    (DATASET, "availability: not-disclosed", "availability: {value: not-disclosed}"),
    (DATASET, "access: gated", "access: {manner: gated}"),
    (DATASET, "access: gated", "access: [gated]"),
    (DATASET, "derived-from: c4", "derived-from: [{ref: c4}]"),
    (DATASET, "derived-from: c4", "derived-from: allenai/c4"),
    (DATASET, "derived-from: [{filtered: c4}]", "filtered-from: c4"),
    (DATASET, "derived-from: [{subset: c4}]", "subset-of: [c4]"),
    (DATASET, "derived-from: {filtered: [c4, acme/x]}", "derived-from: [{filtered: c4}, {filtered: acme/x}]"),
    (DATASET, "derived-from: not-disclosed", "derived-from: [{not-disclosed: }]"),
    (PARAMETERS, "derived-from: [{fine-tuned: acme/b}]", "fine-tuned-from: acme/b"),
    (PARAMETERS, "derived-from: [{adapter: acme/b}]", "adapter-of: acme/b"),
    (PARAMETERS, "derived-from: [{quantized: acme/b}]", "quantized-from: acme/b"),
    (PARAMETERS, "derived-from: [{merged: [acme/b, acme/c]}]", "merged-from: [acme/b, acme/c]"),
    (PARAMETERS, "derived-from: [{distilled: acme/b}]", "distilled-from: acme/b"),
    (
        PARAMETERS,
        "checkpoints: https://a.example/c",
        "checkpoints: {id: https://a.example/c, location: https://a.example/c}",
    ),
    ("system: {id: acme/atlas, ENTRY}", "producer: Acme", "producer: {name: Acme}"),
    ("ENTRY", "data-information: https://a.example/i", "data-information: {document: https://a.example/i}"),
    ("ENTRY", "data-information: not-disclosed", "data-information: [{not-disclosed: }]"),
    ("ENTRY", "training-data: acme/web", "training-data: [{ref: acme/web}]"),
    ("ENTRY", "training-data: acme/web", "training-data: https://www.huggingface.co/datasets/acme/web/"),
    ("ENTRY", "code: {roles: training, license: MIT}", "code: [{roles: [training], license: {value: MIT}}]"),
]


@pytest.mark.parametrize(("around", "short", "long"), EQUAL, ids=[short for _, short, _ in EQUAL])
def test_a_short_form_says_what_its_long_form_says(around: str, short: str, long: str) -> None:
    def said(entry: str) -> Triples:
        text = around.replace("ENTRY", entry) + "\n"
        return _triples(_read(text if text.startswith("system") else SYSTEM + text))

    assert said(short) == said(long)
    assert said(short) > _triples(_read(SYSTEM))


# -- silences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [*sorted(PLACEHOLDERS), "[More Information Needed]", "Todo"])
def test_what_a_template_leaves_behind_is_not_disclosed(text: str) -> None:
    assert _said(f'datasets: {{id: acme/web, scope: "{text}"}}\n') == _turtle(
        f'<datasets/acme/web> a osaid:Dataset ; osaid:scope [ a osaid:NotDisclosed ; rdfs:comment "{text}" ] .'
    )


@pytest.mark.parametrize("text", ["none", "unknown", "not disclosed by the authors", "todo list", "N/A"])
def test_a_text_that_may_mean_anything_stays_a_text(text: str) -> None:
    assert _one(SYSTEM + f"datasets: {{id: acme/web, scope: {text}}}\n", OSAID.scope).triple[2] == Literal(text)


def test_a_reason_goes_with_its_silence() -> None:
    assert _said("datasets: {id: acme/web, labeling: {not-applicable: none done}}\n") == _turtle(
        "<datasets/acme/web> a osaid:Dataset ; osaid:labeling [ a osaid:NotApplicable ; rdfs:comment 'none done' ] ."
    )


# -- line and source -------------------------------------------------------------------------------------------------

SOURCED = """source: https://a.example/file
system: {id: acme/atlas, name: Atlas}
training-data:
  - id: acme/web
    source: {url: https://a.example/block, title: The paper, retrieved: 2024-05-01}
    scope: English
    obtained: {value: crawled, source: https://a.example/statement}
    cleaning:
      - not-disclosed
      - {not-applicable: raw, source: https://a.example/other}
    access: {manner: gated, source: https://a.example/access}
    derived-from:
      - {filtered: c4, source: https://a.example/derivation}
"""
BLOCK = StatedSource("https://a.example/block", "The paper", "2024-05-01")


@pytest.mark.parametrize(
    ("predicate", "line", "source"),
    [
        (DCTERMS.title, 2, StatedSource("https://a.example/file")),
        (OSAID.scope, 6, BLOCK),
        (OSAID.obtained, 7, StatedSource("https://a.example/statement")),
        (OSAID.accessConditions, 11, StatedSource("https://a.example/access")),
        (OSAID.accessManner, 11, StatedSource("https://a.example/access")),
        (OSAID.filteredFrom, 13, StatedSource("https://a.example/derivation")),
    ],
)
def test_a_statement_has_its_line_and_the_nearest_source(
    predicate: URIRef, line: int, source: StatedSource | None
) -> None:
    statement = _one(SOURCED, predicate)
    assert (statement.line, statement.source) == (line, source)


def test_a_silence_has_the_source_of_its_statement() -> None:
    cleaning = [s for s in _read(SOURCED).statements if s.triple[1] == OSAID.cleaning]
    assert [(s.line, s.source) for s in cleaning] == [(9, BLOCK), (10, StatedSource("https://a.example/other"))]


def test_the_use_of_a_dataset_is_said_by_the_source_of_its_block() -> None:
    assert _one(SOURCED, OSAID.trainedOn).source == BLOCK


def test_without_sources_a_statement_is_the_files_own() -> None:
    assert all(statement.source is None for statement in _read(SYSTEM + "parameters: {license: MIT}\n").statements)


def test_one_statement_from_two_sources_is_kept_twice_and_from_one_source_once() -> None:
    text = SYSTEM + "datasets: {id: acme/web, license: [MIT, MIT, {value: MIT, source: https://a.example/s}]}\n"
    found = [s for s in _read(text).statements if s.triple[1] == OSAID.license]
    assert [s.source for s in found] == [None, StatedSource("https://a.example/s")]


def test_a_source_on_the_hub_has_one_spelling() -> None:
    text = "source: https://www.huggingface.co/acme/atlas/tree/main\nsystem: {id: acme/atlas}\n"
    assert _one(text, RDF.type).source == StatedSource(str(ATLAS))


# -- what is refused -------------------------------------------------------------------------------------------------

WRONG: dict[str, tuple[str, int, str]] = {
    "unknown key": ("licence: MIT", 2, "unknown key 'licence' in the manifest"),
    "misspelt key": ("datasets:\n  - {id: acme/web,\n     labelling: none}", 4, "unknown key 'labelling' in 'dataset'"),
    "misspelt role": ("code:\n  - {roles: [trainning]}", 3, "'roles' cannot be 'trainning'"),
    "code of no role": ("code: [{roles: []}]", 2, "'roles' is an empty list"),
    "empty statement list": ("datasets: [{id: acme/web, scope: []}]", 2, "'scope' is an empty list"),
    "empty data list": ("training-data: []", 2, "'training-data' is an empty list"),
    "two answers": (
        "datasets: [{id: x, scope: {value: a, not-disclosed: b}}]",
        2,
        "found both value and not-disclosed",
    ),
    "two silences": ("parameters: {not-disclosed: a, not-applicable: b}", 2, "both not-disclosed and not-applicable"),
    "a silence with more to say": (
        "code: [{roles: [training], not-disclosed: a, license: MIT}]",
        2,
        "unknown key 'license' in an entry of 'code' that is not-disclosed",
    ),
    "a silence with a misspelt source": (
        "training-data: [{not-disclosed: a, sorce: https://a.example}]",
        2,
        "unknown key 'sorce' in an entry of 'training-data' that is not-disclosed",
    ),
    "a flag as a reason": ("parameters: {not-applicable: true}", 2, "'not-applicable' must be a text, found 'true'"),
    "a flag as words": ("datasets: [{id: x, scope: {not-disclosed: no}}]", 2, "'not-disclosed' must be a text"),
    "no reason": ("datasets: [{id: x, scope: Not Applicable}]", 2, "'not-applicable' needs its reason"),
    "a reference to nothing": ("data-information: {describes: not-disclosed}", 2, "'describes' must name something"),
    "an id that names nothing": ("datasets: [{id: not-disclosed}]", 2, "'id' must name something"),
    "a nameless name": ("training-data: ['???']", 2, "'???' cannot be a name"),
    "parameters with the id of the system": ("parameters:\n  id: acme/atlas\n  license: MIT", 3, "the 'id' of what"),
    "several parameters": ("parameters: [{name: a}, {name: b}]", 2, "must be a block of keys, found a list"),
    "a key without a value": ("parameters: {license: }", 2, "'license' has no value"),
    "a block without a value": ("parameters:", 2, "'parameters' must be a block of keys, found nothing"),
    "a list in a list": ("datasets: [{id: x, scope: [[a]]}]", 2, "must be one text, found a list"),
    "two versions": ("datasets: [{id: acme/web@1,\n version: 2}]", 3, "'id' names version '1', 'version' says '2'"),
    "a week for a date": ("datasets: [{id: x, withdrawn: 2024-W01-1}]", 2, "'withdrawn' is not a date"),
    "a month of 13": ("datasets: [{id: x, withdrawn: 2024-13-01}]", 2, "'withdrawn' is not a date"),
    "no kind of derivation": ("datasets: [{id: x, derived-from: [{source: https://a.example}]}]", 2, "found none"),
    "an address with a space": ("training-data: ['https://a.example/b c']", 2, "invalid IRI 'https://a.example/b c'"),
    "an address with a bracket": ("datasets: [{id: x,\n scope: 'https://a.example/<b>'}]", 3, "character '<'"),
    "an address without a host": ("datasets: [{id: x, location: 'https:///b'}]", 2, "it names no host"),
    "an address of a repository": ("code: [{roles: [testing], repository: 'https://a.example/{'}]", 2, "character '{'"),
    "an address of settings": (
        "code: [{roles: [testing], id: https://a.example,\n arguments: 'https://a.example/`b'}]",
        3,
        "character '`'",
    ),
    "an address that is disguised": ('training-data: ["https://a.example/\\u202Egpj"]', 2, "invalid IRI"),
    "an address without end": (f"training-data: ['https://a.example/{'x' * 9000}']", 2, "it has 9,018 characters"),
    "a source that is a text": ("parameters: {license: {value: MIT, source: the paper}}", 2, "'source' is not a URL"),
    "an agent without an address": ("judgements: [{by: {name: A, id: Ada}, requirement: r, outcome: met, reason: b,\n"
                                    "  date: 2024-01-01, definition: 1.0-rc1}]", 2, "'id': invalid IRI 'Ada'"),
    "a requirement that is no id": ("judgements: [{by: A, requirement: a b, outcome: met, reason: b,\n"
                                    "  date: 2024-01-01, definition: 1.0-rc1}]", 2, "'requirement' is no id: 'a b'"),
    "empty evidence": ("judgements: [{by: A, requirement: r, outcome: met, reason: b, evidence: [~],\n"
                       "  date: 2024-01-01, definition: 1.0-rc1}]", 2, "'evidence' has no value"),
    "data of no release": ("", 1, "'training-data' belongs to no release"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused_at_its_line(text: str, line: int, words: str) -> None:
    error = _refused(SYSTEM + text + "\n" if text else "training-data: acme/web\n")
    assert words in error.message
    assert error.line == line


@pytest.mark.parametrize("missing", ["requirement", "outcome", "by", "date", "definition", "reason"])
def test_a_judgement_needs_all_it_stands_on(missing: str) -> None:
    values = {"requirement": "x", "outcome": "met", "by": "A", "date": "2024-01-01", "definition": "1.0-rc1"}
    given = ", ".join(f"{key}: {value}" for key, value in {**values, "reason": "b"}.items() if key != missing)
    error = _refused(SYSTEM + f"judgements:\n  - {{{given}}}\n")
    assert (error.line, error.message) == (3, f"a judgement has no {missing!r}")


@pytest.mark.parametrize(
    ("written", "nearest"), [("licens", "license"), ("lable", "labeling"), ("filterd", "filtered-from")]
)
def test_the_nearest_key_is_named(written: str, nearest: str) -> None:
    assert f"did you mean {nearest!r}? " in _refused(SYSTEM + f"datasets: [{{id: x, {written}: y}}]\n").hint


@pytest.mark.parametrize("text", ["- a\n", "text\n", '""\n'])
def test_a_document_that_is_no_block_is_refused(text: str) -> None:
    assert "a manifest is a block of keys" in _refused(text).message


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(InputError, match="the file is empty"):
        _read("# nothing yet\n")


# -- whatever the document -------------------------------------------------------------------------------------------

SEED = SOURCED + (
    "parameters: {license: MIT, checkpoints: [https://a.example/c, {name: d}], completeness: complete}\n"
    "code: [{roles: [training], repository: https://a.example/r, arguments: {name: n}}]\n"
    "data-information: {document: https://a.example/i}\ndatasets: [{id: x, version: 2}]\n"
    "judgements: [{requirement: r, outcome: met, by: A, date: 2024-01-01, definition: 1.0-rc1, reason: b}]\n"
)
_NODES = st.recursive(
    st.sampled_from(
        [
            "~",
            "x",
            "not-disclosed",
            "TODO",
            "https://a.example",
            "https://",
            "2024-01-01",
            "true",
            "gated",
            "training",
            "acme/x@1",
            "@",
            "a@b@c",
            "urn:",
            "'https://a b'",
            '"\\e[31m"',
            "C:/x",
            "?",
            "public",
            "''",
            "'?'",
            "中文",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(
            st.sampled_from(
                sorted({name for keys in BLOCKS.values() for name in keys} | {"value", "ref", "url", "filtered"})
            ),
            inner,
            max_size=4,
        ).map(lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}")
    ),
    max_leaves=12,
)


def _takes_or_refuses(text: str) -> None:
    try:
        reading = _read(text)
    except InputError as error:
        assert error.line is not None or "empty" in error.message
    else:
        for statement in reading.statements:
            assert all(term.n3() for term in statement.triple)
            assert statement.line is not None


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(sorted(MANIFEST)), _NODES, max_size=5))
def test_any_tree_is_taken_or_refused_with_its_line(tree: dict[str, str]) -> None:
    _takes_or_refuses("".join(f"{key}: {value}\n" for key, value in tree.items()))


@settings(max_examples=300)
@given(st.data())
def test_any_damaged_manifest_is_taken_or_refused_with_its_line(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SEED)))
    end = data.draw(st.integers(start, min(len(SEED), start + 30)))
    put = data.draw(st.one_of(st.just(""), st.text(max_size=8), _NODES))
    _takes_or_refuses(SEED[:start] + put + SEED[end:])


def test_agents_of_one_name_are_one_node() -> None:
    said = _said("judgements: []\nmodel: {producer: Acme}\nparameters: {name: P}\n")
    assert len({subject for subject, _, value in said if value == PROV.Agent}) == 1
    assert {value for _, predicate, value in said if predicate == FOAF.name} == {Literal("Acme")}


# -- a release that derives from itself -------------------------------------------------------------------------------

ITSELF = [
    ("system: {id: acme/x, derived-from: acme/x}\n", 1, "x is derived from itself"),
    ("system:\n  id: acme/x\n  derived-from: [{fine-tuned: acme/x}]\n", 3, "x is derived from itself"),
    (
        "system: {id: acme/x}\nparameters:\n  fine-tuned-from: acme/x\n",
        3,
        "x#parameters is derived from https://huggingface.co/acme/x, which is the same release",
    ),
]


@pytest.mark.parametrize(("text", "line", "message"), ITSELF)
def test_a_release_that_derives_from_itself_is_refused(text: str, line: int, message: str) -> None:
    error = _refused(text)
    assert (error.line, error.message) == (line, f"https://huggingface.co/acme/{message}")


# -- what stands in the short form ------------------------------------------------------------------------------------


def test_entries_of_which_only_an_address_or_a_text_is_written_are_told_from_blocks() -> None:
    reading = _read(
        SYSTEM + "parameters: {checkpoints: [https://a.example/c], optimizer-state: on request}\n"
        "data-information: https://a.example/d\n"
        "code: [{roles: [training], arguments: {location: https://a.example/e}}]\n"
    )
    assert [(form.lead, form.key, form.value) for form in reading.short] == [
        ("", "location", "https://a.example/c"),
        ("optimizer-state", "comment", "on request"),
        ("data-information", "document", "https://a.example/d"),
    ]
    assert reading.short[2].node == URIRef("https://a.example/d")
