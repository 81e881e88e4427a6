"""The analyses by name: what each asks, what it takes, and the rows it gives.

Each is a function of :mod:`osaid_graph.lineage` under a name; what its columns mean is told by the class of its rows.
"""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module
from typing import Any, Final, cast

from rdflib import Graph

from osaid_graph.errors import UsageError
from osaid_graph.lineage.index import Lineage
from osaid_graph.query.library import Parameter

#: Where the analyses are, imported when one is asked for.
_MODULES: Final = (
    "osaid_graph.analyses.walks",
    "osaid_graph.analyses.shape",
    "osaid_graph.analyses.gaps",
    "osaid_graph.analyses.facts",
    "osaid_graph.analyses.terms",
)
_ATTRIBUTE: Final = re.compile(r"^    (\w+): (.*(?:\n(?:     .*)?)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Context:
    """What analyses look at.

    Attributes:
        lineage: The lineage of all inputs.
        graph: The prepared graph of the inputs of one description each.
        gaps: Gives what is open at artefacts by the kinds of gaps asked for (``findings``, or names of criteria), or
            by those that fit the inputs where the text is empty.
        another: Reads an input and gives its lineage, to be compared.
    """

    lineage: Lineage
    graph: Graph
    gaps: Callable[[str], Mapping[int, tuple[str, ...]]]
    another: Callable[[str], Lineage]


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis: ``run`` takes a context and the values of the parameters by name, and gives rows of ``row``.

    ``questions`` are the numbers of the competency questions it answers; a parameter whose default is empty may be left
    out, and is then not among the values. ``of_data`` tells that it looks at the graph of the context, for what is said
    of the data that the parameter ``node`` was made from.
    """

    name: str
    summary: str
    questions: tuple[int, ...]
    row: type
    run: Callable[[Context, Mapping[str, Any]], Iterable[Any]]
    parameters: tuple[Parameter, ...] = ()
    note: str = ""
    of_data: bool = False

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """The columns of the rows, each with words for it."""
        words = {
            name: " ".join(text.replace("``", "").split())
            for name, text in _ATTRIBUTE.findall(inspect.getdoc(self.row) or "")
        }
        return tuple((each.name, words.get(each.name, "")) for each in fields(self.row))


@cache
def analyses() -> Mapping[str, Analysis]:
    """Return all analyses by name, in the order of the questions they answer."""
    found = [each for module in _MODULES for each in cast(Any, import_module(module)).ANALYSES]
    return {each.name: each for each in sorted(found, key=lambda each: (each.questions, each.name))}


def analysis(name: str) -> Analysis:
    """Return the analysis of a name.

    Raises:
        UsageError: There is none; the nearest is named.
    """
    if name not in analyses():
        near = difflib.get_close_matches(name.casefold(), analyses(), n=1)
        hint = f"did you mean {near[0]}?" if near else "osaid-graph analyze lists what there is"
        raise UsageError(f"no analysis {name!r}", hint)
    return analyses()[name]
