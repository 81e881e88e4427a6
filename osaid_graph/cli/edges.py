"""Options that choose the edges of a lineage."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import click

from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    from rdflib import URIRef


def via_option(function: Any) -> Any:
    """Add ``--via`` to a command."""
    return click.option(
        "--via",
        metavar="EDGE,...",
        help="Follow these edges alone, such as trainedOn or derivedFrom, which stands for the particular derivations "
        "too (default: all but validatedOn and evaluatedOn).",
    )(function)


def edges_of(text: str | None) -> tuple[URIRef, ...] | None:
    """Return the properties that ``--via`` names, with all that are particular cases of them; None for the default.

    Raises:
        UsageError: There is no such edge; the nearest is named.
    """
    if text is None:
        return None
    from osaid_graph.graph.ontology import narrower
    from osaid_graph.lineage.index import properties
    from osaid_graph.vocab import token

    known = {token(prop): prop for prop in properties()}
    folded = {name.casefold(): prop for name, prop in known.items()}
    found: dict[URIRef, None] = {}
    for word in text.split(","):
        name = word.strip().removeprefix("osaid:")
        prop = folded.get(name.casefold())
        if prop is None:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"edges: {', '.join(known)}"
            raise UsageError(f"no edge {name!r}", hint)
        found.update(dict.fromkeys(sorted(narrower(prop))))
    return tuple(found)
