"""Labels that others give, derived from the facts of a description; no outcome under the definition depends on them.

A scheme is data (``ontology/labels``). Its conditions are evaluated over the prepared and completed graph, never over
outcomes or judgements, so what a person decided on the definition does not move a label. How each is read:
``docs/labels.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import RDF, Graph
from rdflib.term import IdentifiedNode, Node

from osaid_graph.assessment.kleene import YES, Answer, every, every_thing, no, some, some_thing, unsaid
from osaid_graph.assessment.released import Released, is_refusal, is_silence
from osaid_graph.graph.labels import label
from osaid_graph.labels import ConditionState, DerivedLabel, Label, LabelCondition, LabelScheme
from osaid_graph.lineage.edges import components, derivations, is_stage, is_subject, owners
from osaid_graph.terms import Policy
from osaid_graph.vocab import OSAID

#: Properties that lead to things known by their role, and the property of the role.
_ROLES = {
    OSAID.hasCode: OSAID.codeRole,
    OSAID.hasDocument: OSAID.documentRole,
    OSAID.hasDataInformation: OSAID.documentRole,
}
#: Properties of which a refusal is one value among others: it withholds a part, and denies none of the rest.
_PARTS = (OSAID.trainedOn, OSAID.evaluatedOn)

NOTHING = "nothing is said"
DISAGREE = "sources disagree"


def derive(
    graph: Graph, subject: IdentifiedNode, policy: Policy, schemes: Iterable[LabelScheme]
) -> tuple[DerivedLabel, ...]:
    """Return what a subject comes to under each scheme.

    Args:
        graph: The prepared and completed graph (:func:`osaid_graph.lineage.completion.complete`).
        subject: A system, model or parameters.
        policy: What counts as an open licence where a scheme leaves that open.
        schemes: The schemes, as :func:`osaid_graph.validation.label_schemes.label_schemes` gives them.
    """
    conditions = _Conditions(graph, policy)
    return tuple(_derived(scheme, conditions, subject) for scheme in schemes)


def _derived(scheme: LabelScheme, conditions: _Conditions, subject: IdentifiedNode) -> DerivedLabel:
    reached: Label | None = None
    states: list[ConditionState] = []
    holds = True
    for each in scheme.labels:
        for condition in each.conditions:
            answer = conditions.answer(condition, subject)
            states.append(ConditionState(condition, answer.state, answer.why))
            holds = holds and (answer.state == "satisfied" or not condition.required)
        if holds:
            reached = each
    return DerivedLabel(scheme, reached, tuple(states))


class _Conditions:
    """Answers conditions over one graph."""

    def __init__(self, graph: Graph, policy: Policy) -> None:
        self.graph = graph
        self.released = Released(graph, policy)

    def answer(self, condition: LabelCondition, subject: IdentifiedNode) -> Answer:
        """Tell whether a condition is satisfied by a subject and, where it is asked of these too, by its bases."""
        own = self._of_one(condition, subject)
        return every_thing((own, *self._of_bases(condition, subject))) if condition.of_bases else own

    def _of_one(self, condition: LabelCondition, subject: IdentifiedNode) -> Answer:
        holders = self._holders(subject)
        values = list(dict.fromkeys(self._values(condition, holders)))
        refused = [value for value in values if is_refusal(self.graph, value)]
        there = [value for value in values if not is_silence(self.graph, value)]
        if not there:
            waived = "said not to apply, which answers nothing" if values else NOTHING
            return no("refused") if refused else unsaid(waived)
        answers = [self._about(value, condition, holders, alone=len(there) == 1) for value in there]
        if condition.test == "any-released":
            found = some_thing(answers)
            return unsaid(DISAGREE) if refused and found.state == "satisfied" else found
        if refused:
            parts = set(condition.answered_by) <= set(_PARTS)
            answers.append(no("a part is refused") if parts else unsaid(DISAGREE))
        if OSAID.trainedOn in condition.answered_by:
            answers.extend(self.released.complete(holder, "not all of it is named") for holder in holders)
        return every_thing(answers)

    def _about(
        self, node: IdentifiedNode, condition: LabelCondition, holders: list[IdentifiedNode], *, alone: bool
    ) -> Answer:
        """Tell whether one thing is released or, where that will do, explained; ``alone``, it needs no name."""
        found = self.released.answer(node, condition.terms)
        if condition.test == "released-or-explained" and found.state != "satisfied":
            explained = self._explained(node, holders)
            found = some((found, explained)) if found.state != "contradicted" else explained
        return found if alone or not found.why else Answer(found.state, f"{label(self.graph, node)}: {found.why}")

    # -- what a condition is about ---------------------------------------------------------------------------

    def _holders(self, subject: IdentifiedNode) -> list[IdentifiedNode]:
        """Return a subject with the models and parameters it consists of."""
        found: dict[IdentifiedNode, None] = {subject: None}
        waiting = [subject]
        while waiting:
            node = waiting.pop()
            for predicate in components():
                for part in sorted(self.graph.objects(node, predicate), key=str):
                    if isinstance(part, IdentifiedNode) and part not in found and is_subject(self.graph, part):
                        found[part] = None
                        waiting.append(part)
        return list(found)

    def _values(self, condition: LabelCondition, holders: list[IdentifiedNode]) -> Iterator[IdentifiedNode]:
        """Yield what a condition is about: the values of its properties that have one of its roles."""
        for predicate in condition.answered_by:
            for holder in holders:
                if predicate == OSAID.hasParameters and (holder, RDF.type, OSAID.Parameters) in self.graph:
                    yield holder
                for value in sorted(self.graph.objects(holder, predicate), key=str):
                    if isinstance(value, IdentifiedNode) and (value, RDF.type, None) in self.graph:
                        role = _ROLES.get(predicate)
                        if role is None or any((value, role, wanted) in self.graph for wanted in condition.roles):
                            yield value

    # -- bases -----------------------------------------------------------------------------------------------

    def _of_bases(self, condition: LabelCondition, subject: IdentifiedNode) -> Iterator[Answer]:
        """Yield the answer of every base model that a subject was made from, to any distance."""
        seen: set[Node] = set(self._holders(subject))
        waiting = list(self._holders(subject))
        while waiting:
            node = waiting.pop(0)
            for base in self._bases(node):
                if base in seen:
                    continue
                seen.add(base)
                if is_refusal(self.graph, base):
                    yield no("a base model is refused")
                elif is_subject(self.graph, base):
                    found = self._of_one(condition, base)
                    yield Answer(found.state, f"{label(self.graph, base)}: {found.why}" if found.why else "")
                    waiting.extend(self._holders(base))
                    seen.update(self._holders(base))
                elif not is_silence(self.graph, base):
                    yield unsaid(f"the base {label(self.graph, base)} is described nowhere")

    def _bases(self, node: IdentifiedNode) -> Iterator[IdentifiedNode]:
        """Yield what a model derives from; in the place of a checkpoint, the parameters it is a stage of."""
        for predicate in derivations():
            for base in sorted(self.graph.objects(node, predicate), key=str):
                if isinstance(base, IdentifiedNode):
                    found = [e.target for e in owners(self.graph, base)] if is_stage(self.graph, base) else []
                    yield from found or [base]

    # -- explanations ----------------------------------------------------------------------------------------

    def _explained(self, dataset: IdentifiedNode, holders: list[IdentifiedNode]) -> Answer:
        """Tell whether it is said why a dataset cannot be shared, and whether data information describes it."""
        reason = self.released.stated(dataset, OSAID.unshareableReason, "reason for not sharing")
        return every((reason, self._described(dataset, holders)))

    def _described(self, dataset: IdentifiedNode, holders: list[IdentifiedNode]) -> Answer:
        found = {value for holder in holders for value in self.graph.objects(holder, OSAID.hasDataInformation)}
        nodes = [node for node in found if isinstance(node, IdentifiedNode)]
        refused = any(is_refusal(self.graph, node) for node in nodes)
        for node in nodes:
            if not is_silence(self.graph, node):
                describes = (node, OSAID.describes, dataset) in self.graph
                if describes and self.released.place(node).state == "satisfied":
                    return unsaid(DISAGREE) if refused else YES
        return no("data information is refused") if refused else unsaid("data information on it not stated")
