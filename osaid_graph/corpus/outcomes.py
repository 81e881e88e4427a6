"""The outcomes for all subjects of a corpus, each as :class:`osaid_graph.assessment.outcomes.Outcomes` has them.

What outcomes hang on is worked out for all subjects at once, as a signature (:mod:`.outcome_signs`). The outcomes
themselves are worked out in Python, once for each signature that occurs.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Final

from osaid_graph.assessment.outcomes import Outcomes, Structure, verdict
from osaid_graph.corpus.assessed import COLUMNS, OUTCOMES
from osaid_graph.corpus.batches import batches, gather
from osaid_graph.corpus.findings import make_findings, make_rules
from osaid_graph.corpus.outcome_excused import EXCUSED, make_excused
from osaid_graph.corpus.outcome_judged import JUDGED, make_judged
from osaid_graph.corpus.outcome_marks import MARKS, Marks
from osaid_graph.corpus.outcome_signs import Said, Signs, bit
from osaid_graph.corpus.subjects import ASSESSED
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine, Type
from osaid_graph.errors import InputError
from osaid_graph.model import Definition

#: The table of signatures that occur, with the outcomes that follow; and that of the signature of each subject.
_SIGNATURES: Final = "signatures"
_SIGNED: Final = "signed_subjects"
#: The columns of tables of outcomes beside those of requirements.
_TAKEN: Final = frozenset({"signature", *COLUMNS[OUTCOMES]})


def check_ids(definition: Definition) -> None:
    """Refuse a requirement that is called as another column of the tables of outcomes is.

    Raises:
        InputError: There is one; it is named.
    """
    taken = next((id_ for id_ in definition.requirements if id_ in _TAKEN), None)
    if taken is not None:
        hint = "give it another id in the profile, or assess releases one by one with osaid-graph check"
        raise InputError(f"a corpus cannot tell requirement {taken!r} from its own column of that name", hint)


def make_outcomes(
    engine: Engine, facts: Vertical, whole: Vertical, definition: Definition, today: datetime.date, terms: str = "terms"
) -> tuple[str, ...]:
    """Make the views ``outcomes`` and ``findings``, and return the requirements that have a column.

    The view of outcomes has ``subject``, ``kind``, ``outcome`` (the verdict), and a column for each requirement that
    has a result for some subject, called as its id; null where it has none for this one.

    Args:
        engine: Where the tables are: ``subjects``, ``scope``, ``results`` and ``holds``.
        facts: The graph that scope was taken from.
        whole: The graph that the rules ran on.
        definition: The version assessed against.
        today: The day of the assessment.
        terms: The table of terms.
    """
    make_judged(engine, facts, definition, today, terms)
    make_excused(engine, whole)
    said = engine.rows(f"SELECT DISTINCT requirement, said FROM {JUDGED} ORDER BY requirement, said")
    signs = Signs(Structure(definition), tuple(Said(*row) for row in said))
    make_rules(engine, signs)
    make_findings(engine)
    _sign(engine, whole, signs)
    columns = _result_columns(signs)
    gather(engine, _SIGNATURES, columns, _results(engine, signs, list(columns)))
    shown = ", ".join(f'signatures."{name}"' for name in list(columns)[1:])
    engine.view(
        OUTCOMES,
        f"SELECT signed.subject, subjects.kind, {shown} FROM {_SIGNED} AS signed JOIN {_SIGNATURES} AS signatures "
        f"ON signatures.signature = signed.signature JOIN {ASSESSED} AS subjects ON subjects.subject = signed.subject",
    )
    engine.drop("distinct_signatures")
    return tuple(columns)[2:]


def _sign(engine: Engine, whole: Vertical, signs: Signs) -> None:
    """Make the tables of the signatures that occur, numbered, and of the number of each subject's."""
    marks = Marks(engine, whole, signs)
    marks.make()
    _make_judged_bits(engine, signs)
    columns = ", ".join(signs.columns)
    engine.table("signed", _signed(marks, signs))
    engine.table(
        "distinct_signatures",
        f"SELECT ROW_NUMBER() OVER (ORDER BY {columns}) AS signature, {columns} "
        f"FROM (SELECT DISTINCT {columns} FROM signed) AS occurring",
    )
    same = " AND ".join(f"numbered.{column} = signed.{column}" for column in signs.columns)
    engine.table(
        _SIGNED,
        f"SELECT signed.subject, numbered.signature FROM signed JOIN distinct_signatures AS numbered ON {same}",
    )
    engine.drop("signed", "judged_bits", MARKS)


