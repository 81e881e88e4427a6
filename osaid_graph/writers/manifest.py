"""Writer of ``osaid.yaml``: the inverse of :mod:`osaid_graph.readers.manifest.reader`, by the same tables.

What is written is read again, and whatever a release says that does not come back the same, with the same source, is
returned beside the text: nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.graph.release import Release
from osaid_graph.identity import shortened
from osaid_graph.model import Term
from osaid_graph.readers.manifest import reader
from osaid_graph.writers import manifest_words as words
from osaid_graph.writers.claims import Claim, Claims, SourceMentions
from osaid_graph.writers.manifest_entries import Entries
from osaid_graph.writers.manifest_identity import Names
from osaid_graph.writers.manifest_layout import Layout
from osaid_graph.writers.yaml_layout import comment

#: Statements left over that are shown in the file, and the characters shown of a value.
_SHOWN = 100
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Written:
    """A manifest, and the claims that it has no words for."""

    text: str
    left_over: tuple[Claim, ...]


def write(
    release: Release, subject: IdentifiedNode | None, *, head: Iterable[str] = (), hints: bool = False
) -> Written:
    """Write what a release says.

    Args:
        release: The release.
        subject: The system, model or parameters that the manifest is of; None for datasets and judgements alone.
        head: Comments for the top of the file.
        hints: Whether to name, after each block, the keys that nothing was said about.

    Returns:
        The text, and what it leaves over. Texts keep their words, not their line breaks; blank nodes that the manifest
        has to name get an IRI below that of the release; records of reading are not carried over.
    """
    claims = Claims(release)
    names = Names(claims.subjects())
    entries = Entries(claims, names, subject).all()
    mentions = SourceMentions(release)
    lines = [line for text in head for line in comment(text)]
    lines += [""] if lines else []
    lines += Layout(entries, mentions, hints=hints).lines()
    text = "\n".join(lines).rstrip("\n") + "\n"
    left = (*_left_over(claims, text, names), *mentions.unmentioned())
    return Written(text + "\n".join(_left_over_lines(left)), left)


def _left_over(claims: Claims, text: str, names: Names) -> Iterator[Claim]:
    """Yield the claims that reading the text does not give."""
    there = {
        (*_comparable(statement.triple, names), statement.source.url if statement.source else "")
        for statement in reader.read(text.encode(), reader.NAME).statements
    }
    for claim in claims:
        if (*_comparable((claim.subject, claim.predicate, claim.value), names), claim.source) not in there:
            yield claim


def _left_over_lines(left: tuple[Claim, ...]) -> Iterator[str]:
    if not left:
        return
    yield ""
    yield from comment(f"{counted(left)} no words in a manifest:")
    for claim in left[:_SHOWN]:
        yield from comment(shown(claim), wrap=False)
    if len(left) > _SHOWN:
        yield from comment(f"and {len(left) - _SHOWN:,} more")
    yield ""


def counted(left: tuple[Claim, ...]) -> str:
    """Return how many statements are left over, as the start of a sentence."""
    return "1 statement has" if len(left) == 1 else f"{len(left):,} statements have"


def shown(claim: Claim) -> str:
    """Return a claim in one line: the statement, its value cut where it is long, and who says it."""
    terms = (claim.subject, claim.predicate, claim.value)
    said = " ".join(shortened(" ".join(term.n3().split()), _LONGEST) for term in terms)
    return f"{said} (said by {claim.source})" if claim.source else said


def _comparable(triple: tuple[Term, URIRef, Term], names: Names) -> tuple[Term, ...]:
    """Return a statement as it is compared: blank nodes by the names given to them, texts with single spaces."""
    return tuple(_term(term, names) for term in triple)


def _term(term: Term, names: Names) -> Term:
    if isinstance(term, BNode):
        return names.given.get(term, term)
    text = words.plain_text(term)
    return term if text is None else Literal(text)
