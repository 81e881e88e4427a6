"""Running an analysis: values as people write them go in, and rows as queries give them come out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from osaid_graph.analyses.catalogue import Analysis, Context
from osaid_graph.analyses.rows import answer_of
from osaid_graph.errors import UsageError
from osaid_graph.lineage.index import Lineage
from osaid_graph.query.parameters import bindings
from osaid_graph.query.run import Answer


def run(asked: Analysis, context: Context, given: Mapping[str, str]) -> Answer:
    """Return the rows of an analysis.

    Args:
        asked: What to run.
        context: What it looks at.
        given: What was written for its parameters, by name.

    Raises:
        UsageError: A value is missing, of the wrong kind, or names no node; or there is no such parameter.
        InputError: An input that is read for it is wrong.
    """
    found = bindings(asked, given, lambda: _Artifacts(context.lineage))
    kinds = {parameter.name: parameter.kind for parameter in asked.parameters}
    values = {name: _value(kinds[name], term.value) for name, term in found.items()}
    limit = values.get("limit")
    if limit is not None and limit < 1:
        raise UsageError(f"limit: {limit} rows", "give 1 or more")
    return answer_of(asked.run(context, values), asked.row)


class _Artifacts:
    """Finds artefacts: of several of a name, the one that is described goes before those that are only referred to."""

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage

    def find(self, text: str) -> str:
        return self.lineage.iri(self.lineage.find(text))


def _value(kind: str, text: str) -> Any:
    if kind == "integer":
        return int(text)
    return datetime.date.fromisoformat(text) if kind == "date" else text
