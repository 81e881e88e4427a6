"""Ids of terms as plans of SQL hold them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from osaid_graph.corpus.rows import term_row
from osaid_graph.model import Term
from osaid_graph.term_ids import term_id

#: A row of the table of terms: id, kind, value, datatype, language.
TermRow = tuple[int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Ids:
    """Gives terms their ids in a corpus, of which ``seed`` is the seed."""

    seed: int = 0

    def __call__(self, term: Term) -> int:
        """Return the id of a term."""
        return term_id(term, self.seed)

    def among(self, column: str, terms: Iterable[Term]) -> str:
        """Return the condition that a column holds one of some terms."""
        ids = sorted({self(term) for term in terms})
        return f"{column} IN ({', '.join(map(str, ids))})" if ids else "FALSE"

    def row(self, term: Term) -> TermRow:
        """Return the row of a term in the table of terms."""
        return self(term), *term_row(term)
