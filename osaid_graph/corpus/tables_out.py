"""The tables of an assessment, with names in the place of ids, as one file for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from osaid_graph.corpus.assessed import attach_assessment, requirements_of
from osaid_graph.corpus.kept_aside import PLACED, make_placed
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines import Engine
from osaid_graph.tables import csv_of_parquet


def _name(terms: str) -> str:
    """Return the expression for a term as reports write it, of a row of the table of terms."""
    return f"CASE {terms}.kind WHEN 'blank' THEN '_:' || {terms}.value ELSE {terms}.value END"


#: What a table is called, and the query for its rows; ``{requirements}`` are the columns of the requirements.
TABLES: Final[Mapping[str, str]] = {
    "outcomes": "SELECT iri AS subject, kind, outcome{requirements} FROM outcomes ORDER BY iri",
    "findings": (
        f"SELECT subjects.iri AS subject, rules.requirement, rules.rule, rules.outcome, {_name('focus')} AS focus, "
        f"{_name('named')} AS value, found.depth FROM findings AS found "
        "JOIN outcomes AS subjects ON subjects.subject = found.subject "
        "JOIN rules ON rules.number = found.rule JOIN terms AS focus ON focus.id = found.focus "
        "LEFT JOIN terms AS named ON named.id = found.value ORDER BY subjects.iri, rules.number, focus"
    ),
    "aside": f"SELECT name AS node, document, line, reason FROM {PLACED} ORDER BY document, line, name, reason",
}


def write_table(corpus: Corpus, engine: Engine, name: str, form: str, path: Path) -> int:
    """Write a table of the last assessment to a file, and return the number of its rows.

    Args:
        corpus: The corpus.
        engine: To which it is attached.
        name: One of :data:`TABLES`.
        form: ``parquet`` or ``csv``; cells of CSV that a spreadsheet would run are made texts.
        path: The file.

    Raises:
        InputError: The corpus has not been assessed.
    """
    part = attach_assessment(engine, corpus)
    if name == "aside":
        make_placed(engine)
    columns = "".join(f', "{id_}"' for id_ in requirements_of(part))
    select = TABLES[name].format(requirements=columns)
    if form == "parquet":
        return engine.write(select, path)
    whole = path.with_name(f"{path.name}.parquet")
    try:
        count = engine.write(select, whole)
        csv_of_parquet(whole, path)
    finally:
        whole.unlink(missing_ok=True)
    return count
