"""Terms that an assessment makes, beside those that somebody states."""

from __future__ import annotations

from collections.abc import Iterable

from osaid_graph.corpus.columns import TERMS
from osaid_graph.corpus.ids import Ids
from osaid_graph.engines import Engine
from osaid_graph.model import Term

#: The table of all terms, stated and made.
WHOLE_TERMS = "whole_terms"
_MADE = "made_terms"


class MadeTerms:
    """Collects terms that the steps of an assessment make; memory does not grow with their number.

    Args:
        engine: Where the tables are.
        ids: The ids of the corpus.
    """

    def __init__(self, engine: Engine, ids: Ids) -> None:
        self.engine, self.ids = engine, ids
        self._parts: list[str] = []

    def add(self, terms: Iterable[Term]) -> None:
        """Add terms, made before or not."""
        part = f"{_MADE}_{len(self._parts)}"
        self.engine.values(part, TERMS, {self.ids.row(term) for term in terms})
        self._parts.append(part)

    def finish(self) -> None:
        """Make the table ``made_terms`` of those that are not stated, and the view ``whole_terms`` of all."""
        columns = ", ".join(TERMS)
        made = " UNION ".join(f"SELECT {columns} FROM {part}" for part in self._parts)
        self.engine.table(
            _MADE, f"SELECT {columns} FROM ({made}) AS made WHERE id NOT IN (SELECT id FROM terms WHERE id IS NOT NULL)"
        )
        self.engine.view(WHOLE_TERMS, f"SELECT {columns} FROM terms UNION ALL SELECT {columns} FROM {_MADE}")
        self.engine.drop(*self._parts)
