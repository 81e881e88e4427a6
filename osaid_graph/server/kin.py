"""What a node was made from, or what was made from it: by levels, with counts where there is much, and as a picture."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final, Literal
from urllib.parse import urlencode

from osaid_graph.identity import shortened
from osaid_graph.lineage.index import Lineage, properties, via
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import Walk, downstream_of, upstream_of
from osaid_graph.model import Definition
from osaid_graph.server.limits import NAME
from osaid_graph.server.nodes import Nodes
from osaid_graph.server.tables import Tables
from osaid_graph.term_ids import node_id
from osaid_graph.writers.lineage_svg import render
from osaid_graph.writers.picture import Edge, Node, NodeKind, Picture, edge_kind

Direction = Literal["up", "down"]
#: Nodes of a level that a page shows, those of all levels together, and those of all levels that a picture shows.
SHOWN: Final = 25
_LISTED: Final = 500
_DRAWN: Final = 60
_DRAWN_OF_A_LEVEL: Final = 12
#: Walks that are kept for whoever asks for the next page.
_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Relative:
    """A node that was reached.

    Attributes:
        iri: Its IRI, or ``_:label``.
        label: What it is called.
        kind: The name of its class, empty for a name that nothing tells more of.
        via: The edge that leads to it on a shortest path.
        before: The node before it there.
        beyond: How many nodes lead on from it, whichever way is walked.
        not_met: How many rules found something not met on it.
        not_evidenced: How many found something not evidenced.
    """

    iri: str
    label: str
    kind: str
    via: str
    before: str
    beyond: int
    not_met: int
    not_evidenced: int


@dataclass(frozen=True, slots=True)
class Level:
    """The nodes at a distance: how many there are, of which kinds, and those that are shown, none of many levels."""

    depth: int
    number: int
    kinds: tuple[tuple[str, int], ...]
    shown: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """All relatives of a node in a direction.

    Attributes:
        iri: The IRI of the node.
        label: What it is called.
        direction: ``up`` to what it was made from, ``down`` to what was made from it.
        number: How many relatives it has.
        kinds: How many of each kind, the most first.
        verdicts: How many of them were assessed with which verdict.
        levels: They by distance.
        picture: The nearest of them, drawn.
        drawn: How many of them the picture shows.
    """

    iri: str
    label: str
    direction: Direction
    number: int
    kinds: tuple[tuple[str, int], ...]
    verdicts: tuple[tuple[str, int], ...]
    levels: tuple[Level, ...]
    picture: str
    drawn: int


class Relatives:
    """Finds relatives.

    Args:
        lineage: Where to look.
        tables: What was found on nodes.
        nodes: What they consist of.
        definition: The version that was assessed against.
        seed: What ids are made with.
    """

    def __init__(self, lineage: Lineage, tables: Tables, nodes: Nodes, definition: Definition, seed: int) -> None:
        self.lineage, self.tables, self.nodes, self.seed = lineage, tables, nodes, seed
        rules, requirements = definition.rules.values(), definition.requirements
        self.binding: Final = [rule.id for rule in rules if requirements[rule.requirement].binding]
        self._walked = lru_cache(_KEPT)(self._walk)

    def kin(self, text: str, direction: Direction, level: int = 0, start: int = 0) -> Kin | None:
        """Return the relatives of a node; None where there is no such node, or several could be meant.

        Args:
            text: What a person calls the node.
            direction: Which way to walk.
            level: The distance of which more nodes are wanted than the first.
            start: The first of these.
        """
        number = self.lineage.named(text)
        if number is None:
            return None
        walked = self._walked(number, direction)
        by_depth: dict[int, list[int]] = defaultdict(list)
        for node, depth in walked.depths.items():
            if depth:
                by_depth[depth].append(node)
        adjacency = self.lineage.up if direction == "up" else self.lineage.down
        beyond = {node: adjacency.offsets[node + 1] - adjacency.offsets[node] for node in walked.depths}
        for nodes in by_depth.values():
            nodes.sort(key=lambda node: -beyond[node])
        chosen = _chosen(by_depth, level, start)
        drawn = _drawn(number, by_depth, walked)
        gaps = self._gaps({*drawn, *(node for nodes in chosen.values() for node in nodes)})
        levels = tuple(
            Level(
                depth,
                len(nodes),
                _counted(kind_name(self.lineage, node) for node in nodes),
                tuple(self._relative(node, walked, beyond[node], gaps) for node in chosen[depth]),
            )
            for depth, nodes in sorted(by_depth.items())
        )
        return Kin(
            iri=self.lineage.iri(number),
            label=self._label(number),
            direction=direction,
            number=len(walked.depths) - 1,
            kinds=_counted(kind_name(self.lineage, node) for node, depth in walked.depths.items() if depth),
            verdicts=self._verdicts(node for node, depth in walked.depths.items() if depth),
            levels=levels,
            picture=self._drawing(drawn, direction, gaps) if len(drawn) > 1 else "",
            drawn=len(drawn) - 1,
        )

    def _walk(self, number: int, direction: Direction) -> Walk:
        return (upstream_of if direction == "up" else downstream_of)(self.lineage, number)

    def _relative(self, node: int, walked: Walk, beyond: int, gaps: Mapping[int, Counter[str]]) -> Relative:
        before, kind = walked.arrivals[node]
        return Relative(
            self.lineage.iri(node),
            self._label(node),
            kind_name(self.lineage, node),
            via(kind, inverse=walked.inverse),
            self._label(before),
            beyond,
            gaps[node]["not-met"],
            gaps[node]["not-evidenced"],
        )

    def _gaps(self, nodes: Iterable[int]) -> dict[int, Counter[str]]:
        """Return how many rules that bind found what on each node, or on what it consists of."""
        of: dict[int, list[int]] = {}
        found: dict[int, Counter[str]] = {}
        for node in nodes:
            found[node] = Counter()
            iri = self.lineage.iri(node)
            for each in (iri, *self.nodes.components(iri, partial(self._is_of, node))):
                of.setdefault(node_id(each, self.seed), []).append(node)
        rows = self.tables.rows(
            "SELECT DISTINCT x.focus, r.rule, r.outcome FROM results AS x JOIN rules AS r ON r.number = x.rule "
            f"WHERE x.focus IN ({', '.join(map(str, sorted(of)))}) AND r.rule IN (SELECT unnest(?::VARCHAR[]))",
            [self.binding],
        )
        for node, _, outcome in {(node, rule, outcome) for focus, rule, outcome in rows for node in of[focus]}:
            found[node][outcome] += 1
        return found

    def _is_of(self, node: int, part: str) -> bool:
        """Tell whether a part belongs to a node, and is none in the lineage itself."""
        return self.lineage.numbers.get(part, node) == node

    def _verdicts(self, nodes: Iterable[int]) -> tuple[tuple[str, int], ...]:
        """Return how many nodes were assessed with which verdict."""
        ids = [self._id(node) for node in nodes if not self.lineage.is_data(node)]
        rows = self.tables.rows(
            "SELECT outcome, COUNT(*) FROM outcomes WHERE subject IN (SELECT unnest(?::BIGINT[])) GROUP BY outcome "
            "ORDER BY outcome",
            [ids],
        )
        return tuple((str(outcome), int(count)) for outcome, count in rows)

    def _id(self, node: int) -> int:
        return node_id(self.lineage.iri(node), self.seed)

    def _drawing(self, drawn: list[int], direction: Direction, gaps: Mapping[int, Counter[str]]) -> str:
        """Return a picture in which every node leads to its own lineage."""
        iris = [self.lineage.iri(node) for node in drawn[1:]]
        to = {iri: f"/lineage?{urlencode({'node': iri, 'direction': direction})}" for iri in iris}
        return render(self._picture(drawn, direction, gaps), within_page=True, addresses=to)

    def _picture(self, drawn: list[int], direction: Direction, gaps: Mapping[int, Counter[str]]) -> Picture:
        lineage, there = self.lineage, set(drawn)
        adjacency = lineage.up if direction == "up" else lineage.down
        edges = []
        for source in drawn:
            for target, kind in adjacency.ends(source):
                if target in there:
                    label = via(kind, inverse=direction == "down").replace("osaid:", "")
                    edges.append(Edge(lineage.iri(source), lineage.iri(target), label, edge_kind(properties()[kind])))
        nodes = [
            Node(
                lineage.iri(node),
                self._label(node),
                self._look(node),
                gaps[node]["not-met"],
                gaps[node]["not-evidenced"],
            )
            for node in drawn
        ]
        what = "was made from" if direction == "up" else "is behind"
        return Picture(
            title=f"What {self._label(drawn[0])} {what}",
            description=f"{len(nodes) - 1} of its relatives, the nearest.",
            nodes=tuple(nodes),
            edges=tuple(edges),
        )

    def _label(self, node: int) -> str:
        """Return the beginning of what a node is called."""
        return shortened(self.lineage.label(node), NAME)

    def _look(self, node: int) -> NodeKind:
        if self.lineage.is_data(node):
            return "data"
        return "release" if self.lineage.is_trained(node) else "other"


def _chosen(by_depth: Mapping[int, list[int]], level: int, start: int) -> dict[int, list[int]]:
    """Return the nodes that are listed: the first of each level as long as there is room, and those that are wanted."""
    chosen: dict[int, list[int]] = {}
    left = _LISTED
    for depth, nodes in sorted(by_depth.items()):
        if depth == level:
            chosen[depth] = nodes[start : start + SHOWN]
        else:
            chosen[depth] = nodes[:SHOWN] if left >= SHOWN else []
            left -= len(chosen[depth])
    return chosen


def _drawn(start: int, by_depth: Mapping[int, list[int]], walked: Walk) -> list[int]:
    """Return the nodes of a picture: of each level those that lead on to most, and are reached from one drawn."""
    found = {start: None}
    for _, nodes in sorted(by_depth.items()):
        reached = [node for node in nodes if walked.arrivals[node][0] in found]
        found.update(dict.fromkeys(reached[: min(_DRAWN_OF_A_LEVEL, _DRAWN - len(found))]))
    return list(found)


def _counted(kinds: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(kinds).items(), key=lambda pair: (-pair[1], pair[0])))
