"""Decide whether a licence statement is approved terms under a policy, and which freedoms it restricts.

``OR`` is as good as its best operand, because the recipient chooses; ``AND`` as bad as its worst, because all
apply; ``WITH`` keeps the flag of its licence, because the exceptions on the SPDX list add permissions. What
is not recognised exactly is unknown: never approved, never refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeVar

from osaid_graph.terms.catalogue import FREEDOMS, LicenseFacts, Restriction, catalogue
from osaid_graph.terms.expression import (
    MAX_LENGTH,
    Compound,
    ExpressionError,
    Leaf,
    Node,
    check_text,
    join,
    parse,
)
from osaid_graph.terms.policy import DEFAULT_POLICY, Element, Policy, policies

T = TypeVar("T")

TermsStatus = Literal["approved", "not-approved", "unknown"]

_REF = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
#: Better is higher: an unknown alternative is worth more than a refused one, and less than an approved one.
_RANK: dict[TermsStatus, int] = {"not-approved": 0, "unknown": 1, "approved": 2}
_ELEMENT = {
    "code": "code",
    "data-information": "data information",
    "parameters": "parameters",
    "dataset": "data information",
}
_ELEMENTS: tuple[Element, ...] = ("code", "data-information", "parameters")
_EVERY_FREEDOM = tuple(part for parts in FREEDOMS.values() for part in parts)
_FREEDOM = {"use": "use", "study": "study", "modify": "modification", "share": "sharing"}


@dataclass(frozen=True, slots=True)
class TermsEvaluation:
    """What a licence statement comes to under a policy.

    Attributes:
        stated: The statement as it was given.
        expression: Its canonical SPDX expression; None where it names no licence exactly.
        status: ``approved``, ``not-approved``, or ``unknown`` where nothing can be said.
        licenses: The licences it names that the catalogue knows, in order, each once.
        restrictions: The verified restrictions of the terms that bind: of every part of an ``AND``, of the
            best choice of an ``OR``.
        grants: Whether the terms are known to leave all four freedoms to everyone. That does not hang on the policy,
            except for parameters that are free by nature: a licence that OSI approved, or that some policy accepts as
            conformant, grants them even where another policy does not approve it.
        limits: The parts of the freedoms that are known to be withheld, as tokens of
            :data:`~osaid_graph.terms.catalogue.FREEDOMS`; all of them where no licence is granted.
        unclear: Whether the terms may withhold more than ``limits``, because nothing is known of a licence that binds.
        reason: Why the status is what it is, one sentence without a full stop.
        notes: What was put aside or rewritten on the way, one clause each.
    """

    stated: str
    expression: str | None
    status: TermsStatus
    licenses: tuple[LicenseFacts, ...]
    restrictions: tuple[Restriction, ...]
    grants: bool
    limits: tuple[str, ...]
    unclear: bool
    reason: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Result:
    """The evaluation of one node of an expression."""

    status: TermsStatus
    restrictions: tuple[Restriction, ...]
    reason: str
    grants: bool = False
    limits: tuple[str, ...] = ()
    unclear: bool = False


def normalise(text: str) -> str | None:
    """Return the canonical SPDX expression for an identifier, name, URL or expression.

    None where nothing matches exactly. Words for "no licence" become ``NONE``. The result normalises to
    itself.

    >>> normalise("apache license 2.0"), normalise("MIT or llama2"), normalise("BSD")
    ('Apache-2.0', 'MIT OR LicenseRef-scancode-llama-2-license-2023', None)
    """
    try:
        return str(_resolve(text))
    except ExpressionError:
        return None


def evaluate(text: str, element: Element, policy: Policy) -> TermsEvaluation:
    """Evaluate a licence statement for ``element`` under ``policy``; no text raises.

    Args:
        text: The statement as a description gives it: an identifier, name, URL, expression, or a word such as
            ``other``.
        element: What the terms apply to. RC1 asks nothing of the licence of a ``dataset`` itself: it is
            evaluated like ``data-information``, for information only.
        policy: What counts as approved (:func:`osaid_graph.terms.policy.policy`).
    """
    if len(text) > MAX_LENGTH:  # not worth a place in the cache
        return _unknown(text, f"it is longer than {MAX_LENGTH} characters")
    return _evaluated(text, element, policy)


@lru_cache(maxsize=8192)
def _evaluated(text: str, element: Element, policy: Policy) -> TermsEvaluation:
    token = catalogue().token(text)
    if token is not None:
        if token.kind == "not-evidenced":
            return TermsEvaluation(text, normalise(text), "unknown", (), (), False, (), True, token.meaning)
        refused = _EVERY_FREEDOM
        return TermsEvaluation(text, normalise(text), "not-approved", (), (), False, refused, False, token.meaning)
    try:
        node = _resolve(text)
    except ExpressionError as error:
        return _unknown(text, str(error))
    result = _evaluate(node, element, policy)
    return TermsEvaluation(
        stated=text,
        expression=str(node),
        status=result.status,
        licenses=_once(facts for leaf in _leaves(node) if (facts := _facts(leaf)) is not None),
        restrictions=result.restrictions,
        grants=result.grants,
        limits=result.limits,
        unclear=result.unclear,
        reason=result.reason,
        notes=tuple(_notes(text, node)),
    )


def _unknown(text: str, why: str) -> TermsEvaluation:
    reason = f"{_shown(text)} names no licence exactly: {why}"
    return TermsEvaluation(text, None, "unknown", (), (), False, (), True, reason)


def _resolve(text: str) -> Node:
    """Return the tree of a statement with every identifier canonical.

    Raises:
        ExpressionError: It is not recognised; the message is a clause that says why.
    """
    text = text.strip()
    known = catalogue()
    token = known.token(text)
    if token is not None:
        if token.kind == "no-terms":
            return Leaf("NONE")
        if text.upper() == "NOASSERTION":
            return Leaf("NOASSERTION")
        raise ExpressionError(token.meaning)
    check_text(text)
    if (expression := known.spelling(text)) is not None:
        return parse(expression)
    if "://" in text:
        expression = known.url(text)
        if expression is None or "://" in expression:
            raise ExpressionError("it is not the address of a licence in the catalogue")
        return _resolve(expression)
    return _canonical(parse(text))


def _canonical(node: Node) -> Node:
    if isinstance(node, Compound):
        return join(node.operator, tuple(_canonical(part) for part in node.operands))
    base = _license(node.id)
    if not node.exception:
        return base
    exception = catalogue().exception(node.exception)
    if exception is None:
        raise ExpressionError(f"{_shown(node.exception)} is not an exception on the SPDX list")
    if not isinstance(base, Leaf) or base.exception:
        raise ExpressionError(f"{_shown(node.id)} cannot take an exception")
    return Leaf(base.id, exception)


def _license(identifier: str) -> Node:
    """Return the canonical form of one identifier, which a deprecated one may need an exception for."""
    known = catalogue()
    if (expression := known.spelling(identifier)) is not None:
        return parse(expression)
    if identifier in ("NONE", "NOASSERTION") or _REF.fullmatch(identifier):
        return Leaf(identifier)
    if identifier.endswith("+") and (facts := known.license(identifier[:-1])) is not None and not facts.deprecated:
        return Leaf(facts.id + "+")
    raise ExpressionError(f"{_shown(identifier)} is neither on the SPDX list {known.list_version} nor in the catalogue")


def _evaluate(node: Node, element: Element, policy: Policy) -> _Result:
    if isinstance(node, Leaf):
        return _evaluate_leaf(node, element, policy)
    parts = [_evaluate(part, element, policy) for part in node.operands]
    if node.operator == "OR":
        best = max(parts, key=lambda part: (_RANK[part.status], -len(part.limits)))
        free = next((part for part in parts if part.grants), best)
        if best.status == "approved":
            reason = f"{best.reason}, and the recipient may choose it"
        else:
            same = [part.reason for part in parts if part.status == best.status]
            reason = "no alternative is approved: " + "; ".join(_once(same))
        return _Result(best.status, best.restrictions, reason, free.grants, free.limits, free.unclear)
    worst = min((part.status for part in parts), key=_RANK.__getitem__)
    reasons = _once(part.reason for part in parts if part.status == worst)
    return _Result(
        worst,
        _once(each for part in parts for each in part.restrictions),
        "; ".join(reasons),
        all(part.grants for part in parts),
        _once(limit for part in parts for limit in part.limits),
        any(part.unclear for part in parts),
    )


def _evaluate_leaf(leaf: Leaf, element: Element, policy: Policy) -> _Result:
    if leaf.id == "NONE":
        return _Result("not-approved", (), "no licence is granted", limits=_EVERY_FREEDOM)
    facts = _facts(leaf)
    if facts is None:
        if leaf.id == "NOASSERTION":
            return _Result("unknown", (), "the description asserts nothing about the licence", unclear=True)
        reason = f"{leaf.id} is not in the catalogue, so what it grants is not known"
        return _Result("unknown", (), reason, unclear=True)
    grants = _grants_the_freedoms(facts, element, policy)
    limits = _once(limit for each in facts.restrictions for limit in each.limits)
    unclear = not grants and not limits
    if facts.osi and policy.accepts_osi(element):
        return _Result("approved", facts.restrictions, f"{leaf} is OSI-approved", grants, limits, unclear)
    accepted = policy.acceptance(facts, element)
    if accepted is not None:
        reason = f"{facts.label} is accepted for {_ELEMENT[element]} by the policy {policy.id}: {accepted.reason}"
        return _Result("approved", facts.restrictions, reason, grants, limits, unclear)
    if policy.accepted.get("data-information" if element == "dataset" else element):
        asked = f"{_ELEMENT[element]} by the policy {policy.id}"
        reason = f"{facts.label} is neither OSI-approved nor accepted for {asked}"
    else:
        reason = f"{facts.label} is not OSI-approved"
    return _Result("not-approved", facts.restrictions, reason + _restricting(facts), grants, limits, unclear)


def _grants_the_freedoms(facts: LicenseFacts, element: Element, policy: Policy) -> bool:
    """Tell whether a licence is known to grant the freedoms.

    It is where OSI approved it, where a policy accepts it for some element as conformant to the Open Source
    Definition, and where the policy in force accepts it for this one.
    """
    if facts.osi or policy.acceptance(facts, element) is not None:
        return True
    conformant = next(each for each in policies() if each.id == DEFAULT_POLICY)
    return any(conformant.acceptance(facts, other) is not None for other in _ELEMENTS)


def _restricting(facts: LicenseFacts) -> str:
    """Return the rest of a sentence that says what the licence restricts, empty where nothing is verified."""
    if not facts.restrictions:
        return ""
    freedoms = _once(_FREEDOM[each.freedom] for each in facts.restrictions)
    listed = freedoms[0] if len(freedoms) == 1 else ", ".join(freedoms[:-1]) + " and " + freedoms[-1]
    return f", and restricts {listed}"


def _notes(text: str, node: Node) -> Iterable[str]:
    """Yield what the evaluation put aside or rewrote."""
    deprecated = catalogue().license(text.strip())
    if deprecated is not None and catalogue().successor(deprecated.id) is not None:
        yield f"{deprecated.id} is a deprecated identifier, read as {node}"
    for leaf in _once(_leaves(node)):
        if leaf.exception:
            yield f"the exception {leaf.exception} adds permissions and is not evaluated"
        facts = _facts(leaf)
        if facts is not None and facts.note:
            yield f"{facts.label}: {facts.note}"


def _leaves(node: Node) -> Iterable[Leaf]:
    if isinstance(node, Leaf):
        yield node
    else:
        for part in node.operands:
            yield from _leaves(part)


def _facts(leaf: Leaf) -> LicenseFacts | None:
    """Return what is known of the licence of a leaf; "or later" is at least the version it names."""
    return catalogue().license(leaf.id) or catalogue().license(leaf.id.removesuffix("+"))


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _shown(text: str) -> str:
    """Return ``text`` as it may stand in a sentence: printable and short."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    shown = " ".join(printable.split())
    return f'"{shown if len(shown) <= 80 else shown[:77] + "..."}"'
