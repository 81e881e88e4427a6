"""The gaps that releases of a corpus wait for, found set by set: a property of a node, for code in a role.

They are those of :mod:`osaid_graph.planning.gaps`, as far as the tables of an assessment tell them: what was found for
binding requirements that are open, and what was judged not met.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from osaid_graph.corpus.assessed import FINDINGS, OUTCOMES, RULES, attach_assessment, requirements_of
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines import Engine, Type
from osaid_graph.model import Definition, Rule
from osaid_graph.plans import KINDS, Kind, Unit
from osaid_graph.vocab import OSAID, token

#: The table of gaps: ``gap`` (a number), and what :class:`OpenGap` says of it, ``node`` by its id, ``whats`` and
#: ``requirements`` by their numbers, ``hard`` the place of its kind among :data:`osaid_graph.plans.KINDS`.
GAPS: Final = "gaps"
#: The table of who waits for what: ``subject``, ``gap``, and of the gap ``releases`` and ``hard``.
WAITING: Final = "waiting"
#: The tables of what is to be stated or was judged, and of the binding requirements, in the order of the definition:
#: ``number``, ``name``.
_WHATS: Final = "whats"
_BINDING: Final = "binding"
_OPEN: Final = "('not-met', 'not-evidenced')"


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A gap, or all gaps of a node.

    Attributes:
        number: Its number.
        node: What it is about: an IRI, or ``_:label``.
        what: The names of the properties that are to be stated, with the role of code in brackets, and the ids of
            requirements that were judged not met, in the order of the definition.
        requirements: The binding requirements that it keeps from being met, in the same order.
        kind: What has to be done about it, as far as the tables tell; of several kinds the hardest.
        releases: How many wait for it.
    """

    number: int
    node: str
    what: str
    requirements: tuple[str, ...]
    kind: Kind
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
    each = [
        f'SELECT subject, {number} AS requirement FROM {OUTCOMES} WHERE "{id_}" IN {_OPEN}'
        for number, id_ in enumerate(binding)
    ]
    engine.table("open", " UNION ALL ".join(each) or f"SELECT subject, 0 AS requirement FROM {OUTCOMES} WHERE FALSE")
    engine.table(
        "found",
        "SELECT DISTINCT f.subject, f.focus AS node, a.what, a.requirement, a.hard "
        f"FROM {FINDINGS} AS f JOIN {RULES} AS r ON r.number = f.rule JOIN asked AS a ON a.rule = r.rule "
        "JOIN open AS o ON o.subject = f.subject AND o.requirement = a.requirement",
    )
    bare = " UNION ALL ".join(
        [
            "SELECT o.subject, o.requirement FROM open AS o JOIN simple AS s ON s.requirement = o.requirement",
            *_judged_wholes(definition, binding, requirements_of(part)),
        ]
    )
    engine.table(
        "pieces",
        f"SELECT * FROM found UNION ALL SELECT o.subject, o.subject, j.what, o.requirement, {_hard('judgement')} "
        f"FROM ({bare}) AS o JOIN judgeable AS j ON j.requirement = o.requirement WHERE NOT EXISTS "
        "(SELECT 1 FROM found AS f WHERE f.subject = o.subject AND f.requirement = o.requirement)",
    )
    same = {"node": "node", "statement": "node, what"}[unit]
    engine.table("numbered", f"SELECT *, DENSE_RANK() OVER (ORDER BY {same}) AS gap FROM pieces")
    engine.table(
        GAPS,
        "SELECT gap, node, LIST(DISTINCT what ORDER BY what) AS whats, "
        "LIST(DISTINCT requirement ORDER BY requirement) AS requirements, MAX(hard) AS hard, "
        "COUNT(DISTINCT subject) AS releases FROM numbered GROUP BY gap, node",
    )
    engine.drop("open", "found", "pieces", "asked", "judgeable", "simple")
    engine.table(
        WAITING,
        f"SELECT DISTINCT n.subject, n.gap, g.releases, g.hard FROM numbered AS n JOIN {GAPS} AS g ON g.gap = n.gap",
    )
    engine.drop("numbered")


def _judged_wholes(definition: Definition, binding: list[str], known: Sequence[str]) -> Iterator[str]:
    """Yield queries for subjects of which a requirement with parts is open, and none of its parts: it was judged."""
    for number, id_ in enumerate(binding):
        parts = [part for part in definition.requirements[id_].includes if part in known]
        if definition.requirements[id_].includes:
            left = "".join(f' AND COALESCE("{part}" NOT IN {_OPEN}, TRUE)' for part in parts)
            yield f'SELECT subject, {number} AS requirement FROM {OUTCOMES} WHERE "{id_}" IN {_OPEN}{left}'


