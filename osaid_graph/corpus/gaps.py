"""The gaps that releases of a corpus wait for, found set by set: a property of a node, for code in a role.

They are those of :mod:`osaid_graph.planning.gaps`, as far as the tables of an assessment tell them: what was found for
binding requirements that are open, and what was judged not met.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from osaid_graph.corpus.assessed import FINDINGS, OUTCOMES, RULES, attach_assessment, requirements_of
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines import Engine
from osaid_graph.model import Definition
from osaid_graph.plans import Unit
from osaid_graph.vocab import token

#: The table of gaps: ``gap`` (a number), and what :class:`OpenGap` says of it, ``node`` by its id.
GAPS: Final = "gaps"
#: The table of who waits for what: ``subject``, ``gap``, and of the gap ``releases`` and ``hard``.
WAITING: Final = "waiting"
_OPEN: Final = "('not-met', 'not-evidenced')"
#: What may be wrong, the easiest to put right first: ``hard`` is the place of it here.
_OUTCOMES: Final = ("not-evidenced", "not-met", "judged")


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A gap, or all gaps of a node.

    Attributes:
        number: Its number.
        node: What it is about: an IRI, or ``_:label``.
        property: The names of the properties that are to be stated, with the role of code in brackets; empty of what
            was judged only.
        requirements: The binding requirements that it keeps from being met.
        outcome: ``not-evidenced``, ``not-met`` or ``judged``; of several the hardest to put right.
        releases: How many wait for it.
    """

    number: int
    node: str
    property: str
    requirements: tuple[str, ...]
    outcome: str
    releases: int


def make_gaps(engine: Engine, corpus: Corpus, definition: Definition, unit: Unit = "statement") -> None:
    """Make the tables :data:`GAPS` and :data:`WAITING`.

    Args:
        engine: To which the corpus is attached.
        corpus: The corpus, which was assessed.
        definition: The version that it was assessed against.
        unit: Whether a property of a node is a gap, or all there is to say of it.

    Raises:
        InputError: It was not assessed.
    """
    part = attach_assessment(engine, corpus)
    binding = [id_ for id_ in requirements_of(part) if definition.requirements[id_].binding]
    _ask(engine, definition, binding)
    each = [f"SELECT subject, '{id_}' AS requirement FROM {OUTCOMES} WHERE \"{id_}\" IN {_OPEN}" for id_ in binding]
    engine.table("open", " UNION ALL ".join(each) or f"SELECT subject, '' AS requirement FROM {OUTCOMES} WHERE FALSE")
    engine.table(
        "found",
        "SELECT DISTINCT f.subject, f.focus AS node, a.property, a.requirement, "
        "CASE r.outcome WHEN 'not-met' THEN 1 ELSE 0 END AS hard "
        f"FROM {FINDINGS} AS f JOIN {RULES} AS r ON r.number = f.rule JOIN asked AS a ON a.rule = r.rule "
        "JOIN open AS o ON o.subject = f.subject AND o.requirement = a.requirement "
        f"WHERE r.outcome IN {_OPEN}",
    )
    engine.table(
        "pieces",
        "SELECT * FROM found UNION ALL SELECT o.subject, o.subject, '', o.requirement, 2 FROM open AS o "
        "JOIN judgeable AS j ON j.requirement = o.requirement WHERE NOT EXISTS (SELECT 1 FROM found AS f "
        "WHERE f.subject = o.subject AND f.requirement = o.requirement)",
    )
    same = {"node": "node", "statement": "node, property, CASE property WHEN '' THEN requirement ELSE '' END"}[unit]
    engine.table(
        "numbered",
        f"SELECT subject, node, property, requirement, hard, DENSE_RANK() OVER (ORDER BY {same}) AS gap FROM pieces",
    )
    engine.table(
        GAPS,
        "SELECT gap, node, LIST(DISTINCT property ORDER BY property) AS properties, "
        "LIST(DISTINCT requirement ORDER BY requirement) AS requirements, MAX(hard) AS hard, "
        "COUNT(DISTINCT subject) AS releases FROM numbered GROUP BY gap, node",
    )
    engine.drop("open", "found", "pieces")
    engine.table(
        WAITING,
        f"SELECT DISTINCT n.subject, n.gap, g.releases, g.hard FROM numbered AS n JOIN {GAPS} AS g ON g.gap = n.gap",
    )
    engine.drop("numbered")


def _ask(engine: Engine, definition: Definition, binding: list[str]) -> None:
    """Make the tables of which rule counts for which requirement, and of what may be judged whatever was found."""
    rules = []
    for rule in definition.rules.values():
        role = definition.requirements[rule.requirement].role
        what = token(rule.property) if role is None else f"{token(rule.property)} [{token(role)}]"
        counts = (rule.requirement, *rule.bears_on)
        rules += [(rule.id, id_, what) for id_ in counts if id_ in binding]
    judged = [(id_,) for id_ in binding if not definition.requirements[id_].includes]
    engine.values("asked", {"rule": "VARCHAR", "requirement": "VARCHAR", "property": "VARCHAR"}, rules)
    engine.values("judgeable", {"requirement": "VARCHAR"}, judged)


def gaps_of_several(engine: Engine, least: int = 2) -> Iterator[OpenGap]:
    """Yield the gaps that so many releases wait for at least, in the order of their numbers."""
    for number, node, properties, requirements, hard, releases in engine.rows(
        "SELECT g.gap, CASE t.kind WHEN 'blank' THEN '_:' || t.value ELSE t.value END, g.properties, "
        f"g.requirements, g.hard, g.releases FROM {GAPS} AS g JOIN terms AS t ON t.id = g.node "
        f"WHERE g.releases >= {least} ORDER BY g.gap"
    ):
        what = ", ".join(filter(None, properties))
        yield OpenGap(number, node, what, tuple(requirements), _OUTCOMES[hard], releases)


def waiting(engine: Engine, least: int = 2) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield for each release the gaps that it waits for and so many do at least."""
    rows = engine.rows(
        f"SELECT subject, LIST(gap ORDER BY gap) FROM {WAITING} WHERE releases >= {least} GROUP BY subject "
        "ORDER BY subject"
    )
    return ((subject, tuple(gaps)) for subject, gaps in rows)


def own(engine: Engine) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yield for each release how many gaps it alone waits for, and what is hardest among them."""
    rows = engine.rows(
        f"SELECT subject, COUNT(*), MAX(hard) FROM {WAITING} WHERE releases = 1 GROUP BY subject ORDER BY subject"
    )
    return ((subject, (number, _OUTCOMES[hard])) for subject, number, hard in rows)
