"""From what a person types to a node of a corpus; and, where nothing is said of it, what there is of a like name."""

from __future__ import annotations

import difflib

from rdflib import DCTERMS, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.corpus.open import Corpus
from osaid_graph.engines import Engine
from osaid_graph.errors import InputError, UsageError
from osaid_graph.graph.labels import blank
from osaid_graph.graph.lookup import Names
from osaid_graph.identity import resolve, short, shortened
from osaid_graph.term_ids import iri_id, term_id

#: Candidates that are compared letter by letter, those that a message names, and how alike two names must be.
_COMPARED, _SHOWN, _ALIKE = 2_000, 4, 0.8


def node_named(text: str) -> IdentifiedNode:
    """Return the node that a text stands for: an IRI, a Hub id, or ``_:label`` of a node without an IRI.

    Raises:
        UsageError: It stands for none.
    """
    try:
        return blank(text) or URIRef(resolve(text, "models"))
    except InputError as error:
        raise UsageError(error.message, error.hint) from None


def unknown(corpus: Corpus, engine: Engine, text: str, *, or_document: bool = False) -> UsageError:
    """Return the error of a text that stands for a node of which nothing in a corpus says anything.

    Args:
        corpus: The corpus.
        engine: To which it is attached.
        text: What was typed.
        or_document: Whether it might have been the name of a document as well.
    """
    shown, number = shortened(text), term_id(node_named(text), corpus.seed)
    ended = engine.rows(
        "SELECT max(e.until) FROM statements_ever t JOIN ended e ON e.source = t.source "
        f"WHERE t.subject = {number} AND NOT EXISTS (SELECT 1 FROM said s WHERE s.subject = {number})"
    )[0][0]
    if ended:
        hint = f"osaid-graph corpus history {corpus.folder} {text} tells what that was, and who said it"
        return UsageError(f"all that was said of {shown!r} in {corpus.folder} has ended, since {ended}", hint)
    if engine.rows(f"SELECT 1 FROM said WHERE object = {number} LIMIT 1"):
        hint = "add a document that describes it with osaid-graph corpus build"
        return UsageError(f"{shown!r} is only referred to: nothing in {corpus.folder} says anything of it", hint)
    names = [name for (name,) in engine.rows("SELECT DISTINCT name FROM sources_ever")] if or_document else []
    near = [*difflib.get_close_matches(text, names, 2, _ALIKE), *alike(corpus, engine, text)][:_SHOWN]
    lists = "history DIR lists the documents" if or_document else "assess DIR -F csv -o FILE lists the releases"
    hint = f"did you mean {', '.join(near)}?" if near else f"write an IRI or a Hub id; osaid-graph corpus {lists}"
    what = "document and no node" if or_document else "node"
    return UsageError(f"no {what} {shown!r} in {corpus.folder}", hint)


def alike(corpus: Corpus, engine: Engine, text: str) -> list[str]:
    """Return the nodes of a corpus whose names are most like a text, by their IRIs and titles, the most like first."""
    wanted = text.strip().rstrip("/#")
    last = wanted.casefold().replace("#", "/").rpartition("/")[2]
    if not last:
        return []
    engine.values("wanted", {"name": "VARCHAR", "length": "INTEGER"}, [(last, len(last))])
    titled = iri_id(str(DCTERMS.title), corpus.seed)
    near = " OR ".join(
        f"CONTAINS(LOWER({each}), w.name) OR LEVENSHTEIN(RIGHT(LOWER({each}), w.length), w.name) <= w.length / 4 + 1"
        for each in ("n.value", "t.value")
    )
    pairs = engine.rows(
        "SELECT DISTINCT CASE n.kind WHEN 'blank' THEN '_:' || n.value ELSE n.value END, t.value FROM "
        "(SELECT DISTINCT subject FROM statements_ever) AS said JOIN terms n ON n.id = said.subject "
        f"LEFT JOIN (SELECT subject, object FROM statements_ever WHERE predicate = {titled}) AS titles "
        "ON titles.subject = said.subject LEFT JOIN terms t ON t.id = titles.object CROSS JOIN wanted AS w "
        f"WHERE {near} LIMIT {_COMPARED}"
    )
    engine.drop("wanted")
    return Names((iri, title or "") for iri, title in pairs).nearest(short(wanted), _SHOWN)
