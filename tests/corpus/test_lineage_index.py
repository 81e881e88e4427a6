"""The lineage of a corpus is that of the same descriptions read at once, and is made once."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from columns import said_of
from corpora import model, turtle
from drawn_statements import drawn_graph
from numbered_lineages import FAMILY, known, read
from rdflib import DCTERMS, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import FOAF

from osaid_graph.assessment.assess import prepare
from osaid_graph.corpus.build import build
from osaid_graph.corpus.layout import DERIVED, TABLES
from osaid_graph.corpus.lineage_index import derived, lineage_of_corpus
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import InputError
from osaid_graph.graph.release import Release
from osaid_graph.lineage.artifacts import lineage_of
from osaid_graph.lineage.index import properties
from osaid_graph.lineage.reached import upstream
from osaid_graph.vocab import DCAT3, OSAID

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "inputs",
    [
        [FAMILY],
        [ROOT / "tests" / "fixtures" / "query" / name for name in ("before.ttl", "after.ttl")],
        [ROOT / "tests" / "fixtures" / "query" / name for name in ("card.ttl", "paper.ttl")],
        [ROOT / "data" / "releases"],
    ],
)
def test_it_is_the_lineage_of_the_same_documents_read_at_once(tmp_path: Path, inputs: list[Path]) -> None:
    build(tmp_path, list(map(str, inputs)), jobs=1)
    assert known(lineage_of_corpus(Corpus.open(tmp_path))) == known(read(*inputs))


def test_a_list_of_the_hub_has_the_lineage_of_its_records(tmp_path: Path) -> None:
    records = [
        {"id": "acme/base", "pipeline_tag": "text-generation", "tags": ["license:llama2", "dataset:acme/webmix"]},
        {"id": "acme/tuned", "tags": ["license:mit", "base_model:finetune:acme/base", "base_model:acme/base"]},
        {"id": "acme/lost", "tags": ["base_model:finetune:acme/gone", "base_model:acme/gone", "license:other"]},
        {"id": "acme/selfie", "tags": ["base_model:acme/selfie", "license:mit"]},
    ]
    (tmp_path / "models.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    (tmp_path / "whole.json").write_text(json.dumps(records), "utf-8")
    build(tmp_path / "corpus", [str(tmp_path / "models.jsonl")], jobs=1)
    found = known(lineage_of_corpus(Corpus.open(tmp_path / "corpus")))
    expected = known(read(tmp_path / "whole.json"))
    assert {name: found[name] for name in found if name != "said"} == {
        name: expected[name] for name in expected if name != "said"
    }
    assert set(found["said"]) == {(str(tmp_path / "models.jsonl"),)}
    at_once = read(tmp_path / "models.jsonl")
    edges = {(at_once.iri(arrow.source), at_once.iri(arrow.target), arrow.property) for arrow in at_once.arrows()}
    assert {(found["iris"][source], found["iris"][target], kind) for source, target, kind in found["edges"]} == edges
    selfie = "https://huggingface.co/acme/selfie"
    assert (selfie, selfie, properties().index(OSAID.derivedFrom)) in edges


def embellished(graph: Graph, seed: int) -> Graph:
    """Return a drawn graph in which nodes have titles, days, terms and versions too, and are parts by their IRIs."""
    random = Random(seed)  # noqa: S311 (a test that draws, not a secret)
    nodes = sorted({node for node in graph.subjects() if isinstance(node, URIRef)})
    for node in nodes:
        part = URIRef(f"{node}#{random.choice(('parameters', 'v1', 'parameters-step-5'))}")
        for prop, values in (
            (DCTERMS.title, ("Atlas", "Beta 2", "")),
            (FOAF.name, ("Gamma",)),
            (DCAT3.version, ("2", "1.0")),
            (DCTERMS.issued, ("2024-05-01", "2023-01-01T10:00:00Z", "soon")),
            (DCTERMS.isVersionOf, (random.choice(nodes), random.choice(nodes))),
        ):
            for value in values:
                if random.random() < 0.2:
                    graph.add((node, prop, value if isinstance(value, URIRef) else Literal(value)))
        if random.random() < 0.2:
            day = random.choice((Literal(True), Literal("2024-01-01", datatype=XSD.date)))
            graph.add((node, OSAID.withdrawn, day))
        if random.random() < 0.3:
            graph.add((part, RDF.type, random.choice((OSAID.Parameters, OSAID.Checkpoint, OSAID.Dataset))))
            graph.add((node, random.choice((OSAID.hasParameters, OSAID.hasCheckpoint, OSAID.hasComponent)), part))
        if random.random() < 0.1:
            silence = BNode()
            graph.add((silence, RDF.type, OSAID.NotDisclosed))
            graph.add((node, OSAID.trainedOn, silence))
    return graph


@pytest.mark.parametrize("seed", range(4))
def test_of_whatever_is_said_it_is_the_lineage_that_reading_gives(seed: int) -> None:
    release = Release()
    release.graph = embellished(drawn_graph(seed), seed)
    engine = DuckDB(1 << 28, threads=1)
    try:
        said_of(engine, release.graph)
        for table in ("statements", "sources"):
            engine.values(table, TABLES[table], ())
        found = derived(engine, 0)
    finally:
        engine.close()
    assert known(found) == known(lineage_of(prepare(release)))
    assert len(found.up) > 300


def test_it_is_made_once_and_again_when_something_else_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    build(folder, turtle(tmp_path / "said", a=model("a", "A") + "ex:a :fineTunedFrom ex:b ."), jobs=1)
    first = Corpus.open(folder)
    lineage = lineage_of_corpus(first)
    assert [reached.node for reached in upstream(lineage, "A")] == ["https://example.org/b"]
    assert lineage_of_corpus(Corpus.open(folder)).find("A") == lineage.find("A")
    assert [part.path for part in Corpus.open(folder).parts(DERIVED)] == ["derived/000001"]
    build(folder, turtle(tmp_path / "said", a=model("a", "A") + "ex:a :fineTunedFrom ex:c ."), jobs=1)
    changed = lineage_of_corpus(Corpus.open(folder))
    assert [reached.node for reached in upstream(changed, "A")] == ["https://example.org/c"]
    assert [part.path for part in Corpus.open(folder).parts(DERIVED)] == ["derived/000002"]
    assert [reached.node for reached in upstream(lineage, "A")] == ["https://example.org/b"]  # mapped, and still there


def test_a_file_of_it_that_was_cut_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    build(folder, turtle(tmp_path / "said", a=model("a", "A")), jobs=1)
    lineage_of_corpus(Corpus.open(folder))
    file = folder / "derived" / "000001" / "lineage" / "classes.npy"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(InputError, match=r"classes.npy: the corpus is damaged: \d+ bytes, not \d+"):
        lineage_of_corpus(Corpus.open(folder))
