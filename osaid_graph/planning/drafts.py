"""Drafts of statements: what the remedies of findings write, and where in the manifests it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import RDF, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.assessment.assess import Examination
from osaid_graph.assessment.side import node_of
from osaid_graph.graph.ontology import narrower
from osaid_graph.identity import is_example
from osaid_graph.model import Finding
from osaid_graph.readers.tree import Mapping as Block
from osaid_graph.readers.tree import Scalar, Sequence, Value
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.vocab import OSAID, token
from osaid_graph.writers.yaml_text import NEW_DATA, TODO, Written

#: Keys that say what a statement is about, and are no answer to be filled in.
_KEPT = frozenset(("roles", "id", "derived-from", "technique"))
#: Where a node of a class stands in a manifest that has not described it: the key, and whether it holds a list.
HOMES: Mapping[URIRef, tuple[str, bool]] = {
    OSAID.Dataset: ("datasets", True),
    OSAID.Code: ("code", True),
    OSAID.DataInformation: ("data-information", True),
    OSAID.Parameters: ("parameters", False),
    OSAID.Model: ("model", False),
    OSAID.AISystem: ("system", False),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement to write.

    Attributes:
        node: The node it is about.
        under: The top-level key it belongs to; empty for the block of the node.
        keys: What it says, with an example for every answer.
        findings: The findings whose remedies it holds.
        instead: Whether it takes the place of the value that is at fault.
    """

    node: IdentifiedNode
    under: str
    keys: Mapping[str, Written]
    findings: tuple[Finding, ...]
    instead: bool = False

    def blank(self) -> Mapping[str, Written]:
        """Return what it says with ``TODO`` for every answer."""
        return {key: _blank(key, value) for key, value in self.keys.items()}

    def holds(self, other: Draft) -> bool:
        """Tell whether it says all that another says, in the same place."""
        if (self.node, self.under, self.instead) != (other.node, other.under, other.instead):
            return False
        for key, value in other.keys.items():
            if key not in self.keys:
                return False
            mine = self.keys[key]
            if key == "roles" and not set(value) <= set(mine):
                return False
        return True


def drafts_of(findings: Iterable[Finding]) -> list[Draft]:
    """Return the fewest drafts that hold the remedies of some findings, in their order.

    A remedy that another holds is not written twice. Of the rest each is held by itself alone, so none can be spared.
    Findings whose remedy writes nothing into a manifest, such as the import of a file, have no draft.
    """
    drafts = [draft for finding in findings if (draft := _draft(finding)) is not None]
    kept: list[Draft] = []
    for draft in drafts:
        if any(other.holds(draft) for other in kept):
            continue
        kept = [other for other in kept if not draft.holds(other)]
        kept.append(draft)
    return [_with_findings(draft, drafts) for draft in kept]


def may_be_spared(examination: Examination, draft: Draft) -> bool:
    """Tell whether something else that is written may close what a draft closes.

    Rules on a subject ask of what it consists of, and the statement of a part may answer what is asked of any part.
    """
    rules = [examination.assessment.definition.rules[finding.rule] for finding in draft.findings]
    return all(
        rule.on_subject and (len(narrower(rule.property)) > 1 or OSAID.hasComponent in rule.looks_at) for rule in rules
    )


def home_of(examination: Examination, node: IdentifiedNode) -> tuple[str, bool, dict[str, Written]] | None:
    """Return where a node that no manifest describes can be described, and what that says of it; None for nowhere."""
    if not isinstance(node, URIRef):
        return None
    for kind, (key, listed) in HOMES.items():
        if (node, RDF.type, kind) in examination.graph:
            start: dict[str, Written] = {"id": str(node)}
            if kind == OSAID.Code:
                start["roles"] = sorted(token(role) for role in examination.graph.objects(node, OSAID.codeRole))
            return key, listed, start
    return None


def _draft(finding: Finding) -> Draft | None:
    remedy = finding.remedy
    tree = parse(remedy.yaml) if remedy.yaml.strip() else None
    value = tree.items[0] if isinstance(tree, Sequence) and len(tree.items) == 1 else tree
    if not isinstance(value, Block) or remedy.under == "imports":
        return None
    keys = {key: _said(item) for key, item in value.values.items()}
    instead = remedy.action == "replace" and not remedy.rewrites
    if remedy.rewrites:  # the short form in full: the first key stands there, in a list or behind the lead
        inner = value
        while len(inner.values) == 1 and isinstance(only := next(iter(inner.values.values())), Block):
            inner = only
        keys = {key: _said(item) for key, item in list(inner.values.items())[1:]}
    return Draft(node_of(finding), remedy.under, keys, (finding,), instead) if keys else None


def _with_findings(draft: Draft, drafts: Iterable[Draft]) -> Draft:
    found = {finding.id: finding for other in drafts if draft.holds(other) for finding in other.findings}
    return Draft(draft.node, draft.under, draft.keys, tuple(found.values()), draft.instead)


def _said(value: Value) -> Written:
    match value:
        case Scalar():
            return value.text
        case Sequence():
            return [_said(item) for item in value.items]
        case Block():
            return {key: _said(item) for key, item in value.values.items()}


def _blank(key: str, value: Written) -> Written:
    if key in _KEPT:
        return NEW_DATA if key == "id" and is_example(str(value)) else value
    if isinstance(value, Mapping):
        return {name: _blank(name, item) for name, item in value.items()}
    return TODO
