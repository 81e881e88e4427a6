"""RDF in other people's vocabularies, as descriptions that remember which of their statements were asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import RDF, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.model import Term
from osaid_graph.reading import Statement
from osaid_graph.sources import Unread

_LIST_ENDS = frozenset((RDF.first, RDF.rest))


@dataclass(frozen=True, slots=True)
class Said:
    """The object of a statement, at the place of the statement."""

    term: Term
    line: int | None
    path: str
    graph: URIRef | None
    _all: Descriptions

    @property
    def text(self) -> str:
        """The text of a literal or the IRI, without white space around it; empty for a blank node."""
        return str(self.term).strip() if isinstance(self.term, Literal | URIRef) else ""

    @property
    def iri(self) -> URIRef | None:
        """The IRI; None for a literal or a blank node."""
        return self.term if isinstance(self.term, URIRef) else None

    @property
    def description(self) -> Description | None:
        """What is said of the node, if it is one; it may be nothing."""
        return None if isinstance(self.term, Literal) else self._all.of(self.term)


class Description:
    """What a document says of one node."""

    __slots__ = ("_all", "graph", "line", "node", "path")

    def __init__(self, node: IdentifiedNode, described: Descriptions) -> None:
        self.node = node
        self._all = described
        first = described.first(node)
        self.line = first.line if first else None
        self.path = first.field if first else ""
        self.graph = first.graph if first else None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.node.n3()}>"

    def get(self, *predicates: URIRef, besides: Collection[Term] = ()) -> list[Said]:
        """Return what is said with any of several predicates, lists unfolded, in the order it stands. It is read.

        What is said of ``besides`` is left out, and stays unread.
        """
        return [said for predicate in predicates for said in self._all.objects(self.node, predicate, besides)]

    def text(self, *predicates: URIRef) -> str:
        """Return the first text that is said with any of several predicates; empty where there is none."""
        return next((said.text for said in self.get(*predicates) if said.text), "")

    @property
    def types(self) -> frozenset[URIRef]:
        """Its classes."""
        return frozenset(said.iri for said in self.get(RDF.type) if said.iri is not None)

    @property
    def predicates(self) -> frozenset[URIRef]:
        """The predicates of what is said of it; none of it counts as read by that."""
        return frozenset(statement.triple[1] for statement in self._all.about(self.node))

    def naming(self, *predicates: URIRef) -> list[Description]:
        """Return the nodes that name this one with any of several predicates; those statements are read."""
        return [self._all.of(node) for predicate in predicates for node in self._all.subjects(predicate, self.node)]


class Descriptions:
    """All that a document says, by the node it says it of."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.statements: Sequence[Statement] = tuple(statements)
        self._by_subject: dict[IdentifiedNode, list[int]] = defaultdict(list)
        self._by_predicate: dict[tuple[IdentifiedNode, URIRef], list[int]] = defaultdict(list)
        self._by_object: dict[tuple[URIRef, Term], list[int]] = defaultdict(list)
        self._read: set[int] = set()
        self._numbers = {id(statement): number for number, statement in enumerate(self.statements)}
        for number, statement in enumerate(self.statements):
            subject, predicate, value = statement.triple
            self._by_subject[subject].append(number)
            self._by_predicate[subject, predicate].append(number)
            self._by_object[predicate, value].append(number)

    def of(self, node: IdentifiedNode) -> Description:
        """Return what is said of a node."""
        return Description(node, self)

    def of_type(self, *types: URIRef) -> list[Description]:
        """Return the descriptions of the nodes of any of several classes, each once, in the order they appear."""
        numbers = sorted(number for kind in types for number in self._by_object.get((RDF.type, kind), ()))
        self._read.update(numbers)
        return [self.of(node) for node in dict.fromkeys(self.statements[number].triple[0] for number in numbers)]

    def __iter__(self) -> Iterator[Description]:
        return (self.of(node) for node in self._by_subject)

    def __contains__(self, node: object) -> bool:
        return node in self._by_subject

    def about(self, node: IdentifiedNode) -> list[Statement]:
        """Return the statements of which a node is the subject; none of them counts as read by that."""
        return [self.statements[number] for number in self._by_subject.get(node, ())]

    def first(self, node: IdentifiedNode) -> Statement | None:
        """Return the first statement of which a node is the subject."""
        numbers = self._by_subject.get(node)
        return self.statements[numbers[0]] if numbers else None

    def mention(self, node: IdentifiedNode) -> Statement | None:
        """Return the first statement of which a node is the object; it does not count as read by that."""
        return next((statement for statement in self.statements if statement.triple[2] == node), None)

    def objects(self, node: IdentifiedNode, predicate: URIRef, besides: Collection[Term] = ()) -> Iterator[Said]:
        """Yield what is said of a node with a predicate, RDF lists unfolded; it is read, but for ``besides``."""
        for number in self._by_predicate.get((node, predicate), ()):
            statement = self.statements[number]
            if statement.triple[2] in besides:
                continue
            self._read.add(number)
            for term in self._unfolded(statement.triple[2]):
                yield Said(term, statement.line, statement.field, statement.graph, self)

    def subjects(self, predicate: URIRef, value: Term) -> Iterator[IdentifiedNode]:
        """Yield the nodes of which something is said with a predicate; it is read."""
        for number in self._by_object.get((predicate, value), ()):
            self._read.add(number)
            yield self.statements[number].triple[0]

    def _unfolded(self, term: Term) -> Iterator[Term]:
        """Yield the members of an RDF list, or the term itself where it is none; a list that goes in a circle ends."""
        if term == RDF.nil:
            return
        seen: set[Term] = set()
        at: Term | None = term
        while isinstance(at, IdentifiedNode) and at not in seen and at != RDF.nil:
            seen.add(at)
            numbers = sorted(n for end in _LIST_ENDS for n in self._by_predicate.get((at, end), ()))
            if not numbers:
                break
            self._read.update(numbers)
            rest: Term | None = None
            for number in numbers:
                _, predicate, value = self.statements[number].triple
                if predicate == RDF.first:
                    yield value
                else:
                    rest = value
            at = rest
        if at == term:
            yield term

    def read(self, statements: Iterable[Statement]) -> None:
        """Count statements as read."""
        self._read.update(self._numbers[id(statement)] for statement in statements if id(statement) in self._numbers)

    def unread(self, known: Iterable[URIRef] = ()) -> tuple[Unread, ...]:
        """Return what was never asked for, by predicate; nothing with the predicates of ``known`` or of lists.

        A class that was never asked for is told by its name: ``rdf:type <class>``.
        """
        passed = frozenset(known) | _LIST_ENDS
        found: dict[str, Unread] = {}
        for number, statement in enumerate(self.statements):
            _, predicate, value = statement.triple
            if number in self._read or predicate in passed:
                continue
            name = f"rdf:type {value}" if predicate == RDF.type else str(predicate)
            first = found.get(name, Unread(name, 0, statement.line))
            found[name] = Unread(name, first.count + 1, first.line)
        return tuple(found.values())
