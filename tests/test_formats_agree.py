"""One release in every format, in any order, over any number of files: the same findings and outcomes."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from edited_releases import MAIN, RELEASES, borealis, edited, edits, loaded
from local_validation import SHARED
from manifest_text import ManifestText
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDFS, SKOS
from rdflib.term import Node

from osaid_graph.assessment.assess import assess
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Triple
from osaid_graph.vocab import OSAID

REAL = Path(__file__).parent.parent / "data" / "releases"
SCHEMA = Namespace("https://schema.org/")

#: File suffix -> the release in that format.
FORMATS: dict[str, Callable[[Release], str]] = {
    ".ttl": lambda release: release.graph.serialize(format="turtle"),
    ".trig": lambda release: release.dataset().serialize(format="trig"),
    ".nq": lambda release: release.dataset().serialize(format="nquads"),
    ".jsonld": lambda release: release.graph.serialize(format="json-ld"),
}
#: What a file of several named graphs says of its documents, beside what the documents say.
PROVENANCE = {RDF.type, RDFS.label, OSAID.sha256, OSAID.retrieved, DCTERMS.title} | {
    PROV.wasAttributedTo,
    PROV.wasDerivedFrom,
    PROV.wasQuotedFrom,
}

#: Gaps of every kind: in a node, in a refusal, in what a node is called, on a circle, in a thing described nowhere.
GAPS = (
    "code-license.conflicting",
    "code-testing.conflicting",
    "code-tokenizer.no-reason",
    "data-info-all-data-described.base-unresolved",
    "data-info-all-data-described.not-a-model",
    "data-info-all-data-described.not-disclosed",
    "data-info-all-data-described.unresolved",
    "data-info-labeling.no-reason",
    "data-info-provenance.circular",
    "data-list-public-where.withdrawn",
    "data-list-public.conflicting",
    "params-available.not-disclosed",
    "preferred-form-access.repository-withheld",
)


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Validate only what differs from the graphs validated before."""
    monkeypatch.setattr("osaid_graph.assessment.assess.validate", SHARED.validate)


ALL = (*sorted(path.name for path in REAL.glob("*.yaml")), MAIN, "borealis-judged.yaml", *GAPS)
SOME = ("amber-7b.yaml", "llama-2-7b.yaml", "mixtral-8x7b.yaml", MAIN, "borealis-judged.yaml", *GAPS)


def from_manifest(name: str, folder: Path) -> Release:
    """Load a real release, Borealis, or Borealis with a gap."""
    if name in GAPS:
        return loaded(edited(name), folder)
    return load([str((REAL if (REAL / name).exists() else RELEASES) / name)])


@pytest.fixture(params=SOME)
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Release:
    """A release read from its manifest."""
    return from_manifest(request.param, tmp_path)


Essence = tuple[str, str, tuple[tuple[str, str, str], ...], tuple[tuple[str, str, str, int], ...]]


def essence(release: Release) -> Essence:
    """Return what an assessment comes to: subject, verdict, outcomes by requirement, and findings with their paths."""
    assessment = assess(release)
    outcomes = tuple((r.requirement.id, r.outcome, r.machine_outcome) for r in assessment.results)
    findings = tuple((f.rule, f.focus, f.outcome, f.paths) for f in assessment.findings)
    return assessment.subject, assessment.outcome, outcomes, findings


def from_text(folder: Path, **documents: str) -> Release:
    """Load documents given as ``name_suffix=text``."""
    names = []
    for key, text in documents.items():
        path = folder / key.replace("_", ".")
        path.write_text(text, "utf-8")
        names.append(str(path))
    return load(names)


def lines(graph: Graph) -> list[str]:
    """Return a graph as N-Triples, sorted."""
    return sorted(f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in graph)


# -- formats -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", ALL)
def test_every_format_gives_the_same_assessment(name: str, suffix: str, tmp_path: Path) -> None:
    release = from_manifest(name, tmp_path)
    path = tmp_path / f"release{suffix}"
    path.write_text(FORMATS[suffix](release), "utf-8")
    again = load([str(path)])
    assert essence(again) == essence(release)
    if suffix in (".trig", ".nq"):
        documents = {source.name for source in release.sources}
        for before, after in zip(assess(release).findings, assess(again).findings, strict=True):
            attributed = [source for source in before.sources if source not in documents]
            assert set(attributed) <= set(after.sources)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("rule", sorted(edits()))
def test_every_gap_is_the_same_graph_in_every_format(rule: str, suffix: str, tmp_path: Path) -> None:
    release = loaded(edited(rule), tmp_path)
    path = tmp_path / f"release{suffix}"
    path.write_text(FORMATS[suffix](release), "utf-8")
    again = load([str(path)])
    assert set(release.graph) <= set(again.graph)
    more = {predicate for _, predicate, _ in set(again.graph) - set(release.graph)}
    assert more <= (PROVENANCE if suffix in (".trig", ".nq") else set())


def test_the_long_form_in_json_ld_is_the_same_graph() -> None:
    short, long = (load([str(RELEASES / name)]).graph for name in (MAIN, "borealis.jsonld"))
    assert lines(long) == lines(short)


# -- what does not matter --------------------------------------------------------------------------------------


