"""The matrix of releases by requirement: which of them are shown, in which order, and what all of them come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from osaid_graph.identity import short
from osaid_graph.model import REQUIREMENT_OUTCOMES, Definition, Requirement
from osaid_graph.server.tables import RANKED, Tables

#: Rows of a page, and the most that may be asked for.
ROWS: Final = 50
MOST: Final = 500
VERDICTS: Final = ("met", "undetermined", "not-met")
KINDS: Final = ("system", "model", "parameters")
#: The order in which outcomes are sorted, the worst first.
_WORST: Final = ("not-met", "not-evidenced", "undetermined", "needs-judgement", "not-applicable", "met")
_NAME, _OUTCOME = "name", "outcome"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the matrix is asked for; whatever is not known is as if it was not said.

    Attributes:
        text: What the name of a release contains.
        kind: Which kind of subjects.
        outcome: Which verdict they have.
        requirement: The requirement whose outcome is ``state``.
        state: That outcome.
        sort: ``name``, ``outcome``, or a requirement.
        down: Whether the order is turned round.
        page: Which page, from 1.
        size: How many rows it has.
    """

    text: str = ""
    kind: str = ""
    outcome: str = ""
    requirement: str = ""
    state: str = ""
    sort: str = _NAME
    down: bool = False
    page: int = 1
    size: int = ROWS

    @classmethod
    def of(cls, given: Mapping[str, str], requirements: Sequence[str]) -> Chosen:
        """Return what the parameters of an address ask for."""
        requirement = _among(given.get("requirement", ""), requirements)
        state = _among(given.get("state", ""), REQUIREMENT_OUTCOMES) if requirement else ""
        return cls(
            text=given.get("q", "").strip()[:200],
            kind=_among(given.get("kind", ""), KINDS),
            outcome=_among(given.get("outcome", ""), VERDICTS),
            requirement=requirement if state else "",
            state=state,
            sort=_among(given.get("sort", ""), (_NAME, _OUTCOME, *requirements)) or _NAME,
            down=given.get("down") == "1",
            page=_number(given.get("page", ""), 1, 1_000_000),
            size=_number(given.get("size", ""), ROWS, MOST),
        )

    def address(self, **changed: Any) -> str:
        """Return the parameters that ask for the same, but for what is changed."""
        asked, usual = replace(self, **{"page": 1, **changed}), Chosen()
        said = {
            "q": asked.text,
            "kind": asked.kind,
            "outcome": asked.outcome,
            "requirement": asked.requirement,
            "state": asked.state,
            "sort": asked.sort,
            "down": "1" if asked.down else "",
            "page": str(asked.page),
            "size": str(asked.size),
        }
        left = {"sort": usual.sort, "page": "1", "size": str(usual.size)}
        return "?" + urlencode({key: value for key, value in said.items() if value and left.get(key) != value})

    def sorted_by(self, column: str) -> str:
        """Return the parameters that sort by a column; the other way round if that is done already."""
        return self.address(sort=column, down=self.sort == column and not self.down)


@dataclass(frozen=True, slots=True)
class Row:
    """A release: its IRI, its kind, its verdict, and the outcome of each requirement, None where it has none."""

    iri: str
    kind: str
    outcome: str
    outcomes: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A requirement, and how many releases have which outcome of it."""

    requirement: Requirement
    counts: Mapping[str, int]
    bars: tuple[tuple[str, float, float], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the matrix: its rows, and how many there are on all pages."""

    rows: tuple[Row, ...]
    total: int
    chosen: Chosen

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // self.chosen.size))


