"""Conditions on a node, whichever column it stands in: what conforming to a shape comes to.

A condition tests the id of a node, or whether the node is in a set of nodes. A set is the result of a query, so that no
condition ever looks at one node by itself. In SQL, each set is joined once to the rows that are tested.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlglot import exp

from osaid_graph.compiler.shapes import Kind
from osaid_graph.term_ids import FIRST_IRI

_ALL_KINDS: frozenset[Kind] = frozenset(("iri", "blank", "literal"))


@dataclass(frozen=True, slots=True)
class Constant:
    """Holds of every node, or of none."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Kinds:
    """Is of one of some kinds; the range of an id tells the kind."""

    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class Among:
    """Is one of some terms."""

    ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Member:
    """Is in a set: ``relation`` names a relation that has every node once, in its column ``node``."""

    relation: str


@dataclass(frozen=True, slots=True)
class Not:
    """Does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class All:
    """All of two or more hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Any of two or more holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class ExactlyOne:
    """One of some holds, and no other."""

    parts: tuple[Condition, ...]


Condition = Constant | Kinds | Among | Member | Not | All | Any | ExactlyOne

ALWAYS = Constant(True)
NEVER = Constant(False)


def kinds(of: frozenset[Kind]) -> Condition:
    """Return the condition to be of one of some kinds."""
    return Constant(bool(of)) if of in (_ALL_KINDS, frozenset()) else Kinds(of)


def among(ids: Iterable[int]) -> Condition:
    """Return the condition to be one of some terms."""
    found = frozenset(ids)
    return Among(found) if found else NEVER


def negated(part: Condition) -> Condition:
    """Return the condition that another does not hold."""
    if isinstance(part, Constant):
        return Constant(not part.holds)
    if isinstance(part, Kinds):
        return kinds(_ALL_KINDS - part.kinds)
    return part.part if isinstance(part, Not) else Not(part)


def every(parts: Iterable[Condition]) -> Condition:
    """Return the condition that all of some hold, without what that makes superfluous."""
    flat = dict.fromkeys(each for part in parts for each in (part.parts if isinstance(part, All) else (part,)))
    left = tuple(part for part in flat if part != ALWAYS)
    if NEVER in left or not left:
        return NEVER if left else ALWAYS
    return left[0] if len(left) == 1 else All(left)


def some(parts: Iterable[Condition]) -> Condition:
    """Return the condition that any of some holds, without what that makes superfluous."""
    flat = dict.fromkeys(each for part in parts for each in (part.parts if isinstance(part, Any) else (part,)))
    left = tuple(part for part in flat if part != NEVER)
    if ALWAYS in left or not left:
        return ALWAYS if left else NEVER
    return left[0] if len(left) == 1 else Any(left)


def exactly_one(parts: Iterable[Condition]) -> Condition:
    """Return the condition that one of some holds, each counted as often as it is there."""
    listed = tuple(parts)
    return listed[0] if len(listed) == 1 else ExactlyOne(listed)


def table(relation: str, alias: str) -> exp.Table:
    """Return a relation under an alias, for the FROM of a query."""
    return exp.Table(this=exp.to_identifier(relation), alias=exp.TableAlias(this=exp.to_identifier(alias)))


class Tests:
    """Writes conditions on one column of a query, and collects the sets that must be joined for them."""

    def __init__(self, column: exp.Expr) -> None:
        self.column = column
        self._aliases: dict[str, str] = {}

    def expression(self, condition: Condition) -> exp.Expr:
        """Return a condition as an expression of SQL, which is never unknown."""
        if isinstance(condition, Constant):
            return exp.true() if condition.holds else exp.false()
        if isinstance(condition, Kinds):
            return exp.or_(*(self._kind(kind) for kind in sorted(condition.kinds)))
        if isinstance(condition, Among):
            return self.column.copy().isin(*(exp.Literal.number(each) for each in sorted(condition.ids)))
        if isinstance(condition, Member):
            return exp.not_(exp.column("node", self._alias(condition.relation)).is_(exp.null()))
        if isinstance(condition, Not):
            if isinstance(condition.part, Member):
                return exp.column("node", self._alias(condition.part.relation)).is_(exp.null())
            return exp.not_(self.expression(condition.part))
        parts = [self.expression(part) for part in condition.parts]
        if isinstance(condition, ExactlyOne):
            return exp.EQ(this=_count(parts), expression=exp.Literal.number(1))
        return exp.and_(*parts, copy=False) if isinstance(condition, All) else exp.or_(*parts, copy=False)

    def joined(self, query: exp.Select) -> exp.Select:
        """Return a query, which is changed, with the sets that the conditions written so far look into."""
        for relation, alias in self._aliases.items():
            on = exp.EQ(this=exp.column("node", alias), expression=self.column.copy())
            query = query.join(table(relation, alias), on=on, join_type="left", copy=False)
        return query

    def _alias(self, relation: str) -> str:
        return self._aliases.setdefault(relation, f"m{len(self._aliases) + 1}")

    def _kind(self, kind: Kind) -> exp.Expr:
        first = exp.Literal.number(FIRST_IRI)
        if kind == "literal":
            return exp.LT(this=self.column.copy(), expression=exp.Literal.number(0))
        if kind == "iri":
            return exp.GTE(this=self.column.copy(), expression=first)
        return exp.and_(
            exp.GTE(this=self.column.copy(), expression=exp.Literal.number(0)),
            exp.LT(this=self.column.copy(), expression=first),
        )


def _count(parts: list[exp.Expr]) -> exp.Expr:
    ones: list[exp.Expr] = [exp.case().when(part, "1").else_("0") for part in parts]
    total = ones[0]
    for one in ones[1:]:
        total = exp.Add(this=total, expression=one)
    return total
