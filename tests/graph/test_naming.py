"""What a document describes that does not say so: the user's word, the file's name, the other inputs, the title."""

from __future__ import annotations

import pytest
from rdflib import RDF, Literal, URIRef

from osaid_graph.errors import UsageError
from osaid_graph.graph.naming import Document, given, name_things
from osaid_graph.identity import resolve
from osaid_graph.model import Triple
from osaid_graph.reading import Reading, Statement, Unnamed
from osaid_graph.vocab import OSAID

CARD = URIRef("urn:osaid:document:0123456789abcdef")
HUB = "https://huggingface.co/"


def card(name: str = "README.md", title: str = "", *, id_: str = "", kind: str = "models") -> Document:
    weights = URIRef(f"{CARD}#parameters")
    statements = (
        Statement((CARD, RDF.type, OSAID.Model if kind == "models" else OSAID.Dataset), 1),
        Statement((CARD, OSAID.hasParameters, weights), 1),
        Statement((weights, OSAID.location, CARD), 2),
        Statement((weights, OSAID.license, Literal("mit")), 3),
    )
    unnamed = Unnamed(CARD, "models" if kind == "models" else "datasets", title)
    return Document(name, b"", "card", Reading(statements, unnamed=(unnamed,)), id_)


def named(*triples: tuple[str, URIRef, URIRef | str]) -> Document:
    statements = tuple(Statement((URIRef(s), p, URIRef(o)), 1) for s, p, o in triples)
    return Document("other.ttl", b"", "turtle", Reading(statements))


def triples(document: Document) -> set[Triple]:
    return {statement.triple for statement in document.reading.statements}


def about(*documents: Document) -> str:
    """Return what the first document is taken to describe, and why."""
    found = name_things(documents)[0]
    (subject,) = {s for s, p, o in triples(found) if o in (OSAID.Model, OSAID.Dataset)}
    told = "; ".join(repair.text.partition("taken to be ")[2] for repair in found.reading.repairs)
    return f"{subject} [{told}]" if told else str(subject)


def test_the_users_word_comes_first_and_renames_the_parts() -> None:
    (found,) = name_things([card("models--b--c/README.md", id_="acme/atlas")])
    model, weights = URIRef(HUB + "acme/atlas"), URIRef(HUB + "acme/atlas#parameters")
    assert triples(found) == {
        (model, RDF.type, OSAID.Model),
        (model, OSAID.hasParameters, weights),
        (weights, OSAID.location, model),
        (weights, OSAID.license, Literal("mit")),
    }
    assert found.reading.repairs == ()
    assert found.reading.unnamed == ()


@pytest.mark.parametrize(
    ("path", "id_"),
    [
        ("cache/models--acme--atlas/snapshots/1f/README.md", "acme/atlas"),
        ("models--gpt2/README.md", "gpt2"),
        ("cards/acme--atlas-7b.v1.md", "acme/atlas-7b.v1"),
        ("C:\\\\cards\\\\acme--atlas.md", "acme/atlas"),
    ],
)
def test_the_names_that_the_hubs_tools_give_to_folders_and_files_tell_the_repository(path: str, id_: str) -> None:
    assert about(card(path, "Another")).partition(" [")[0] == resolve(id_, "models")


def test_a_folder_of_a_dataset_does_not_name_a_model() -> None:
    assert about(card("datasets--acme--web/README.md")) == str(CARD)
    assert about(card("datasets--acme--web/README.md", kind="datasets")) == (
        f"{HUB}datasets/acme/web [acme/web, from the name of its folder]"
    )


def test_the_one_release_that_the_others_describe_is_meant() -> None:
    atlas, base = HUB + "acme/atlas", HUB + "b/base"
    other = named((atlas, RDF.type, OSAID.Model), (atlas, OSAID.fineTunedFrom, base), (base, RDF.type, OSAID.Model))
    assert about(card(title="Atlas"), other) == (
        f"{HUB}acme/atlas [acme/atlas, as the one release that the other inputs describe]"
    )


