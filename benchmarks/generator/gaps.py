"""The gaps that are planted into full descriptions, and what the rules have to find for each.

A question of a description (what is the scope of this data? under which licence is that code?) gets an
:data:`Answer`. The tables here tell what follows from an answer that leaves a gap: the rules that have to find it. They
were written from the words of the rules in ``shapes/``, and nothing of them is computed by what is under test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from generator.dice import Dice, Table

Answer = Literal["stated", "absent", "refused", "conflicting", "waived", "silent"]
#: A rule, and the node that it has to find wanting.
Planted = tuple[str, str]

#: Answer -> the last part of the name of the rule that finds it, for all questions but that for terms and places.
FOUND_AS: Final[Mapping[Answer, str]] = {
    "absent": "absent",
    "refused": "not-disclosed",
    "conflicting": "conflicting",
    "silent": "no-reason",
}
#: Property of a dataset -> the requirement it serves, and whether it can be waived.
DATASET_FIELDS: Final = {
    "provenance": ("data-info-provenance", False),
    "scope": ("data-info-scope", False),
    "characteristics": ("data-info-characteristics", False),
    "obtained": ("data-info-how-obtained", False),
    "selection": ("data-info-how-selected", True),
    "labeling": ("data-info-labeling", True),
    "cleaning": ("data-info-cleaning", True),
}
#: Role of code -> the requirement it serves.
ROLES: Final = {
    "data-processing": "code-preprocessing",
    "training": "code-training",
    "validation": "code-validation",
    "testing": "code-testing",
    "supporting-library": "code-supporting-libraries",
    "tokenizer": "code-tokenizer",
    "hyperparameter-search": "code-hyperparameter-search",
    "inference": "code-inference",
    "architecture": "code-architecture",
}
#: Roles of code that running takes; all but the last two of these are of training too.
RUNNING: Final = ("supporting-library", "tokenizer", "inference", "architecture")
ONLY_RUNNING: Final = ("inference", "architecture")
#: What finds the place of a thing wanting, by its class.
PLACES: Final[Mapping[str, Mapping[Answer, str]]] = {
    "Code": {
        "absent": "preferred-form-access.no-repository",
        "refused": "preferred-form-access.repository-withheld",
        "conflicting": "preferred-form-access.repository-conflicting",
    },
    "DataInformation": {
        "absent": "preferred-form-access.no-document",
        "refused": "preferred-form-access.document-withheld",
        "conflicting": "preferred-form-access.document-conflicting",
    },
    "Parameters": {
        "absent": "params-available.no-location",
        "refused": "params-available.withheld",
        "conflicting": "params-available.location-conflicting",
    },
}

_USES: Final = ("freedom-use-any-purpose", "freedom-modify-any-purpose", "freedom-share-any-purpose")
#: Terms that are approved for all elements, in the words of the Hub.
APPROVED: Final = frozenset(
    (
        *("apache-2.0", "mit", "bsd-3-clause", "afl-3.0", "artistic-2.0", "gpl-3.0", "agpl-3.0", "unlicense"),
        *("cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0"),
    )
)
#: Words of the Hub that name no terms, or do not tell which.
UNKNOWN: Final = frozenset(("openrail", "other", "unknown", "cc"))
#: Terms that make somebody ask, beside what they restrict.
ASKING: Final = frozenset(("llama2", "llama3"))
#: What rules of terms are called, by the class of what comes under them.
TERMS: Final = {"Code": "code-license", "DataInformation": "data-info-terms", "Parameters": "params-terms"}


def found_of_terms(kind: str, license_: str) -> tuple[str, ...]:
    """Return the rules that find terms wanting, stated as they are, of parameters, code or data information.

    Args:
        kind: The class of what comes under them, one of :data:`TERMS`.
        license_: A word of the Hub; empty for nothing, ``refused`` for a refusal, ``refused too`` for terms that
            another statement refuses, ``two`` for two approved licences.
    """
    terms = TERMS[kind]
    if not license_:
        return f"{terms}.unstated", "freedoms-terms.unstated"
    if license_ == "refused":
        return f"{terms}.withheld", "freedoms-terms.withheld"
    if license_ == "refused too":
        return f"{terms}.conflicting", "freedoms-terms.unknown"
    if license_ == "two":
        return (f"{terms}.conflicting",)
    if license_ in APPROVED:
        return ()
    if license_ in UNKNOWN:
        return f"{terms}.unknown", "freedoms-terms.unknown"
    asked = ("freedom-use-no-permission.restricted",) if license_ in ASKING else ()
    return f"{terms}.not-approved", *(f"{freedom}.restricted" for freedom in _USES), *asked


_GAPS: Final[Table[Answer]] = Table({"absent": 0.6, "refused": 0.2, "conflicting": 0.1, "silent": 0.1})
_TERMS_OF_CODE: Final = Table({"": 5, "refused": 1, "refused too": 1, "two": 1, "other": 1, "cc-by-nc-4.0": 3})
_GOOD_TERMS: Final = ("apache-2.0", "mit", "bsd-3-clause", "apache-2.0")


@dataclass(frozen=True, slots=True)
class Care:
    """How carefully something was described: the answer to each question is a gap with a probability of ``gap``."""

    gap: float

    def answer(self, dice: Dice, *, waivable: bool = False) -> Answer:
        """Return the answer to a question, which may be waived or not."""
        if dice.hits(self.gap):
            answer = _GAPS.draw(dice)
            return "absent" if answer == "silent" and not waivable else answer
        return "waived" if waivable and dice.hits(0.2) else "stated"

    def terms(self, dice: Dice) -> str:
        """Return the terms of code or data information, as :func:`found_of_terms` has them."""
        return _TERMS_OF_CODE.draw(dice) if dice.hits(self.gap) else dice.one_of(_GOOD_TERMS)


def care(dice: Dice) -> Care:
    """Return how carefully somebody works: few leave nothing out, most a little, some a lot."""
    return Care(0.0 if dice.hits(0.25) else 0.01 + 0.15 * dice.random() ** 2)
