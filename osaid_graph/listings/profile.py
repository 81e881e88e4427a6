"""What is told of a listing, as it is reported: counts, shares by dataset, and the first rows of each kind of gap.

Each class is an object of ``data/schema/listing.schema.json``, which is made from them with what is said of each field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

SCHEMA_VERSION: Final = "1.0"


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file of the listing."""

    name: Annotated[str, "The file, as it was named or found."]
    format: Annotated[str, "parquet, csv, tsv, jsonl or lines."]
    bytes: Annotated[int, "Its size."]
    sha256: Annotated[str | None, "Its SHA-256 digest; null where none was asked for."]
    rows: Annotated[int, "The rows that were read."]
    set_aside: Annotated[int, "Lines or records that are no rows and were put aside."]
    without: Annotated[tuple[str, ...], "Columns with a role that this file does not have: they count as empty."]


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column that has a role."""

    role: Annotated[str, "location, license, source, digest, bytes or date."]
    column: Annotated[str, "Its name, dotted where it is a field of another."]
    convention: Annotated[str | None, "Whose convention it is to call columns so; null where the column was given."]
    says: Annotated[str | None, "Where that is written."]
    base: Annotated[str | None, "What its values are relative to, where they are no addresses."]


@dataclass(frozen=True, slots=True)
class Counted:
    """A value, and the rows that have it."""

    value: Annotated[str, "The value."]
    rows: Annotated[int, "The rows that have it."]


@dataclass(frozen=True, slots=True)
class Mix:
    """The most frequent values, and the rest."""

    distinct: Annotated[int, "How many different values there are."]
    top: Annotated[tuple[Counted, ...], "The most frequent ones."]
    rest: Annotated[int, "The rows that have another value."]


@dataclass(frozen=True, slots=True)
class Places:
    """Where to obtain what the rows list. A row has one of these; only the first two have a place."""

    address: Annotated[int, "Rows with an address or a public identifier."]
    path: Annotated[int, "Rows with a path relative to a base that is known."]
    baseless: Annotated[int, "Rows with a path, of which it is not known what it is relative to."]
    own: Annotated[int, "Rows with a place on somebody's own machine."]
    malformed: Annotated[int, "Rows with something that is no place."]
    placeholder: Annotated[int, "Rows with a word that says nothing."]
    empty: Annotated[int, "Rows with nothing."]

    @property
    def with_place(self) -> int:
        """The rows that say where to obtain what they list."""
        return self.address + self.path

    @property
    def without_place(self) -> int:
        """The rows that do not."""
        return self.baseless + self.own + self.malformed + self.placeholder + self.empty


@dataclass(frozen=True, slots=True)
class Licences:
    """Under which terms what the rows list is. A row has one of these."""

    known: Annotated[int, "Rows with terms that are recognised exactly, as an expression of SPDX."]
    refused: Annotated[int, "Rows that say that no licence is granted."]
    unknown: Annotated[int, "Rows with other words."]
    none: Annotated[int, "Rows with nothing, or a word that says nothing."]
    spdx: Annotated[Mix, "The expressions that are recognised."]
    words: Annotated[Mix, "The words that are not recognised, as they stand."]
    not_looked_up: Annotated[int, "Rows among the unknown whose words are so many that they were not looked up."]


@dataclass(frozen=True, slots=True)
class Digests:
    """Digests of what the rows list."""

    kinds: Annotated[tuple[Counted, ...], "Rows with a well-formed digest, by algorithm."]
    malformed: Annotated[int, "Rows with something that is none."]
    none: Annotated[int, "Rows with nothing."]


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates of what the rows list."""

    stated: Annotated[int, "Rows with a date."]
    malformed: Annotated[int, "Rows with something that is none."]
    none: Annotated[int, "Rows with nothing."]
    first: Annotated[str | None, "The first day, as far as it is stated: YYYY-MM-DD, YYYY-MM or YYYY."]
    last: Annotated[str | None, "The last day."]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of what the rows list, in bytes."""

    stated: Annotated[int, "Rows with a size."]
    malformed: Annotated[int, "Rows with something that is no whole number."]
    none: Annotated[int, "Rows with nothing."]
    total: Annotated[int, "The sum of the sizes."]


@dataclass(frozen=True, slots=True)
class Repeated:
    """Values that stand in more than one row."""

    groups: Annotated[int | None, "How many values do; null where only an approximation was asked for."]
    rows: Annotated[int, "In how many rows they stand; of an approximation, how many rows repeat an earlier one."]
    approximate: Annotated[bool, "Whether this is an approximation."]
    top: Annotated[tuple[Counted, ...], "The values that stand in most rows."]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one dataset, or all that are not shown by themselves."""

    dataset: Annotated[str | None, "The dataset or source that the rows name; null for those that name none."]
    rows: Annotated[int, "Its rows."]
    with_place: Annotated[int, "Those that say where to obtain what they list."]
    known_license: Annotated[int, "Those with terms that are recognised."]
    refused_license: Annotated[int, "Those that say that no licence is granted."]
    unknown_license: Annotated[int, "Those with other words for the terms."]
    no_license: Annotated[int, "Those without terms."]
    digests: Annotated[int, "Those with a well-formed digest."]
    first: Annotated[str | None, "The first day."]
    last: Annotated[str | None, "The last day."]
    bytes: Annotated[int, "The sum of the sizes."]
    repeated: Annotated[
        int | None, "Rows whose place stands in an earlier row of the same dataset; null if not counted."
    ]
    shared: Annotated[int | None, "Rows whose place stands in a row of another dataset as well; null if not counted."]


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows by dataset."""

    column: Annotated[str, "The column that they are told apart by."]
    distinct: Annotated[int, "How many datasets are named."]
    top: Annotated[tuple[Part, ...], "Those with most rows."]
    rest: Annotated[Part | None, "All others together."]


@dataclass(frozen=True, slots=True)
class Example:
    """A row, or line, that shows a gap."""

    file: Annotated[str, "The file."]
    row: Annotated[int | None, "The number of the row, from 1, in a file of Parquet."]
    line: Annotated[int | None, "The line on which the row starts, from 1, in a text."]
    shows: Annotated[str | None, "What stands there, or why it is no row."]


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of gap, and where it is found first."""

    kind: Annotated[str, "What it is."]
    count: Annotated[int, "How many rows or lines have it."]
    first: Annotated[tuple[Example, ...], "The first of them."]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a listing says of the data it lists."""

    tool_version: Annotated[str, "The version of this program."]
    date: Annotated[str, "The day of the profile."]
    engine: Annotated[str, "What counted: duckdb or spark."]
    inputs: Annotated[tuple[FileRead, ...], "The files."]
    sha256: Annotated[
        str | None, "The digest of one file, or of the sorted list of the digests of several, a line each."
    ]
    columns: Annotated[tuple[ColumnRead, ...], "The columns that have a role."]
    unused: Annotated[tuple[str, ...], "All other columns."]
    rows: Annotated[int, "The rows that were read."]
    set_aside: Annotated[int, "Lines or records that are no rows and were put aside."]
    places: Annotated[Places, "Where to obtain what the rows list."]
    licences: Annotated[Licences, "Under which terms it is."]
    sources: Annotated[int, "Rows that name the dataset or source they are from."]
    digests: Annotated[Digests, "Its digests."]
    dates: Annotated[Dates, "Its dates."]
    sizes: Annotated[Sizes, "Its sizes."]
    hosts: Annotated[Mix, "The hosts of addresses."]
    repeated_places: Annotated[Repeated, "Places that stand in more than one row."]
    repeated_digests: Annotated[Repeated, "Digests that stand in more than one row."]
    parts: Annotated[Parts | None, "The rows by dataset; null where no column tells."]
    gaps: Annotated[tuple[Gap, ...], "What rows leave open, and what is no row."]
    notes: Annotated[tuple[str, ...], "Remarks on the input."]

    @property
    def all_placed(self) -> bool:
        """Whether every row says where to obtain what it lists, and nothing was put aside."""
        return not self.places.without_place and not self.set_aside


def percentage(count: int, rows: int) -> str:
    """Return a share that is never more than it is: 100 % is all, and almost all is 99.9 %.

    >>> percentage(999_999, 1_000_000), percentage(3, 3), percentage(1, 3)
    ('99.9 %', '100 %', '33.3 %')
    """
    tenths = count * 1000 // rows
    return "100 %" if count == rows else f"{tenths // 10}.{tenths % 10} %"
