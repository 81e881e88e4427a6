"""Sets of nodes and pairs of nodes, as queries over the relations of predicates: classes, paths, targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce

from rdflib import RDF, RDFS, Literal, URIRef
from sqlglot import exp

from osaid_graph.compiler import paths
from osaid_graph.compiler.conditions import ALWAYS, NEVER, Condition, Kinds, Member, Tests, negated, table
from osaid_graph.compiler.datatypes import datatype_of, quoted
from osaid_graph.compiler.relations import Relations, named, number, of_iri, parsed
from osaid_graph.compiler.targets import Target, TargetClass, TargetNode, TargetObjectsOf
from osaid_graph.model import Term
from osaid_graph.term_ids import term_id


@dataclass(frozen=True, slots=True)
class Pairs:
    """A relation that holds each pair of nodes once, and its columns for the start and the end."""

    relation: str
    start: str = "subject"
    end: str = "object"


@dataclass(frozen=True, slots=True)
class Names:
    """What the relations are called that a plan reads.

    Attributes:
        table_of: The relation of a predicate, with the columns ``subject`` and ``object`` and every pair once; None
            where nothing has the predicate.
        terms: The relation that says what ids stand for.
        statements: The relation of all statements, every one once.
        seed: The seed of the ids.
    """

    table_of: Callable[[str], str | None]
    terms: str
    statements: str
    seed: int


class Sets:
    """Writes sets and pairs, each once."""

    def __init__(self, names: Names, relations: Relations, target_nodes: Iterable[Term]) -> None:
        self.names = names
        self.relations = relations
        self.target_nodes = tuple(target_nodes)
        self._instances: dict[URIRef, str | None] = {}
        self._starts: dict[tuple[Pairs, Condition, int], Condition] = {}

    def id_of(self, term: Term) -> int:
        """Return the id of a term."""
        return term_id(term, self.names.seed)

    def predicate(self, iri: URIRef) -> Pairs | None:
        """Return the pairs of a predicate, None where there are none."""
        relation = self.names.table_of(str(iri))
        return None if relation is None else Pairs(relation)

    def instances(self, iri: URIRef) -> str | None:
        """Return the name of the set of instances of a class and of those below it, None where there are none."""
        if iri not in self._instances:
            self._instances[iri] = self._instances_of(iri)
        return self._instances[iri]

    def _instances_of(self, iri: URIRef) -> str | None:
        types, below = self.predicate(RDF.type), self.predicate(RDFS.subClassOf)
        if types is None:
            return None
        is_of = exp.column(types.end, "r")
        query = _select(exp.column(types.start, "r").as_("node"), types)
        if below is None:
            query = query.where(exp.EQ(this=is_of, expression=of_iri(iri, self.names.seed)), copy=False)
        else:
            classes = self._classes(iri, below)
            on = exp.EQ(this=exp.column("node", "m"), expression=is_of)
            query = query.join(table(classes, "m"), on=on).distinct()
        return self.relations.named(query, _local(iri))

    def pairs(self, path: paths.Path) -> Pairs | None:
        """Return the pairs at the ends of a path; where a path stays at a node, that is not among them."""
        if isinstance(path, paths.Predicate):
            return self.predicate(path.iri)
        if isinstance(path, paths.Inverse):
            inner = self.pairs(path.path)
            return inner and Pairs(inner.relation, inner.end, inner.start)
        if isinstance(path, paths.Sequence):
            return reduce(
                self._then, path.paths[1:], _Steps(self.pairs(path.paths[0]), paths.stays(path.paths[0]))
            ).pairs
        if isinstance(path, paths.Alternative):
            return self._united([self.pairs(part) for part in path.paths], "any of paths")
        inner = self.pairs(path.path)
        return inner if inner is None or isinstance(path, paths.ZeroOrOne) else self._repeated(inner)

    def values(self, path: paths.Path | None, domain: str | None = None) -> Pairs | None:
        """Return the pairs of nodes and their values by a path; without a path, each node is its own.

        Args:
            path: The path.
            domain: The set of nodes that matter where a node is a value of its own; None for all there are.
        """
        pairs = None if path is None else self.pairs(path)
        if path is not None and not paths.stays(path):
            return pairs
        node = exp.column("node", "r")
        same = exp.select(node.as_("subject"), node.copy().as_("object")).from_(table(domain or self.nodes(), "r"))
        stay = Pairs(self.relations.named(same.distinct() if domain else same, "themselves"))
        return self._united([stay, pairs], "values")

    def nodes(self) -> str:
        """Return the name of the set of all nodes there are."""
        columns = [f"SELECT {column} AS node FROM {named(self.names.statements)}" for column in ("subject", "object")]
        query = " UNION ".join([*columns, *(f"SELECT {number(self.id_of(each)).sql()}" for each in self.target_nodes)])
        return self.relations.named(parsed(query), "nodes")

    def terms(self) -> str:
        """Return the name of the relation that says what ids stand for, those of the targets included."""
        if not self.target_nodes:
            return self.names.terms
        own = " UNION ALL ".join(f"SELECT {_described(self.id_of(each), each)}" for each in self.target_nodes)
        terms, columns = named(self.names.terms), ("id", "kind", "value", "datatype", "language")
        chosen = ", ".join(f"r.{column}" for column in columns)
        new = f"SELECT {chosen} FROM ({own}) AS r LEFT JOIN {terms} AS m ON m.id = r.id WHERE m.id IS NULL"
        return self.relations.named(parsed(f"SELECT {', '.join(columns)} FROM {terms} UNION ALL {new}"), "terms")

    def literals(self, test: str, hint: str) -> Condition:
        """Return the condition to be a term for which a test of SQL on the row ``t`` of ``terms`` holds."""
        query = parsed(f"SELECT t.id AS node FROM {named(self.terms())} AS t WHERE {test}")
        return Member(self.relations.named(query, hint))

    def starts(self, pairs: Pairs | None, condition: Condition = ALWAYS, least: int = 1) -> Condition:
        """Return the condition to be the start of at least so many pairs for whose end a condition holds."""
        if pairs is None or condition == NEVER:
            return NEVER
        key = (pairs, condition, least)
        if key not in self._starts:
            self._starts[key] = self._starts_of(pairs, condition, least)
        return self._starts[key]

    def _starts_of(self, pairs: Pairs, condition: Condition, least: int) -> Condition:
        node = exp.column(pairs.start, "r")
        tests = Tests(exp.column(pairs.end, "r"))
        query = _select(node.as_("node"), pairs)
        if condition != ALWAYS:
            test = tests.expression(condition)
            query = tests.joined(query).where(test, copy=False)
        if least > 1:
            query = query.group_by(node.copy(), copy=False).having(f"COUNT(*) >= {least}", copy=False)
        else:
            query = query.distinct(copy=False)
        return Member(self.relations.named(query, f"with {pairs.relation}"))

    def beside(self, member: Member, other: Kinds) -> Member:
        """Return the part of a set that is not of some kinds: what is left of it beside these in a disjunction."""
        tests = Tests(exp.column("node", "r"))
        query = exp.select(exp.column("node", "r")).from_(table(member.relation, "r"))
        return Member(self.relations.named(query.where(tests.expression(negated(other))), "rest"))

    def targets(self, targets: Iterable[Target]) -> str | None:
        """Return the name of the set of nodes that some targets mean, None where it is empty."""
        parts = [part for part in map(self._target, targets) if part is not None]
        if not parts:
            return None
        if len(parts) == 1:
            return parts[0]
        columns = [exp.select(exp.column("node", "r")).from_(table(part, "r")) for part in dict.fromkeys(parts)]
        return self.relations.named(_union(columns), "targets")

    def _target(self, target: Target) -> str | None:
        if isinstance(target, TargetClass):
            return self.instances(target.iri)
        if isinstance(target, TargetNode):
            return self.relations.named(exp.select(number(self.id_of(target.term)).as_("node")), "target")
        pairs = self.predicate(target.predicate)
        if pairs is not None and isinstance(target, TargetObjectsOf):
            pairs = Pairs(pairs.relation, pairs.end, pairs.start)
        found = self.starts(pairs)
        return found.relation if isinstance(found, Member) else None

    def _classes(self, iri: URIRef, below: Pairs) -> str:
        """Return the name of the set of a class and all below it."""

        def step(newest: str) -> exp.Query:
            on = exp.EQ(this=exp.column("node", "m"), expression=exp.column(below.end, "r"))
            return _select(exp.column(below.start, "r").as_("node"), below).join(table(newest, "m"), on=on)

        seed = exp.select(number(self.id_of(iri)).as_("node"))
        return self.relations.grown(seed, step, f"classes {_local(iri)}")

    def _then(self, so_far: _Steps, path: paths.Path) -> _Steps:
        after, stays = self.pairs(path), paths.stays(path)
        parts = [so_far.pairs if stays else None, after if so_far.stays else None, self._joined(so_far.pairs, after)]
        return _Steps(self._united(parts, "paths in sequence"), so_far.stays and stays)

    def _joined(self, first: Pairs | None, second: Pairs | None) -> Pairs | None:
        if first is None or second is None:
            return None
        on = exp.EQ(this=exp.column(second.start, "m"), expression=exp.column(first.end, "r"))
        query = _select(exp.column(first.start, "r").as_("subject"), first)
        query = query.select(exp.column(second.end, "m").as_("object")).join(table(second.relation, "m"), on=on)
        return Pairs(self.relations.named(query.distinct(), "two steps"))

    def _repeated(self, pairs: Pairs) -> Pairs:
        def step(newest: str) -> exp.Query:
            on = exp.EQ(this=exp.column(pairs.start, "r"), expression=exp.column("object", "m"))
            query = exp.select(exp.column("subject", "m"), exp.column(pairs.end, "r").as_("object"))
            return query.from_(table(newest, "m")).join(table(pairs.relation, "r"), on=on)

        return Pairs(self.relations.grown(_both(pairs), step, "any number of steps"))

    def _united(self, parts: list[Pairs | None], hint: str) -> Pairs | None:
        found = list(dict.fromkeys(part for part in parts if part is not None))
        if len(found) < 2:
            return found[0] if found else None
        return Pairs(self.relations.named(_union([_both(part) for part in found]), hint))


@dataclass(frozen=True, slots=True)
class _Steps:
    """The pairs of the first parts of a sequence, and whether these may stay at a node."""

    pairs: Pairs | None
    stays: bool


def _local(iri: str) -> str:
    """Return the last part of an IRI, for the name of a relation."""
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]


def _both(pairs: Pairs) -> exp.Select:
    columns = (exp.column(pairs.start, "r").as_("subject"), exp.column(pairs.end, "r").as_("object"))
    return exp.select(*columns, copy=False).from_(table(pairs.relation, "r"), copy=False)


def _select(column: exp.Expr, pairs: Pairs) -> exp.Select:
    return exp.select(column, copy=False).from_(table(pairs.relation, "r"), copy=False)


def _union(queries: list[exp.Select]) -> exp.Query:
    united: exp.Query = queries[0]
    for query in queries[1:]:
        united = exp.union(united, query, distinct=True, copy=False)
    return united


def _described(identity: int, term: Term) -> str:
    """Return a term as the columns of a row of ``terms``."""
    said = ("iri", "", "")
    if isinstance(term, Literal):
        said = ("literal", str(datatype_of(term)), term.language or "")
    texts = zip(("kind", "datatype", "language", "value"), (*said, str(term)), strict=True)
    return ", ".join([f"{number(identity).sql()} AS id", *(f"{quoted(text)} AS {name}" for name, text in texts)])
