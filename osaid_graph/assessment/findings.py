"""Results in scope become findings: where, along which path, what is claimed by whom, and how to mend it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.assessment.stated import asserted, values_of
from osaid_graph.assessment.versions import described_versions, version_reason, version_remedy
from osaid_graph.graph.conclusions import Conclusions
from osaid_graph.graph.labels import label, name, said
from osaid_graph.graph.release import Release
from osaid_graph.lineage.paths import path_counts
from osaid_graph.lineage.scope import Scope
from osaid_graph.model import Claim, Definition, Finding, Remedy, Restriction, Rule, Step, Triple
from osaid_graph.reading import ShortForm
from osaid_graph.sources import Location
from osaid_graph.validation.validate import Result
from osaid_graph.vocab import OSAID


class FindingBuilder:
    """Turns the results that concern one subject into findings.

    Args:
        release: The documents, for places and sources.
        graph: The completed graph that was validated.
        scope: The scope of the subject.
        definition: The version whose rules count.
        conclusions: What the stated terms conclude to.
        excused: The requirements that do not bind this subject; their rules find nothing.
    """

    def __init__(
        self,
        release: Release,
        graph: Graph,
        scope: Scope,
        definition: Definition,
        conclusions: Conclusions,
        excused: Collection[str] = (),
    ) -> None:
        self.release = release
        self.graph = graph
        self.scope = scope
        self.definition = definition
        self.conclusions = conclusions
        self.excused = excused
        self.paths = path_counts(scope)

    def build(self, results: Iterable[Result]) -> list[Finding]:
        """Return the findings of the results in scope, each once, in the order of the definition and the trace."""
        order = {id_: number for number, id_ in enumerate(self.definition.requirements)}
        found = {finding.id: finding for result in results for finding in self._of(result)}
        return sorted(
            found.values(),
            key=lambda f: (order[f.requirement], f.rule, len(f.trace), f.focus_label, f.focus, f.id),
        )

    def _of(self, result: Result) -> Iterator[Finding]:
        rule = self.definition.rules.get(result.rule)
        if rule is None or rule.requirement in self.excused or result.focus not in self.scope.nodes:
            return
        if rule.on_subject and result.focus not in self.scope.entries:
            return
        yield self._finding(rule, result)

    def _finding(self, rule: Rule, result: Result) -> Finding:
        focus = result.focus
        role = self.definition.requirements[rule.requirement].role
        values = values_of(self.graph, focus, rule.property, role, result.value)
        found = (asserted(self.release, self.scope, focus, rule.property, value) for value in values)
        statements = [statement for each in found for statement in each]
        claims = tuple(claim for statement in statements for claim in self._claims(statement))
        value = None if result.value is None else said(self.graph, result.value)
        identity = "\n".join((rule.id, name(focus), value or ""))
        return Finding(
            id=hashlib.sha256(identity.encode()).hexdigest()[:12],
            rule=rule.id,
            requirement=rule.requirement,
            outcome=rule.outcome,
            focus=name(focus),
            focus_label=label(self.graph, focus),
            path=rule.property,
            value=value,
            term=result.value,
            component=result.component,
            message=rule.message,
            reason=self._reason(rule, focus, values),
            trace=self._trace(focus),
            paths=self.paths.get(focus, 1),
            location=self._location(focus, claims),
            claims=claims,
            restrictions=self._restrictions(rule, focus),
            remedy=self._remedy(rule, focus),
        )

    def _claims(self, statement: Triple) -> Iterator[Claim]:
        """Yield what a statement says once for each place that it stands in, with who says it there."""
        value, places = said(self.graph, statement[2]), self.release.said(statement)
        if not places:
            yield Claim(value, (), self.release.location(*statement))
        yield from (Claim(value, names, place) for place, names in places)

    def _location(self, focus: IdentifiedNode, claims: tuple[Claim, ...]) -> Location | None:
        """Return the first claim's place, else where the node is described, else where the trace refers to it."""
        place = next((c.location for c in claims if c.location), None) or self.release.location(focus)
        arrival = self.scope.arrivals[focus]
        if place is None and arrival is not None:
            reference = (arrival[0], arrival[1].predicate, focus)
            place = self.release.location(*reference) if reference in self.release.graph else None
        return place or self.release.mentioned(focus)

    def _reason(self, rule: Rule, focus: IdentifiedNode, values: list[Node]) -> str:
        """Return what stands behind a finding in one sentence: the terms' shortcoming, or the words of a refusal."""
        if rule.property == OSAID.license:
            reasons = (e.reason for e in self.conclusions.get(focus, {}).values() if e.status != "approved")
            return "; ".join(dict.fromkeys(reasons))
        if rule.property == RDF.type:
            return version_reason(self.release, self.graph, self._versions(focus))
        comments = (
            str(comment)
            for value in values
            if isinstance(value, IdentifiedNode) and (value, RDF.type, OSAID.NotDisclosed) in self.graph
            for comment in self.graph.objects(value, RDFS.comment)
        )
        return "; ".join(dict.fromkeys(comments))

    def _remedy(self, rule: Rule, focus: IdentifiedNode) -> Remedy:
        """Return the remedy of a rule, written for the node; for one described by version, the reference to that."""
        if rule.property == RDF.type:
            found = version_remedy(self.graph, focus, self._versions(focus), self.scope.arrivals[focus])
            if found is not None:
                return found
        remedy = _for_focus(rule.remedy, focus)
        form = self.release.short_form(focus)
        return remedy if form is None or remedy.action != "add" or remedy.under else _in_full(form, remedy)

    def _versions(self, focus: IdentifiedNode) -> list[URIRef]:
        return described_versions(self.release, self.graph, focus)

    def _restrictions(self, rule: Rule, focus: IdentifiedNode) -> tuple[Restriction, ...]:
        """Return what the terms restrict; for a rule about one part of a freedom, what they restrict of that part."""
        if rule.property != OSAID.license:
            return ()
        part = rule.requirement.removeprefix("freedom-")
        about_one = rule.requirement.startswith("freedom-")
        found = (r for e in self.conclusions.get(focus, {}).values() if e.status != "approved" for r in e.restrictions)
        chosen = (r for r in found if not about_one or part in r.limits)
        return tuple(
            dict.fromkeys(Restriction(r.license, r.freedom, r.limits, r.how, r.clause, r.source) for r in chosen)
        )

    def _trace(self, focus: IdentifiedNode) -> tuple[Step, ...]:
        return tuple(
            Step(name(node), edge.via if edge else "", label(self.graph, node))
            for edge, node in self.scope.trace(focus)
        )


def _in_full(form: ShortForm, remedy: Remedy) -> Remedy:
    """Return a remedy that adds keys to an entry in the short form as the entry in full, with these keys."""
    keys = [line for line in remedy.yaml.splitlines() if not line.startswith("#")]
    if any(line.startswith((" ", "-")) for line in keys):  # no plain keys: a remedy of a user's own profile
        return remedy
    block = "{" + ", ".join([f"{form.key}: {_in_flow(form.value)}", *keys]) + "}"
    return Remedy("replace", f"{form.lead}: {block}" if form.lead else block, remedy.turtle, rewrites=True)


def _in_flow(text: str) -> str:
    """Return a text as it can stand in a flow mapping of YAML."""
    plain = re.fullmatch(r"https?://[^\s,\[\]{}\"']+(?<!:)", text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def _for_focus(remedy: Remedy, focus: IdentifiedNode) -> Remedy:
    return Remedy(
        remedy.action,
        remedy.yaml.replace("{focus}", str(focus)),
        remedy.turtle.replace("{focus}", focus.n3()),
        remedy.under,
    )