def _ask(engine: Engine, definition: Definition, binding: list[str]) -> None:
    """Make the tables of which rule counts for which requirement, of what may be judged, and of what has no parts.

    What is to be stated, and what is judged, has the place of the first requirement that it is about.
    """
    places = {id_: number for number, id_ in enumerate(binding)}
    found: list[tuple[str, int, str, int]] = []
    for rule in definition.rules.values():
        if rule.outcome not in ("not-met", "not-evidenced"):
            continue
        role = definition.requirements[rule.requirement].role
        what = token(rule.property) if role is None else f"{token(rule.property)} [{token(role)}]"
        counts = (rule.requirement, *rule.bears_on)
        found += [(rule.id, places[id_], what, _hard(_kind(rule))) for id_ in counts if id_ in places]
    first: dict[tuple[str, bool], int] = {(id_, True): place for id_, place in places.items()}
    for _, place, what, _ in found:
        first[what, False] = min(place, first.get((what, False), place))
    numbers = {key: number for number, key in enumerate(sorted(first, key=lambda key: (first[key], key)))}
    engine.values(
        "asked",
        {"rule": "VARCHAR", "requirement": "INTEGER", "what": "INTEGER", "hard": "INTEGER"},
        [(rule, place, numbers[what, False], hard) for rule, place, what, hard in found],
    )
    engine.values(
        "judgeable",
        {"requirement": "INTEGER", "what": "INTEGER"},
        [(place, numbers[id_, True]) for id_, place in places.items()],
    )
    simple = [(places[id_],) for id_ in binding if not definition.requirements[id_].includes]
    engine.values("simple", {"requirement": "INTEGER"}, simple)
    named: dict[str, Type] = {"number": "INTEGER", "name": "VARCHAR"}
    engine.values(_WHATS, named, [(number, what) for (what, _), number in numbers.items()])
    engine.values(_BINDING, named, enumerate(binding))


def _kind(rule: Rule) -> Kind:
    """Return what has to be done about what a rule finds, as far as the rule tells."""
    if rule.outcome == "not-evidenced":
        return "documentation"
    return "relicensing" if rule.property == OSAID.license else "release"


def _hard(kind: Kind) -> int:
    return KINDS.index(kind)


def gaps_of_several(engine: Engine, least: int = 2) -> Iterator[OpenGap]:
    """Yield the gaps that so many releases wait for at least, in the order of their numbers."""
    whats, requirements = (dict(engine.rows(f"SELECT number, name FROM {table}")) for table in (_WHATS, _BINDING))
    for number, node, stated, kept, hard, releases in engine.rows(
        "SELECT g.gap, CASE t.kind WHEN 'blank' THEN '_:' || t.value ELSE t.value END, g.whats, "
        f"g.requirements, g.hard, g.releases FROM {GAPS} AS g JOIN terms AS t ON t.id = g.node "
        f"WHERE g.releases >= {least} ORDER BY g.gap"
    ):
        what = ", ".join(map(whats.__getitem__, stated))
        yield OpenGap(number, node, what, tuple(map(requirements.__getitem__, kept)), KINDS[hard], releases)


def waiting(engine: Engine, least: int = 2) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield for each release the gaps that it waits for and so many do at least."""
    rows = engine.rows(
        f"SELECT subject, LIST(gap ORDER BY gap) FROM {WAITING} WHERE releases >= {least} GROUP BY subject "
        "ORDER BY subject"
    )
    return ((subject, tuple(gaps)) for subject, gaps in rows)


def own(engine: Engine) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield for each release how many gaps it alone waits for, by the places of their kinds in ``KINDS``."""
    counts = ", ".join(f"COUNT(*) FILTER (WHERE hard = {place})" for place in range(len(KINDS)))
    rows = engine.rows(f"SELECT subject, {counts} FROM {WAITING} WHERE releases = 1 GROUP BY subject ORDER BY subject")
    known: dict[tuple[int, ...], tuple[int, ...]] = {}  # many releases have the same numbers
    for subject, *numbers in rows:
        counted = tuple(numbers)
        yield subject, known.setdefault(counted, counted)
