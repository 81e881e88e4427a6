"""``docs/questions.md``: the questions about lineage, and the query or analysis that answers each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from osaid_graph.analyses.catalogue import Analysis, analyses
from osaid_graph.query.library import QUESTIONS, Parameter, named_queries, named_query
from tools.docs.markdown import code, link, page, prose, table

#: Question -> the words for it, and what SPARQL 1.1 leaves to an analysis; empty where it answers all of it.
ASKED: Final[dict[int, tuple[str, str]]] = {
    1: ("What was it made from?", ""),
    2: ("What was it made from, and along which shortest path?", "a path has ends in SPARQL, and nothing between"),
    3: ("How many ways lead there, and which?", "paths are neither counted nor listed"),
    4: ("What falls with it?", "what falls is told, along which path is not"),
    5: ("What falls with it, by date and by kind of edge?", "the kind of the first and of the last edge at once"),
    6: ("What had it been made from on a day?", "a node inside a path cannot be tested"),
    7: ("Which releases inherit a gap, and which gaps stand behind each?", "no path to show for it"),
    8: ("Which releases does one gap alone block?", ""),
    9: ("What is to be documented first?", "an optimisation: `osaid-graph plan`"),
    10: ("What is owed to the terms upstream, and where does that come from?", "what ends on the way"),
    11: ("Where are terms at odds?", "what comes from several steps upstream"),
    12: ("Where are restrictions taken off, and over which edge first?", "the first edge, beyond neighbours"),
    13: ("Where are terms missing or unusable?", ""),
    14: ("How much is stated of it and of all it was made from?", "intervals of a sample"),
    15: ("What have two in common, and what is the most recent?", ""),
    16: ("How near are two by what they were made from?", "all pairs, in practice"),
    17: ("What changed between two versions of a lineage?", ""),
    18: ("What was made from itself?", "who is told, the cycle itself is not"),
    19: ("Which timelines are impossible?", "the path between the two"),
    20: ("How deep and how wide is it?", "there is no longest path"),
    21: ("What does every way to an origin pass?", "paths cannot avoid a node"),
    22: ("What stands at an end, alone, or unused?", ""),
    23: ("Which references lead nowhere?", "which known names are near"),
    24: ("Which edges follow from longer paths?", "the longer path"),
    25: ("Is evaluation data among the training data?", "the two paths"),
    26: ("On what does most rest?", "PageRank and Katz; how many were made from each is told"),
    27: ("How far can a claim be trusted?", "values are not carried along a path"),
}


def questions_page() -> str:
    """Return the page."""
    queries = [named_query(name) for name in named_queries()]
    rows = []
    for number in QUESTIONS:
        words, left = ASKED[number]
        asked = [
            link(code(each.name), f"../data/queries/README.md#{each.name}")
            for each in queries
            if number in each.questions
        ]
        run = [link(code(each.name), f"#{each.name}") for each in analyses().values() if number in each.questions]
        run = [*_COMMANDS.get(number, ()), *run]
        rows.append((str(number), prose(words), ", ".join(asked), ", ".join(run), prose(left)))
    head = ("", "question", "query", "command or analysis", "what SPARQL 1.1 leaves out")
    parts = [part for each in analyses().values() for part in _parts(each)]
    return page(_HEAD.strip(), table(head, rows), "## The analyses", *parts)


def _parts(each: Analysis) -> Iterator[str]:
    yield f"### {each.name}"
    numbers = ", ".join(map(str, each.questions))
    word = "Question" if len(each.questions) == 1 else "Questions"
    yield prose(f"{each.summary}. {word} {numbers}." + (f" {each.note}" if each.note else ""))
    if each.parameters:
        rows = [(code(p.name), p.kind, prose(p.words), _default(p)) for p in each.parameters]
        yield table(("parameter", "kind", "what it is", "without it"), rows)
    yield table(("column", "what it holds"), [(code(name), prose(words)) for name, words in each.columns])


def _default(parameter: Parameter) -> str:
    if parameter.default is None:
        return "an error"
    return code(parameter.default) if parameter.default else "may be left out"


_COMMANDS: Final = {
    1: ("`lineage`",),
    2: ("`lineage`",),
    4: ("`impact`",),
    5: ("`impact`",),
    7: ("`lineage`, gaps marked",),
    9: ("`plan`", "`what-if`"),
}
_HEAD: Final = """\
# Questions about a lineage

Twenty-seven questions that people who study the lineage of models and data ask, and what answers each here. A query is
SPARQL 1.1: it runs with `osaid-graph query`, with `query()` in a notebook, and in any engine that has the data. An
analysis answers what SPARQL cannot: it runs with `osaid-graph analyze`, or `analyze()`. Both take parameters with
`--set` and give a table, CSV, TSV, JSON or Parquet. How a lineage is made of what was read: [lineage](lineage.md).

## Which to take

Where several answer a question, they differ in what they tell:

- `lineage`, `impact`, `plan`: to read. They show trees, gaps and counts, and have options of their own, as `--via`.
- `analyze`: for rows, of what SPARQL cannot tell: paths, distances, counts of ways. It asks the whole Hub in seconds.
- `query`: to change the question, to ask who says what or what was found, or to ask in another engine. It tells
  ends without paths; parameters are nodes of their own there. The whole Hub takes minutes and several GB.

So `lineage bloom FILE` shows what BLOOM was made from as a tree, `analyze upstream FILE --set node=bloom` the same as
rows with a path each, `query upstream FILE --set node=bloom` as IRIs and classes, in a query that can be edited.

The answers to all of them on a family of models drawn by hand are worked out in
[tests/fixtures/lineage/README.md](../tests/fixtures/lineage/README.md), and held by tests."""
