"""The requirements and wordings of a profile, held against the codelists and against what else there is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.graph.ontology import ontology
from osaid_graph.validation.definition import joined, requirements, selected
from osaid_graph.validation.profile_folder import Folder
from osaid_graph.validation.requirements import circle, declared, iris_of, text_of
from osaid_graph.vocab import CODE, CODELISTS, OSAID, token

#: What a requirement cannot do without, beside one value each of ``_REQUIRED``.
_NEEDED = ((RDFS.label, "rdfs:label"), (SKOS.definition, "skos:definition"))
_REQUIRED = (OSAID.clause, OSAID.strength)
#: Property of a requirement -> the codelist its values are from.
_CODED = {
    OSAID.clause: "Clause",
    OSAID.strength: "Strength",
    OSAID.check: "Check",
    OSAID.settledBy: "Check",
    OSAID.appliesWhen: "Availability",
    OSAID.answeredForRole: "CodeRole",
}
#: What is said once, if at all: of two, which one is taken would be chance.
_ONCE = (
    *(RDFS.label, SKOS.definition, SKOS.editorialNote, OSAID.quote, OSAID.rationale, OSAID.satisfiedBy),
    *(OSAID.clause, OSAID.strength, OSAID.settledBy, OSAID.answeredBy, OSAID.answeredForRole),
)
_PREFIXES = Graph().namespace_manager
_PREFIXES.bind("osaid", OSAID)
_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")


def check_requirements(folder: Folder, definition: URIRef) -> None:
    """Check the requirements a profile adds, what it words anew and what it omits.

    Raises:
        InputError: One is incomplete, taken or there twice, has a value that is none, is worded twice or not at all,
            or is part of itself.
    """
    _Requirements(folder, definition).check()


def check_id(folder: Folder, node: URIRef) -> None:
    """Refuse an id that reports could not name.

    Raises:
        InputError: It is not in lower case, or the IRI has none.
    """
    if not _ID.fullmatch(token(node)):
        hint = "an id is what stands after the # of an IRI: lower-case letters, digits, hyphens and points"
        raise folder.wrong(node, f"{token(node)!r} cannot be an id", hint)


class _Requirements:
    def __init__(self, folder: Folder, definition: URIRef) -> None:
        self.folder = folder
        self.graph = folder.whole
        self.definition = definition
        self.shipped = declared(requirements())
        self.own = [node for node in self.graph.subjects(RDF.type, OSAID.Requirement) if isinstance(node, URIRef)]
        self.known: set[Node] = {*self.shipped.values(), *self.own}

    def check(self) -> None:
        for node in self.own:
            self._own(node)
        worded = self._wordings()
        for node in iris_of(self.graph, self.definition, OSAID.omits):
            if node not in self.known:
                raise self._wrong(f"omits {token(node)}, which there is not", OSAID.omits)
            if node in worded:
                raise self._wrong(f"omits {token(node)}, which it words", OSAID.omits)
        for node in self.own:
            if node not in worded:
                hint = "add one to the definition"
                raise self.folder.wrong(node, f"requirement {token(node)!r} has no wording", hint)
        self._circle(worded)

    def _own(self, node: URIRef) -> None:
        id_ = token(node)
        check_id(self.folder, node)
        if id_ in self.shipped:
            raise self.folder.wrong(node, f"requirement {id_!r} is one of the definition", "give it an id of its own")
        if sum(token(other) == id_ for other in self.own) > 1:
            raise self.folder.wrong(node, f"two requirements have the id {id_!r}", "give each an id of its own")
        for predicate, name in _NEEDED:
            if not text_of(self.graph, node, predicate):
                raise self.folder.wrong(node, f"requirement {id_!r} has no {name}", "state it, in English")
        for predicate in _REQUIRED:
            if (node, predicate, None) not in self.graph:
                raise self.folder.wrong(
                    node, f"requirement {id_!r} has the osaid:{token(predicate)} none", _codes(_CODED[predicate])
                )
        self._values(node, f"requirement {id_!r}")

    def _wordings(self) -> dict[URIRef, IdentifiedNode]:
        """Check the wordings; return them by their requirement."""
        worded: dict[URIRef, IdentifiedNode] = {}
        for wording in sorted(self.graph.objects(self.definition, OSAID.wording), key=str):
            if not isinstance(wording, IdentifiedNode):
                raise self._wrong(f"{str(wording)!r} is no wording", OSAID.wording, "write [ a osaid:Wording ; ... ]")
            named = iris_of(self.graph, wording, OSAID.requirement)
            if len(named) != 1 or named[0] not in self.known:
                shown = ", ".join(token(node) for node in named) or "none"
                message = f"a wording of requirement {shown}, which there is not"
                raise self.folder.wrong(wording, message, "name one there is")
            id_ = token(named[0])
            if not text_of(self.graph, wording, OSAID.quote):
                raise self.folder.wrong(wording, f"the wording of {id_} has no osaid:quote", "quote its source")
            if named[0] in worded:
                raise self.folder.wrong(wording, f"requirement {id_!r} is worded twice", "keep one of the wordings")
            self._values(wording, f"the wording of {id_}")
            worded[named[0]] = wording
        return worded

    def _values(self, node: IdentifiedNode, what: str) -> None:
        """Refuse values that say nothing here, and two where one is taken."""
        for predicate, codelist in _CODED.items():
            self._among(node, what, predicate, (CODE[word] for word in CODELISTS[codelist]), _codes(codelist))
        classes = ", ".join(f"osaid:{token(kind)}" for kind in ("AISystem", "Dataset", "Code", "Parameters"))
        hint = f"name a class of the ontology, such as {classes}"
        self._among(node, what, OSAID.appliesTo, _classes(), hint)
        for predicate in (OSAID.includes, OSAID.limits):
            self._among(node, what, predicate, self.known, "name one there is: osaid-graph explain lists them")
        for value in self.graph.objects(node, OSAID.answeredBy):
            if not isinstance(value, URIRef):
                raise self.folder.wrong(node, f"{what} is answered by {str(value)!r}", "name a property")
        for predicate in _ONCE:
            if (count := len(set(self.graph.objects(node, predicate)))) > 1:
                hint = "keep one, in English"
                raise self.folder.wrong(
                    node, f"{what} has {count} values of {predicate.n3(_PREFIXES)}", hint, at=predicate
                )

    def _among(self, node: IdentifiedNode, what: str, predicate: URIRef, known: Iterable[Node], hint: str) -> None:
        accepted = set(known)
        wrong = sorted(token(value) for value in self.graph.objects(node, predicate) if value not in accepted)
        if wrong:
            message = f"{what} has the osaid:{token(predicate)} {', '.join(wrong)}"
            raise self.folder.wrong(node, message, hint, at=predicate)

    def _circle(self, worded: dict[URIRef, IdentifiedNode]) -> None:
        found = circle(selected(joined(requirements(), self.graph), self.definition))
        if found:
            nodes: list[Node] = [worded[node] for node in worded if token(node) in found]
            nodes += [node for node in self.own if token(node) in found]
            at = next((node for node in nodes if (node, OSAID.includes, None) in self.graph), self.definition)
            message = f"requirement {found[0]!r} includes itself: {' > '.join(found)}"
            raise self.folder.wrong(at, message, "take out one osaid:includes", at=OSAID.includes)

    def _wrong(self, message: str, at: URIRef, hint: str = "osaid-graph explain lists them") -> Exception:
        return self.folder.wrong(self.definition, message, hint, at=at)


def _codes(codelist: str) -> str:
    return "one of: " + ", ".join(f"code:{word}" for word in CODELISTS[codelist])


@cache
def _classes() -> frozenset[Node]:
    return frozenset(node for node in ontology().subjects(RDF.type, OWL.Class) if str(node).startswith(str(OSAID._NS)))
