"""Terms policies: what is taken as approved for code, data information and parameters, and why.

OSAID 1.0-RC1 asks for "OSI-approved licenses" for code and "OSI-approved terms" for the other two, and OSI
publishes no list of terms. The choice is therefore a named policy, which every report states.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from osaid_graph.errors import UsageError
from osaid_graph.resources import root
from osaid_graph.terms.catalogue import LicenseFacts

#: What terms are evaluated for. RC1 asks nothing of the licence of a dataset itself; ``dataset`` is evaluated
#: like ``data-information``, for information.
Element = Literal["code", "data-information", "parameters", "dataset"]

DEFAULT_POLICY = "osd-conformant"
POLICY_IRI = "https://w3id.org/osaid-graph/policy#"


@dataclass(frozen=True, slots=True)
class AcceptedTerms:
    """Terms that a policy accepts beside the OSI list, with the reason and its source (a URL)."""

    license: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """A named choice of what counts as approved terms.

    ``osi`` holds the elements for which a licence on the OSI list is enough; ``accepted`` the further terms
    by element, each by licence identifier; ``reviewed`` is the date of the choice, ISO 8601.
    """

    id: str
    label: str
    description: str
    reviewed: str
    osi: frozenset[str]
    accepted: Mapping[str, Mapping[str, AcceptedTerms]] = field(repr=False)

    @property
    def iri(self) -> str:
        """The IRI of the policy."""
        return POLICY_IRI + self.id

    def accepts_osi(self, element: Element) -> bool:
        """Whether a licence on the OSI list is enough for ``element``."""
        return _kind(element) in self.osi

    def acceptance(self, license: LicenseFacts, element: Element) -> AcceptedTerms | None:
        """Return why terms off the OSI list are accepted for ``element``, None where they are not."""
        return self.accepted.get(_kind(element), {}).get(license.id)


def policies() -> tuple[Policy, ...]:
    """Return every policy, in the order of the data file: the strictest first."""
    return _policies()


def policy(id: str = DEFAULT_POLICY) -> Policy:
    """Return the policy with this id.

    Raises:
        UsageError: There is no such policy; the hint lists those that exist.
    """
    for found in _policies():
        if found.id == id:
            return found
    known = ", ".join(each.id for each in _policies())
    raise UsageError(f"there is no terms policy {id!r}", f"policies: {known} (default: {DEFAULT_POLICY})")


def _kind(element: Element) -> str:
    return "data-information" if element == "dataset" else element


@lru_cache(maxsize=1)
def _policies() -> tuple[Policy, ...]:
    text = (root() / "data" / "licenses" / "policies.json").read_text(encoding="utf-8")
    found: dict[str, Policy] = {}
    for row in json.loads(text)["policies"]:
        found[row["id"]] = _policy(row, found[row["extends"]] if "extends" in row else None)
    return tuple(found.values())


def _policy(row: dict[str, Any], base: Policy | None) -> Policy:
    """Build one policy; it has all its ``base`` accepts and what its own row adds."""
    accepted: dict[str, dict[str, AcceptedTerms]] = {}
    osi = set(row["osi"])
    if base is not None:
        osi |= base.osi
        accepted = {kind: dict(terms) for kind, terms in base.accepted.items()}
    for terms in row["accepts"]:
        for kind in terms["for"]:
            accepted.setdefault(kind, {})[terms["id"]] = AcceptedTerms(terms["id"], terms["reason"], terms["source"])
    return Policy(
        id=row["id"],
        label=row["label"],
        description=row["description"],
        reviewed=row["reviewed"],
        osi=frozenset(osi),
        accepted=MappingProxyType({kind: MappingProxyType(terms) for kind, terms in accepted.items()}),
    )
