"""The scopes of all subjects of a corpus, each as :func:`osaid_graph.lineage.scope.scope` has it."""

from __future__ import annotations

from typing import Final

from osaid_graph.assessment.assess import MAX_IN_SCOPE
from osaid_graph.corpus.fixpoint import fixpoint
from osaid_graph.corpus.scope_edges import CONTEXT, EDGES, ENTRY, RANKS, make_edges
from osaid_graph.corpus.scope_walk import Walk
from osaid_graph.corpus.subjects import ASSESSED
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine

#: The table of scopes: ``subject``, ``node``, ``depth``, ``previous``, ``predicate``, ``inverse`` (how it was first
#: reached: null for the subject itself), ``entry``, ``counted`` (it is not only passed through).
SCOPE: Final = "scope"
#: The table of subjects that have no scope and no outcomes: ``subject``, ``reason``.
ASIDE: Final = "aside"
#: Subjects whose scopes are walked together.
TOGETHER: Final = 1_000_000


def make_scope(
    engine: Engine,
    facts: Vertical,
    *,
    most: int = MAX_IN_SCOPE,
    together: int = TOGETHER,
) -> int:
    """Make the tables ``scope`` and ``aside`` for the table ``subjects``, and return the number of rows in scope.

    Every subject is in one of them.

    Args:
        engine: Where the tables are.
        facts: The graph that scope is taken from.
        most: How many nodes may be in scope of a subject; one with more has no scope.
        together: How many subjects are walked from at a time, about; memory grows with it.
    """
    make_edges(engine, facts)
    subjects = int(engine.rows(f"SELECT COUNT(*) FROM {ASSESSED}")[0][0])
    batches = max(1, -(-subjects // together))
    large: set[int] = set()
    for batch in range(batches):  # ids are digests, so their remainders are spread evenly
        walk = Walk(engine, f"SELECT subject FROM {ASSESSED} WHERE subject % {batches} = {batch}", most)
        walk.run("states")
        large |= walk.large
        _make_part(engine, f"scope_{batch}")
    parts = [f"scope_{batch}" for batch in range(batches)]
    engine.table(SCOPE, " UNION ALL ".join(f"SELECT * FROM {part}" for part in parts))
    engine.drop(*parts, EDGES, RANKS)
    reason = f"more than {most:,} nodes are in scope: describe shards or pages of a dataset as one dataset"
    rows = [(subject, reason) for subject in sorted(large)]
    engine.values(ASIDE, {"subject": "BIGINT", "reason": "VARCHAR"}, rows)
    return int(engine.rows(f"SELECT COUNT(*) FROM {SCOPE}")[0][0])


def _make_part(engine: Engine, name: str) -> None:
    """Make the table of scopes of the table of states."""
    engine.table("again", "SELECT subject, node FROM states GROUP BY subject, node HAVING COUNT(*) > 1")
    engine.table("arrivals", _ARRIVALS)
    engine.drop("states", "again")
    _retrace(engine)
    engine.table(name, _SCOPES)
    engine.drop("arrivals", "retraced")


def _retrace(engine: Engine) -> None:
    """Make the table of the lengths of traces where they may not be the numbers of layers.

    A node that is reached once more, later and as something else, may lead to nodes that it did not lead to before.
    The traces of these go by the first way to it.
    """
    fixpoint(
        engine,
        "retraced",
        ("subject", "node", "depth"),
        "SELECT DISTINCT subject, subject AS node, 0 AS depth FROM arrivals WHERE last_depth > depth",
        lambda last: (
            "SELECT arrivals.subject, arrivals.node, last.depth + 1 AS depth FROM arrivals "
            f"JOIN {last} AS last ON last.subject = arrivals.subject AND last.node = arrivals.previous"
        ),
    )


_AGAIN: Final = "EXISTS (SELECT 1 FROM again WHERE again.subject = states.subject AND again.node = states.node)"
#: The nodes of each scope: how each was reached first and last, and what it is in all. Few are reached again.
_ARRIVALS: Final = f"""
SELECT subject, node, depth, depth AS last_depth, previous, rank, mode = {ENTRY} AS entry, mode <> {CONTEXT} AS counted
FROM states WHERE NOT {_AGAIN}
UNION ALL
SELECT subject, node, depth, last_depth, previous, rank, entries = 1 AS entry, others = 1 AS counted FROM (
    SELECT subject, node, depth, previous, rank,
           ROW_NUMBER() OVER (PARTITION BY subject, node ORDER BY depth, position) AS nth,
           MAX(depth) OVER (PARTITION BY subject, node) AS last_depth,
           MAX(CASE WHEN mode = {ENTRY} THEN 1 ELSE 0 END) OVER (PARTITION BY subject, node) AS entries,
           MAX(CASE WHEN mode <> {CONTEXT} THEN 1 ELSE 0 END) OVER (PARTITION BY subject, node) AS others
    FROM states WHERE {_AGAIN}
) AS numbered WHERE nth = 1
"""
#: The scopes, with what ranks stand for.
_SCOPES: Final = f"""
SELECT arrivals.subject, arrivals.node, COALESCE(retraced.depth, arrivals.depth) AS depth, arrivals.previous,
       ranks.predicate, ranks.inverse, arrivals.entry, arrivals.counted
FROM arrivals LEFT JOIN {RANKS} AS ranks ON ranks.rank = arrivals.rank
LEFT JOIN retraced ON retraced.subject = arrivals.subject AND retraced.node = arrivals.node
"""
