"""A profile: a folder of a user's own requirements and shapes, read and checked before anything is assessed with it.

The Turtle files of the folder hold one ``osaid:Definition`` that is based on a version (``osaid:basedOn``), its
wordings, the requirements it adds, and the shapes that check them. ``docs/profiles.md`` shows one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, RDFS, SH, SKOS, BNode, Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError, OsaidError
from osaid_graph.model import Location, Source
from osaid_graph.readers import turtle
from osaid_graph.readers.limits import MAX_BYTES
from osaid_graph.terms import policy
from osaid_graph.validation.definition import definitions_in, requirements, shapes, versions
from osaid_graph.validation.requirements import declared, iris_of, text_of
from osaid_graph.validation.rules import OUTCOMES, TARGETS, rules_of
from osaid_graph.validation.validate import wrong_with
from osaid_graph.vocab import CODELISTS, DCAT3, OSAID, token

#: What a requirement cannot do without, beside one value of a codelist each for its clause and its strength.
_NEEDED = ((RDFS.label, "rdfs:label"), (SKOS.definition, "skos:definition"))
_WORDS = ((OSAID.clause, "Clause"), (OSAID.strength, "Strength"))


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A profile as read: its definition, its requirements and wordings, its shapes, and the files they stand in."""

    definition: URIRef
    requirements: Graph
    shapes: Graph
    files: tuple[Source, ...]


def read_profile(folder: Path) -> Profile:
    """Read the Turtle files of a folder as a profile.

    Raises:
        InputError: The folder holds no Turtle; a file is no Turtle or uses a term that the ontology does not have;
            there is not one definition, or it is based on none that is shipped, or takes the id of one; a requirement
            or rule is incomplete or taken; or the shapes are no valid SHACL. The file is named, with the line where
            that is known.
    """
    return _Folder(folder).read()