def test_the_order_of_statements_and_the_names_of_blank_nodes_do_not_matter(release: Release, tmp_path: Path) -> None:
    said = lines(release.graph)
    random.Random(7).shuffle(said)  # noqa: S311
    text = "\n".join(said)
    blank = sorted({term for triple in release.graph for term in triple if isinstance(term, BNode)})
    for number, node in enumerate(reversed(blank)):
        text = text.replace(node.n3(), f"_:other{number}")
    assert essence(from_text(tmp_path, release_nt=text)) == essence(release)


def test_the_names_of_nodes_do_not_matter(release: Release, tmp_path: Path) -> None:
    described = sorted(node for node in set(release.graph.subjects()) if isinstance(node, URIRef))
    renamed = {node: URIRef(f"https://renamed.example/{number:03}") for number, node in enumerate(described)}
    graph = Graph()
    for subject, predicate, value in release.graph:
        graph.add((renamed.get(subject, subject), predicate, renamed.get(value, value)))  # type: ignore[call-overload]
    again = from_text(tmp_path, release_nt="\n".join(lines(graph)))
    names = {str(node): str(new) for node, new in renamed.items()}

    def said(of: Release) -> tuple[str, list[tuple[str, str]], list[tuple[str, str, str, int]]]:
        _, verdict, outcomes, findings = essence(of)
        shown = [(rule, names.get(focus, focus), outcome, paths) for rule, focus, outcome, paths in findings]
        return verdict, [(id_, outcome) for id_, outcome, _ in outcomes], sorted(shown)

    assert said(again) == said(release)


@pytest.mark.parametrize("seed", range(2))
def test_a_release_may_be_split_over_two_files(release: Release, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    parts: tuple[list[str], list[str]] = ([], [])
    for triple in sorted(release.graph):
        with_blank = any(isinstance(term, BNode) for term in triple)  # they have a name in one file only
        parts[0 if with_blank else chance.randrange(2)].append(" ".join(term.n3() for term in triple) + " .")
    split = from_text(tmp_path, one_ttl="\n".join(parts[0]), two_ttl="\n".join(parts[1]))
    assert essence(split) == essence(release)


def test_a_manifest_may_be_split_over_two_files(tmp_path: Path) -> None:
    documents = borealis()
    text = ManifestText(documents[MAIN])
    datasets = text.named("datasets")
    documents["upstream/datasets.yaml"] = "\n".join(text.lines[datasets.first : datasets.end])
    text.delete(datasets)
    text.replace(text.named("imports"), "imports: [upstream/tundra.yaml, upstream/datasets.yaml]")
    documents[MAIN] = str(text)
    (tmp_path / "whole").mkdir()
    assert essence(loaded(documents, tmp_path)) == essence(loaded(borealis(), tmp_path / "whole"))


def test_statements_in_foreign_vocabularies_do_not_matter(release: Release, tmp_path: Path) -> None:
    said: list[Triple] = []
    elsewhere = URIRef("https://example.org/elsewhere")
    nodes = {term for s, _, o in release.graph for term in (s, o) if isinstance(term, (URIRef, BNode))}
    for node in sorted(nodes):
        said += [
            (node, RDF.type, SCHEMA.CreativeWork),
            (node, RDF.type, PROV.Entity),
            (node, SCHEMA.name, Literal("by another name")),
            (node, SCHEMA.isBasedOn, elsewhere),
            (node, PROV.wasDerivedFrom, elsewhere),
            (node, DCTERMS.subject, elsewhere),
            (node, SKOS.note, Literal("noted")),
        ]
    said.append((elsewhere, RDF.type, URIRef("http://www.w3.org/ns/dcat#Dataset")))
    foreign = [" ".join(term.n3() for term in triple) + " ." for triple in said]
    assert essence(from_text(tmp_path, both_nt="\n".join([*lines(release.graph), *foreign]))) == essence(release)


# -- what must not matter in RDF, where nothing is filled in ---------------------------------------------------


def test_a_class_that_an_edge_implies_may_be_left_out(release: Release, tmp_path: Path) -> None:
    """No rule may be escaped by leaving out a class: components and data are what their edges say they are."""
    graph = release.graph
    edges = set(graph.objects(None, None)) - set(graph.objects(None, RDF.type))
    kinds = {OSAID.Code, OSAID.Configuration, OSAID.DataInformation, OSAID.Parameters, OSAID.Dataset}
    implied = {node for kind in kinds for node in graph.subjects(RDF.type, kind) if node in edges}
    kept: set[Node] = {node for node in implied if not _is_described(graph, node)}
    left = [triple for triple in graph if triple[1] != RDF.type or triple[0] not in implied - kept]
    bare = Graph()
    for triple in left:
        bare.add(triple)
    assert essence(from_text(tmp_path, bare_nt="\n".join(lines(bare)))) == essence(release)


def _is_described(graph: Graph, node: Node) -> bool:
    return any(str(predicate).startswith(str(OSAID)) for predicate in graph.predicates(node))


def test_an_edge_may_be_told_from_its_other_end(release: Release, tmp_path: Path) -> None:
    inverses: dict[Node, URIRef] = {
        OSAID.trainedOn: OSAID.usedToTrain,
        OSAID.validatedOn: OSAID.usedToValidate,
        OSAID.evaluatedOn: OSAID.usedToEvaluate,
        OSAID.derivedFrom: OSAID.sourceOf,
    }
    told = Graph()
    for s, p, o in release.graph:
        told.add((o, inverses[p], s) if p in inverses and isinstance(o, (URIRef, BNode)) else (s, p, o))
    assert essence(from_text(tmp_path, told_nt="\n".join(lines(told)))) == essence(release)
