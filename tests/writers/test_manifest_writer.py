"""The writer of ``osaid.yaml``: what is written reads back as what was said, by whom; the rest is returned."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from random_manifests import manifests
from rdflib import DCTERMS, FOAF, RDF, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.term import IdentifiedNode
from turtle_prefixes import PREFIXES

from osaid_graph.errors import InputError
from osaid_graph.graph.release import Release
from osaid_graph.readers import reader
from osaid_graph.readers.tree import Mapping
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.reading import StatedSource
from osaid_graph.vocab import OSAID
from osaid_graph.writers.manifest import Written, shown, write

ROOT = Path(__file__).parent.parent.parent
FILES = sorted(
    path
    for folder in ("data/releases", "tests/fixtures/releases")
    for path in (ROOT / folder).rglob("*.yaml")
    if path.name != "edits.yaml"
)
S = URIRef("https://a.example/s")
#: What one place can say once, of reviewers and evidence that several places name: a graph that merged them has more.
MERGED = {FOAF.name, OSAID.affiliation, OSAID.retrieved, OSAID.sha256}
HEAD = PREFIXES + "@base <https://a.example/> .\n@prefix ex: <https://a.example/> .\n"


def _release(text: str, format_: str = "osaid.yaml", name: str = "osaid.yaml") -> Release:
    release = Release()
    _add(release, text, format_, name)
    return release


def _add(release: Release, text: str, format_: str, name: str) -> None:
    release.add(reader(format_).read(text.encode(), name), name, text.encode(), format_)


def _turtle(text: str) -> Release:
    return _release(HEAD + text, "turtle", "a.ttl")


def _subject(release: Release) -> IdentifiedNode | None:
    for kind in (OSAID.AISystem, OSAID.Model, OSAID.Parameters):
        for node in release.graph.subjects(RDF.type, kind):
            assert isinstance(node, IdentifiedNode)
            return node
    return None


def _records(release: Release) -> set[StatedSource]:
    return {record for records in release.source_records().values() for record in records}


def _left(written: Written) -> set[str]:
    return {shown(claim) for claim in written.left_over}


def _entries(written: Written) -> Mapping:
    tree = parse(written.text)
    assert isinstance(tree, Mapping)
    return tree


# -- reading back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(ROOT)) for file in FILES])
def test_a_shipped_description_reads_back_as_the_same_graph_with_the_same_sources(file: Path) -> None:
    before = _release(file.read_text("utf-8"))
    written = write(before, _subject(before), hints=True)
    after = _release(written.text)
    assert written.left_over == ()
    assert isomorphic(after.graph, before.graph)
    assert set(after.claims()) == set(before.claims())
    assert _records(after) == _records(before)


@settings(max_examples=150, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(manifests())
def test_any_manifest_reads_back_as_the_same_graph_with_the_same_sources(text: str) -> None:
    try:
        before = _release(text)
    except InputError:
        assume(False)
        return
    written = write(before, _subject(before))
    after = _release(written.text)
    assert set(after.claims()) <= set(before.claims())
    left = {((claim.subject, claim.predicate, claim.value), claim.source) for claim in written.left_over}
    lost = set(before.claims()) - set(after.claims())
    assert lost <= left
    assert {triple[1] for triple, _ in lost} <= MERGED
    records = _records(before) - _records(after)
    named = {text for record in records for text in (record.title, record.retrieved) if text}
    assert named <= {str(triple[2]) for triple, _ in left}


@pytest.mark.parametrize("file", FILES[:3], ids=[file.name for file in FILES[:3]])
def test_what_is_written_is_written_the_same_again(file: Path) -> None:
    before = _release(file.read_text("utf-8"))
    written = write(before, _subject(before))
    again = _release(written.text)
    assert write(again, _subject(again)).text == written.text


@pytest.mark.parametrize("format_", ["trig", "nquads"])
def test_sources_come_through_quads(format_: str) -> None:
    text = """source: {url: https://a.example/card, title: The card, retrieved: 2026-10-01}
system: {id: https://a.example/s, name: S}
datasets: [{id: acme/web, scope: {value: pages, source: https://b.example/paper}, source: https://c.example/data}]
"""
    said = _release(text)
    quads = _release(said.dataset().serialize(format=format_), {"trig": "turtle", "nquads": "n-quads"}[format_], "a")
    written = write(quads, S)
    assert written.left_over == ()
    assert set(_release(written.text).claims()) == set(said.claims())
    assert _records(_release(written.text)) == _records(said)


# -- short forms -----------------------------------------------------------------------------------------------------


def test_a_manifest_is_written_as_a_person_would() -> None:
    text = """source: {url: https://a.example/card, title: The card}

system:
  id: acme/atlas
  name: "Atlas: a model"
  version: "1.10"
  producer: Acme
  derived-from: [{fine-tuned: [acme/base, acme/other]}]

parameters:
  license: {value: MIT, source: https://b.example/licence}
  checkpoints: not-disclosed

code:
  - roles: [training, validation]
    repository: https://github.com/acme/atlas
    revision: 59a53e3
    arguments: https://github.com/acme/atlas/blob/59a53e3/train.yaml
    source: https://github.com/acme/atlas
  - {roles: [tokenizer], not-applicable: made of bytes}

data-information: https://arxiv.org/abs/2401.00001

training-data: [acme/web@1.0, {ref: our-web-crawl, source: https://b.example/data}]

datasets:
  - id: acme/web
    version: "1.0"
    availability: {value: not-disclosed, source: https://b.example/data}
    labeling: {not-applicable: trained without labels}
    derived-from: [our-other-crawl, {filtered: allenai/c4}]
    access: {manner: gated, comment: after a form}
"""
    release = _release(text)
    assert write(release, _subject(release)).text == text


@pytest.mark.parametrize(
    ("text", "key", "form"),
    [
        ("1.10", "name", '"1.10"'),
        ("no", "name", '"no"'),
        ("a: b", "name", '"a: b"'),
        ("a #b", "name", '"a #b"'),
        ("- a", "name", '"- a"'),
        ("@a", "name", '"@a"'),
        ("not-disclosed", "comment", "not-disclosed"),
        ("59a53e3", "name", "59a53e3"),
        ("1e3", "name", '"1e3"'),
        ("0o17", "name", '"0o17"'),
        ("a\u2028b\x07", "comment", '"a b\\u0007"'),
    ],
)
def test_a_text_is_quoted_where_yaml_would_take_it_for_something_else(text: str, key: str, form: str) -> None:
    predicate = {"name": "dcterms:title", "comment": "rdfs:comment"}[key]
    release = _release(f"{HEAD}ex:s a osaid:AISystem .", "turtle", "a.ttl")
    prefixes = HEAD + f"ex:s {predicate} {Literal(text).n3()} ."
    _add(release, prefixes, "turtle", "b.ttl")
    written = write(release, S)
    assert f"  {key}: {form}\n" in written.text
    assert written.left_over == ()


def test_a_long_text_is_folded() -> None:
    release = _turtle(f'ex:s a osaid:AISystem ; rdfs:comment "{"many words " * 20}" .')
    written = write(release, S)
    assert "  comment: >-\n    many words" in written.text
    assert max(map(len, written.text.splitlines())) <= 118
    assert written.left_over == ()


def test_keys_that_nothing_was_said_about_are_named_after_each_block() -> None:
    release = _turtle('ex:s a osaid:AISystem ; dcterms:title "S" ; osaid:trainedOn ex:d .')
    text = write(release, S, hints=True).text
    assert "  name: S\n  # nothing said: issued, producer, license, location," in text.replace("technique, ", "")
    assert "# nothing said: validation-data (data used for validation)\n" in text
    assert "nothing said: training-data" not in text


def test_the_head_stands_first_and_cannot_become_a_key() -> None:
    text = write(_turtle("ex:s a osaid:AISystem ."), S, head=["from a\nsystem: b"]).text
    assert text.startswith("# from a system: b\n\nsystem:\n")


# -- who says it -----------------------------------------------------------------------------------------------------


def test_two_sources_that_describe_one_dataset_have_a_block_each() -> None:
    release = _release("""
system: {id: acme/s}
datasets:
  - {id: acme/web, name: Web, scope: pages, source: https://a.example/card}
  - {id: acme/web, name: The web, source: https://b.example/paper}
""")
    written = write(release, _subject(release))
    assert written.left_over == ()
    assert set(_release(written.text).claims()) == set(release.claims())


def test_a_source_is_never_given_a_word_it_did_not_say() -> None:
    release = _release("source: https://a.example/card\nsystem: {id: https://a.example/s, name: S}\n")
    _add(
        release, "source: https://b.example/index\nsystem: {id: https://a.example/s, producer: P}\n", "osaid.yaml", "b"
    )
    written = write(release, S)
    after = set(_release(written.text).claims())
    assert {said for said in after if said[1]} <= set(release.claims())
    assert {triple for triple, _ in after} == {triple for triple, _ in release.claims()}
    assert '<https://a.example/s> <http://purl.org/dc/terms/title> "S" (said by https://a.example/card)' in _left(
        written
    )


def test_what_the_file_itself_says_is_not_attributed_to_a_source() -> None:
    release = _release("source: https://a.example/card\nsystem: {id: https://a.example/s}\ndatasets: [{id: acme/w}]\n")
    _add(release, HEAD + '<https://huggingface.co/datasets/acme/w> osaid:scope "pages" .', "turtle", "a.ttl")
    written = write(release, S)
    scoped = {source for triple, source in _release(written.text).claims() if triple[1] == OSAID.scope}
    assert scoped == {""}


# -- what a manifest has no words for --------------------------------------------------------------------------------


def test_what_a_manifest_has_no_words_for_is_returned_and_stands_at_the_end() -> None:
    release = _turtle("""
ex:s a osaid:AISystem ; dcterms:title "S", "Es"@de ; ex:colour "blue" ; osaid:license "not-disclosed" ;
    osaid:hasCode [ a osaid:NotApplicable ; osaid:codeRole code:tokenizer ] .
""")
    written = write(release, S)
    assert {claim.predicate for claim in written.left_over} == {
        DCTERMS.title, URIRef("https://a.example/colour"), OSAID.license, OSAID.hasCode, OSAID.codeRole, RDF.type,
    }  # fmt: skip
    assert (
        '# 6 statements have no words in a manifest:\n# <https://a.example/s> <http://purl.org/dc/terms/title> "Es"@de'
        in (written.text)
    )
    assert set(_entries(written).values) == {"system"}


def test_of_two_systems_one_is_written_with_the_data_within_its_reach() -> None:
    release = _turtle("""
ex:s a osaid:AISystem ; osaid:trainedOn ex:near . ex:near a osaid:Dataset ; osaid:scope "near" .
ex:o a osaid:AISystem ; osaid:trainedOn ex:far . ex:far a osaid:Dataset ; osaid:scope "far" .
""")
    written = write(release, S)
    assert {claim.subject for claim in written.left_over} == {
        URIRef("https://a.example/o"),
        URIRef("https://a.example/far"),
    }
    assert "scope: near" in written.text


def test_nodes_without_identity_get_one_and_keep_what_is_said() -> None:
    release = _turtle("""
ex:s a osaid:AISystem ; osaid:hasParameters [ a osaid:Parameters ; osaid:license "MIT" ;
        osaid:trainedOn [ a osaid:Dataset ; osaid:scope "one" ], [ a osaid:Dataset ; osaid:scope "two" ] ] ;
    osaid:hasCode [ a osaid:Code ; osaid:codeRole code:training ; osaid:location ex:code ] .
""")
    written = write(release, S)
    assert written.left_over == ()
    assert len(_release(written.text).graph) == len(release.graph)


def test_a_system_without_identity_is_named_by_its_title() -> None:
    release = _turtle('[] a osaid:AISystem ; dcterms:title "Atlas 7B" ; osaid:license "MIT" .')
    written = write(release, _subject(release))
    assert written.left_over == ()
    assert "  id: atlas-7b\n" in written.text


def test_line_breaks_of_a_text_become_spaces() -> None:
    written = write(_turtle('ex:s a osaid:AISystem ; rdfs:comment """two\n  lines""" .'), S)
    assert "  comment: two lines\n" in written.text
    assert written.left_over == ()


def test_a_model_beside_the_parameters_of_the_system_is_left_over_not_given_them() -> None:
    release = _turtle("""
ex:s a osaid:AISystem ; osaid:hasModel ex:m ; osaid:hasParameters ex:p .
ex:m a osaid:Model . ex:p a osaid:Parameters ; osaid:license "MIT" .
""")
    written = write(release, S)
    assert {triple for triple, _ in _release(written.text).claims()} <= {triple for triple, _ in release.claims()}
    assert {claim.value for claim in written.left_over} == {URIRef("https://a.example/m"), OSAID.Model}


def test_data_alone_is_written_without_a_release() -> None:
    written = write(_turtle('ex:d a osaid:Dataset ; osaid:scope "pages" .'), None)
    assert written.text == "datasets:\n  - id: https://a.example/d\n    scope: pages\n"
    assert written.left_over == ()
