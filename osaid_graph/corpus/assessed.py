"""What assessments of a corpus found, read back: the newest word on each subject and each node.

The newest part has the outcomes of all subjects. Parts before it have the details of subjects that nothing has changed
for since: their number stands in the column ``part`` of ``outcomes``. What rules found on nodes stands in the newest
part that looked at the node; ``rechecked`` are the nodes that a part which did not look at all of them looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
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
#: The tables whose rows tell of a node, which a column names, and not of a subject.
OF_NODES: Final = {RESULTS: "focus", NODES: "node", EDGES: "subject"}
#: The columns of the tables of an assessment; ``outcomes`` has one for each requirement beside them.
COLUMNS: Final[Mapping[str, Mapping[str, Type]]] = {
    OUTCOMES: {"subject": "BIGINT", "part": "INTEGER", "iri": "VARCHAR", "kind": "VARCHAR", "outcome": "VARCHAR"},
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
    """Make views of what is known: one for each of the tables in :data:`COLUMNS`, other than ``rechecked``.

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
    columns: dict[str, Type] = {**COLUMNS[OUTCOMES]}
    columns.update((id_, "VARCHAR") for id_ in requirements_of(last))
    engine.files(prefix + OUTCOMES, files(corpus, last, OUTCOMES), columns)
    for table in (ASIDE, RULES):
        engine.files(prefix + table, files(corpus, last, table), COLUMNS[table])
    parts = corpus.parts(ASSESSMENTS)
    for table in (FINDINGS, SCOPES):
        layers = []
        for part in parts:
            name = _layer(engine, corpus, part, table, prefix)
            layers.append(
                f"SELECT layer.* FROM {name} AS layer JOIN {prefix}{OUTCOMES} AS known "
                f"ON known.subject = layer.subject AND known.part = {number_of(part.path)}"
            )
        engine.view(prefix + table, " UNION ALL ".join(layers))
    for part in parts:
        _layer(engine, corpus, part, RECHECKED, prefix)
    for table, key in OF_NODES.items():
        layers = []
        for at, part in enumerate(parts):
            later = [f"{key} NOT IN (SELECT node FROM {_name(each, RECHECKED, prefix)})" for each in parts[at + 1 :]]
            name = _layer(engine, corpus, part, table, prefix)
            layers.append(f"SELECT * FROM {name} WHERE {' AND '.join(later) or 'TRUE'}")
        engine.view(prefix + table, " UNION ALL ".join(layers))
    return last


def files(corpus: Corpus, part: Part, table: str) -> list[str]:
    """Return the files of a table of an assessment: one, or those in a folder of its name."""
    return [
        corpus.place(part, file)
        for file in part.files
        if file.path.partition("/")[0] == f"{table}.parquet" and file.path.endswith(".parquet")
    ]


def number_of(path: str) -> int:
    """Return the number of a part, by which ``outcomes`` name it, from its path."""
    return int(path.rpartition("/")[2])


def _name(part: Part, table: str, prefix: str) -> str:
    return f"{prefix}{table}_{number_of(part.path)}"


def _layer(engine: Engine, corpus: Corpus, part: Part, table: str, prefix: str) -> str:
    name = _name(part, table, prefix)
    engine.files(name, files(corpus, part, table), COLUMNS[table])
    return name