class Matrix:
    """The matrix of what was assessed.

    Args:
        tables: Where it is read from.
        definition: The version that was assessed against.

    Attributes:
        columns: The requirements, with what all releases come to, drawn as bars from the bottom, the best first.
        verdicts: How many releases have which verdict, the best first.
    """

    def __init__(self, tables: Tables, definition: Definition) -> None:
        self.tables, self.definition = tables, definition
        self.columns = self._columns()
        counts = dict(tables.rows("SELECT outcome, COUNT(*) FROM outcomes GROUP BY outcome"))
        self.verdicts: dict[str, int] = {verdict: counts.get(verdict, 0) for verdict in VERDICTS}

    def _columns(self) -> tuple[Column, ...]:
        ids = self.tables.requirements
        if not ids:
            return ()
        each = [
            f"COUNT(CASE WHEN {_quoted(id_)} = '{word}' THEN 1 END)" for id_ in ids for word in REQUIREMENT_OUTCOMES
        ]
        counts = self.tables.rows(f"SELECT {', '.join(each)} FROM outcomes")[0]
        size, found = len(REQUIREMENT_OUTCOMES), []
        for at, id_ in enumerate(ids):
            of_each = dict(zip(REQUIREMENT_OUTCOMES, counts[at * size : (at + 1) * size], strict=True))
            found.append(Column(self.definition.requirements[id_], of_each, _bars(of_each)))
        return tuple(found)

    def names(self, most: int) -> tuple[str, ...]:
        """Return what all releases are called; nothing where there are more than so many."""
        if sum(self.verdicts.values()) > most:
            return ()
        rows = self.tables.rows("SELECT iri FROM outcomes ORDER BY iri")
        return tuple(short(iri) for (iri,) in rows)

    def page(self, chosen: Chosen) -> Page:
        """Return a page of it; the last one where there are not so many."""
        where, values = _conditions(chosen)
        source = _source(chosen)
        total = self.tables.rows(f"SELECT COUNT(*) FROM {source} WHERE {where}", values)[0][0]
        last = max(1, -(-total // chosen.size))
        chosen = replace(chosen, page=min(chosen.page, last))
        first = (chosen.page - 1) * chosen.size
        shown = self.tables.rows(
            f"SELECT r.subject FROM {_source(chosen, sorts=True)} WHERE {where} "
            f"ORDER BY {_order(chosen)} LIMIT {chosen.size} OFFSET {first}",
            values,
        )
        place = {subject: at for at, (subject,) in enumerate(shown)}
        columns = ", ".join(["subject", "iri", "kind", "outcome", *map(_quoted, self.tables.requirements)])
        listed = ", ".join(map(str, place)) or "NULL"
        rows = self.tables.rows(f"SELECT {columns} FROM outcomes WHERE subject IN ({listed})")
        rows.sort(key=lambda row: place[row[0]])
        return Page(tuple(Row(row[1], row[2], row[3], tuple(row[4:])) for row in rows), total, chosen)


def _source(chosen: Chosen, *, sorts: bool = False) -> str:
    """Return what has to be read to choose rows, and to sort them: no more, since each takes its time at a million."""
    outcomes = bool(chosen.kind or chosen.outcome or chosen.state or (sorts and chosen.sort != _NAME))
    names = sorts or bool(chosen.text)
    if outcomes and names:
        return f"outcomes AS o JOIN {RANKED} AS r ON r.subject = o.subject"
    return f"{RANKED} AS r" if names else "outcomes AS o"


def _conditions(chosen: Chosen) -> tuple[str, list[Any]]:
    """Return the condition that rows have to meet, and the values in it."""
    conditions, values = ["TRUE"], list[Any]()
    for column, value in (("kind", chosen.kind), ("outcome", chosen.outcome), (chosen.requirement, chosen.state)):
        if column and value:
            conditions.append(f"{_quoted(column)} = ?")
            values.append(value)
    if chosen.text:
        conditions.append("contains(r.name, lower(?))")
        values.append(chosen.text)
    return " AND ".join(conditions), values


def _order(chosen: Chosen) -> str:
    """Return what to order by: names, or outcomes from the worst to the best, and what has none at the end."""
    way = "DESC" if chosen.down else "ASC"
    if chosen.sort == _NAME:
        return f"r.rank {way}"
    column = _quoted("outcome" if chosen.sort == _OUTCOME else chosen.sort)
    ranks = " ".join(f"WHEN '{word}' THEN {rank}" for rank, word in enumerate(_WORST))
    return f"CASE {column} {ranks} END {way} NULLS LAST, r.rank"


def _bars(counts: Mapping[str, int]) -> tuple[tuple[str, float, float], ...]:
    """Return the outcome, the top and the height of each part of a bar, in hundredths."""
    whole, bars, top = sum(counts.values()), [], 100.0
    for outcome in ("met", "not-applicable", "needs-judgement", "not-evidenced", "not-met"):
        height = 100 * counts.get(outcome, 0) / whole if whole else 0.0
        if height:
            top -= height
            bars.append((outcome, round(top, 2), round(height, 2)))
    return tuple(bars)


def _among(value: str, known: Sequence[str]) -> str:
    return value if value in known else ""


def _number(text: str, usual: int, most: int) -> int:
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 10 else usual


def _quoted(name: str) -> str:
    """Return the name of a column in quotes."""
    return '"' + name.replace('"', '""') + '"'
