"""Running a query: on a thread of its own, so that it can be left when its time is over."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from osaid_graph.errors import UsageError
from osaid_graph.identity import shortened
from osaid_graph.query.apart import Apart
from osaid_graph.query.gate import Form, checked
from osaid_graph.query.memory import resident
from osaid_graph.query.terms import PREFIXES, Row, Term

if TYPE_CHECKING:
    import pandas as pd


class QueryTimeout(UsageError):
    """A query took longer than it was given (exit code 2)."""


class QueryTooLarge(UsageError):
    """A query took more memory, or gave more rows, than it was given (exit code 2)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: ``rows`` of ``columns`` for SELECT, ``truth`` for ASK, ``triples`` for CONSTRUCT."""

    form: Form
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool = False
    triples: tuple[ox.Triple, ...] = ()

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a table of pandas, with a type for each column whose values share one.

        Raises:
            UsageError: The query was no SELECT, or pandas is not installed.
        """
        from osaid_graph.query.frames import to_pandas

        return to_pandas(self)


def ask(
    store: ox.Store,
    text: str,
    bindings: Mapping[str, Term] | None = None,
    *,
    timeout: float | None = None,
    memory: int | None = None,
    rows: int | None = None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    source: str = "",
) -> Answer:
    """Run a query.

    What ``bindings`` give values to are parameters: they are set before the query runs (SPARQL 1.2 community group,
    SEP-0007) and left out of the columns, since every row would have the same.

    Args:
        store: What is asked.
        text: The query, in which the prefixes of :data:`~osaid_graph.query.terms.PREFIXES` need no declaration.
        bindings: Values of variables. SELECT must name them, in sub-queries as well.
        timeout: Seconds after which it is given up. The engine cannot be stopped in the middle of a step, so its
            thread goes on until that is done, or until the process ends.
        memory: Bytes that this process may take more than now before it is given up, looked at many times a second. The
            thread goes on as after ``timeout``, and the memory is free when it or the process has ended.
        rows: How many rows, or statements, it may give; one that gives more is refused, and not cut short.
        default_graphs: IRIs of the graphs that are the default graph together, in place of that of the store and of
            those that FROM names (SPARQL 1.1 Protocol, section 2.1.4).
        named_graphs: IRIs of the named graphs that there are, in the same way.
        source: The file the query stands in, to be named where it is wrong.

    Raises:
        QueryTimeout: It took longer than ``timeout``.
        QueryTooLarge: It took more than ``memory``, or gave more than ``rows``.
        UsageError: It updates, asks a service, names a graph or prefix that is not there, or is not SPARQL 1.1; or
            ``timeout`` is no length of time.
    """
    if timeout is not None and not timeout >= 0:
        raise UsageError(f"a timeout of {timeout:g} s", "give seconds, 0 or more")
    graphs = {name.value for name in store.named_graphs()}
    form = checked(text, source, graphs)
    dataset = _dataset(default_graphs, named_graphs, graphs)
    values: dict[ox.Variable, Term | ox.Triple] = {ox.Variable(name): each for name, each in (bindings or {}).items()}
    running = _Running(store, text, values, form, rows, dataset)
    try:
        if Apart(running.run).finished(timeout, _limit(memory) if memory is not None else None):
            return running.answer
    except RuntimeError as error:
        raise _meaning(error, source) from None
    except QueryTooLarge:
        running.given_up = True
        raise
    running.given_up = True
    hint = "give it more with --timeout SECONDS"
    raise QueryTimeout(f"stopped after {timeout:g} s; the query runs longer", hint)


def _dataset(default: Sequence[str], named: Sequence[str], known: Container[str]) -> dict[str, Any]:
    """Return the graphs that a query is to be asked of, as the engine takes them; nothing where none are named."""
    for iri in (*default, *named):
        if iri not in known:
            hint = "nothing is fetched; GRAPH ?g { ?s ?p ?o } shows the graphs there are"
            raise UsageError(f"no graph {shortened(iri)}", hint)
    if not default and not named:
        return {}
    return {"default_graph": [*map(ox.NamedNode, default)], "named_graphs": [*map(ox.NamedNode, named)]}


def _limit(memory: int) -> Callable[[], None]:
    """Return what raises an error once this process takes so much more than now."""
    most = resident() + memory

    def watch() -> None:
        if resident() > most:
            what = f"stopped: the query takes more than {memory // 1_000_000:,} MB of memory"
            raise QueryTooLarge(what, "ask for less at a time, or give it more with --memory MB")

    return watch


class _Running:
    """A query while it runs."""

    def __init__(
        self,
        store: ox.Store,
        text: str,
        substitutions: dict[ox.Variable, Term | ox.Triple],
        form: Form,
        most: int | None,
        dataset: dict[str, Any],
    ) -> None:
        self.store, self.text, self.substitutions, self.form = store, text, substitutions, form
        self.most, self.dataset = most, dataset
        self.given_up = False
        self.answer = Answer(form)

    def run(self) -> None:
        given = {"prefixes": PREFIXES, "substitutions": self.substitutions, **self.dataset}
        self.answer = self._taken(self.store.query(self.text, **given))

    def _taken(self, found: object) -> Answer:
        if isinstance(found, ox.QuerySolutions):
            parameters = {variable.value for variable in self.substitutions}
            columns = tuple(each.value for each in found.variables if each.value not in parameters)
            rows: list[Row] = []
            for solution in found:
                if self.given_up:
                    break
                self._refuse_more(len(rows), "rows")
                rows.append(tuple(solution[column] for column in columns))
            return Answer("select", columns, tuple(rows))
        if isinstance(found, ox.QueryTriples):
            triples: dict[ox.Triple, None] = {}
            for triple in found:
                if self.given_up:
                    break
                self._refuse_more(len(triples), "statements")
                triples[triple] = None
            return Answer("construct", triples=tuple(triples))
        return Answer("ask", truth=bool(found))

    def _refuse_more(self, number: int, what: str) -> None:
        if self.most is not None and number >= self.most:
            raise QueryTooLarge(f"stopped: the query gives more than {self.most:,} {what}", "ask for less, with LIMIT")


def _meaning(error: Exception, source: str) -> Exception:
    """Return what an error of the engine means to whoever wrote the query; other errors as they are."""
    if isinstance(error, RuntimeError) and "SELECT projection" in str(error):
        name = str(error).partition("variable ")[2].partition(" ")[0]
        return UsageError(f"the parameter {name} is not in SELECT", f"write SELECT {name} ...", source=source)
    return error
