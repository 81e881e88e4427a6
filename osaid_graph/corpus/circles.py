"""Nodes on a circle of a graph of any size (:func:`osaid_graph.lineage.circles.circular`).

A lineage is nearly free of circles, and what is on none is taken away first, from both ends of the graph. The rest is
tiny, and searched in Python. Where it is not, it is divided: every node gets the least node that leads to it as its
colour, and the nodes of a colour that lead back to the node it is named after are a strongly connected component
(Orzan 2004). Edges between colours, and those of components that are known, are taken away, and so on. Ids are digests,
so a colour is a random part of what its node leads to, and a few divisions are enough.
"""

from __future__ import annotations

from typing import Final

from osaid_graph.corpus.fixpoint import fixpoint
from osaid_graph.engines import Engine
from osaid_graph.lineage.condensation import knots

#: Edges that are few enough for Python.
SMALL: Final = 200_000
#: What part of the edges a round of taking away must take for a next one to be worth it.
_WORTH: Final = 1 / 16


class Circles:
    """Finds the nodes on a circle.

    Args:
        engine: Where the table of edges is.
        small: How many edges are searched in Python.
    """

    def __init__(self, engine: Engine, small: int = SMALL) -> None:
        self.engine, self.small = engine, small
        self._number = 0

    def find(self, edges: str, name: str) -> None:
        """Make the table of the nodes on a circle, each once: ``subject``.

        Args:
            edges: The name of the table of edges: ``subject``, ``object``.
            name: The name of the table to make.
        """
        found = [self._table(f"SELECT DISTINCT subject FROM {edges} WHERE subject = object")[0]]
        left, count = self._table(f"SELECT DISTINCT subject, object FROM {edges} WHERE subject <> object")
        while count > self.small:
            left, count = self._without_ends(left, count)
            if count > self.small:
                component, left, count = self._divided(left)
                found.append(component)
        arcs: dict[int, set[int]] = {}
        for start, end in self.engine.rows(f"SELECT subject, object FROM {left}"):
            arcs.setdefault(start, set()).add(end)
        self.engine.values("knotted", {"subject": "BIGINT"}, [(node,) for knot in knots(arcs) for node in knot])
        self.engine.table(name, " UNION ".join(f"SELECT subject FROM {each}" for each in (*found, "knotted")))
        self.engine.drop("knotted", left, *found)

    def _table(self, select: str) -> tuple[str, int]:
        """Make a table of a name that is new, and return that with the number of rows."""
        self._number += 1
        name = f"circles_{self._number}"
        return name, self.engine.table(name, select)

    def _without_ends(self, edges: str, count: int) -> tuple[str, int]:
        """Take away edges from where none leads to and to where none leads from, while that takes many away."""
        worth = True
        while worth and count > self.small:
            left, number = self._table(
                f"SELECT subject, object FROM {edges} WHERE subject IN (SELECT object FROM {edges}) "
                f"AND object IN (SELECT subject FROM {edges})"
            )
            self.engine.drop(edges)
            worth = count - number > count * _WORTH
            edges, count = left, number
        return edges, count

    def _divided(self, edges: str) -> tuple[str, str, int]:
        """Return the table of nodes in components that colours tell, that of the edges left, and how many these are."""
        colours = self._colours(edges)
        inner, _ = self._table(
            f"SELECT edges.subject, edges.object FROM {edges} AS edges JOIN {colours} AS starts "
            f"ON starts.node = edges.subject JOIN {colours} AS ends ON ends.node = edges.object "
            "WHERE starts.colour = ends.colour"
        )
        self._number += 1
        known = f"circles_{self._number}"
        fixpoint(
            self.engine,
            known,
            ("subject",),
            f"SELECT node AS subject FROM {colours} WHERE node = colour AND node IN (SELECT object FROM {inner})",
            lambda last: (
                f"SELECT DISTINCT edges.subject FROM {last} AS last JOIN {inner} AS edges "
                f"ON edges.object = last.subject WHERE {_lacks(known, 'edges.subject')}"
            ),
        )
        left, count = self._table(
            f"SELECT subject, object FROM {inner} AS edges "
            f"WHERE {_lacks(known, 'edges.subject')} AND {_lacks(known, 'edges.object')}"
        )
        self.engine.drop(edges, inner, colours)
        return known, left, count

    def _colours(self, edges: str) -> str:
        """Return the table of the least node that leads to each, be it itself: ``node``, ``colour``."""
        nodes = f"SELECT subject AS node FROM {edges} UNION SELECT object AS node FROM {edges}"
        colours, _ = self._table(f"SELECT node, node AS colour FROM ({nodes}) AS nodes")
        changed, count = self._table(_lowered(edges, colours, colours))
        while count:
            before = colours
            colours, _ = self._table(
                f"SELECT own.node, COALESCE(changed.colour, own.colour) AS colour FROM {before} AS own "
                f"LEFT JOIN {changed} AS changed ON changed.node = own.node"
            )
            last = changed
            changed, count = self._table(_lowered(edges, last, colours))
            self.engine.drop(before, last)
        self.engine.drop(changed)
        return colours


def _lowered(edges: str, last: str, colours: str) -> str:
    """Return the query for nodes that a colour leads to which is lower than theirs."""
    return (
        f"SELECT own.node, MIN(last.colour) AS colour FROM {edges} AS edges JOIN {last} AS last "
        f"ON last.node = edges.subject JOIN {colours} AS own ON own.node = edges.object "
        "WHERE last.colour < own.colour GROUP BY own.node"
    )


def _lacks(table: str, node: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM {table} AS found WHERE found.subject = {node})"
