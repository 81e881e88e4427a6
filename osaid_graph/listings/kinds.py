"""What the cells of a listing are: places, digests and dates, told in SQL that every engine runs.

Each function returns an expression over the columns of the table of rows (:mod:`osaid_graph.listings.table`). Texts are
compared in lower case; spaces around them were taken off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, Literal, get_args

from osaid_graph.identity import placeholder_words
from osaid_graph.resources import root

#: What a cell for a place holds: an address; a path, which is a place where it is known relative to what; or none.
Place = Literal["address", "path", "own", "malformed", "placeholder", "empty"]
PLACES: Final[tuple[Place, ...]] = get_args(Place)
#: Digits in hexadecimal -> the algorithm whose digests are so long.
ALGORITHMS: Final[Mapping[int, str]] = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
#: Characters that no address has (RFC 3986), in the words of regular expressions of every engine.
_BLANK: Final = r"\x00-\x20"


@cache
def _addresses() -> Any:
    import yaml

    return yaml.safe_load((root() / "data" / "listings" / "addresses.yaml").read_text("utf-8"))


@cache
def words() -> tuple[str, ...]:
    """Return the words that stand in cells and say nothing, in lower case and sorted."""
    found = {word for group in _addresses()["words"] for word in group["words"]}
    return tuple(sorted(found | placeholder_words()))


@cache
def address_pattern() -> str:
    """Return the regular expression of an address, or identifier, where others can obtain something."""
    schemes = "|".join(map(re.escape, _addresses()["schemes"]))
    known = "|".join(_addresses()["identifiers"])
    return f"^(?i:(?:{schemes})://[^/?#{_BLANK}]|{known})[^{_BLANK}]*$"


@cache
def _own_pattern() -> str:
    starts = "|".join(map(re.escape, _addresses()["own"]))
    return rf"^(?i:{starts}|[a-z]:[\\/]|\\\\)"


#: A path of RFC 3986 without what looks like a scheme or a host: ``data/a.parquet``, ``/data/a.parquet``, ``org/name``.
_PATH: Final = f"^(?:/?[^/:?#{_BLANK}][^:?#{_BLANK}]*|/?[^:?#{_BLANK}]*/[^?#{_BLANK}]*)$"
_HOST_ONLY: Final = "^(?i:www[.]|//)"


def is_address(text: str) -> bool:
    """Tell whether a text is an address where others can obtain something.

    >>> is_address("https://example.org/a"), is_address("s3://bucket/a"), is_address("doi:10.5281/zenodo.7")
    (True, True, True)
    >>> is_address("data/a.parquet"), is_address("https://"), is_address("https://example.org/a b")
    (False, False, False)
    """
    return re.fullmatch(address_pattern(), text) is not None


def place(column: str, *, based: bool) -> str:
    """Return which of :data:`PLACES` a text is; where ``based``, a path that starts with a slash is one of the base."""
    on_own = f"regexp_matches({column}, {text(_own_pattern())})"
    if not based:
        on_own = f"({on_own} OR starts_with({column}, '/') AND NOT starts_with({column}, '//'))"
    return (
        f"CASE WHEN {column} IS NULL THEN 'empty' "
        f"WHEN regexp_matches({column}, {text(address_pattern())}) THEN 'address' "
        f"WHEN lower({column}) IN ({listed(words())}) THEN 'placeholder' "
        f"WHEN {on_own} THEN 'own' "
        f"WHEN regexp_matches({column}, {text(_HOST_ONLY)}) THEN 'malformed' "
        f"WHEN regexp_matches({column}, {text(_PATH)}) THEN 'path' ELSE 'malformed' END"
    )


def says_something(column: str) -> str:
    """Return whether a text is there and no word that says nothing."""
    return f"({column} IS NOT NULL AND lower({column}) NOT IN ({listed(words())}))"


def digest(column: str, algorithm: str) -> str:
    """Return which algorithm's digest a text is: ``malformed`` for none that is known, ``empty`` where nothing is said.

    Args:
        column: The text, in lower case.
        algorithm: What it must be; empty where that is not known. An algorithm may stand before the digits, behind it a
            colon or hyphen. SHA-1 may be in base 32 (RFC 4648), as archives of the web write it.
    """
    allowed = [name for name in ALGORITHMS.values() if algorithm in ("", name)]
    tests = []
    for digits, name in ALGORITHMS.items():
        if name in allowed:
            lead = name if name == "md5" else f"{name}|{name.replace('sha', 'sha-')}"
            tests.append(f"WHEN regexp_matches({column}, '^(?:(?:{lead})[:-])?[0-9a-f]{{{digits}}}$') THEN '{name}'")
    base_32 = "'^(?:sha-?1:)?[a-z2-7]{32}$'"
    if "sha1" in allowed:
        tests.append(f"WHEN regexp_matches({column}, {base_32}) THEN 'sha1'")
    word = f"WHEN {column} IN ({listed(words())}) THEN 'empty'"
    return f"CASE WHEN {column} IS NULL THEN 'empty' {' '.join(tests)} {word} ELSE 'malformed' END"


def digits(column: str) -> str:
    """Return the digits of a digest without the name of its algorithm."""
    return f"regexp_replace({column}, '^(?:md5|sha-?[0-9]+)[:-]', '', 'g')"


def day(column: str) -> str:
    """Return the day that a text starts with, as far as it goes: ``2024-05-31``, ``2024-05``, ``2024``; or NULL."""
    month, day_ = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
    compact = f"concat(substr({column}, 1, 4), '-', substr({column}, 5, 2), '-', substr({column}, 7, 2))"
    return (
        f"CASE WHEN regexp_matches({column}, '^[0-9]{{4}}-{month}-{day_}(?:[T ].*)?$') THEN substr({column}, 1, 10) "
        f"WHEN regexp_matches({column}, '^[0-9]{{4}}{month}{day_}(?:[0-9]{{6}})?$') THEN {compact} "
        f"WHEN regexp_matches({column}, '^[0-9]{{4}}(?:-{month})?$') THEN {column} END"
    )


def seconds(column: str) -> str:
    """Return the seconds since 1970 that a text of 9 or 10 digits is, or of 13, in milliseconds; NULL for any other."""
    return (
        f"CASE WHEN regexp_matches({column}, '^[0-9]{{9,10}}$') THEN CAST({column} AS BIGINT) "
        f"WHEN regexp_matches({column}, '^[0-9]{{13}}$') THEN CAST(substr({column}, 1, 10) AS BIGINT) END"
    )


def size(column: str) -> str:
    """Return the number of bytes that a text is, NULL for any that is no whole number."""
    return (
        f"CASE WHEN regexp_matches({column}, '^[0-9]{{1,18}}(?:[.]0+)?$') "
        f"THEN CAST(split_part({column}, '.', 1) AS BIGINT) END"
    )


def host(column: str) -> str:
    """Return what stands where an address has its host, with all that may stand around it."""
    return f"split_part({column}, '/', 3)"


def bare_host(column: str) -> str:
    """Return the host of what :func:`host` gave: without the user, the port and a query, in lower case."""
    without_user = f"regexp_replace(lower({column}), '^[^@]*@', '', 'g')"
    return f"regexp_replace({without_user}, '(?::[0-9]*)?(?:[?#].*)?$', '', 'g')"


def text(value: str) -> str:
    """Return a text as SQL has it."""
    return "'" + value.replace("'", "''") + "'"


def listed(values: Iterable[str]) -> str:
    """Return texts for ``IN``."""
    return ", ".join(map(text, values))
