"""What the rules found in the scope of each subject, from what they found on each node once."""

from __future__ import annotations

from typing import Final

from rdflib import Graph

from osaid_graph.assessment.binding import limited
from osaid_graph.corpus.outcome_signs import Signs, bit, kind_of
from osaid_graph.engines import Engine
from osaid_graph.errors import InputError
from osaid_graph.lineage.edges import ELEMENTS
from osaid_graph.validation.definition import Rulebook
from osaid_graph.validation.reach import near_and_far
from osaid_graph.validation.rules import targeted
from osaid_graph.vocab import token

#: The table of the rules in force: ``rule``, ``requirement``, ``outcome``, ``on_subject``, ``excusable`` (it does not
#: count for a subject that is excused), and the bit of its kind: ``word``, ``bits``.
RULES: Final = "rules"
#: The view of findings: ``subject``, ``rule``, ``focus``, ``value``, ``requirement``, ``outcome``, ``depth``.
FINDINGS: Final = "findings"


def near_shapes(book: Rulebook) -> Graph:
    """Return the shapes of a version, whose results on a node are the same for whatever it is in scope of.

    Raises:
        InputError: A rule looks further than a node and its neighbours; it is named.
    """
    near, far = near_and_far(book.shapes, ELEMENTS)
    names = sorted(map(token, targeted(far)))
    if names:
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        raise InputError(
            f"rule {names[0]}{more} looks further than at a node and its neighbours, which a corpus cannot be held "
            "against at once",
            "leave it out of the profile, or assess releases one by one with osaid-graph check",
        )
    return near


def make_rules(engine: Engine, signs: Signs) -> None:
    """Make the table of the rules in force."""
    definition = signs.structure.definition
    numbers = {kind: number for number, kind in enumerate(signs.kinds)}
    excusable = limited(definition)
    rows = [
        (rule.id, rule.requirement, rule.outcome, rule.on_subject, rule.requirement in excusable, *bit(at))
        for rule in definition.rules.values()
        for at in (numbers[kind_of(rule)],)
    ]
    columns = dict.fromkeys(("rule", "requirement", "outcome"), "VARCHAR")
    columns |= {"on_subject": "BOOLEAN", "excusable": "BOOLEAN", "word": "INTEGER", "bits": "BIGINT"}
    engine.values(RULES, columns, rows)  # type: ignore[arg-type]


def make_findings(engine: Engine) -> None:
    """Make the view of findings, from the tables ``results``, ``scope``, ``excused`` and the rules.

    What is asked of a release as a whole counts on the subject and its bases alone; see
    :class:`osaid_graph.assessment.findings.FindingBuilder`. It has a row for each value, also where two say the same.
    """
    engine.view(
        FINDINGS,
        "SELECT scope.subject, results.rule, results.focus, results.value, rules.requirement, rules.outcome, "
        f"scope.depth FROM results JOIN {RULES} AS rules ON rules.rule = results.rule "
        "JOIN scope ON scope.node = results.focus WHERE scope.counted AND (scope.entry OR NOT rules.on_subject) "
        "AND NOT (rules.excusable AND scope.subject IN (SELECT subject FROM excused))",
    )
