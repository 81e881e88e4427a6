"""The walk from many subjects at once: the states that each reaches, a layer at a time.

Semi-naive: a layer follows from the states of the one before it. States are numbered within each scope in the order in
which the walk of one subject would queue them (:func:`osaid_graph.lineage.scope.scope`), so that traces are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from osaid_graph.corpus.scope_edges import CONTEXT, EDGES, ENTRY
from osaid_graph.engines import Engine

#: The table of states that are looked up: those of subjects whose walk goes on.
_STATES: Final = "scope_states"
_COLUMNS: Final = "subject, node, mode, position, depth, previous, rank"
#: Subjects whose scope is too large.
_LARGE: Final = "scope_large"
_NOT_LARGE: Final = f"subject NOT IN (SELECT subject FROM {_LARGE})"
#: Layers after which they are put together, so that plans stay small.
_LAYERS: Final = 16


class Walk:
    """The walk from some subjects.

    Most walks are short. Where half of them have come to an end, their states are put away, so that a few long ones
    cost no more than they are long.

    Args:
        engine: Where the tables are.
        subjects: The query for the subjects.
        most: How many nodes may be in scope of one; it has no states if there are more.

    Attributes:
        large: The subjects whose scope is too large.
    """

    def __init__(self, engine: Engine, subjects: str, most: int) -> None:
        self.engine, self.subjects, self.most = engine, subjects, most
        self.large: set[int] = set()
        self._has_wholes = bool(engine.rows(f"SELECT 1 FROM {EDGES} WHERE leads = {CONTEXT} LIMIT 1"))
        self._depth, self._bound, self._going_on = 0, 0, 0
        self._ended: list[str] = []
        self._open: list[str] = []

    def run(self, name: str) -> None:
        """Make the table of states: subject, node, mode, position, depth, previous, and the rank of the edge."""
        self._set_aside()
        count = self._layer(
            f"SELECT subject, subject AS node, {ENTRY} AS mode, CAST(1 AS BIGINT) AS position, 0 AS depth, "
            f"CAST(NULL AS BIGINT) AS previous, CAST(NULL AS INTEGER) AS rank FROM ({self.subjects}) AS subjects"
        )
        while count:
            self._measure()
            self._depth += 1
            count = self._layer(self._following())
        parts = [*self._ended, *self._open]
        self.engine.table(name, f"SELECT * FROM ({_union(parts)}) AS states WHERE {_NOT_LARGE}")
        self.engine.drop(_STATES, _LARGE, *parts)

    def _layer(self, query: str) -> int:
        """Make the table of the states of a layer, and return how many there are."""
        self._open.append(f"{_STATES}_{self._depth}")
        count = self.engine.table(self._open[-1], query)
        self.engine.view(_STATES, _union(self._open))
        return count

    def _following(self) -> str:
        """Return the query for the states that the last layer leads to and that were not reached before."""
        step = (
            "SELECT last.subject, edges.target AS node, edges.leads AS mode, last.node AS previous, edges.rank, "
            "last.position AS before, edges.place "
            f"FROM {self._open[-1]} AS last JOIN {EDGES} AS edges ON edges.node = last.node "
            f"WHERE (edges.modes & last.mode) <> 0 AND last.{_NOT_LARGE}"
        )
        known = f"SELECT 1 FROM {_STATES} AS known WHERE known.subject = found.subject AND known.node = found.node"
        new = (
            f"SELECT * FROM ({step} AND edges.leads <> {CONTEXT}) AS found "
            f"WHERE NOT EXISTS ({known} AND known.mode = found.mode)"
        )
        if self._has_wholes:
            new += f" UNION ALL SELECT * FROM ({step} AND edges.leads = {CONTEXT}) AS found WHERE NOT EXISTS ({known})"
        order = "before, rank, place"
        once = f"ROW_NUMBER() OVER (PARTITION BY subject, node, mode ORDER BY {order}) AS nth"
        position = f"ROW_NUMBER() OVER (PARTITION BY subject ORDER BY {order}, mode) AS position"
        return (
            f"SELECT subject, node, mode, {position}, {self._depth} AS depth, previous, rank "
            f"FROM (SELECT *, {once} FROM ({new}) AS new) AS numbered WHERE nth = 1"
        )

    def _measure(self) -> None:
        """Put away what has come to an end, and set aside subjects whose scope has become too large."""
        of_subject = f"SELECT COUNT(*) AS states FROM {self._open[-1]} GROUP BY subject"
        subjects, most_new = self.engine.rows(f"SELECT COUNT(*), MAX(states) FROM ({of_subject}) AS counted")[0]
        self._bound += int(most_new)
        if self._bound > self.most:
            self._count_nodes()
        few = subjects <= self._going_on / 2
        if few or len(self._open) > _LAYERS:
            self._put_away()
        if few or self._depth == 0:
            self._going_on = int(subjects)

    def _put_away(self) -> None:
        """Divide the states of all layers but the last into those of subjects that have come to an end, and others."""
        *before, last = self._open
        states = f"SELECT * FROM ({_union(before)}) AS states WHERE subject"
        goes_on = f"IN (SELECT subject FROM {last})"
        self._ended.append(f"{_STATES}_ended_{self._depth}")
        self._open = [f"{_STATES}_until_{self._depth}", last]
        self.engine.table(self._ended[-1], f"{states} NOT {goes_on}")
        self.engine.table(self._open[0], f"{states} {goes_on}")
        self.engine.view(_STATES, _union(self._open))
        self.engine.drop(*before)

    def _count_nodes(self) -> None:
        """Set aside the subjects whose scope is too large, as far as it is known."""
        self.engine.table(
            "scope_sizes",
            f"SELECT subject, COUNT(DISTINCT node) AS nodes FROM {_STATES} "
            f"WHERE mode <> {CONTEXT} AND {_NOT_LARGE} GROUP BY subject",
        )
        self.large |= {row[0] for row in self.engine.rows(f"SELECT subject FROM scope_sizes WHERE nodes > {self.most}")}
        left = self.engine.rows(f"SELECT MAX(nodes) FROM scope_sizes WHERE nodes <= {self.most}")[0][0]
        self._bound = int(left or 0)
        self._set_aside()
        self.engine.drop("scope_sizes")

    def _set_aside(self) -> None:
        self.engine.values(_LARGE, {"subject": "BIGINT"}, [(subject,) for subject in sorted(self.large)])


def _union(tables: Sequence[str]) -> str:
    return " UNION ALL ".join(f"SELECT {_COLUMNS} FROM {table}" for table in tables)
