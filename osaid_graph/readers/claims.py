"""What readers of other formats write: statements at their fields, attributed to whoever the document speaks for.

Texts are read the way the manifest reads them: an address is a document, a template's placeholder discloses nothing,
and a name that cannot be an IRI stays a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.identity import Kind, canonical, checked_iri, part_of, resolve, shortened
from osaid_graph.model import Term
from osaid_graph.readers.days import moment_of
from osaid_graph.readers.manifest.keys import PLACEHOLDERS
from osaid_graph.readers.place import Place
from osaid_graph.readers.statements import StatementWriter
from osaid_graph.reading import Reading, StatedSource, Unnamed
from osaid_graph.sources import Repair, Unread
from osaid_graph.vocab import CODE, DCAT3, OSAID

_RUNS = re.compile(r"\s*(?:javascript|vbscript|data|blob|file):\S", re.IGNORECASE)


class ClaimWriter:
    """Collects what one document says.

    Args:
        source: Who says it, where the document speaks for somebody else than its author; None where it does not.
    """

    def __init__(self, source: StatedSource | None = None) -> None:
        self.source = source
        self.repairs: list[Repair] = []
        self._out = StatementWriter()

    def reading(self, unread: Iterable[Unread] = (), unnamed: Iterable[Unnamed] = ()) -> Reading:
        """Return everything that was said."""
        return Reading(
            tuple(self._out.statements), unread=tuple(unread), repairs=tuple(self.repairs), unnamed=tuple(unnamed)
        )

    @contextmanager
    def attributed(self, source: StatedSource) -> Iterator[None]:
        """Attribute what is said inside to somebody else, whom the document names as its source."""
        before, self.source = self.source, source
        try:
            yield
        finally:
            self.source = before

    # -- nodes -----------------------------------------------------------------------------------------------

    def thing(self, node: IdentifiedNode, kind: URIRef, at: Place, name: str = "", version: str = "") -> None:
        """Say what a node is, what people call it, and which version it is; empty texts say nothing."""
        self.say(node, RDF.type, kind, at)
        if name.strip():
            self.say(node, DCTERMS.title, Literal(_one_line(name)), at)
        if version.strip():
            self.say(node, DCAT3.version, Literal(_one_line(version)), at)

    def parameters(self, whole: URIRef, at: Place) -> URIRef:
        """Return the parameters of a model or system that has none of its own, after saying that they are its."""
        iri = URIRef(part_of(whole, "parameters"))
        self.say(whole, OSAID.hasParameters, iri, at)
        self.say(iri, RDF.type, OSAID.Parameters, at)
        return iri

    def part(self, whole: URIRef, predicate: URIRef, kind: URIRef, name: str, at: Place) -> URIRef:
        """Return a part of ``whole`` without an IRI of its own, named after what it is, after saying that it is one."""
        iri = URIRef(part_of(whole, name))
        self.say(whole, predicate, iri, at)
        self.say(iri, RDF.type, kind, at)
        return iri

    def agent(self, node: IdentifiedNode, predicate: URIRef, name: str, at: Place, iri: str = "") -> None:
        """Say which person or organisation stands in a relation to a node."""
        known = self.iri(iri, at) if iri else None
        if known is None:
            if name.strip():
                self.say(node, predicate, self.node(PROV.Agent, [(FOAF.name, Literal(_one_line(name)))], at), at)
            return
        self.say(node, predicate, known, at)
        self.say(known, RDF.type, PROV.Agent, at)
        if name.strip():
            self.say(known, FOAF.name, Literal(_one_line(name)), at)

    # -- references ------------------------------------------------------------------------------------------

    def reference(self, text: str, kind: Kind, at: Place) -> URIRef | None:
        """Return the node a name, a Hub id or an address stands for; None, with a repair told, where it is none."""
        if self._runs(text, at):
            return None
        try:
            return URIRef(resolve(" ".join(text.split()), kind))
        except InputError as error:
            self.repair(f"{error.message}: left out", at)
            return None

    def iri(self, text: str, at: Place) -> URIRef | None:
        """Return an absolute IRI in its canonical spelling; None, with a repair told, where it is none."""
        if self._runs(text, at):
            return None
        try:
            return URIRef(checked_iri(canonical(text.strip())))
        except InputError as error:
            self.repair(f"{error.message}: left out", at)
            return None

    def _runs(self, text: str, at: Place) -> bool:
        """Tell, also the user, whether a text is a script or data in the form of an address, which names nothing."""
        if not runs(text):
            return False
        self.repair(f"{shortened(text)!r} names nothing: left out", at)
        return True

    # -- statements ------------------------------------------------------------------------------------------

    def say(self, node: IdentifiedNode, predicate: URIRef, value: Term, at: Place) -> None:
        """Add a statement."""
        self._out.add(node, predicate, value, at.line, self.source, at.path, _graph(at))

    def node(self, kind: URIRef, said: Iterable[tuple[URIRef, Term]], at: Place) -> BNode:
        """Add a node without an IRI, named after what is said of it, and return it."""
        return self._out.node(kind, said, at.line, self.source, at.path, _graph(at))

    def tell(self, node: IdentifiedNode, predicate: URIRef, text: str, at: Place) -> None:
        """Add what a text says of a node: an address as a document, a placeholder as a refusal, nothing for nothing."""
        words = _one_line(text)
        if not words:
            return
        if words.casefold() in PLACEHOLDERS:
            self.withhold(node, predicate, at, words)
            return
        self.say(node, predicate, self._address(words) or Literal(words), at)

    def issued(self, node: IdentifiedNode, text: str, at: Place) -> None:
        """Say when a thing was published: a day or a moment. Any other text is told; an empty one says nothing."""
        moment = moment_of(text.strip())
        if moment is not None:
            self.say(node, DCTERMS.issued, moment, at)
        elif text.strip():
            self.repair(f"{shortened(text.strip())!r} is no date written YYYY-MM-DD: left out", at)

    def withhold(self, node: IdentifiedNode, predicate: URIRef, at: Place, comment: str = "") -> None:
        """Say that something is not disclosed, in the words of the source if it has some."""
        self._silence(OSAID.NotDisclosed, node, predicate, at, comment)

    def rule_out(self, node: IdentifiedNode, predicate: URIRef, at: Place, reason: str) -> None:
        """Say that something does not apply, and why."""
        self._silence(OSAID.NotApplicable, node, predicate, at, reason)

    def silence(
        self, kind: URIRef, node: IdentifiedNode, predicate: URIRef, at: Place, comment: str, roles: Iterable[str]
    ) -> None:
        """Say that something is not disclosed or does not apply, for some roles of code or of documents only."""
        of = OSAID.documentRole if predicate == OSAID.hasDocument else OSAID.codeRole
        words, graph = _one_line(comment), _graph(at)
        silence = self._out.silence(kind, words, at.line, self.source, roles, of, field=at.path, graph=graph)
        self.say(node, predicate, silence, at)

    def withhold_code(self, node: IdentifiedNode, roles: Iterable[str], at: Place, comment: str = "") -> None:
        """Say that no code is released for these roles."""
        self._silence(OSAID.NotDisclosed, node, OSAID.hasCode, at, comment, roles)

    def withhold_document(self, node: IdentifiedNode, roles: Iterable[str], at: Place, comment: str = "") -> None:
        """Say that no document of these kinds is released."""
        words = _one_line(comment)
        role = OSAID.documentRole
        silence = self._out.silence(OSAID.NotDisclosed, words, at.line, self.source, roles, role, field=at.path)
        self.say(node, OSAID.hasDocument, silence, at)

    def code(self, node: IdentifiedNode, code: URIRef, roles: Iterable[str], at: Place) -> None:
        """Say that something is the code of a node, for these roles."""
        self.say(node, OSAID.hasCode, code, at)
        self.say(code, RDF.type, OSAID.Code, at)
        for role in roles:
            self.say(code, OSAID.codeRole, CODE[role], at)

    def document(self, node: IdentifiedNode, document: URIRef, roles: Iterable[str], at: Place) -> None:
        """Say that something is a document about a node, of these kinds."""
        self.say(node, OSAID.hasDocument, document, at)
        self.say(document, RDF.type, OSAID.Document, at)
        for role in roles:
            self.say(document, OSAID.documentRole, CODE[role], at)

    def comment(self, node: IdentifiedNode, text: str, at: Place) -> None:
        """Keep what a source remarks on a node and no property holds; an empty text says nothing."""
        if text.strip():
            self.say(node, RDFS.comment, Literal(_one_line(text)), at)

    def access(self, node: IdentifiedNode, manner: str, at: Place, comment: str = "") -> None:
        """Say in which manner (a word of the codelist AccessManner; empty for one not told) one gets at a node."""
        said: list[tuple[URIRef, Term]] = [(OSAID.accessManner, CODE[manner])] if manner else []
        if comment.strip():
            said.append((RDFS.comment, Literal(_one_line(comment))))
        if said:
            self.say(node, OSAID.accessConditions, self.node(OSAID.AccessConditions, said, at), at)

    def repair(self, text: str, at: Place) -> None:
        """Tell what was put right in the document, in a sentence without a full stop."""
        self.repairs.append(Repair(text, at.line, at.path))

    def _silence(
        self,
        kind: URIRef,
        node: IdentifiedNode,
        predicate: URIRef,
        at: Place,
        comment: str,
        roles: Iterable[str] = (),
    ) -> BNode:
        words, graph = _one_line(comment), _graph(at)
        silence = self._out.silence(kind, words, at.line, self.source, roles, field=at.path, graph=graph)
        self.say(node, predicate, silence, at)
        return silence

    def _address(self, text: str) -> URIRef | None:
        if not text.startswith(("http://", "https://")) or " " in text:
            return None
        try:
            return URIRef(checked_iri(canonical(text)))
        except InputError:
            return None


def runs(text: str) -> bool:
    """Tell whether a text is a script, data or a file in the form of an address, which names nothing.

    >>> runs("javascript:alert(1)"), runs("https://example.org/")
    (True, False)
    """
    return _RUNS.match(text) is not None


def _graph(at: Place) -> URIRef | None:
    """Return the named graph that a place is in, of the few that are in one."""
    return getattr(at, "graph", None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
