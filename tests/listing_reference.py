"""What a profile of a listing comes to, worked out row by row in plain Python: the reference for the queries."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.listings.examine import Wishes, profile
from osaid_graph.listings.profile import Counted, Dates, Digests, Mix, Part, Places, Profile, Repeated, Sizes

ROOT = Path(__file__).resolve().parent.parent
MEMORY = 256 << 20
HEX = set("0123456789abcdef")
LENGTHS = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}


@dataclass(frozen=True)
class Row:
    """A row as its cells stand in the listing; None where nothing stands."""

    location: str | None = None
    license: str | None = None
    source: str | None = None
    digest: str | None = None
    bytes: str | None = None
    date: str | None = None


def profiled(*inputs: Path, **wishes: object) -> Profile:
    """Return the profile of files, counted by DuckDB."""
    engine = DuckDB(MEMORY, threads=1)
    try:
        return profile(
            [str(path) for path in inputs],
            engine,
            "duckdb",
            wishes=Wishes(**wishes),  # type: ignore[arg-type]
            today=datetime.date(2026, 11, 23),
        )
    finally:
        engine.close()


@cache
def _words() -> frozenset[str]:
    addresses = yaml.safe_load((ROOT / "data" / "listings" / "addresses.yaml").read_text("utf-8"))
    names = yaml.safe_load((ROOT / "data" / "placeholders.yaml").read_text("utf-8"))
    found = {str(word) for group in addresses["words"] for word in group["words"]}
    return frozenset(found | {str(name).lower() for group in names.values() for name in group["names"]})


@cache
def _schemes() -> frozenset[str]:
    return frozenset(yaml.safe_load((ROOT / "data" / "listings" / "addresses.yaml").read_text("utf-8"))["schemes"])


def said(cell: str | None) -> str | None:
    """Return a cell without the spaces around it; None where nothing is left."""
    return (cell or "").strip(" ") or None


def place(cell: str | None, based: bool) -> str:
    """Return what a cell for a place holds."""
    text = said(cell)
    if text is None:
        return "empty"
    blank = any(ord(character) <= 0x20 for character in text)
    scheme, colon, rest = text.partition("://")
    if colon and scheme.lower() in _schemes() and rest[:1] not in ("", "/", "?", "#") and not blank:
        return "address"
    if re.match(r"(doi:)?10\.\d{4,9}(\.\d+)*/", text, re.IGNORECASE) and not blank:
        return "address"
    if text.lower() in _words():
        return "placeholder"
    if text.lower().startswith(("file:", "hdfs:", "dbfs:", "~", "\\\\")) or re.match(r"[A-Za-z]:[\\/]", text):
        return "own"
    if text.lower().startswith(("www.", "//")):
        return "malformed"
    if text.startswith("/") and not based:
        return "own"
    path = text.removeprefix("/")
    if blank or not path or any(sign in text for sign in "?#"):
        return "malformed"
    before, slash, _ = path.partition("/")
    return "malformed" if ":" in (before if slash else path) else "path"


def digest(cell: str | None, algorithm: str) -> tuple[str, str]:
    """Return the algorithm of a digest and its digits; ``malformed`` or ``empty`` where it is none."""
    text = (said(cell) or "").lower()
    if not text or text in _words():
        return "empty", ""
    name, sign, digits = text.partition(":") if ":" in text else text.partition("-")
    if text.startswith("sha-") and text[4:7].isdigit():
        name, sign, digits = text[:7], text[7:8], text[8:]
        if not text[7:8] and text[4:].isdigit():
            return "malformed", ""
    lead = name.replace("-", "") if sign in (":", "-") and digits else ""
    digits = digits if lead else text
    found = LENGTHS.get(len(digits), "") if set(digits) <= HEX else ""
    if found and lead in ("", found) and algorithm in ("", found):
        return found, digits
    base_32 = len(digits) == 32 and set(digits) <= set("abcdefghijklmnopqrstuvwxyz234567")
    if base_32 and lead in ("", "sha1") and algorithm in ("", "sha1"):
        return "sha1", digits
    return "malformed", ""


def day(cell: str | None) -> str | None:
    """Return the day that a cell says, as far as it goes."""
    text = said(cell) or ""
    if re.fullmatch(r"[0-9]{9,10}|[0-9]{13}", text):
        seconds = int(text[:10])
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    if re.fullmatch(r"[0-9]{8}([0-9]{6})?", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    parts = text[:10].split("-")
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}([T ].*)?)?)?", text):
        return None
    fits = all(1 <= int(part) <= most for part, most in zip(parts[1:], (12, 31), strict=False))
    return text[:10] if fits else None


def size(cell: str | None) -> int | None:
    """Return the number of bytes that a cell says."""
    found = re.fullmatch(r"([0-9]{1,18})(\.0+)?", said(cell) or "")
    return int(found[1]) if found else None


def is_said(cell: str | None) -> bool:
    """Tell whether a cell holds something other than a word that says nothing."""
    text = said(cell)
    return text is not None and text.lower() not in _words()


def host(cell: str | None) -> str:
    """Return the host of an address, which may be none."""
    text = (said(cell) or "").split("/")
    found = text[2] if len(text) > 2 and "://" in (said(cell) or "") else ""
    found = re.split(r"[?#]", found.lower().rpartition("@")[2])[0]
    return re.sub(r":[0-9]*$", "", found)


@dataclass(frozen=True)
class Expected:
    """The parts of a profile that are compared."""

    places: Places
    sources: int
    digests: Digests
    dates: Dates
    sizes: Sizes
    hosts: Mix
    repeated_places: Repeated
    repeated_digests: Repeated
    parts: tuple[Part, ...]


def expected(rows: Sequence[Row], licences: dict[str, str], *, based: bool = False, algorithm: str = "") -> Expected:
    """Return what a profile of rows has to say.

    Args:
        rows: The rows.
        licences: What texts for licences are: known, refused, unknown or none.
        based: Whether paths have something that they are relative to.
        algorithm: What digests are of; empty for any.
    """
    places = Counter(place(row.location, based) for row in rows)
    path = places.pop("path", 0)
    digests = Counter(digest(row.digest, algorithm)[0] for row in rows)
    days = [day(row.date) for row in rows]
    stated = sorted(found for found in days if found)
    sizes = [size(row.bytes) for row in rows]
    addresses = [row for row in rows if place(row.location, based) == "address" and "://" in str(row.location)]
    hosts = Counter(host(row.location) for row in addresses)
    bad_day = sum(is_said(row.date) and found is None for row, found in zip(rows, days, strict=True))
    bad_size = sum(is_said(row.bytes) and found is None for row, found in zip(rows, sizes, strict=True))
    sized = [found for found in sizes if found is not None]
    good = sum(count for name, count in digests.items() if name not in ("empty", "malformed"))
    return Expected(
        Places(path=path if based else 0, baseless=0 if based else path, **_kinds(places)),
        sum(is_said(row.source) for row in rows),
        Digests(
            tuple(Counted(name, digests[name]) for name in LENGTHS.values() if digests[name]),
            digests["malformed"],
            len(rows) - good - digests["malformed"],
        ),
        Dates(
            len(stated),
            bad_day,
            len(rows) - len(stated) - bad_day,
            stated[0] if stated else None,
            stated[-1] if stated else None,
        ),
        Sizes(len(sized), bad_size, len(rows) - len(sized) - bad_size, sum(sized)),
        Mix(len(hosts), tuple(_top(hosts, len(rows))), 0),
        _repeated(said(row.location) for row in rows if place(row.location, based) in ("address", "path")),
        _repeated(found for kind, found in (digest(row.digest, algorithm) for row in rows) if found),
        tuple(_parts(rows, licences, based, algorithm)),
    )


def _kinds(places: Counter[str]) -> dict[str, int]:
    return {kind: places[kind] for kind in ("address", "own", "malformed", "placeholder", "empty")}


def _top(counts: Counter[str], most: int) -> list[Counted]:
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Counted(value, rows) for value, rows in order[:most]]


def _repeated(values: Iterable[str | None]) -> Repeated:
    counts = Counter(value for value in values if value is not None)
    again = Counter({value: rows for value, rows in counts.items() if rows > 1})
    return Repeated(len(again), sum(again.values()), False, tuple(_top(again, 3)))


def _parts(rows: Sequence[Row], licences: dict[str, str], based: bool, algorithm: str) -> list[Part]:
    by: dict[str, list[Row]] = defaultdict(list)
    homes: dict[str | None, set[str]] = defaultdict(set)
    has = ("address", "path")
    for row in rows:
        by[said(row.source) or ""].append(row)
        homes[said(row.location)].add(said(row.source) or "")
    found = []
    for name, mine in sorted(by.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        days = sorted(each for each in (day(row.date) for row in mine) if each)
        kinds = Counter(licences[said(row.license) or ""] for row in mine)
        placed = [said(row.location) for row in mine if place(row.location, based) in has]
        counted = has if based else ("address",)
        found.append(
            Part(
                dataset=name or None,
                rows=len(mine),
                with_place=sum(place(row.location, based) in counted for row in mine),
                known_license=kinds["known"],
                refused_license=kinds["refused"],
                unknown_license=kinds["unknown"],
                no_license=kinds["none"],
                digests=sum(bool(digest(row.digest, algorithm)[1]) for row in mine),
                first=days[0] if days else None,
                last=days[-1] if days else None,
                bytes=sum(size(row.bytes) or 0 for row in mine),
                repeated=len(placed) - len(set(placed)),
                shared=sum(len(homes[each]) > 1 for each in placed),
            )
        )
    return found
