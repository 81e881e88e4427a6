"""What decides outcomes, as bits of every node: what rules found on it, and which requirements are about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from rdflib import RDF, URIRef

from osaid_graph.corpus.findings import RULES
from osaid_graph.corpus.outcome_signs import Signs, masks
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine, Type
from osaid_graph.lineage.edges import SUBJECTS
from osaid_graph.model import Requirement
from osaid_graph.vocab import OSAID

#: The table of nodes with their bits.
MARKS: Final = "node_marks"
#: Results that are put together at a time, about: memory grows with them.
TOGETHER: Final = 5_000_000
_BITS: Final[dict[str, Type]] = {"key": "BIGINT", "word": "INTEGER", "bits": "BIGINT"}


class Marks:
    """Makes the table of the bits of nodes.

    Its columns are ``node``, and of each group as many integers as it needs: ``anywhere`` and ``entry``, what was found
    on a node that counts wherever it is in scope, or only on the subject and bases; ``about``, the requirements that
    are about such a node; ``stated``, those it is available in the right way for; ``waived``, those that all that is
    said of it is that they do not apply.

    Args:
        engine: Where the tables are.
        whole: The graph that the rules ran on.
        signs: Which bits there are.
    """

    def __init__(self, engine: Engine, whole: Vertical, signs: Signs) -> None:
        self.engine, self.whole, self.signs = engine, whole, signs
        self.columns = [
            *(f"{group}_{at}" for group in ("anywhere", "entry") for at in range(signs.found_words)),
            *(f"{group}_{at}" for group in ("about", "stated", "waived") for at in range(signs.hanging_words)),
        ]

    def make(self) -> None:
        """Make the table."""
        parts = self._found_in_parts()
        queries = ["SELECT * FROM found_marks", *self._of_values("about", RDF.type, self._classes())]
        queries += self._of_values("stated", OSAID.availability, self._availability())
        queries += self._waived()
        sums = ", ".join(f"BIT_OR({column}) AS {column}" for column in self.columns)
        self.engine.table(MARKS, f"SELECT node, {sums} FROM ({' UNION ALL '.join(queries)}) AS marks GROUP BY node")
        self.engine.drop("found_marks", *parts, "about_bits", "stated_bits", "not_applicable")

    def concerned(self, at: int) -> str:
        """Return the expression for the requirements that are about a node in scope, of an integer of them.

        Args:
            at: Which integer; the node's bits are those of ``marks``, and ``scope.entry`` tells whether it is the
                subject or a base.
        """
        hanging = list(enumerate(self.signs.hanging))
        of_all, always = (
            masks((number for number, each in hanging if chosen(each)), self.signs.hanging_words)[at]
            for chosen in (_is_of_all, _is_always)
        )
        about = f"(COALESCE(marks.about_{at}, 0) | CASE WHEN scope.entry THEN {of_all} ELSE 0 END)"
        return f"({about} & (COALESCE(marks.stated_{at}, 0) | {always}))"

    def _row(self, node: str, **given: str) -> str:
        """Return the columns of a mark: nothing but what is given."""
        return ", ".join([f"{node} AS node", *(f"{given.get(column, '0')} AS {column}" for column in self.columns)])

    def _found_in_parts(self) -> list[str]:
        """Make the view of what rules found, one row a node, and return the names of the tables it is made of."""
        results = int(self.engine.rows("SELECT COUNT(*) FROM results")[0][0])
        count = max(1, -(-results // TOGETHER))
        parts = [f"found_marks_{number}" for number in range(count)]
        for number, name in enumerate(parts):  # ids are digests, so their remainders are spread evenly
            self.engine.table(name, self._found(f"results.focus % {count} = {number}"))
        self.engine.view("found_marks", " UNION ALL ".join(f"SELECT * FROM {name}" for name in parts))
        return parts

    def _found(self, chosen: str) -> str:
        """Return the query for what rules found on the nodes that a condition chooses: one row a node."""
        sums = ", ".join(
            f"BIT_OR(CASE WHEN rules.word = {at} AND {condition} THEN rules.bits ELSE 0 END) AS {group}_{at}"
            for group, condition in (("anywhere", "NOT rules.on_subject"), ("entry", "rules.on_subject"))
            for at in range(self.signs.found_words)
        )
        nothing = "".join(f", CAST(0 AS BIGINT) AS {column}" for column in self.columns[2 * self.signs.found_words :])
        return (
            f"SELECT results.focus AS node, {sums}{nothing} FROM results JOIN {RULES} AS rules "
            f"ON rules.rule = results.rule WHERE {chosen} GROUP BY results.focus"
        )

    def _of_values(self, group: str, prop: URIRef, bits: dict[URIRef, list[int]]) -> Iterable[str]:
        """Yield the queries for nodes that have certain values of a property, each with the bits of the value."""
        rows = [
            (self.whole.ids(value), at, mask)
            for value, of_value in bits.items()
            for at, mask in enumerate(of_value)
            if mask
        ]
        self.engine.values(f"{group}_bits", _BITS, rows)
        for at in range(self.signs.hanging_words):
            marked = self._row("stated.subject", **{f"{group}_{at}": "given.bits"})
            yield (
                f"SELECT {marked} FROM ({self.whole.select((prop,))}) AS stated JOIN {group}_bits AS given "
                f"ON given.key = stated.object WHERE given.word = {at}"
            )

    def _classes(self) -> dict[URIRef, list[int]]:
        """Return the requirements that are about a node of a class, wherever it is in scope."""
        return self._by_value(lambda each: {*set(each.applies_to) - set(SUBJECTS), *_parameters(each)})

    def _availability(self) -> dict[URIRef, list[int]]:
        """Return the requirements that are about a node that is available in a certain way."""
        return self._by_value(lambda each: each.applies_when)

    def _by_value(self, values: Callable[[Requirement], Iterable[URIRef]]) -> dict[URIRef, list[int]]:
        numbers: dict[URIRef, list[int]] = {}
        for number, each in enumerate(self.signs.hanging):
            for value in values(each):
                numbers.setdefault(value, []).append(number)
        return {value: masks(found, self.signs.hanging_words) for value, found in numbers.items()}

    def _waived(self) -> Iterable[str]:
        """Yield the queries for nodes of which all that is said is that a requirement does not apply."""
        types = self.whole.select((RDF.type,))
        silent = self.whole.ids(OSAID.NotApplicable)
        self.engine.table("not_applicable", f"SELECT DISTINCT subject FROM ({types}) AS t WHERE object = {silent}")
        answers: dict[tuple[URIRef, URIRef | None], list[int]] = {}
        for number, each in enumerate(self.signs.hanging):
            if each.waivable and each.answered_by is not None:
                answers.setdefault((each.answered_by, each.role), []).append(number)
        for (prop, role), numbers in answers.items():
            values = f"SELECT subject, object FROM ({self.whole.select((prop,))}) AS answers"
            if role is not None:
                roles = f"SELECT subject FROM ({self.whole.select((OSAID.codeRole,))}) AS roles"
                values += f" WHERE object IN ({roles} WHERE object = {self.whole.ids(role)})"
            bits = masks(numbers, self.signs.hanging_words)
            marked = self._row("answers.subject", **{f"waived_{at}": str(mask) for at, mask in enumerate(bits)})
            yield (
                f"SELECT {marked} FROM ({values}) AS answers LEFT JOIN not_applicable "
                "ON not_applicable.subject = answers.object "
                "GROUP BY answers.subject HAVING COUNT(*) = COUNT(not_applicable.subject)"
            )


def _parameters(requirement: Requirement) -> tuple[URIRef, ...]:
    return (OSAID.Parameters,) if OSAID.Parameters in requirement.applies_to else ()


def _is_of_all(requirement: Requirement) -> bool:
    """Tell whether a requirement is about the subject and its bases, whatever they are."""
    return OSAID.AISystem in requirement.applies_to


def _is_always(requirement: Requirement) -> bool:
    """Tell whether a requirement does not depend on how a node is available."""
    return not requirement.applies_when
