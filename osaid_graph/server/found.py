"""What was found on one release, read from the tables of an assessment: outcomes, findings and where they lie."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from osaid_graph.assessment.outcomes import Grounds, Outcomes, Structure
from osaid_graph.identity import short
from osaid_graph.model import Definition, Requirement
from osaid_graph.server.judged import Judged, agreements, judged_on
from osaid_graph.server.limits import TEXT
from osaid_graph.server.nodes import Nodes, Said, called
from osaid_graph.server.tables import Tables
from osaid_graph.server.waived import Gap, Waived, Waivers, results_of
from osaid_graph.term_ids import node_id

#: Findings of a rule that are shown; how many more there are is told.
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its IRI, or ``_:label``; what it is called; and the class it is taken for."""

    iri: str
    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a trace: over which edge, against it or not, and to which node."""

    via: str
    inverse: bool
    node: Node


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a rule found a gap.

    Attributes:
        focus: The node.
        value: The value that is wrong, empty where none is there.
        depth: How far from the subject it lies.
        trace: The way from the subject to it.
        said: What is said of it by the property that the rule is about, and in which documents.
    """

    focus: Node
    value: str
    depth: int
    trace: tuple[Step, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that found gaps.

    Attributes:
        rule: Its id.
        requirement: The id of the requirement that it serves.
        outcome: What it finds.
        message: Its sentence.
        property: The property that it is about, as queries write it.
        remedy: What an ``osaid.yaml`` would say to close such a gap; empty where nothing it says does.
        findings: The first of what it found.
        number: How much it found.
    """

    rule: str
    requirement: str
    outcome: str
    message: str
    property: str
    remedy: str
    findings: tuple[Finding, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Met:
    """A requirement and its outcome, with whatever that comes from.

    Attributes:
        requirement: The requirement.
        outcome: Its outcome.
        broken: Its rules that found gaps.
        bearing: The rules of others that found gaps, and bear on it.
        parts: Of the requirements that it includes those that have the same outcome, where it leaves something open.
        judged: What people found of it.
        because: What decided the outcome, in a clause, where neither these nor findings do.
    """

    requirement: Requirement
    outcome: str
    broken: tuple[Broken, ...]
    bearing: tuple[Broken, ...]
    parts: tuple[str, ...]
    judged: tuple[Judged, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on a release, by the clauses of the definition; and the waivers, which change nothing of it.

    ``more_waivers`` tells that the full report has more of them.
    """

    subject: Node
    kind: str
    outcome: str
    clauses: tuple[tuple[str, tuple[Met, ...]], ...]
    counts: dict[str, int]
    in_scope: int
    waivers: tuple[Waived, ...]
    more_waivers: bool


class Releases:
    """Reads what was found on releases.

    Args:
        tables: Where it is read from.
        definition: The version that was assessed against.
        nodes: What is said of nodes.
        seed: What ids are made with.
    """

    def __init__(self, tables: Tables, definition: Definition, nodes: Nodes, seed: int) -> None:
        self.tables, self.definition, self.nodes, self.seed = tables, definition, nodes, seed
        self.structure = Structure(definition)
        self.waivers = Waivers(nodes, definition, self._day())

    def has(self, node: str) -> bool:
        """Tell whether a node, an IRI or ``_:label``, is a release that was assessed."""
        return bool(self.tables.rows("SELECT 1 FROM outcomes WHERE subject = ?", [node_id(node, self.seed)]))

    def found(self, node: str) -> Found | None:
        """Return what was found on a release; None if it is none that was assessed.

        Args:
            node: Its IRI, or ``_:label``.
        """
        subject = node_id(node, self.seed)
        columns = ", ".join(f'"{id_}"' for id_ in self.tables.requirements)
        more = f", {columns}" if columns else ""
        rows = self.tables.rows(f"SELECT iri, kind, outcome{more} FROM outcomes WHERE subject = ?", [subject])
        if not rows:
            return None
        _, kind, outcome, *outcomes = rows[0]
        findings = self.tables.rows(
            "SELECT r.requirement, r.rule, r.outcome, r.message, f.focus, f.value, f.depth, "
            "COUNT(*) OVER (PARTITION BY r.number) AS of_all FROM findings AS f JOIN rules AS r ON r.number = f.rule "
            "WHERE f.subject = ? QUALIFY ROW_NUMBER() OVER (PARTITION BY r.number ORDER BY f.depth, f.focus, f.value) "
            f"<= {SHOWN} ORDER BY r.number, f.depth, f.focus, f.value",
            [subject],
        )
        scope = self._scope(subject)
        traces = {focus: _path(focus, subject, scope) for *_, focus, _, _, _ in findings}
        nodes = self._nodes({subject, *(node for path in traces.values() for node, _, _ in path), *traces})
        values = self._terms({value for *_, value, _, _ in findings if value is not None})
        edges = self._terms({via for path in traces.values() for _, via, _ in path})
        broken: dict[str, list[Broken]] = {}
        for (requirement, rule, result, message), group in groupby(findings, key=lambda row: row[:4]):
            each, about = list(group), self.definition.rules[rule]
            shown = tuple(
                Finding(
                    nodes[focus],
                    values.get(value, ""),
                    depth,
                    tuple(Step(called(edges[via]), inverse, nodes[at]) for at, via, inverse in traces[focus]),
                    self.nodes.said(nodes[focus].iri, str(about.property)),
                )
                for *_, focus, value, depth, _ in each
            )
            broken.setdefault(requirement, []).append(
                Broken(
                    rule,
                    requirement,
                    result,
                    message,
                    called(str(about.property)),
                    about.remedy.yaml,
                    shown,
                    each[0][-1],
                )
            )
        bearing: dict[str, list[Broken]] = {}
        for one in (one for of_requirement in broken.values() for one in of_requirement):
            for id_ in self.definition.rules[one.rule].bears_on:
                bearing.setdefault(id_, []).append(one)
        results = dict(zip(self.tables.requirements, outcomes, strict=True))
        judged = judged_on(self.nodes, nodes[subject].iri, self.definition, self._day())
        said = agreements(judged)
        because = self._because(results, {one.rule for each in broken.values() for one in each}, said)
        met = [
            Met(
                self.definition.requirements[id_],
                result,
                tuple(broken.get(id_, ())),
                tuple(bearing.get(id_, ())),
                () if id_ in said else self.definition.requirements[id_].open_parts(results),
                judged.get(id_, ()),
                because.get(id_, ""),
            )
            for id_, result in results.items()
            if result is not None
        ]
        clauses = tuple(
            (clause, tuple(group)) for clause, group in groupby(met, key=lambda each: each.requirement.clause)
        )
        counts: dict[str, int] = {}
        for result in (each.outcome for each in met if each.requirement.binding):
            counts[result] = counts.get(result, 0) + 1
        waived, has_more = self._waived(subject, nodes[subject].iri, scope, results, judged)
        return Found(nodes[subject], kind, outcome, clauses, counts, len(scope) + 1, waived, has_more)

    def _waived(
        self,
        subject: int,
        iri: str,
        scope: Iterable[int],
        results: Mapping[str, str | None],
        judged: Mapping[str, tuple[Judged, ...]],
    ) -> tuple[tuple[Waived, ...], bool]:
        """Return the waivers, with regard to all that was found and not what is shown, and whether there are more."""
        if not self.waivers.are_there:
            return (), False
        rows = self.tables.rows(
            "SELECT DISTINCT r.rule, r.requirement, r.outcome, f.focus FROM findings AS f JOIN rules AS r "
            "ON r.number = f.rule WHERE f.subject = ? ORDER BY ALL",
            [subject],
        )
        names = self._names({*scope, *(row[-1] for row in rows)})
        gaps = [Gap(f"{rule} {focus}", rule, of, outcome, names[focus]) for rule, of, outcome, focus in rows]
        in_scope = (name for node in scope if (name := names[node]))
        return self.waivers.on(iri, in_scope, results_of(self.definition, results, gaps, judged))

    def _day(self) -> datetime.date:
        return datetime.date.fromisoformat(self.tables.part.facts["day"])

    def _because(
        self, results: Mapping[str, str | None], found: Collection[str], said: Mapping[str, str]
    ) -> dict[str, str]:
        """Return for the requirements that a judgement on another one decides that this is so, in a clause."""
        if not said:
            return {}
        excused = {id_: "" for id_, result in results.items() if result == "not-applicable"}
        outcomes = Outcomes(self.structure, Grounds(found, said, excused, lambda _: False))
        decided = {id_: outcomes.decision(self.definition.requirements[id_]) for id_ in results}
        return {id_: each.because for id_, each in decided.items() if each.because and each.outcome == results[id_]}

    def _scope(self, subject: int) -> dict[int, tuple[int, int, bool]]:
        """Return for each node in scope from where it was reached: the node before, over which edge, which way."""
        rows = self.tables.rows(
            "SELECT node, previous, predicate, inverse FROM scope WHERE subject = ? AND previous IS NOT NULL", [subject]
        )
        return {node: (previous, predicate, inverse) for node, previous, predicate, inverse in rows}

    def _nodes(self, ids: Iterable[int]) -> dict[int, Node]:
        return {
            id_: Node(iri, self.nodes.called(iri) or short(iri), kind) for id_, (iri, kind) in self._known(ids).items()
        }

    def _names(self, ids: Iterable[int]) -> dict[int, str]:
        return {id_: iri for id_, (iri, _) in self._known(ids).items()}

    def _known(self, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Return the IRI of each node, or ``_:label``, and the class it is taken for."""
        wanted = set(ids)
        rows = self.tables.rows(f"SELECT node, iri, class FROM nodes WHERE node IN ({_listed(wanted)})")
        known = {id_: (iri, kind or "") for id_, iri, kind in rows if iri is not None}
        known |= {id_: (iri, "") for id_, iri in self._terms(wanted - set(known)).items()}
        return {id_: known.get(id_, ("", "")) for id_ in wanted}

    def _terms(self, ids: Iterable[int]) -> dict[int, str]:
        wanted = set(ids)
        if not wanted:
            return {}
        value = f"CASE WHEN id < 0 THEN LEFT(value, {TEXT}) ELSE value END"  # of literals, which may be long
        rows = self.tables.rows(f"SELECT id, kind, {value} FROM terms WHERE id IN ({_listed(wanted)})")
        return {id_: f"_:{value}" if kind == "blank" else value for id_, kind, value in rows}


def _path(node: int, subject: int, scope: dict[int, tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Return the steps from a subject to a node: each the node it leads to, over which edge, and which way."""
    steps: list[tuple[int, int, bool]] = []
    at = node
    while at != subject and at in scope and len(steps) < len(scope) + 1:
        previous, via, inverse = scope[at]
        steps.append((at, via, inverse))
        at = previous
    return steps[::-1]


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(ids))) or "NULL"
