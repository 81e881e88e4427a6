"""What assessments of a corpus found, read back: the newest word on each subject and each node.

What was found on a node stands in the newest part that looked at it. The first part looked at all of them;
``rechecked`` are those that a later one looked at, whatever it found on them.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Final

from osaid_graph.corpus.layout import ASSESSMENTS, MANIFEST
from osaid_graph.corpus.manifest import Part
from osaid_graph.corpus.nodes import EDGES, NODES
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines import Engine, Type
from osaid_graph.errors import InputError

OUTCOMES: Final = "outcomes"
FINDINGS: Final = "findings"
SCOPES: Final = "scope"
RESULTS: Final = "results"
ASIDE: Final = "aside"
RECHECKED: Final = "rechecked"
RULES: Final = "rules"
#: The column that names the node which a row of a table tells of.
KEYS: Final = {
    OUTCOMES: "subject",
    FINDINGS: "subject",
    SCOPES: "subject",
    RESULTS: "focus",
    NODES: "node",
    EDGES: "subject",
    ASIDE: "node",
}
#: The columns of the tables of an assessment; ``outcomes`` has one for each requirement beside them.
COLUMNS: Final[Mapping[str, Mapping[str, Type]]] = {
    OUTCOMES: {"subject": "BIGINT", "iri": "VARCHAR", "kind": "VARCHAR", "outcome": "VARCHAR"},
    FINDINGS: {"subject": "BIGINT", "rule": "INTEGER", "focus": "BIGINT", "value": "BIGINT", "depth": "INTEGER"},
    SCOPES: {
        "subject": "BIGINT",
        "node": "BIGINT",
        "depth": "INTEGER",
        "previous": "BIGINT",
        "predicate": "BIGINT",
        "inverse": "BOOLEAN",
        "entry": "BOOLEAN",
        "counted": "BOOLEAN",
    },
    RESULTS: {"rule": "INTEGER", "focus": "BIGINT", "value": "BIGINT"},
    NODES: {"node": "BIGINT", "iri": "VARCHAR", "class": "VARCHAR", "described": "BOOLEAN"},
    EDGES: {"subject": "BIGINT", "property": "VARCHAR", "object": "BIGINT"},
    ASIDE: {"node": "BIGINT", "iri": "VARCHAR", "reason": "VARCHAR"},
    RECHECKED: {"node": "BIGINT"},
    RULES: {
        "number": "INTEGER",
        "rule": "VARCHAR",
        "requirement": "VARCHAR",
        "outcome": "VARCHAR",
        "message": "VARCHAR",
    },
}


def newest(corpus: Corpus) -> Part | None:
    """Return the part of the last assessment; None where there was none.

    Raises:
        InputError: The manifest does not say what it was, as one that was edited by hand.
    """
    parts = corpus.parts(ASSESSMENTS)
    if not parts:
        return None
    facts, texts = parts[-1].facts, ("definition", "policy", "day")
    numbers, ids = (facts.get("subjects"), facts.get("aside")), facts.get("requirements")
    if (
        not all(isinstance(facts.get(key), str) for key in texts)
        or not all(isinstance(each, int) and each >= 0 for each in numbers)
        or not isinstance(facts.get("judged"), bool)
        or not (isinstance(ids, list) and all(isinstance(each, str) for each in ids))
    ):
        message = f"the manifest is damaged: it does not say what the assessment {parts[-1].path} was"
        hint = "take it from a copy, or build the corpus again from its inputs in another folder"
        raise InputError(message, hint, source=f"{corpus.address}/{MANIFEST}")
    return parts[-1]


def requirements_of(part: Part) -> tuple[str, ...]:
    """Return the ids of the requirements that an assessment has a column for, in the order of the definition."""
    return tuple(part.facts["requirements"])


def attach_assessment(engine: Engine, corpus: Corpus, prefix: str = "") -> Part:
    """Make views of what is known: one for each of the tables in :data:`KEYS`, and that of ``rules``.

    Findings and results name their rule by its number.

    Args:
        engine: Where to.
        corpus: The corpus.
        prefix: What the names of the views begin with.

    Raises:
        InputError: It has not been assessed.
    """
    last = newest(corpus)
    if last is None:
        hint = "assess it with osaid-graph corpus assess"
        raise InputError("a corpus that was not assessed", hint, source=corpus.address)
    parts, requirements = corpus.parts(ASSESSMENTS), requirements_of(last)
    engine.files(prefix + RULES, files(corpus, last, RULES), COLUMNS[RULES])
    for part in parts:
        _layer(engine, corpus, part, RECHECKED, prefix)
    for table, key in KEYS.items():
        layers = []
        for at, part in enumerate(parts):
            name = _layer(engine, corpus, part, table, prefix)
            later = [f"{key} NOT IN (SELECT node FROM {_name(each, RECHECKED, prefix)})" for each in parts[at + 1 :]]
            shown = ", ".join(COLUMNS[table])
            if table == OUTCOMES:
                shown += columns_of(requirements_of(part), requirements)
            layers.append(f"SELECT {shown} FROM {name} WHERE {' AND '.join(later) or 'TRUE'}")
        engine.view(prefix + table, " UNION ALL ".join(layers))
    return last


def columns_of(known: Container[str], requirements: Sequence[str]) -> str:
    """Return the columns of requirements for a query, each of them behind a comma; null for those not ``known``."""
    return "".join(f', "{id_}"' if id_ in known else f', CAST(NULL AS VARCHAR) AS "{id_}"' for id_ in requirements)


def files(corpus: Corpus, part: Part, table: str) -> list[str]:
    """Return the files of a table of an assessment: one, or those in a folder of its name."""
    return [
        corpus.place(part, file)
        for file in part.files
        if file.path.partition("/")[0] == f"{table}.parquet" and file.path.endswith(".parquet")
    ]


def _name(part: Part, table: str, prefix: str) -> str:
    return f"{prefix}{table}_{part.path.rpartition('/')[2]}"


def _layer(engine: Engine, corpus: Corpus, part: Part, table: str, prefix: str) -> str:
    name = _name(part, table, prefix)
    columns = dict(COLUMNS[table])
    if table == OUTCOMES:
        columns.update(dict.fromkeys(requirements_of(part), "VARCHAR"))
    engine.files(name, files(corpus, part, table), columns)
    return name
