"""The licences this program knows: the SPDX list, what it lacks, how they are spelt and what they restrict.

Spellings are matched exactly, without regard to case and runs of white space. A licence is never guessed from
a similar string: ``unlicensed`` (no licence at all) and ``Unlicense`` (OSI-approved) are similar strings.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import quote, unquote

from osaid_graph.resources import root

Freedom = Literal["use", "study", "modify", "share"]

#: What the definition asks of each freedom, as concepts of the codelist ``code:Freedom`` narrower than the four.
FREEDOMS: dict[Freedom, tuple[str, ...]] = {
    "use": ("use-any-purpose", "use-no-permission"),
    "study": ("study-how", "study-inspect"),
    "modify": ("modify-any-purpose", "modify-output"),
    "share": ("share-unmodified", "share-modified", "share-any-purpose"),
}

SPDX_IRI = "https://spdx.org/licenses/"
#: Where this project's own licence nodes live. A test holds it equal to ``osaid_graph.vocab.LICENSE``, which
#: this package does not import because that needs rdflib.
LICENSE_IRI = "https://w3id.org/osaid-graph/license#"

_URL = re.compile(r"https?://(?:www\.)?([^/?#\s]+)([^?#\s]*)", re.IGNORECASE)
_CREATIVE_COMMONS_PAGE = re.compile(r"/(?:legalcode|deed)(?:\.[a-z]{2,3}(?:[-_][a-z]+)?)?$")
_SIMPLE = re.compile(r"[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Restriction:
    """A freedom that a licence restricts, how, where it says so, and the source of that statement.

    ``license`` is the identifier, ``how`` one plain clause of a sentence, ``source`` a URL. ``limits`` holds which
    part of the freedom it is, by the tokens of :data:`FREEDOMS`.
    """

    license: str
    freedom: Freedom
    limits: tuple[str, ...]
    how: str
    clause: str
    source: str


@dataclass(frozen=True, slots=True)
class LicenseFacts:
    """What is known of one licence.

    ``osi`` and ``fsf`` are the flags of the SPDX list, false for a licence that is not on it. No
    ``restrictions`` means that none was verified: it is no statement that there are none.
    """

    id: str
    name: str
    url: str
    osi: bool = False
    fsf: bool = False
    deprecated: bool = False
    restrictions: tuple[Restriction, ...] = ()
    note: str = ""

    @property
    def iri(self) -> str:
        """The IRI of the licence (see :func:`license_iri`)."""
        return license_iri(self.id)

    @property
    def label(self) -> str:
        """What to call the licence in a sentence: its SPDX id, or its name where SPDX has no id."""
        return self.name if self.id.startswith("LicenseRef-") else self.id


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a licence field that names no licence.

    ``kind`` is ``not-evidenced`` (it says nothing that can be evaluated) or ``no-terms`` (it says that
    no licence is granted).
    """

    kind: Literal["not-evidenced", "no-terms"]
    meaning: str


