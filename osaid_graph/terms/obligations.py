"""What terms oblige whoever passes on a work, or what was made from it, to (``data/licenses/obligations.json``).

Sets of obligations, ordered by inclusion, are the lattice that a walk along a lineage joins in
(:mod:`osaid_graph.lineage.obligations`). Of an ``OR`` the recipient chooses, so the alternative that asks least
counts; of an ``AND`` all binds. A licence that the file does not have is unknown: neither free nor bound.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from osaid_graph.resources import root
from osaid_graph.terms.catalogue import catalogue
from osaid_graph.terms.evaluate import normalise
from osaid_graph.terms.expression import Leaf, Node, parse

ATTRIBUTION: Final = "attribution"
SHARE_ALIKE: Final = "share-alike"
SAME_LICENCE: Final = "same-licence"
NON_COMMERCIAL: Final = "non-commercial"
NO_DERIVATIVES: Final = "no-derivatives"
USE_RESTRICTIONS: Final = "use-restrictions"
NAMING: Final = "naming"


@dataclass(frozen=True, slots=True, order=True)
class Obligation:
    """What a licence asks of whoever passes on the work.

    Attributes:
        kind: One of the words of this module.
        license: The identifier of the licence.
        asks: What it asks, one clause of a sentence.
        clause: Where it says so.
        source: Where the text is, a URL.
        met_by: Licences under which what was made from it may be passed on (share-alike and same-licence).
        begins: The word that a name must begin with (naming).
        results_free: Whether the text itself leaves models that are trained on the data free.
        outputs: Whether the text reaches models that are made from the output of the model.
    """

    kind: str
    license: str
    asks: str
    clause: str
    source: str
    met_by: tuple[str, ...] = ()
    begins: str = ""
    results_free: bool = False
    outputs: bool = False

    def __hash__(self) -> int:
        # the strings keep their hashes; sets of a million of these are made
        return hash((self.kind, self.license))


@dataclass(frozen=True, slots=True)
class Terms:
    """What stated terms come to.

    Attributes:
        stated: Whether anything is stated that names a licence, known here or not.
        known: Whether the obligations of all licences that bind are known.
        licenses: The identifiers of the licences that are named.
        obligations: What binds, as far as it is known, in order.
    """

    stated: bool
    known: bool
    licenses: tuple[str, ...]
    obligations: tuple[Obligation, ...]

    def states(self, obligation: Obligation) -> bool:
        """Tell whether these terms, as they stand, ask of a recipient what an obligation asks to be asked.

        Of share-alike and same-licence, one of the licences must be among those that meet it. Of the other kinds,
        these terms must have one of the same kind: whether two lists of forbidden uses say the same is not compared.
        A name is no matter of terms.
        """
        if obligation.met_by:
            return not set(self.licenses).isdisjoint(obligation.met_by)
        return any(own.kind == obligation.kind for own in self.obligations)


@cache
def table() -> Mapping[str, tuple[Obligation, ...]]:
    """Return the obligations of every licence that the data file has; none for one that asks nothing."""
    document = json.loads((root() / "data" / "licenses" / "obligations.json").read_text("utf-8"))
    found: dict[str, list[Obligation]] = {each: [] for row in document["free"] for each in row["licenses"]}
    for row in document["rows"]:
        for identifier in row["licenses"]:
            found.setdefault(identifier, []).append(
                Obligation(
                    row["kind"],
                    identifier,
                    row["asks"],
                    row["clause"],
                    row["source"],
                    tuple(row.get("met_by", ())),
                    row.get("begins", ""),
                    row.get("results_free", False),
                    row.get("outputs", False),
                )
            )
    return MappingProxyType({identifier: tuple(sorted(rows)) for identifier, rows in found.items()})


@lru_cache(maxsize=8192)
def terms_of(texts: tuple[str, ...]) -> Terms:
    """Return what terms come to that are stated side by side; all of them may bind, so all of them count.

    >>> terms = terms_of(("cc-by-sa-4.0",))
    >>> [each.kind for each in terms.obligations], terms.known
    (['attribution', 'share-alike'], True)
    >>> terms_of(("other",)).stated, terms_of(("cc-by-sa-4.0 OR mit",)).obligations[0].kind
    (False, 'attribution')
    """
    parts = [_stated(text) for text in texts]
    named = [part for part in parts if part is not None]
    if not named:
        return Terms(False, False, (), ())
    return Terms(
        True,
        len(named) == len(parts) and all(known for known, _, _ in named),
        tuple(dict.fromkeys(each for _, licenses, _ in named for each in licenses)),
        _ordered(each for _, _, obligations in named for each in obligations),
    )


_Part = tuple[bool, tuple[str, ...], tuple[Obligation, ...]]


def _stated(text: str) -> _Part | None:
    """Return whether all is known, the licences and the obligations of one statement; None where it names none."""
    expression = None if catalogue().token(text) is not None else normalise(text)
    if expression is None or expression in ("NONE", "NOASSERTION"):
        return None
    return _binding(parse(expression))


def _binding(node: Node) -> _Part:
    if isinstance(node, Leaf):
        identifier = node.id
        if identifier not in table() and identifier.endswith("+"):
            identifier = identifier.removesuffix("+")
        rows = table().get(identifier)
        return rows is not None, (identifier,), rows or ()
    parts = [_binding(part) for part in node.operands]
    licenses = tuple(dict.fromkeys(each for _, named, _ in parts for each in named))
    if node.operator == "AND":
        return all(known for known, _, _ in parts), licenses, _ordered(each for *_, rows in parts for each in rows)
    least = min((rows for known, _, rows in parts if known), key=len, default=())
    return any(known for known, _, _ in parts), licenses, least


def _ordered(obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    return tuple(sorted(set(obligations)))


def meets(identifier: str, obligation: Obligation) -> bool:
    """Tell whether terms of one licence state an obligation (:meth:`Terms.states`)."""
    return Terms(True, True, (identifier,), table().get(identifier, ())).states(obligation)


@cache
def at_odds(one: Obligation, other: Obligation) -> bool:
    """Tell whether no licence of the table can be that of a work to which two obligations come.

    One of them must be share-alike, because those texts forbid to add restrictions of one's own; the other must be a
    restriction. Everything else may stand side by side: two lists of forbidden uses bind together.

    >>> by_kind = {each.kind: each for each in (*table()["GPL-3.0-only"], *table()["CC-BY-NC-4.0"])}
    >>> at_odds(by_kind["share-alike"], by_kind["non-commercial"])
    True
    """
    if one.license == other.license or SHARE_ALIKE not in (one.kind, other.kind):
        return False
    if {one.kind, other.kind} & {ATTRIBUTION, NAMING, NO_DERIVATIVES}:
        return False
    alike, added = (one, other) if one.kind == SHARE_ALIKE else (other, one)
    return not any(meets(identifier, added) for identifier in alike.met_by)
