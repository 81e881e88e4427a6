"""Full OWL 2 RL, for proving the ontology consistent and for research. The only module that imports owlrl.

``check`` never uses it: its own entailment (:func:`osaid_graph.graph.ontology.entail`) is smaller and fixed.
"""

from __future__ import annotations

from rdflib import Graph, URIRef

#: owlrl reports an inconsistency as a triple with this predicate.
_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def owl_rl_closure(graph: Graph) -> Graph:
    """Return a copy of ``graph`` with everything the OWL 2 RL/RDF rules entail.

    See https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules.
    """
    import owlrl

    closed = Graph()
    closed += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return closed


def contradictions(closed: Graph) -> list[str]:
    """Return what is contradictory in a closed graph, one sentence each, sorted."""
    return sorted(str(error) for error in closed.objects(None, _ERROR))
