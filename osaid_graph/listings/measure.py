"""Count what the rows of a listing say, in few queries over all of them.

One query groups all rows by dataset and licence and counts all that a row says by itself; hosts, and what stands in
more rows than one, take a query each; the first rows with a gap one a kind of gap that there is. What is held in memory
are groups, and engines let these go to disk where they are many.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from osaid_graph.engines import Engine
from osaid_graph.listings import kinds
from osaid_graph.listings.licences import MOST_LOOKED_UP, LookedUp, look_up
from osaid_graph.listings.profile import Counted, Dates, Digests, Mix, Part, Parts, Places, Repeated, Sizes
from osaid_graph.listings.table import LISTING

#: Values of which the first are named as examples.
EXAMPLES: Final = 3
_CELLS: Final = "listing_cells"
#: The table of texts for licences that are more than unknown: ``words`` and their ``kind``.
WORDS: Final = "listing_words"
_REPEATED: Final = "listing_repeated"
_AGAIN: Final = "listing_again"

#: Sums over the groups of rows: name -> the condition under which a row counts.
_SUMS: Final[Mapping[str, str]] = {
    **{place: f"place = '{place}'" for place in kinds.PLACES},
    **{name: f"digest_kind = '{name}'" for name in kinds.ALGORITHMS.values()},
    "bad_digest": "digest_kind = 'malformed'",
    "named_digest": "strpos(digest, ':') > 0 OR strpos(digest, '-') > 0",
    "sourced": "has_source",
    "dated": "day IS NOT NULL OR second IS NOT NULL",
    "bad_date": "says_date AND day IS NULL AND second IS NULL",
    "sized": "size IS NOT NULL",
    "bad_size": "says_size AND size IS NULL",
}
_TOTALS: Final = (
    "min(day) AS first_day, max(day) AS last_day, min(second) AS first_second, max(second) AS last_second, "
    "sum(size) AS size"
)
#: The same of groups.
_OF_GROUPS: Final = (
    "min(first_day) AS first_day, max(last_day) AS last_day, min(first_second) AS first_second, "
    "max(last_second) AS last_second, sum(size) AS size"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a listing.

    ``based`` says that paths are relative to something known, ``algorithm`` what digests are of (empty where each may
    be of another), ``top`` how many values of a kind are named, ``approximate`` not to count exactly what repeats.
    """

    based: bool
    algorithm: str
    top: int
    approximate: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums over all rows."""

    rows: int
    places: Places
    sources: int
    digests: Digests
    dates: Dates
    sizes: Sizes


class Measurement:
    """Queries over the table of rows of one listing.

    Args:
        engine: The engine that has it.
        asked: What is asked.
    """

    def __init__(self, engine: Engine, asked: Asked) -> None:
        self.engine = engine
        self.asked = asked
        self.place = kinds.place("location", based=asked.based)
        self.digest = kinds.digest("lower(digest)", asked.algorithm)

    def group(self) -> None:
        """Group all rows by dataset and licence: the query that most others follow from."""
        sums = ", ".join(f"sum(CASE WHEN {condition} THEN 1 ELSE 0 END) AS {name}" for name, condition in _SUMS.items())
        self.engine.table(
            _CELLS,
            f"SELECT part, license, count(*) AS n, {sums}, {_TOTALS} FROM ("
            "SELECT coalesce(part, '') AS part, coalesce(license, '') AS license, "
            f"{self.place} AS place, digest, {self.digest} AS digest_kind, "
            f"{kinds.says_something('source')} AS has_source, "
            f"{kinds.says_something('date')} AS says_date, {kinds.day('date')} AS day, "
            f"{kinds.seconds('date')} AS second, {kinds.says_something('bytes')} AS says_size, "
            f"{kinds.size('bytes')} AS size FROM {LISTING}) AS r GROUP BY part, license",
        )

    def totals(self) -> Totals:
        """Return the sums over all rows."""
        columns = [f"sum({name})" for name in _SUMS]
        got = self.engine.rows(f"SELECT sum(n), {', '.join(columns)}, {_OF_GROUPS} FROM {_CELLS}")[0]
        n = {name: int(value or 0) for name, value in zip(("n", *_SUMS), got[:-5], strict=True)}
        rows, size = n["n"], int(got[-1] or 0)
        first, last = _days(*got[-5:-1])
        path, based = n["path"], self.asked.based
        well_formed = [Counted(name, n[name]) for name in kinds.ALGORITHMS.values() if n[name]]
        digests = sum(each.rows for each in well_formed)
        return Totals(
            rows,
            Places(
                address=n["address"],
                path=path if based else 0,
                baseless=0 if based else path,
                own=n["own"],
                malformed=n["malformed"],
                placeholder=n["placeholder"],
                empty=n["empty"],
            ),
            n["sourced"],
            Digests(tuple(well_formed), n["bad_digest"], rows - digests - n["bad_digest"]),
            Dates(n["dated"], n["bad_date"], rows - n["dated"] - n["bad_date"], first, last),
            Sizes(n["sized"], n["bad_size"], rows - n["sized"] - n["bad_size"], size),
        )

    def licences(self) -> list[LookedUp]:
        """Look up the texts for licences, those with most rows first, and keep what they are for other queries."""
        found = self.engine.rows(
            f"SELECT license, sum(n) AS n FROM {_CELLS} GROUP BY license "
            f"ORDER BY n DESC, license LIMIT {MOST_LOOKED_UP}"
        )
        looked_up = [look_up(words, int(rows)) for words, rows in found]
        kept = [(each.words, each.kind) for each in looked_up if each.kind != "unknown"]
        self.engine.values(WORDS, {"words": "VARCHAR", "kind": "VARCHAR"}, kept)
        return looked_up

    def hosts(self) -> Mix:
        """Return the hosts of addresses."""
        grouped = (
            f"SELECT {kinds.bare_host('place')} AS host, sum(n) AS n FROM ("
            f"SELECT {kinds.host('location')} AS place, count(*) AS n FROM {LISTING} "
            f"WHERE {self.place} = 'address' AND strpos(location, '://') > 0 GROUP BY {kinds.host('location')}"
            f") AS p GROUP BY {kinds.bare_host('place')}"
        )
        self.engine.table("listing_hosts", grouped)
        return self._mix("listing_hosts", "host")

    def _mix(self, table: str, column: str) -> Mix:
        distinct, rows = self.engine.rows(f"SELECT count(*), sum(n) FROM {table}")[0]
        top = self.engine.rows(f"SELECT {column}, n FROM {table} ORDER BY n DESC, {column} LIMIT {self.asked.top}")
        named = tuple(Counted(value, int(n)) for value, n in top)
        return Mix(int(distinct), named, int(rows or 0) - sum(each.rows for each in named))

    def repeated_places(self) -> Repeated:
        """Return the places that stand in more than one row; paths count whatever they are relative to."""
        return self._repeated("location", "location", kinds.place("value", based=self.asked.based), ("address", "path"))

    def repeated_digests(self) -> Repeated:
        """Return the digests that do; :meth:`group` was asked before."""
        algorithms = tuple(kinds.ALGORITHMS.values())
        named = self.engine.rows(f"SELECT sum(named_digest) FROM {_CELLS}")[0][0]
        if not named:  # then each stands as it is compared, and only what repeats need be looked at
            kind = kinds.digest("value", self.asked.algorithm)
            return self._repeated("digest", "lower(digest)", kind, algorithms)
        well_formed = f"{self.digest} IN ({kinds.listed(algorithms)})"
        return self._repeated("digest", f"CASE WHEN {well_formed} THEN {kinds.digits('lower(digest)')} END")

    def _repeated(self, name: str, value: str, kind: str = "", allowed: tuple[str, ...] = ()) -> Repeated:
        """Count what repeats; ``kind`` is asked of repeated values alone, and must be one that is allowed."""
        if self.asked.approximate:
            select = f"SELECT count({value}), approx_count_distinct({value}) FROM {LISTING}"
            rows, distinct = self.engine.rows(select)[0]
            return Repeated(None, max(0, int(rows) - int(distinct)), True, ())
        table = f"{_REPEATED}_{name}"
        grouped = (
            f"SELECT {value} AS value, count(*) AS n FROM {LISTING} WHERE {name} IS NOT NULL "
            f"GROUP BY {value} HAVING count(*) > 1"
        )
        fits = f" WHERE {kind} IN ({kinds.listed(allowed)})" if kind else " WHERE value IS NOT NULL"
        self.engine.table(table, f"SELECT value, n FROM ({grouped}) AS g{fits}")
        groups, all_rows = self.engine.rows(f"SELECT count(*), sum(n) FROM {table}")[0]
        top = self.engine.rows(f"SELECT value, n FROM {table} ORDER BY n DESC, value LIMIT {EXAMPLES}")
        return Repeated(int(groups), int(all_rows or 0), False, tuple(Counted(v, int(n)) for v, n in top))

    def parts(self, column: str) -> Parts:
        """Return the rows by dataset; :meth:`repeated_places` was asked before."""
        digests = " + ".join(kinds.ALGORITHMS.values())
        placed = "address + path" if self.asked.based else "address"
        kinds_ = ("known", "refused", "none")
        licensed = ", ".join(f"sum(CASE WHEN k.kind = '{kind}' THEN n ELSE 0 END) AS {kind}" for kind in kinds_)
        self.engine.table(
            "listing_parts",
            f"SELECT c.part AS part, sum(n) AS n, sum({placed}) AS placed, "
            f"{licensed}, sum({digests}) AS digests, {_OF_GROUPS} "
            f"FROM {_CELLS} AS c LEFT JOIN {WORDS} AS k ON k.words = c.license GROUP BY c.part",
        )
        select = "SELECT p.*, a.repeated AS repeated, a.shared AS shared FROM listing_parts AS p "
        if self.asked.approximate:
            select = "SELECT p.*, NULL AS repeated, NULL AS shared FROM listing_parts AS p "
        else:
            self._again_by_part()
            select += f"LEFT JOIN {_AGAIN} AS a ON a.part = p.part "
        self.engine.table("listing_by_part", select)
        distinct = self.engine.rows("SELECT count(*) FROM listing_by_part WHERE part <> ''")[0][0]
        order = "ORDER BY n DESC, part"
        self.engine.table("listing_top", f"SELECT * FROM listing_by_part {order} LIMIT {self.asked.top}")
        top = [self._part(row) for row in self.engine.rows(f"SELECT * FROM listing_top {order}")]
        rest = self.engine.rows(
            f"SELECT '', sum(n), sum(placed), sum(known), sum(refused), sum(none), sum(digests), {_OF_GROUPS}, "
            "sum(repeated), sum(shared) "
            f"FROM listing_by_part WHERE part NOT IN (SELECT part FROM listing_top)"
        )[0]
        return Parts(column, int(distinct), tuple(top), self._part(rest) if rest[1] else None)

    def _again_by_part(self) -> None:
        """Count by dataset the rows whose place is in an earlier row of it, and those whose place others have too."""
        repeated = f"SELECT value FROM {_REPEATED}_location"
        self.engine.table(
            _AGAIN,
            "SELECT part, sum(n - 1) AS repeated, sum(CASE WHEN parts > 1 THEN n ELSE 0 END) AS shared FROM ("
            "SELECT part, n, count(*) OVER (PARTITION BY location) AS parts FROM ("
            f"SELECT coalesce(part, '') AS part, location, count(*) AS n FROM {LISTING} "
            f"WHERE location IN ({repeated}) GROUP BY coalesce(part, ''), location) AS g) AS w GROUP BY part",
        )

    def _part(self, row: tuple[Any, ...]) -> Part:
        part, rows, placed, known, refused, none, digests, *days, size, repeated, shared = row
        first, last = _days(*days)
        counted = not self.asked.approximate
        return Part(
            dataset=part or None,
            rows=int(rows),
            with_place=int(placed),
            known_license=int(known),
            refused_license=int(refused),
            unknown_license=int(rows) - int(known) - int(refused) - int(none),
            no_license=int(none),
            digests=int(digests),
            first=first,
            last=last,
            bytes=int(size or 0),
            repeated=int(repeated or 0) if counted else None,
            shared=int(shared or 0) if counted else None,
        )


def _days(first: str | None, last: str | None, start: int | None, end: int | None) -> tuple[str | None, str | None]:
    """Return the first and the last day of those that were stated as such and as seconds since 1970."""
    days = [day for day in (first, last, *map(_day, (start, end))) if day is not None]
    return (min(days), max(days)) if days else (None, None)


def _day(second: int | None) -> str | None:
    return None if second is None else datetime.datetime.fromtimestamp(int(second), datetime.UTC).date().isoformat()
