"""The package for notebooks and scripts: read descriptions, assess them, query them, walk their lineage, export them.

    >>> import osaid_graph
    >>> bloom = osaid_graph.load("data/releases/bloom-176b.yaml")
    >>> bloom.assess().outcome
    'not-met'
    >>> [reached.label for reached in bloom.upstream("bloom")]
    ['ROOTS', 'Common Crawl', 'OSCAR 21.09']

Whatever a person can be told is raised as :class:`~osaid_graph.errors.OsaidError`, with the words that the command
line shows. Nothing is fetched, and nothing is printed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef

from osaid_graph.assessment.artifact_gaps import FINDINGS, kinds_of_gaps, open_gaps
from osaid_graph.assessment.assess import assess, prepare
from osaid_graph.assessment.survey import survey
from osaid_graph.graph.dump import Dump
from osaid_graph.graph.load import load_apart
from osaid_graph.graph.release import Release
from osaid_graph.lineage.artifacts import lineage_of
from osaid_graph.lineage.impact import Impact, impact
from osaid_graph.lineage.index import Lineage
from osaid_graph.lineage.reached import Reached, downstream, upstream
from osaid_graph.model import Assessment
from osaid_graph.validation.definition import DEFAULT_VERSION

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox

    from osaid_graph.query.run import Answer
    from osaid_graph.query.store import Entailment
    from osaid_graph.writers.material import Export


def load(*inputs: str | Path, format: str | None = None) -> Descriptions:
    """Read what files describe together.

    Args:
        inputs: Files in any format, and folders of them; each may stand behind the id of what it describes
            (``org/name=README.md``). Lists of the Hub, a record a line, may be among them.
        format: Read all of them in this format instead of detecting it.

    Raises:
        InputError: One is missing, too large, not recognised, or wrong; its ``source`` and ``line`` are set.
        UsageError: There is no format of that name.
    """
    return Descriptions(*load_apart(map(str, inputs), format))


class Descriptions:
    """What documents describe together: one release, or many, and what they were made from.

    Attributes:
        release: The documents of one description each, with the place and the source of every statement.
        dumps: Documents of many descriptions, which are read when the lineage or a query needs them.
    """

    def __init__(self, release: Release, dumps: Iterable[Dump] = ()) -> None:
        self.release = release
        self.dumps = tuple(dumps)

    @cached_property
    def graph(self) -> Graph:
        """The statements of ``release`` as one graph of rdflib, with references resolved and the fixed entailment."""
        return prepare(self.release)

    @cached_property
    def lineage(self) -> Lineage:
        """The lineage of everything described, dumps too.

        Raises:
            InputError: A dump is broken; its ``source`` and ``line`` are set.
        """
        return lineage_of(self.graph, self.release, self.dumps)

    def assess(
        self,
        subject: str | None = None,
        *,
        terms: str | None = None,
        definition: str = DEFAULT_VERSION,
        today: datetime.date | None = None,
    ) -> Assessment:
        """Assess one subject; what a dump says of it is not looked at.

        Args:
            subject: ``system``, ``model``, ``parameters``, an IRI or a Hub id; None for the outermost node.
            terms: The id of a terms policy; None for that of the version.
            definition: The id of a version of the definition, or the folder of a profile.
            today: The day of the assessment; the current day if None.

        Raises:
            NothingToAssessError: No system, model or parameters is described.
            UsageError: No such subject, policy or version, or several nodes could be the subject.
            InputError: A profile or a judgement is wrong, or too much is in scope.
        """
        return assess(self.release, subject=subject, terms=terms, version=definition, today=today)

    def assess_all(
        self, *, terms: str | None = None, definition: str = DEFAULT_VERSION, today: datetime.date | None = None
    ) -> tuple[Assessment, ...]:
        """Assess every system, model and parameters that no other consists of or derives from; see :meth:`assess`."""
        return tuple(each.assessment for each in survey(self.release, terms=terms, version=definition, today=today))

    def store(self, *, findings: bool = False, entailment: Entailment = "check") -> ox.Store:
        """Return everything as a store of pyoxigraph, for queries; the same store each time.

        Args:
            findings: Whether what an assessment of all releases finds is in it too.
            entailment: ``none``, ``check`` or ``owl-rl`` (:data:`osaid_graph.query.store.Entailment`).

        Raises:
            NothingToAssessError: Findings are asked for, and there is nothing to assess.
            InputError: A dump is broken, or a release cannot be assessed.
        """
        key = (findings, entailment)
        if key not in self._stores:
            from osaid_graph.query.store import build

            assessments = self.assess_all() if findings else ()
            self._stores[key] = build(self.release, self.dumps, entailment=entailment, assessments=assessments)
        return self._stores[key]

    @cached_property
    def _stores(self) -> dict[tuple[bool, str], ox.Store]:
        return {}

    def query(self, name: str, /, *, timeout: float | None = None, **parameters: str) -> Answer:
        """Run a named query.

        Args:
            name: One that ``osaid-graph query`` lists.
            timeout: Seconds after which it is given up; None for no end.
            parameters: Their values, as they are written on the command line: ``node="bigscience/bloom"``.

        Raises:
            UsageError: There is no such query, or a parameter is missing, unknown or of the wrong kind.
            QueryTimeout: It took longer than ``timeout``.
        """
        from osaid_graph.query.library import named_query
        from osaid_graph.query.parameters import bindings
        from osaid_graph.query.run import ask
        from osaid_graph.query.store import names

        query = named_query(name)
        store = self.store(findings=query.needs_findings)
        return ask(store, query.text, bindings(query, parameters, lambda: names(store)), timeout=timeout)

    def sparql(self, text: str, *, timeout: float | None = None, findings: bool = False) -> Answer:
        """Run a query of your own; the prefixes of the ontology need no declaration.

        Args:
            text: SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.
            timeout: Seconds after which it is given up; None for no end.
            findings: Whether what an assessment of all releases finds is asked about too.

        Raises:
            UsageError: It is not SPARQL, updates, or asks a service.
            QueryTimeout: It took longer than ``timeout``.
        """
        from osaid_graph.query.run import ask

        return ask(self.store(findings=findings), text, timeout=timeout)

    def analyze(self, name: str, /, **parameters: str) -> Answer:
        """Run an analysis of the lineage.

        Args:
            name: One that ``osaid-graph analyze`` lists.
            parameters: Their values, as they are written on the command line: ``node="bigscience/bloom"``.

        Raises:
            UsageError: There is no such analysis, or a parameter is missing, unknown or of the wrong kind.
        """
        from osaid_graph.analyses.catalogue import Context, analysis
        from osaid_graph.analyses.run import run

        context = Context(self.lineage, self.graph, self.gaps, lambda path: load(path).lineage)
        return run(analysis(name), context, parameters)

    def gaps(self, kinds: str = "") -> dict[int, tuple[str, ...]]:
        """Return what is open at artefacts, by their numbers in ``lineage``.

        Args:
            kinds: ``findings``, what an assessment of all releases finds, or names of criteria
                (:data:`osaid_graph.lineage.gaps.CRITERIA`) with commas; if empty, the findings, or ``license`` and
                ``described`` where there are dumps.

        Raises:
            UsageError: There is no such criterion.
            NothingToAssessError: Findings are asked for, and there is nothing to assess.
        """
        chosen = kinds_of_gaps(kinds, of_many=bool(self.dumps))
        return open_gaps(self.lineage, chosen, self.assess_all() if FINDINGS in chosen else ())

    def upstream(self, node: str, following: Iterable[URIRef] | None = None) -> tuple[Reached, ...]:
        """Return all that an artefact was made from (:func:`osaid_graph.lineage.reached.upstream`)."""
        return upstream(self.lineage, node, following)

    def downstream(self, node: str, following: Iterable[URIRef] | None = None) -> tuple[Reached, ...]:
        """Return all that was made from an artefact (:func:`osaid_graph.lineage.reached.downstream`)."""
        return downstream(self.lineage, node, following)

    def impact(self, *nodes: str, day: datetime.date | None = None) -> Impact:
        """Return what falls with some artefacts (:func:`osaid_graph.lineage.impact.impact`)."""
        return impact(self.lineage, nodes, day=day)

    def digraph(self, node: str | None = None, *, down: bool = False) -> nx.DiGraph:
        """Return the lineage as a graph of networkx, the edges from what was made to what it was made from.

        Args:
            node: An artefact, to have only what it was made from; None for the whole lineage.
            down: Have what was made from ``node`` instead.

        Raises:
            UsageError: There is no such artefact, or several could be meant.
        """
        from osaid_graph.lineage.networks import digraph

        if node is None:
            return digraph(self.lineage)
        found = self.downstream(node) if down else self.upstream(node)
        numbers = [self.lineage.find(node), *(self.lineage.numbers[each.node] for each in found)]
        return digraph(self.lineage, numbers)

    def export(self, format: str, *, subject: str | None = None) -> Export:
        """Return the descriptions in another format, and what that could not carry.

        Args:
            format: One that ``osaid-graph export`` lists.
            subject: As of :meth:`assess`, for formats that show an assessment or have a root; for one that describes
                one dataset, which one.

        Raises:
            UsageError: There is no such format, or what it needs is not installed.
            NothingToAssessError: There is nothing that the format is for.
        """
        from osaid_graph.writers import writer
        from osaid_graph.writers.material import Export, Material, add_examination

        chosen, material = writer(format), Material(self.release, choice=subject or "")
        add_examination(material, chosen.ASSESSED, subject)
        return Export(chosen.write(material), material.losses())
