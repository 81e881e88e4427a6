"""Write ``data/queries/README.md`` from the heads of the queries: ``python tools/generate_query_guide.py``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from osaid_graph.query.library import NamedQuery, named_queries, named_query

GUIDE = Path(__file__).parent.parent / "data" / "queries" / "README.md"

_INTRODUCTION = """\
# Queries

<!-- Written by tools/generate_query_guide.py from the heads of the queries. -->

Each file is a query in SPARQL 1.1 that `osaid-graph query NAME INPUT...` runs. It is plain SPARQL: the lines that
start with `#+` are comments to any other engine, and say here what the query is for, what it takes and what its
columns are. `osaid-graph query NAME` shows one, and a file of your own runs with `-f FILE`, with or without such a
head.

## What is asked

- The **default graph** holds all statements of the inputs together, with references resolved and the entailment of a
  check: a model that is `osaid:fineTunedFrom` another is `osaid:derivedFrom` it, and has the inverse edges. What
  stated licences come to is there too (`osaid:concludedLicense`, `osaid:approval`, `osaid:restricts`,
  `osaid:grants`), under the policy of `--terms`. So are findings and outcomes, in the words of the Turtle report,
  where a query needs them or with `--assess`.
- A **named graph for each source** holds what that says, as it says it. The default graph tells what a graph is: an
  `osaid:SourceDocument` with the name of the input for its label, or the address it is attributed to behind
  `prov:wasDerivedFrom`. A statement may be in several.
- The graph **`<https://w3id.org/osaid-graph/ont>`** holds the ontology, the codelists, the requirements and the
  rules.

The usual prefixes need no declaration: `osaid:`, `code:`, `req:`, `rule:`, `def:`, `spdx:`, `license:`, `sh:`,
`prov:`, `earl:`, `dcterms:`, `dcat:`, `foaf:`, `schema:`, `skos:`, `rdf:`, `rdfs:`, `owl:`, `xsd:`, and `hub:` and
`data:` for models and datasets of the Hub.

## A model and its parameters

A model and its parameters are two nodes: the model `osaid:hasParameters` them, and it is the parameters that are
trained, fine-tuned and licensed. Lineage goes through both, so one step of it is

    osaid:hasModel|osaid:hasParameters|osaid:trainedOn|osaid:derivedFrom

and all that a node was made from is `?node (...)+ ?source`. What belongs to a whole is told as the whole: parameters
are left out where a model has them (`FILTER NOT EXISTS { ?whole osaid:hasModel|osaid:hasParameters ?source }`), or
the model is named for them (`COALESCE(?whole, ?holder)`). An edge that is stated of a model is followed from the
model, not from parameters that something else names directly.

## Writing your own

A query without parameters needs no head. Parameters are declared in one, `#+ param: NAME KIND WORDS`:

    #+ summary: The models that were trained on a dataset
    #+ param: dataset node the dataset
    #+ column: model the model
    SELECT ?dataset ?model {
      ?parameters osaid:trainedOn ?dataset .
      ?model osaid:hasParameters ?parameters .
    }

Saved as `mine.rq`, it is run by

    osaid-graph query -f mine.rq data/releases --set dataset=allenai/c4 --format json -o answer.json

The kinds are `node` (an IRI, a Hub id, a short name or a label), `licence`, `property`, `date`, `integer` and `text`.
The keys are `summary`, `description`, `question`, `param`, `default` (`#+ default: NAME VALUE`), `column`, `needs`
(`#+ needs: findings`, as `--assess`), `example` and `command`, which answers the question from the lineage alone, where
a query over all of a corpus takes long (`#+ command: impact {node}`).

A parameter is a variable that is set before the query runs, so no text is ever put into a query. An
[endpoint](../../docs/endpoints.md) takes nothing but text: a value is written into that as a term, and the whole is
parsed again before it is sent. A parameter must be in `SELECT`; a sub-query sees it only if it selects it as well and,
where it counts, groups by it; and where it stands in a filter alone, the filter must be in the same group as what it
filters. Columns of parameters are left out of the answer. `CONSTRUCT` needs nothing of the kind.

What a path passes cannot be tested and is not told, so SPARQL has no shortest path, no number of paths and no lineage
that stops at a day. Those are commands and analyses: [which to take](../../docs/questions.md#which-to-take).

All of the Hub (`models.jsonl.gz datasets.jsonl.gz`) takes minutes and several GB to be loaded for queries, before
`--timeout` counts. `--subject ORG/NAME` loads one model with its sources, in seconds; `osaid-graph analyze` needs no
store, and asks all of it in seconds.

Nothing is fetched: `SERVICE` is refused, `FROM` takes graphs of the inputs alone, and updates are no queries.

## The queries

The numbers are those of the competency questions of the lineage (1 to 27) that a query answers wholly or in part.
"""


def guide() -> str:
    """Return the guide."""
    return _INTRODUCTION + "".join("\n" + "\n".join(_section(named_query(name))) + "\n" for name in named_queries())


def _section(query: NamedQuery) -> Iterator[str]:
    yield f"### `{query.name}`"
    yield ""
    numbers = ", ".join(map(str, query.questions))
    answers = f" ({'questions' if len(query.questions) > 1 else 'question'} {numbers})" if numbers else ""
    yield from textwrap.wrap(f"**{query.summary}**{answers}. {query.description}", 120)
    rows = [
        (f"`{p.name}`, {p.kind}", p.words + (f" (default: `{p.default}`)" if p.default is not None else ""))
        for p in query.parameters
    ]
    for title, found in (("takes", rows), ("gives", [(f"`{name}`", words) for name, words in query.columns])):
        if found:
            yield ""
            yield f"| {title} | |"
            yield "|---|---|"
            yield from (f"| {name} | {words} |" for name, words in found)
    yield ""
    yield f"    osaid-graph query {query.name} {query.example}"
    if query.command:
        yield ""
        yield f"From the lineage alone, however large: `osaid-graph {query.command} INPUT...`"


if __name__ == "__main__":
    GUIDE.write_text(guide(), "utf-8")