def _signed(marks: Marks, signs: Signs) -> str:
    """Return the query for the signature of each subject."""
    found = [
        f"BIT_OR(COALESCE(marks.anywhere_{at}, 0) | CASE WHEN scope.entry THEN COALESCE(marks.entry_{at}, 0) ELSE 0 "
        f"END) AS found_{at}"
        for at in range(signs.found_words)
    ]
    concerned = [f"BIT_OR({marks.concerned(at)}) AS concerned_{at}" for at in range(signs.hanging_words)]
    open_ = [
        f"BIT_OR({marks.concerned(at)} & ~COALESCE(marks.waived_{at}, 0)) AS open_{at}"
        for at in range(signs.hanging_words)
    ]
    in_scope = (
        f"SELECT scope.subject, {', '.join([*found, *concerned, *open_])} FROM scope LEFT JOIN {MARKS} AS marks "
        "ON marks.node = scope.node WHERE scope.counted GROUP BY scope.subject"
    )
    judged = [column for column in signs.columns if column.startswith("judged_")]
    chosen = [f"in_scope.{column}" for column in signs.columns if column not in (*judged, "excused")]
    chosen += [f"COALESCE(judged.{column}, 0) AS {column}" for column in judged]
    return (
        f"SELECT in_scope.subject, {', '.join(chosen)}, CASE WHEN excused.subject IS NULL THEN 0 ELSE 1 END AS excused "
        f"FROM ({in_scope}) AS in_scope LEFT JOIN judged_bits AS judged ON judged.subject = in_scope.subject "
        f"LEFT JOIN {EXCUSED} AS excused ON excused.subject = in_scope.subject"
    )


def _make_judged_bits(engine: Engine, signs: Signs) -> None:
    """Make the table of what is judged of subjects as bits."""
    given: dict[str, Type] = {"requirement": "VARCHAR", "said": "VARCHAR", "word": "INTEGER", "bits": "BIGINT"}
    engine.values("said_bits", given, [(*each, *bit(at)) for at, each in enumerate(signs.judged)])
    sums = [
        f"BIT_OR(CASE WHEN given.word = {at} THEN given.bits ELSE 0 END) AS judged_{at}"
        for at in range(sum(column.startswith("judged_") for column in signs.columns))
    ]
    engine.table(
        "judged_bits",
        f"SELECT {', '.join(['judged.subject', *sums])} FROM {JUDGED} AS judged JOIN said_bits AS given "
        "ON given.requirement = judged.requirement AND given.said = judged.said GROUP BY judged.subject",
    )
    engine.drop("said_bits")


def _result_columns(signs: Signs) -> dict[str, Type]:
    structure = signs.structure
    shown = structure.assessed | {each.requirement for each in signs.judged}
    ids = [id_ for id_ in structure.definition.requirements if id_ in shown]
    return {"signature": "BIGINT", "outcome": "VARCHAR", **dict.fromkeys(ids, "VARCHAR")}


def _results(engine: Engine, signs: Signs, columns: list[str]) -> Iterator[list[list[Any]]]:
    """Yield the rows of signatures and their outcomes, some at a time."""
    definition = signs.structure.definition
    for rows in batches(engine, "distinct_signatures", ", ".join(["signature", *signs.columns])):
        found = []
        for number, *signature in rows:
            results = Outcomes(signs.structure, signs.grounds(signature)).results()
            told: dict[str, Any] = {result.requirement.id: result.outcome for result in results}
            told |= {"signature": number, "outcome": verdict(definition, results)}
            found.append([told.get(column) for column in columns])
        yield found
