"""Writing what an assessment found: a layer over what is known of everything that was not assessed again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from osaid_graph.corpus.affected import AFFECTED
from osaid_graph.corpus.assessed import ASIDE, COLUMNS, FINDINGS, OUTCOMES, RECHECKED, RESULTS, RULES, SCOPES
from osaid_graph.corpus.nodes import EDGES, NODES
from osaid_graph.corpus.outcome_judged import REJECTED
from osaid_graph.engines import Engine
from osaid_graph.engines.places import Url
from osaid_graph.model import Definition
from osaid_graph.term_ids import FIRST_IRI

#: Before the names of the views of what is known.
KNOWN: Final = "known_"
#: What a table tells of, by which rows that are known give way to new ones, and how rows are ordered: by that first.
_OF: Final = {
    FINDINGS: ("subject", "subject, focus, rule, value"),
    SCOPES: ("subject", "subject, node"),
    RESULTS: ("focus", "focus, rule, value"),
    NODES: ("node", "node"),
    EDGES: ("subject", "subject, property, object"),
}
#: What a node is called in tables: its IRI, or the label of a blank node as reports write it.
_NAME: Final = "CASE named.kind WHEN 'blank' THEN '_:' || named.value ELSE named.value END"
#: Subjects whose rows are sorted at a time, about: outcomes are wide, and a subject has some thirty findings.
TOGETHER: Final = 100_000
#: The table of the numbers of rules, by their ids.
_NUMBERS: Final = "rule_numbers"


class Written(NamedTuple):
    """How many subjects were assessed, how many there are, what is kept aside, and the requirements of the outcomes."""

    subjects: int
    total: int
    aside: int
    requirements: tuple[str, ...]


class Layer:
    """What was found by an assessment whose tables are in an engine.

    Args:
        engine: Where the tables are.
        number: The number of the part.
        definition: The version assessed against.
        found: The requirements that the outcomes have a column for.
        known: Those that the outcomes which are known have one for; None where all was assessed.
    """

    def __init__(
        self,
        engine: Engine,
        number: int,
        definition: Definition,
        found: Sequence[str],
        known: Sequence[str] | None = None,
    ) -> None:
        self.engine, self.number, self.found, self.known = engine, number, found, known
        self.rules, self.order = tuple(definition.rules.values()), tuple(definition.requirements)

    def write(self, folder: Path | Url, merged: bool) -> Written:
        """Write the tables into a folder.

        Args:
            folder: An empty folder.
            merged: Whether what is known is written anew beside it.
        """
        engine, affected, partly = self.engine, f"SELECT node FROM {AFFECTED}", self.known is not None
        requirements = tuple(id_ for id_ in self.order if id_ in {*self.found, *(self.known or ())})
        subjects = int(engine.rows(f"SELECT COUNT(*) FROM {OUTCOMES}")[0][0])
        known = int(engine.rows(f"SELECT COUNT(*) FROM {KNOWN}{OUTCOMES}")[0][0]) if partly else 0
        outcomes = self._outcomes(requirements, merged)
        total = engine.write_sorted(
            outcomes, "subject", folder / f"{OUTCOMES}.parquet", _pieces("subject", subjects + known)
        )
        self._write_rules(folder)
        for table, (key, rank) in _OF.items():
            columns = ", ".join(COLUMNS[table])
            rows = self._rows(table)
            if partly:
                rows = f"SELECT * FROM ({rows}) AS new WHERE {key} IN ({affected})"
            if merged:
                rows += f" UNION ALL SELECT {columns} FROM {KNOWN}{table} WHERE {key} NOT IN ({affected})"
            pieces = _pieces(key, subjects + known if merged else subjects)
            engine.write_sorted(rows, rank, folder / f"{table}.parquet", pieces)
        aside = engine.write_sorted(self._aside(partly), "node", folder / f"{ASIDE}.parquet")
        if partly and not merged:
            engine.write_sorted(affected, "node", folder / f"{RECHECKED}.parquet")
        return Written(subjects, total, aside, requirements)

    def _write_rules(self, folder: Path | Url) -> None:
        """Write the table of rules, and make that of their numbers."""
        columns = COLUMNS[RULES]
        self.engine.values(
            _NUMBERS,
            columns,
            [
                (number, rule.id, rule.requirement, rule.outcome, rule.message)
                for number, rule in enumerate(self.rules, 1)
            ],
        )
        rows = f"SELECT {', '.join(columns)} FROM {_NUMBERS}"
        self.engine.write_sorted(rows, "number", folder / f"{RULES}.parquet")

    def _rows(self, table: str) -> str:
        """Return the query for the rows of a table: with the number of a rule in place of its id, and IRIs of nodes."""
        if table == NODES:
            return (
                f"SELECT found.node, {_NAME} AS iri, found.class, found.described FROM {NODES} AS found "
                "LEFT JOIN whole_terms AS named ON named.id = found.node"
            )
        if "rule" not in COLUMNS[table]:
            return f"SELECT {', '.join(COLUMNS[table])} FROM {table}"
        columns = ", ".join(
            f"numbers.number AS {name}" if name == "rule" else f"found.{name}" for name in COLUMNS[table]
        )
        return f"SELECT {columns} FROM {table} AS found JOIN {_NUMBERS} AS numbers ON numbers.rule = found.rule"

    def _outcomes(self, requirements: Sequence[str], merged: bool) -> str:
        own = _columns(self.found, requirements)
        rows = (
            f"SELECT found.subject, CAST({self.number} AS INTEGER) AS part, {_NAME} AS iri, found.kind, "
            f"found.outcome{own} FROM {OUTCOMES} AS found LEFT JOIN whole_terms AS named ON named.id = found.subject"
        )
        if self.known is None:
            return rows
        known = _columns(self.known, requirements)
        part = f"CAST({self.number} AS INTEGER) AS part" if merged else "found.part"
        return (
            f"{rows} UNION ALL SELECT found.subject, {part}, found.iri, found.kind, found.outcome{known} "
            f"FROM {KNOWN}{OUTCOMES} AS found WHERE found.subject NOT IN (SELECT node FROM {AFFECTED})"
        )

    def _aside(self, partly: bool) -> str:
        found = f"SELECT subject AS node, reason FROM aside UNION ALL SELECT judgement AS node, reason FROM {REJECTED}"
        rows = (
            f"SELECT found.node, {_NAME} AS iri, found.reason FROM "
            f"({found}) AS found LEFT JOIN whole_terms AS named ON named.id = found.node"
        )
        if not partly:
            return rows
        affected = f"SELECT node FROM {AFFECTED}"
        return (
            f"SELECT * FROM ({rows}) AS new WHERE node IN ({affected}) UNION ALL "
            f"SELECT node, iri, reason FROM {KNOWN}{ASIDE} WHERE node NOT IN ({affected})"
        )


def _pieces(key: str, subjects: int) -> list[str]:
    """Return conditions on a column of nodes that divide the rows of so many subjects.

    Ids of IRIs are digests, and so spread evenly. Blank nodes, of which little is found, come before them all.
    """
    count = max(1, -(-subjects // TOGETHER))
    bounds = [FIRST_IRI + (FIRST_IRI // count) * at for at in range(1, count)]
    lower, upper = [f"{key} >= {bound}" for bound in bounds], [f"{key} < {bound}" for bound in bounds]
    return [" AND ".join(filter(None, ends)) or "TRUE" for ends in zip(["", *lower], [*upper, ""], strict=True)]


def _columns(known: Sequence[str], requirements: Sequence[str]) -> str:
    """Return the columns of requirements for a query, each of them behind a comma; null for those not ``known``."""
    return "".join(
        f', found."{id_}"' if id_ in known else f', CAST(NULL AS VARCHAR) AS "{id_}"' for id_ in requirements
    )
