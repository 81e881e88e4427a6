"""The rules of a profile: each serves a requirement, is SHACL, and asks nobody on the network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import SH, Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.validation.definition import requirements, shapes
from osaid_graph.validation.profile_folder import Folder
from osaid_graph.validation.requirements import declared, iris_of, text_of
from osaid_graph.validation.rules import OUTCOMES, TARGETS, rules_of, targeted
from osaid_graph.validation.validate import wrong_with
from osaid_graph.vocab import OSAID, token

_SPECIFICATION = "see https://www.w3.org/TR/shacl/"
#: What is said once of a rule, if at all: of two, which one is taken would be chance.
_ONCE = ((SH.message, "sh:message"), (SH.severity, "sh:severity"), (OSAID.remedy, "osaid:remedy"))
_QUERIES = (SH.select, SH.ask, SH.construct)
_PATH = re.compile(r"[$?]PATH\b")
#: What rdflib's parser calls the parts of a query that have it open an address, and how they are written.
_REMOTE = {"ServiceGraphPattern": "SERVICE", "DatasetClause": "FROM"}


def check_rules(folder: Folder) -> None:
    """Check the rules and shapes of a profile.

    Raises:
        InputError: A rule is incomplete, has a name that is taken or says nothing of its requirement; a shape with a
            target serves no requirement; a query asks the network; or the shapes are no valid SHACL.
    """
    graph = folder.whole
    for node in sorted(targeted(graph), key=str):
        if not isinstance(node, URIRef) or (node, OSAID.requirement, None) not in graph:
            raise folder.wrong(node, "a shape with a target serves no requirement", "add osaid:requirement to it")
    for node in rules_of(graph):
        _rule(folder, node)
    _terms(folder)
    _queries(folder)
    everything = graph + shapes()
    for name, own in folder.graphs.items():
        wrong = wrong_with(own + _parts_elsewhere(own, everything))
        if wrong:
            raise InputError(f"not valid SHACL: {wrong}", _SPECIFICATION, source=name)


def _rule(folder: Folder, node: URIRef) -> None:
    graph, id_ = folder.whole, token(node)
    known = {*declared(requirements()), *declared(graph)}
    (served, *more) = [token(value) for value in iris_of(graph, node, OSAID.requirement)] or [""]
    if more or served not in known:
        raise folder.wrong(node, f"rule {id_!r} serves {served!r}, which there is not", "name one requirement")
    taken = [token(other) for other in (*rules_of(shapes()), *rules_of(graph)) if other != node]
    if id_ in taken or not id_.startswith(f"{served}."):
        raise folder.wrong(node, f"the rule cannot be called {id_!r}", f"call it <anything>#{served}.<why>")
    if not text_of(graph, node, SH.message):
        raise folder.wrong(node, f"rule {id_!r} has no sh:message", "say what was found when it fails")
    for predicate, name in _ONCE:
        if (count := len(set(graph.objects(node, predicate)))) > 1:
            raise folder.wrong(node, f"rule {id_!r} has {count} values of {name}", "keep one", at=predicate)
    if (node, SH.property, None) in graph:  # SHACL, section 4.7.1: its results name the inner shape as their source
        hint = "make the rule a sh:PropertyShape, or put the part into sh:and ( [ ... ] )"
        raise folder.wrong(
            node, f"rule {id_!r} has a sh:property, whose results are not the rule's", hint, at=SH.property
        )
    severity = graph.value(node, SH.severity) or SH.Violation
    if severity not in OUTCOMES:
        hint = "one of: sh:Violation, sh:Warning, sh:Info, code:needs-judgement"
        raise folder.wrong(node, f"rule {id_!r} has the severity {token(severity)}", hint, at=SH.severity)
    for value in graph.objects(node, OSAID.bearsOn):
        if token(value) not in known:
            message = f"rule {id_!r} bears on {token(value)!r}, which there is not"
            raise folder.wrong(node, message, "osaid-graph explain lists them", at=OSAID.bearsOn)


def _terms(folder: Folder) -> None:
    """Refuse terms that SHACL does not have."""
    for subject, predicate, value in sorted(folder.whole):
        for term in (predicate, value):
            if isinstance(term, URIRef) and term.startswith(str(SH)) and term not in SH:
                message = f"sh:{token(term)} is no term of SHACL"
                raise folder.wrong(subject, message, _SPECIFICATION, at=predicate)


def _queries(folder: Folder) -> None:
    """Refuse queries that are none, and those that have the engine open an address: a check opens only its inputs."""
    from rdflib.plugins.sparql.parser import parseQuery

    for predicate in _QUERIES:
        for node, query in sorted(folder.whole.subject_objects(predicate)):
            try:
                # $PATH stands for the path of the shape (SHACL, section 6.2.2), where a variable need not be possible.
                parsed = parseQuery(_PATH.sub("<urn:osaid:path>", str(query)))
            except Exception as error:  # whatever a malformed query causes in rdflib's parser escapes
                message = f"not valid SHACL: no SPARQL query: {' '.join(str(error).split())}"
                raise folder.wrong(node, message, "see https://www.w3.org/TR/sparql11-query/", at=predicate) from None
            for part in sorted(set(_parts(parsed)) & set(_REMOTE)):
                hint = "no assessment uses the network: ask only for what the descriptions say"
                raise folder.wrong(node, f"a query with {_REMOTE[part]}, which opens an address", hint, at=predicate)


def _parts(parsed: object) -> Iterator[str]:
    """Yield the names of all parts of a parsed query: a word in a text or a comment is none."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(parsed, CompValue):
        yield parsed.name
        parsed = list(parsed.values())
    if isinstance(parsed, Iterable) and not isinstance(parsed, str):
        for value in parsed:
            yield from _parts(value)


def _parts_elsewhere(own: Graph, everything: Graph) -> Graph:
    """Return the shapes that those of one file refer to and that stand elsewhere, without their targets."""
    found = Graph()
    waiting = [value for value in own.objects() if isinstance(value, IdentifiedNode) and (value, None, None) not in own]
    seen = set(waiting)
    while waiting:
        for triple in everything.triples((waiting.pop(), None, None)):
            if triple[1] not in TARGETS:
                found.add(triple)
            if isinstance(triple[2], IdentifiedNode) and triple[2] not in seen:
                seen.add(triple[2])
                waiting.append(triple[2])
    return found