class _Folder:
    """The files of a profile, with the place of every node."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.graphs: dict[str, Graph] = {}
        self.files: list[Source] = []
        self.places: dict[IdentifiedNode, Location] = {}

    def read(self) -> Profile:
        paths = sorted(self.folder.glob("**/*.ttl"))
        if not paths:
            raise InputError(
                "no Turtle file in this folder", "a profile is a folder of .ttl files", source=str(self.folder)
            )
        for path in paths:
            self._file(path)
        whole = Graph()
        for graph in self.graphs.values():
            whole += graph
        definition = self._definition(whole)
        self._requirements(whole)
        self._wordings(whole, definition)
        self._rules(whole)
        self._shacl(whole)
        return Profile(definition, whole, whole, tuple(self.files))

    def _file(self, path: Path) -> None:
        name = str(path)
        try:
            data = path.read_bytes()
            if len(data) > MAX_BYTES:
                raise InputError(f"larger than {MAX_BYTES // (1024 * 1024)} MiB", "split it", source=name)
            reading = turtle.read(data, name)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", "check its permissions", source=name) from None
        except InputError as error:
            error.source = error.source or name
            raise
        graph = Graph()
        for statement in reading.statements:
            graph.add(statement.triple)
            self.places.setdefault(statement.triple[0], Location(name, statement.line))
        self.graphs[name] = graph
        digest = hashlib.sha256(data).hexdigest()
        self.files.append(Source(name, turtle.NAME, digest, URIRef(f"urn:osaid:source:{digest[:16]}")))

    def _definition(self, graph: Graph) -> URIRef:
        found = definitions_in(graph)
        if len(found) != 1:
            how = "no osaid:Definition" if not found else f"{len(found)} of osaid:Definition"
            raise InputError(f"{how} in this profile", "describe one, based on a version", source=str(self.folder))
        (node,) = found
        if token(node) in versions():
            raise self._wrong(
                node, f"{token(node)!r} is a version that is shipped", "give the profile an id of its own"
            )
        bases = iris_of(graph, node, OSAID.basedOn)
        known = set(definitions_in(requirements()))
        if len(bases) != 1 or bases[0] not in known:
            named = ", ".join(token(base) for base in bases) or "none"
            raise self._wrong(
                node, f"a profile is based on one version, found {named}", f"versions: {', '.join(versions())}"
            )
        for predicate, name in ((DCTERMS.title, "dcterms:title"), (DCAT3.version, "dcat:version")):
            if not text_of(graph, node, predicate):
                raise self._wrong(node, f"the profile has no {name}", "reports name it by title and version")
        for chosen in iris_of(graph, node, OSAID.termsPolicy):
            try:
                policy(token(chosen))
            except OsaidError as error:
                raise self._wrong(node, error.message, error.hint) from None
        return node

    def _requirements(self, graph: Graph) -> None:
        taken = declared(requirements())
        for id_, node in declared(graph).items():
            if id_ in taken:
                raise self._wrong(node, f"requirement {id_!r} is one of the definition", "give it an id of its own")
            for predicate, name in _NEEDED:
                if not text_of(graph, node, predicate):
                    raise self._wrong(node, f"requirement {id_!r} has no {name}", "state it, in English")
            for predicate, codelist in _WORDS:
                words = [token(value) for value in iris_of(graph, node, predicate)]
                if len(words) != 1 or words[0] not in CODELISTS[codelist]:
                    raise self._wrong(
                        node,
                        f"requirement {id_!r} has the osaid:{token(predicate)} {', '.join(words) or 'none'}",
                        "one of: " + ", ".join(f"code:{word}" for word in CODELISTS[codelist]),
                    )

    def _wordings(self, graph: Graph, definition: URIRef) -> None:
        known = {*declared(requirements()).values(), *declared(graph).values()}
        worded: set[URIRef] = set()
        for wording in graph.objects(definition, OSAID.wording):
            if not isinstance(wording, IdentifiedNode):
                raise self._wrong(definition, f"{str(wording)!r} is no wording", "write [ a osaid:Wording ; ... ]")
            named = iris_of(graph, wording, OSAID.requirement)
            if len(named) != 1 or named[0] not in known:
                shown = ", ".join(token(node) for node in named) or "none"
                raise self._wrong(wording, f"a wording of requirement {shown}, which there is not", "name one there is")
            if not text_of(graph, wording, OSAID.quote):
                raise self._wrong(wording, f"the wording of {token(named[0])} has no osaid:quote", "quote its source")
            worded.update(named)
        for node in [*declared(graph).values(), *iris_of(graph, definition, OSAID.omits)]:
            if node not in known:
                raise self._wrong(
                    definition, f"omits {token(node)}, which there is not", "osaid-graph explain lists them"
                )
            if node not in worded and node in declared(graph).values():
                raise self._wrong(node, f"requirement {token(node)!r} has no wording", "add one to the definition")

    def _rules(self, graph: Graph) -> None:
        known = {*declared(requirements()), *declared(graph)}
        taken = {token(node) for node in rules_of(shapes())}
        for node in sorted(set(self._targeted(graph)), key=str):
            if not isinstance(node, URIRef) or (node, OSAID.requirement, None) not in graph:
                raise self._wrong(node, "a shape with a target serves no requirement", "add osaid:requirement to it")
        for node in rules_of(graph):
            (served, *more) = [token(value) for value in iris_of(graph, node, OSAID.requirement)] or [""]
            if more or served not in known:
                raise self._wrong(
                    node, f"rule {token(node)!r} serves {served!r}, which there is not", "name one requirement"
                )
            if token(node) in taken or not token(node).startswith(f"{served}."):
                raise self._wrong(
                    node, f"the rule cannot be called {token(node)!r}", f"call it <anything>#{served}.<why>"
                )
            if not text_of(graph, node, SH.message):
                raise self._wrong(node, f"rule {token(node)!r} has no sh:message", "say what was found when it fails")
            severity = graph.value(node, SH.severity) or SH.Violation
            if severity not in OUTCOMES:
                hint = "one of: sh:Violation, sh:Warning, sh:Info, code:needs-judgement"
                raise self._wrong(node, f"rule {token(node)!r} has the severity {token(severity)}", hint)

    @staticmethod
    def _targeted(graph: Graph) -> Iterator[IdentifiedNode]:
        for predicate in TARGETS:
            yield from (node for node in graph.subjects(predicate) if isinstance(node, IdentifiedNode))

    def _shacl(self, graph: Graph) -> None:
        """Refuse terms that SHACL does not have, and shapes that are not what it asks for."""
        for own in self.graphs.values():
            for subject, predicate, value in own:
                for term in (predicate, value):
                    if isinstance(term, URIRef) and term.startswith(str(SH)) and term not in SH:
                        hint = "see https://www.w3.org/TR/shacl/"
                        raise self._wrong(subject, f"sh:{token(term)} is no term of SHACL", hint)
        for name, own in self.graphs.items():
            used = own + _parts_elsewhere(own, graph + shapes())
            wrong = wrong_with(used)
            if wrong:
                raise InputError(f"not valid SHACL: {wrong}", "see https://www.w3.org/TR/shacl/", source=name)

    def _wrong(self, node: object, message: str, hint: str) -> InputError:
        place = self.places.get(node) if isinstance(node, (URIRef, BNode)) else None
        source = place.source if place else str(self.folder)
        return InputError(message, hint, source=source, line=place.line if place else None)


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