def test_the_model_of_the_one_system_is_meant_where_it_has_one() -> None:
    system = ("https://a.example/s", RDF.type, OSAID.AISystem)
    model = ("https://a.example/s", OSAID.hasModel, "https://a.example/m")
    assert about(card(), named(system)).startswith("https://a.example/s [")
    assert about(card(), named(system, model)).startswith("https://a.example/m [")


def test_a_system_without_a_name_is_never_taken_for_its_own_model() -> None:
    app = URIRef("urn:osaid:document:fedcba9876543210")
    statements = (
        Statement((app, RDF.type, OSAID.AISystem), 1),
        Statement((app, OSAID.hasModel, URIRef(HUB + "acme/atlas")), 1),
        Statement((URIRef(HUB + "acme/atlas"), RDF.type, OSAID.Model), 2),
    )
    (found,) = name_things([Document("a.json", b"", "x", Reading(statements, unnamed=(Unnamed(app, "models"),)))])
    assert triples(found) == {statement.triple for statement in statements}


def test_of_two_releases_neither_is_meant() -> None:
    other = named(("https://a.example/a", RDF.type, OSAID.Model), ("https://a.example/b", RDF.type, OSAID.Model))
    assert about(card(title="Atlas"), other) == "urn:osaid:name:atlas [atlas, from its title]"


def test_cards_without_any_name_that_are_read_together_describe_one_model() -> None:
    first, second = name_things([card(), card("b.md", "Atlas 7B")])
    assert triples(first) == triples(second)
    assert (URIRef("urn:osaid:name:atlas-7b"), RDF.type, OSAID.Model) in triples(first)


def test_a_node_without_an_address_is_no_location() -> None:
    (found,) = name_things([card(title="Atlas")])
    assert not [t for t in triples(found) if t[1] == OSAID.location]


def test_a_dataset_is_never_taken_for_the_one_that_others_describe() -> None:
    other = named(("https://a.example/d", RDF.type, OSAID.Dataset))
    assert about(card(kind="datasets"), other) == str(CARD)
    assert about(card(kind="datasets", title="The Pile")).startswith(f"{HUB}datasets/EleutherAI/pile [")


def test_an_id_for_a_document_that_says_what_it_describes_is_refused() -> None:
    other = named(("https://a.example/a", RDF.type, OSAID.Model))
    with pytest.raises(UsageError, match=r"other\.ttl says itself what it describes: it is not 'acme/atlas'"):
        name_things([Document(other.name, b"", "turtle", other.reading, "acme/atlas")])
    with pytest.raises(UsageError, match="is no id"):
        name_things([card(id_="https://a b")])


@pytest.mark.parametrize(
    ("written", "id_", "file"),
    [
        ("acme/atlas=README.md", "acme/atlas", "README.md"),
        ("README.md", "", "README.md"),
        ("a=b.md", "", "a=b.md"),
        ("https://a.example/?q=1=README.md", "https://a.example/?q=1", "README.md"),
        ("x=missing.md", "", "x=missing.md"),
        ("=README.md", "", "=README.md"),
    ],
)
def test_an_input_may_name_what_it_describes(written: str, id_: str, file: str) -> None:
    assert given(written, {"README.md", "a=b.md"}.__contains__) == (id_, file)


def test_each_of_many_things_without_names_gets_its_own_with_its_parts() -> None:
    second = URIRef(f"{CARD}#2")
    said = (
        Statement((CARD, RDF.type, OSAID.Model), 1),
        Statement((second, RDF.type, OSAID.Dataset), 2),
        Statement((URIRef(f"{second}-text"), RDF.type, OSAID.Document), 3),
    )
    unnamed = (Unnamed(CARD, "models", "Atlas"), Unnamed(second, "datasets", "Corpus"))
    (found,) = name_things([Document("x", b"", "card", Reading(said, unnamed=unnamed))])
    assert [str(s) for s, _, _ in (each.triple for each in found.reading.statements)] == [
        "urn:osaid:name:atlas",
        "urn:osaid:name:corpus",
        "urn:osaid:name:corpus#text",
    ]
