"""One of two assessments that are compared: its nodes under names that both share, and what is claimed of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rdflib import RDF, BNode, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.assessment.assess import Examination
from osaid_graph.assessment.stated import asserted, values_of
from osaid_graph.graph.labels import label, said
from osaid_graph.identity import within
from osaid_graph.lineage.scope import Scope
from osaid_graph.model import Assessment, Definition, Finding, RequirementResult, Triple
from osaid_graph.sources import Location
from osaid_graph.vocab import OSAID, token

#: Derived for the rules; what is stated, and so what can have changed, is something else.
_DERIVED_FROM = {
    OSAID.approval: OSAID.license,
    OSAID.concludedLicense: OSAID.license,
    OSAID.grants: OSAID.license,
    OSAID.restricts: OSAID.license,
    OSAID.circular: OSAID.derivedFrom,
}

#: A property and a value, under names that both sides share.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stated:
    """A value of a property as the documents state it; for code asked for by its role, with that of the role."""

    value: Node
    text: str
    place: Location | None
    in_role: Stated | None = None


class Side:
    """One of two assessments, with what it was made from.

    Args:
        examination: The assessment, the release and the graph.
        common: The IRIs of both sides, other than their subjects: they mean the same on either.
    """

    def __init__(self, examination: Examination, common: frozenset[Node]) -> None:
        self.examination = examination
        self.common = common
        self.graph = examination.graph
        self.results = {result.requirement.id: result for result in examination.assessment.results}

    @property
    def assessment(self) -> Assessment:
        """The assessment itself."""
        return self.examination.assessment

    @property
    def definition(self) -> Definition:
        """The version assessed against."""
        return self.examination.assessment.definition

    @property
    def scope(self) -> Scope:
        """The scope of the subject."""
        return self.examination.scope

    def result(self, id_: str) -> RequirementResult | None:
        """Return the result of a requirement, if it has one here."""
        return self.results.get(id_)

    # -- names that both sides share -------------------------------------------------------------------------

    def shared(self, node: Node) -> str:
        """Return what a node is called on either side.

        The subject and its parts have the same name whatever the subject is called; a blank node, whose own name means
        nothing, has that by which a report calls it.
        """
        if node == self.scope.subject:
            return "subject"
        if node in self.common:
            return str(node)
        if isinstance(node, BNode):
            return f"_:{label(self.graph, node)}"
        rest = within(str(node), self.assessment.subject)
        return str(node) if rest is None else f"subject{rest}"

    def counterpart(self, node: IdentifiedNode, other: Side) -> IdentifiedNode | None:
        """Return the node reached on the other side that stands for one of this."""
        return other.named.get(self.shared(node))

    @cached_property
    def named(self) -> dict[str, IdentifiedNode]:
        """The nodes reached from the subject, by the name that both sides share."""
        return {self.shared(node): node for node in sorted(self.scope.arrivals, key=str, reverse=True)}

    # -- what is claimed -------------------------------------------------------------------------------------

    def claims(
        self, focus: IdentifiedNode, predicates: Iterable[URIRef], role: URIRef | None = None
    ) -> dict[Key, Stated]:
        """Return what is stated of properties of a node, in the role of code asked for; see :func:`values_of`."""
        found: dict[Key, Stated] = {}
        for predicate in dict.fromkeys(_DERIVED_FROM.get(predicate, predicate) for predicate in predicates):
            wanted = role if predicate == OSAID.hasCode else None
            for value in self._values(focus, predicate, wanted):
                text, place = self.statement(focus, predicate, value)
                in_role = None
                if wanted is not None and isinstance(value, IdentifiedNode):
                    in_role = Stated(wanted, *self.statement(value, OSAID.codeRole, wanted, of=focus))
                found[token(predicate), self._shared_value(value)] = Stated(value, text, place, in_role)
        return found

    def _values(self, focus: IdentifiedNode, predicate: URIRef, role: URIRef | None) -> list[Node]:
        if predicate == RDF.type:  # as stated: the classes above it follow from it
            return sorted(self.examination.release.graph.objects(focus, RDF.type), key=str)
        return values_of(self.graph, focus, predicate, role)

    def _shared_value(self, value: Node) -> str:
        return self.shared(value) if isinstance(value, URIRef) else said(self.graph, value)

    def statement(
        self, focus: IdentifiedNode, predicate: URIRef, value: Node, of: IdentifiedNode | None = None
    ) -> tuple[str, Location | None]:
        """Return a statement in words with its place; its node is named where that is not ``of``, by default ``focus``.

        What follows from other statements, and stands nowhere itself, has no place.
        """
        release = self.examination.release
        shown = token(value) if predicate == RDF.type else said(self.graph, value)
        found = next(asserted(release, self.scope, focus, predicate, value), None)
        stated: Triple = found or (focus, predicate, value)  # type: ignore[assignment]
        holder = "" if stated[0] == (of or focus) else f" of {label(self.graph, stated[0])}"
        place = release.location(*stated) if found else None
        by = ", ".join(release.attributed_to(stated))
        attributed = "" if not by or (place is not None and by == place.source) else f", says {by}"
        return f"{token(stated[1])}{holder}: {shown}{attributed}", place

    def has_code(self, focus: IdentifiedNode, key: Key) -> bool:
        """Tell whether a node has the code of a claim, in whatever role."""
        return any(self._shared_value(value) == key[1] for value in self.graph.objects(focus, OSAID.hasCode))

    # -- findings --------------------------------------------------------------------------------------------

    def findings(self, id_: str) -> tuple[Finding, ...]:
        """Return the findings that count for a requirement: those of its own rules and those that bear on it."""
        result = self.result(id_)
        return (*result.findings, *result.bearing) if result else ()

    def key(self, finding: Finding) -> tuple[str, str, str | None, str]:
        """Return what a finding says, for both sides."""
        return finding.rule, self.shared(node_of(finding)), finding.value, finding.outcome


def sides(old: Examination, new: Examination) -> tuple[Side, Side]:
    """Return two assessments as the sides of a comparison."""
    named = ({node for node in side.graph.all_nodes() if isinstance(node, URIRef)} for side in (old, new))
    common = frozenset[Node](set.intersection(*named) - {old.scope.subject, new.scope.subject})
    return Side(old, common), Side(new, common)


def node_of(finding: Finding) -> IdentifiedNode:
    """Return the node a finding is on."""
    named = finding.focus
    return BNode(named.removeprefix("_:")) if named.startswith("_:") else URIRef(named)