class LicenseCatalogue:
    """The licence data of ``data/licenses/``, looked up by exact spelling.

    Attributes:
        list_version: Version of the SPDX License List.
        list_released: Its date of release, ISO 8601.
        reviewed: When the AI and data licences were last reviewed, ISO 8601.
    """

    def __init__(self, spdx: dict[str, Any], ai: dict[str, Any], aliases: dict[str, Any]) -> None:
        self.list_version: str = spdx["list_version"]
        self.list_released: str = spdx["released"]
        self.reviewed: str = ai["reviewed"]
        self._licenses = _licenses(spdx, ai)
        self._ids = {key.casefold(): key for key in self._licenses}
        self._exceptions = {key.casefold(): key for key in spdx["exceptions"]}
        self._successors: dict[str, str] = {
            key: row["successor"] for key, row in spdx["licenses"].items() if "successor" in row
        }
        self._tokens = {
            _key(spelling): Token(row["kind"], row["meaning"]) for row in ai["tokens"] for spelling in row["spellings"]
        }
        self._names = self._spellings(ai, aliases)
        self._urls: dict[str, str] = {
            url.casefold().removeprefix("www."): key
            for table in (aliases["urls"], {key: row.get("urls", ()) for key, row in ai["licenses"].items()})
            for key, urls in table.items()
            for url in urls
        }
        self._prefixes: list[tuple[str, tuple[str, ...]]] = [
            (row["prefix"], tuple(row["suffixes"])) for row in aliases["url_prefixes"]
        ]

    def _spellings(self, ai: dict[str, Any], aliases: dict[str, Any]) -> dict[str, str]:
        """Map every spelling to its expression; a full name that two licences share maps to neither."""
        full_names: dict[str, set[str]] = {}
        for key, facts in self._licenses.items():
            full_names.setdefault(_key(facts.name), set()).add(self._successors.get(key, key))
        spellings = {name: next(iter(keys)) for name, keys in full_names.items() if len(keys) == 1}
        for key, names in aliases["names"].items():
            spellings.update((_key(name), key) for name in names)
        for key, row in ai["licenses"].items():
            spellings.update((_key(name), key) for name in row.get("aliases", ()))
        spellings.update((_key(name), key) for name, key in aliases["hub"]["ids"].items() if key is not None)
        return spellings

    def ids(self) -> tuple[str, ...]:
        """Every licence identifier, sorted without regard to case."""
        return tuple(self._licenses[self._ids[key]].id for key in sorted(self._ids))

    def license(self, identifier: str) -> LicenseFacts | None:
        """Return what is known of the licence with this identifier (any case), None where it is not known."""
        key = self._ids.get(identifier.casefold())
        return None if key is None else self._licenses[key]

    def exception(self, identifier: str) -> str | None:
        """Return the SPDX spelling of a licence exception, None where the list does not have it."""
        return self._exceptions.get(identifier.casefold())

    def successor(self, identifier: str) -> str | None:
        """Return the expression that replaces a deprecated SPDX identifier, None where there is none."""
        return self._successors.get(identifier)

    def token(self, text: str) -> Token | None:
        """Return what a word that names no licence means, None where ``text`` is not such a word."""
        return self._tokens.get(_key(text))

    def spelling(self, text: str) -> str | None:
        """Return the expression for an exact identifier, name or alias, None for anything else."""
        facts = self.license(text)
        if facts is not None:
            return self._successors.get(facts.id, facts.id)
        return self._names.get(_key(text))

    def url(self, text: str) -> str | None:
        """Return the expression for the URL of a licence's text or page, None where ``text`` is no such URL.

        ``http`` and ``https``, ``www.``, a final slash and the pages Creative Commons keeps beside a licence
        (``legalcode``, ``deed.fr``) make no difference. A query or fragment does: it is another document.
        """
        if text.startswith((LICENSE_IRI, "http" + LICENSE_IRI.removeprefix("https"))):
            return unquote(text.partition("#")[2])
        found = _URL.fullmatch(text)
        if found is None:
            return None
        place = (found[1] + found[2]).casefold().rstrip("/")
        if place.startswith("creativecommons.org/"):
            place = _CREATIVE_COMMONS_PAGE.sub("", place.removesuffix(".txt")).rstrip("/")
        if place in self._urls:
            return self._urls[place]
        for prefix, suffixes in self._prefixes:
            if place.startswith(prefix):
                name = place.removeprefix(prefix)
                for suffix in suffixes:
                    name = name.removesuffix(suffix)
                return self.spelling(unquote(name))
        return None


@lru_cache(maxsize=1)
def catalogue() -> LicenseCatalogue:
    """Return the licence data shipped with this program, read once."""
    folder = root() / "data" / "licenses"
    spdx, ai, aliases = (
        json.loads((folder / name).read_text(encoding="utf-8")) for name in ("spdx.json", "ai.json", "aliases.json")
    )
    return LicenseCatalogue(spdx, ai, aliases)


def license_iri(expression: str) -> str:
    """Return the IRI of a licence or of a compound expression.

    An SPDX licence has the IRI the SPDX list gives it; a ``LicenseRef-`` one in this project's namespace;
    anything compound is one node of that namespace, named by the percent-encoded expression.

    >>> license_iri("Apache-2.0")
    'https://spdx.org/licenses/Apache-2.0'
    >>> license_iri("MIT OR Apache-2.0")
    'https://w3id.org/osaid-graph/license#MIT%20OR%20Apache-2.0'
    """
    special = expression.startswith("LicenseRef-") or expression in ("NONE", "NOASSERTION")
    if _SIMPLE.fullmatch(expression) and not special:
        return SPDX_IRI + expression
    return LICENSE_IRI + quote(expression, safe="")


def _key(text: str) -> str:
    """Return ``text`` as it is compared: without case and runs of white space."""
    return " ".join(text.split()).casefold()


def _licenses(spdx: dict[str, Any], ai: dict[str, Any]) -> dict[str, LicenseFacts]:
    """Join the SPDX list, the licences it lacks and the restrictions of both."""
    restrictions: dict[str, list[Restriction]] = {}
    for row in ai["restrictions"]:
        for key in row["licenses"]:
            restrictions.setdefault(key, []).append(_restriction(key, row))
    licenses = {
        key: LicenseFacts(
            id=key,
            name=row["name"],
            url=SPDX_IRI + key,
            osi=row["osi"],
            fsf=row["fsf"],
            deprecated=row["deprecated"],
            restrictions=tuple(restrictions.get(key, ())),
        )
        for key, row in spdx["licenses"].items()
    }
    for key, row in ai["licenses"].items():
        licenses[key] = LicenseFacts(
            id=key,
            name=row["name"],
            url=row["url"],
            restrictions=tuple(_restriction(key, each) for each in row.get("restricts", ())),
            note=row.get("note", ""),
        )
    return licenses


def _restriction(key: str, row: dict[str, Any]) -> Restriction:
    limits = tuple(row["limits"])
    freedom = next(freedom for freedom, parts in FREEDOMS.items() if set(limits) <= set(parts))
    return Restriction(key, freedom, limits, row["how"], row["clause"], row["source"])
