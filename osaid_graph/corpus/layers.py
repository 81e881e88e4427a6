"""Writing what an assessment found: a layer over what is known of everything that was not assessed again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from osaid_graph.corpus.affected import AFFECTED
from osaid_graph.corpus.assessed import (
    ASIDE,
    COLUMNS,
    FINDINGS,
    KEYS,
    OUTCOMES,
    RECHECKED,
    RESULTS,
    RULES,
    SCOPES,
    columns_of,
)
from osaid_graph.corpus.nodes import EDGES, NODES
from osaid_graph.corpus.outcome_judged import REJECTED
from osaid_graph.engines import Engine
from osaid_graph.engines.places import Url
from osaid_graph.model import Definition
from osaid_graph.term_ids import FIRST_IRI

#: Before the names of the views of what is known.
KNOWN: Final = "known_"
#: How the rows of tables are ordered: by what they tell of first.
_ORDER: Final = {
    OUTCOMES: "subject",
    FINDINGS: "subject, focus, rule, value",
    SCOPES: "subject, node",
    RESULTS: "focus, rule, value",
    NODES: "node",
    EDGES: "subject, property, object",
    ASIDE: "node",
}
#: Whether a node was looked at again.
_TOUCHED: Final = f"IN (SELECT node FROM {AFFECTED})"
_UNTOUCHED: Final = f"NOT {_TOUCHED}"
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
        definition: The version assessed against.
        found: The requirements that the outcomes have a column for.
        known: Those that the outcomes which are known have one for; None where all was assessed.
    """

    def __init__(
        self, engine: Engine, definition: Definition, found: Sequence[str], known: Sequence[str] | None = None
    ) -> None:
        self.engine, self.found, self.known = engine, found, known
        self.rules = tuple(definition.rules.values())
        self.requirements = tuple(id_ for id_ in definition.requirements if id_ in {*found, *(known or ())})

    def write(self, folder: Path | Url, merged: bool) -> Written:
        """Write the tables into a folder.

        Args:
            folder: An empty folder.
            merged: Whether what is known is written anew beside it.
        """
        engine, partly = self.engine, self.known is not None
        subjects = self._count(OUTCOMES)
        total = subjects + (self._count(KNOWN + OUTCOMES, f"subject {_UNTOUCHED}") if partly else 0)
        self._write_rules(folder)
        aside = 0
        for table, key in KEYS.items():
            rows = self._rows(table)
            if partly:
                rows = f"SELECT * FROM ({rows}) AS new WHERE {key} {_TOUCHED}"
            if merged:
                rows += f" UNION ALL {self._known(table)}"
            pieces = _pieces(key, total if merged else subjects)
            written = engine.write_sorted(rows, _ORDER[table], folder / f"{table}.parquet", pieces)
            aside = written if table == ASIDE else aside
        if partly and not merged:
            engine.write_sorted(f"SELECT node FROM {AFFECTED}", "node", folder / f"{RECHECKED}.parquet")
            aside += self._count(KNOWN + ASIDE, f"node {_UNTOUCHED}")
        return Written(subjects, total, aside, self.requirements)

    def _count(self, table: str, where: str = "TRUE") -> int:
        return int(self.engine.rows(f"SELECT COUNT(*) FROM {table} WHERE {where}")[0][0])

    def _known(self, table: str) -> str:
        """Return the query for what is known of what was not assessed again."""
        columns = ", ".join(COLUMNS[table])
        if table == OUTCOMES:
            columns += columns_of(self.known or (), self.requirements)
        return f"SELECT {columns} FROM {KNOWN}{table} WHERE {KEYS[table]} {_UNTOUCHED}"

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
        columns, key, rows = COLUMNS[table], KEYS[table], table
        if table == ASIDE:
            rows = f"(SELECT subject AS node, reason FROM aside UNION ALL SELECT judgement, reason FROM {REJECTED})"
        replaced = {"rule": "numbers.number AS rule", "iri": f"{_NAME} AS iri"}
        shown = ", ".join(replaced.get(column, f"found.{column}") for column in columns)
        if table == OUTCOMES:
            shown += columns_of(self.found, self.requirements)
        joins = f" JOIN {_NUMBERS} AS numbers ON numbers.rule = found.rule" if "rule" in columns else ""
        joins += f" LEFT JOIN whole_terms AS named ON named.id = found.{key}" if "iri" in columns else ""
        return f"SELECT {shown} FROM {rows} AS found{joins}"


def _pieces(key: str, subjects: int) -> list[str]:
    """Return conditions on a column of nodes that divide the rows of so many subjects.

    Ids of IRIs are digests, and so spread evenly. Blank nodes, of which little is found, come before them all.
    """
    count = max(1, -(-subjects // TOGETHER))
    bounds = [FIRST_IRI + (FIRST_IRI // count) * at for at in range(1, count)]
    lower, upper = [f"{key} >= {bound}" for bound in bounds], [f"{key} < {bound}" for bound in bounds]
    return [" AND ".join(filter(None, ends)) or "TRUE" for ends in zip(["", *lower], [*upper, ""], strict=True)]
