"""The scopes of all subjects of a corpus, each as :func:`osaid_graph.lineage.scope.scope` has it.

One round of a fixpoint takes a step in the scopes of all subjects. States are numbered within each scope in the order
in which the walk of one subject would queue them, so that the traces are the same as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from osaid_graph.assessment.assess import MAX_IN_SCOPE
from osaid_graph.corpus.fixpoint import fixpoint
from osaid_graph.corpus.scope_edges import CONTEXT, EDGES, ENTRY, RANKS, make_edges
from osaid_graph.corpus.subjects import ASSESSED
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine

#: The table of scopes: ``subject``, ``node``, ``depth``, ``previous``, ``predicate``, ``inverse`` (how it was first
#: reached: null for the subject itself), ``entry``, ``counted`` (it is not only passed through).
SCOPE: Final = "scope"
#: The table of subjects whose scope is too large to be assessed: ``subject``, ``nodes`` (found before giving up).
TOO_LARGE: Final = "too_large"
#: Subjects whose scopes are walked together.
TOGETHER: Final = 1_000_000
_STATES: Final = "scope_states"
_LARGE: Final = "scope_large"
_NOT_LARGE: Final = f"subject NOT IN (SELECT subject FROM {_LARGE})"
_COLUMNS: Final = ("subject", "node", "mode", "position", "depth", "previous", "rank")

#: Told how many of how many subjects have been walked from.
Progress = Callable[[int, int], None]


def make_scope(
    engine: Engine,
    facts: Vertical,
    *,
    most: int = MAX_IN_SCOPE,
    together: int = TOGETHER,
    progress: Progress | None = None,
) -> int:
    """Make the tables ``scope`` and ``too_large`` for the table ``subjects``, and return the number of rows in scope.

    Args:
        engine: Where the tables are.
        facts: The graph that scope is taken from.
        most: How many nodes may be in scope of a subject; one with more has no scope.
        together: How many subjects are walked from at a time, about; memory grows with it.
        progress: Told how many subjects have been walked from.
    """
    make_edges(engine, facts)
    subjects = int(engine.rows(f"SELECT COUNT(*) FROM {ASSESSED}")[0][0])
    batches = max(1, -(-subjects // together))
    large: dict[int, int] = {}
    for batch in range(batches):  # ids are digests, so their remainders are spread evenly
        large |= _Walk(engine, f"subject % {batches} = {batch}", most).run(f"scope_{batch}")
        if progress is not None:
            progress(subjects * (batch + 1) // batches, subjects)
    engine.values(TOO_LARGE, {"subject": "BIGINT", "nodes": "BIGINT"}, sorted(large.items()))
    parts = [f"scope_{batch}" for batch in range(batches)]
    count = engine.table(SCOPE, " UNION ALL ".join(f"SELECT * FROM {part}" for part in parts))
    engine.drop(*parts, EDGES, RANKS)
    return count


class _Walk:
    """The walk from some subjects, a layer at a time."""

    def __init__(self, engine: Engine, chosen: str, most: int) -> None:
        self.engine, self.chosen, self.most = engine, chosen, most
        self.depth, self.bound = 0, 0
        self.large: dict[int, int] = {}
        self._set_aside()

    def run(self, name: str) -> dict[int, int]:
        """Make the table of the scopes, and return the subjects whose scope is too large with the nodes found."""
        first = (
            f"SELECT subject, subject AS node, {ENTRY} AS mode, CAST(1 AS BIGINT) AS position, 0 AS depth, "
            f"CAST(NULL AS BIGINT) AS previous, CAST(NULL AS INTEGER) AS rank FROM {ASSESSED} WHERE {self.chosen}"
        )
        fixpoint(self.engine, _STATES, _COLUMNS, first, self._following)
        self.engine.table("arrivals", self._arrivals())
        self.engine.drop(_STATES, _LARGE)
        self._retrace()
        self.engine.table(name, _SCOPE)
        self.engine.drop("arrivals", "retraced")
        return self.large

    def _following(self, last: str) -> str:
        """Return the query for the states that the states of a layer lead to and that were not reached before."""
        self._measure(last)
        self.depth += 1
        step = (
            "SELECT last.subject, edges.target AS node, edges.leads AS mode, last.node AS previous, edges.rank, "
            "last.position AS before, edges.place "
            f"FROM {last} AS last JOIN {EDGES} AS edges ON edges.node = last.node "
            "WHERE (edges.modes & last.mode) <> 0"
        )
        known = f"SELECT 1 FROM {_STATES} AS known WHERE known.subject = found.subject AND known.node = found.node"
        new = (
            f"SELECT * FROM ({step} AND edges.leads <> {CONTEXT}) AS found "
            f"WHERE NOT EXISTS ({known} AND known.mode = found.mode) UNION ALL "
            f"SELECT * FROM ({step} AND edges.leads = {CONTEXT}) AS found WHERE NOT EXISTS ({known})"
        )
        order = "before, rank, place"
        once = f"ROW_NUMBER() OVER (PARTITION BY subject, node, mode ORDER BY {order}) AS nth"
        return (
            f"SELECT subject, node, mode, ROW_NUMBER() OVER (PARTITION BY subject ORDER BY {order}, mode) AS position, "
            f"{self.depth} AS depth, previous, rank FROM (SELECT *, {once} FROM ({new}) AS new) AS numbered "
            f"WHERE nth = 1 AND {_NOT_LARGE}"
        )

    def _measure(self, last: str) -> None:
        """Set aside subjects whose scope has become too large; states are counted first, nodes only if need be."""
        most_new = f"SELECT MAX(states) FROM (SELECT COUNT(*) AS states FROM {last} GROUP BY subject) AS counted"
        self.bound += int(self.engine.rows(most_new)[0][0])
        if self.bound <= self.most:
            return
        sizes = (
            f"SELECT subject, COUNT(DISTINCT node) AS nodes FROM {_STATES} "
            f"WHERE mode <> {CONTEXT} AND {_NOT_LARGE} GROUP BY subject"
        )
        self.engine.table("scope_sizes", sizes)
        self.large |= dict(self.engine.rows(f"SELECT subject, nodes FROM scope_sizes WHERE nodes > {self.most}"))
        self._set_aside()
        left = self.engine.rows(f"SELECT MAX(nodes) FROM scope_sizes WHERE nodes <= {self.most}")[0][0]
        self.bound = int(left or 0)
        self.engine.drop("scope_sizes")

    def _set_aside(self) -> None:
        self.engine.values(_LARGE, {"subject": "BIGINT"}, [(subject,) for subject in sorted(self.large)])

    def _arrivals(self) -> str:
        """Return the query for the nodes of each scope: how each was reached first and last, and what it is in all."""
        of_node = "OVER (PARTITION BY subject, node)"
        first = (
            "SELECT subject, node, depth, previous, rank, "
            "ROW_NUMBER() OVER (PARTITION BY subject, node ORDER BY depth, position) AS nth, "
            f"MAX(CASE WHEN mode = {ENTRY} THEN 1 ELSE 0 END) {of_node} AS entries, "
            f"MAX(CASE WHEN mode <> {CONTEXT} THEN 1 ELSE 0 END) {of_node} AS others, "
            f"MAX(depth) {of_node} AS last_depth FROM {_STATES} WHERE {_NOT_LARGE}"
        )
        return (
            "SELECT subject, node, depth, last_depth, previous, rank, entries = 1 AS entry, others = 1 AS counted "
            f"FROM ({first}) AS numbered WHERE nth = 1"
        )

    def _retrace(self) -> None:
        """Make the table of the lengths of traces where they may not be the numbers of layers.

        A node that is reached once more, later and as something else, may lead to nodes that it did not lead to before.
        The traces of these go by the first way to it.
        """
        fixpoint(
            self.engine,
            "retraced",
            ("subject", "node", "depth"),
            "SELECT DISTINCT subject, subject AS node, 0 AS depth FROM arrivals WHERE last_depth > depth",
            lambda last: (
                "SELECT arrivals.subject, arrivals.node, last.depth + 1 AS depth "
                f"FROM {last} AS last JOIN arrivals ON arrivals.subject = last.subject AND arrivals.previous = last.node"
            ),
        )


#: The scopes, from how their nodes were reached and what ranks and lengths of traces there are.
_SCOPE: Final = f"""
SELECT arrivals.subject, arrivals.node, COALESCE(retraced.depth, arrivals.depth) AS depth, arrivals.previous,
       ranks.predicate, ranks.inverse, arrivals.entry, arrivals.counted
FROM arrivals LEFT JOIN {RANKS} AS ranks ON ranks.rank = arrivals.rank
LEFT JOIN retraced ON retraced.subject = arrivals.subject AND retraced.node = arrivals.node
"""
