"""Which requirements bind a subject: a system that nobody trained is asked for the freedoms alone."""

from __future__ import annotations

from rdflib import RDF, Graph
from rdflib.term import IdentifiedNode

from osaid_graph.lineage.edges import kinds
from osaid_graph.model import Definition
from osaid_graph.vocab import CODE, OSAID

#: What only something that was trained has.
TRAINED = (
    OSAID.trainedOn,
    OSAID.trainedBy,
    OSAID.validatedOn,
    OSAID.derivedFrom,
    OSAID.hasModel,
    OSAID.hasParameters,
    OSAID.hasDataInformation,
)
#: What code does only for something that was trained.
TRAINING = frozenset({CODE["training"], CODE["validation"], CODE["hyperparameter-search"]})


def excused(graph: Graph, subject: IdentifiedNode, definition: Definition) -> dict[str, str]:
    """Return the requirements that do not bind a subject, each with the reason in a clause.

    OSAID: "Preferred form to make modifications to machine-learning systems". The requirement that says so,
    ``scope-ml-only``, limits those of the list of elements.
    """
    return {} if made_by_machine_learning(graph, subject) else limited(definition)


def limited(definition: Definition) -> dict[str, str]:
    """Return the requirements that bind only what was made by machine learning, each with the reason in a clause."""
    reasons = {}
    for requirement in definition.requirements.values():
        for id_ in requirement.limits:
            reasons[id_] = f"not made by machine learning ({requirement.id})"
    return reasons


def made_by_machine_learning(graph: Graph, subject: IdentifiedNode) -> bool:
    """Tell whether a subject is to be taken as made by machine learning.

    It is unless it is a system, all that is said of its technique is ``rule-based``, and it has nothing that only
    training gives; the rule ``preferred-form-all-elements.technique-conflicting`` finds where the two do not agree.
    """
    if set(graph.objects(subject, OSAID.technique)) != {CODE["rule-based"]}:
        return True
    if not kinds(graph, subject).isdisjoint({OSAID.Model, OSAID.Parameters}):
        return True
    values = [value for predicate in TRAINED for value in graph.objects(subject, predicate)]
    values += [
        code
        for code in graph.objects(subject, OSAID.hasCode)
        if not TRAINING.isdisjoint(graph.objects(code, OSAID.codeRole))
    ]
    return any((value, RDF.type, OSAID.NotApplicable) not in graph for value in values)
