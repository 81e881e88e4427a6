"""The licence files among the inputs, beside the terms that the descriptions state: a note where these differ.

A licence file says what it is by its tag or its title; which part of a release it covers it does not say, so nothing
follows from it but a question.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import DCTERMS, RDF, Literal
from rdflib.term import IdentifiedNode

from osaid_graph.graph.release import Release
from osaid_graph.model import Note
from osaid_graph.terms.evaluate import normalise
from osaid_graph.vocab import OSAID

#: Stated terms named in a note before "...".
_SHOWN = 3


def license_notes(release: Release) -> Iterator[Note]:
    """Yield a note for each licence file that calls itself a licence which no input states."""
    files = {source.name for source in release.sources if source.format == "license-file"}
    if not files:
        return
    stated = {str(value) for value in release.graph.objects(None, OSAID.license) if isinstance(value, Literal)}
    known = {normalise(value) for value in stated}
    for node in release.graph.subjects(RDF.type, OSAID.License):
        if not isinstance(node, IdentifiedNode):
            continue
        place = release.location(node)
        named = _named(release, node)
        if place is None or place.source not in files or named is None or named in known:
            continue
        shown = ", ".join(sorted(stated)[:_SHOWN]) + (", ..." if len(stated) > _SHOWN else "")
        said = f"the inputs state {shown}" if stated else "no input states the terms of anything"
        yield Note(place, f"the text calls itself {named}, and {said}: say what it covers, with a license key")


def _named(release: Release, node: IdentifiedNode) -> str | None:
    """Return the licence that a text names exactly, by its SPDX tag or its title, with or without the date in that."""
    texts = [str(value) for value in release.graph.objects(node, DCTERMS.identifier)]
    titles = [str(value) for value in release.graph.objects(node, DCTERMS.title)]
    texts += [text for title in titles for text in (title, title.rpartition(",")[0]) if text]
    return next((found for text in texts if (found := normalise(text))), None)
