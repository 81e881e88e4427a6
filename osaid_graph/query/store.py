"""What queries ask: a release, what follows from it, who said it, and what an assessment found, in one store.

- The default graph holds all statements together, with references resolved and the fixed entailment added (what is
  assessed), what the stated licences come to, and the provenance of the sources; findings where they are asked for.
- A named graph for each source holds what that says, as it says it.
- The graph :data:`~osaid_graph.query.terms.VOCABULARY` holds the ontology, the codelists, the requirements and the
  rules, so that a query can give labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, get_args

import pyoxigraph as ox
from rdflib import Graph

from osaid_graph.assessment.assess import prepare
from osaid_graph.errors import UsageError
from osaid_graph.graph.conclusions import conclude
from osaid_graph.graph.dump import Dump, Progress
from osaid_graph.graph.lookup import Names
from osaid_graph.graph.ontology import codelists, ontology
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment
from osaid_graph.query.bulk import add_dumps
from osaid_graph.query.terms import PREFIXES, VOCABULARY, quads
from osaid_graph.rdf_report.report import report
from osaid_graph.terms import DEFAULT_POLICY, policy
from osaid_graph.validation.definition import DEFAULT_VERSION, vocabulary

#: Nothing; what a check uses; all of OWL 2 RL, which is slow and for research.
Entailment = Literal["none", "check", "owl-rl"]
ENTAILMENTS: Final[tuple[Entailment, ...]] = get_args(Entailment)
#: Namespaces of words, which are no nodes that anything is asked about.
_WORDS: Final = tuple(
    PREFIXES[name] for name in ("osaid", "code", "req", "rule", "def", "policy", "label", "sh", "earl")
)
_TITLES: Final = tuple(
    ox.NamedNode(iri) for iri in (PREFIXES["dcterms"] + "title", PREFIXES["foaf"] + "name", PREFIXES["rdfs"] + "label")
)

_VERSION: Final = ox.NamedNode(PREFIXES["dcat"] + "version")


def build(
    release: Release,
    dumps: Sequence[Dump] = (),
    *,
    entailment: Entailment = "check",
    terms: str | None = None,
    version: str | None = None,
    assessments: Iterable[Assessment] = (),
    progress: Progress | None = None,
) -> ox.Store:
    """Return a store of all that can be asked about a release; nothing in it is fetched, and nothing leaves memory.

    Args:
        release: What the descriptions say.
        dumps: Inputs of many descriptions, whose records are read one after the other.
        entailment: What is added to the merged statements.
        terms: The id of a terms policy; None for the default one.
        version: The version of the definition, or the folder of a profile, whose requirements can be asked about.
        assessments: What was found, to be asked about as well.
        progress: Told how many bytes of how many have been read of ``dumps``.

    Raises:
        InputError: A dump is broken, or a profile is wrong.
        UsageError: There is no such policy or version, or the entailment is not for dumps.
    """
    chosen = policy(terms or DEFAULT_POLICY)
    store = ox.Store()
    store.extend(vocabulary_quads(version))
    if dumps and entailment == "owl-rl":
        hint = "leave out --entail, or name with --subject what to read of them"
        raise UsageError("owl-rl is not for inputs of many descriptions", hint, source=dumps[0].name)
    if dumps:
        add_dumps(store, release, dumps, chosen if entailment == "check" else None, progress)
    elif entailment == "none":
        store.extend(quads(release.graph))
    else:
        graph = prepare(release)
        conclude(graph, chosen)
        store.extend(quads(_closed(graph, release) if entailment == "owl-rl" else graph))
    dataset = release.dataset()
    store.extend(quads(dataset.default_graph))
    for graph in dataset.graphs():
        if graph != dataset.default_graph:
            store.extend(quads(graph, ox.NamedNode(str(graph.identifier))))
    for assessment in assessments:
        store.extend(quads(report(assessment)))
    return store


def vocabulary_quads(version: str | None = None) -> Iterator[ox.Quad]:
    """Yield what the graph of the vocabulary holds, for a version of the definition or the folder of a profile.

    Raises:
        InputError: A profile is wrong.
        UsageError: There is no such version.
    """
    for graph in (ontology(), codelists(), vocabulary(version or DEFAULT_VERSION)):
        yield from quads(graph, VOCABULARY)


def _closed(graph: Graph, release: Release) -> Graph:
    """Return a prepared graph with all that follows by OWL 2 RL, from the axioms of the documents too."""
    from osaid_graph.graph.reasoning import owl_rl_closure

    whole = Graph()
    whole += graph
    whole += release.graph
    whole += ontology()
    return owl_rl_closure(whole)


def names(store: ox.Store) -> Names:
    """Return the names of all nodes that are described or referred to, with their titles.

    A title stands alone and with the version, as reports show it (:func:`osaid_graph.graph.labels.label`).
    """
    titles: dict[str, list[str]] = {}
    versions: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        subject, value = quad.subject, quad.object
        for end in (subject, value):
            if isinstance(end, ox.NamedNode) and not end.value.startswith(_WORDS):
                titles.setdefault(end.value, [])
        if quad.predicate in _TITLES and isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
            titles[subject.value].append(value.value)
        elif quad.predicate == _VERSION and isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
            versions[subject.value] = min(value.value, versions.get(subject.value, value.value))
    for iri, version in versions.items():
        titles[iri] += [f"{title} {version}" for title in titles[iri] if version not in title]
    return Names((iri, label) for iri in sorted(titles) for label in sorted(titles[iri]) or [""])
