"""A release out of a corpus is assessed as the documents are that describe it."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner
from corpora import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.assessment.assess import examine, in_scope, prepare
from osaid_graph.assessment.subject import outermost
from osaid_graph.assessment.survey import survey
from osaid_graph.cli import cli
from osaid_graph.corpus import extract
from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.assessed import attach_assessment, requirements_of
from osaid_graph.corpus.build import build
from osaid_graph.corpus.extract import release_of
from osaid_graph.corpus.kept_aside import kept_aside
from osaid_graph.corpus.open import Corpus
from osaid_graph.corpus.tables_out import write_table
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import UsageError
from osaid_graph.graph.conclusions import conclude
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.lineage.completion import complete
from osaid_graph.lineage.edges import is_subject
from osaid_graph.lineage.scope import Scope, scope
from osaid_graph.terms import DEFAULT_POLICY, policy
from osaid_graph.vocab import OSAID

RELEASES, MEETING = ROOT / "data" / "releases", ROOT / "tests" / "fixtures" / "meeting"
PREFIXES = """@prefix : <https://w3id.org/osaid-graph/ont#> . @prefix ex: <https://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix def: <https://w3id.org/osaid-graph/definition#> . @prefix code: <https://w3id.org/osaid-graph/code#> .
"""
RECORDS = [
    {"id": "acme/base", "pipeline_tag": "text-generation", "tags": ["license:llama2", "dataset:acme/webmix"]},
    {"id": "acme/unrelated", "pipeline_tag": "text-generation", "tags": ["license:mit", "region:us"], "likes": 3},
    {"id": "acme/tuned", "library_name": "peft", "tags": ["license:mit", "base_model:finetune:acme/base"], "likes": 7},
]
DATASETS = [
    {
        "id": "acme/webmix",
        "tags": ["license:cc-by-4.0", "size_categories:1M"],
        "cardData": {"source_datasets": ["acme/web"]},
    },
    {"id": "acme/web", "tags": ["license:odc-by", "size_categories:1M"], "gated": "auto"},
    {"id": "acme/evaluation", "tags": ["license:mit", "size_categories:1M"]},
]


#: What is told from the other end.
TURNED = (
    DCTERMS.isPartOf,
    OSAID.isComponentOf,
    OSAID.sourceOf,
    OSAID.usedToTrain,
    OSAID.usedToValidate,
    OSAID.usedToEvaluate,
)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A corpus of all releases that are shipped, and the meeting."""
    folder = tmp_path_factory.mktemp("shipped") / "corpus"
    build(folder, [str(RELEASES), str(MEETING)])
    return Corpus.open(folder)


@pytest.fixture(scope="module")
def outcomes(shipped: Corpus) -> dict[str, dict[str, str]]:
    """What an assessment of all of that corpus comes to, by release and requirement."""
    with closing(DuckDB(1 << 30)) as engine:
        shipped.attach(engine)
        assess(shipped, engine)
        corpus = Corpus.open(shipped.folder)
        corpus.attach(engine)
        names = requirements_of(attach_assessment(engine, corpus))
        columns = ", ".join(f'"{each}"' for each in names)
        rows = engine.rows(f"SELECT iri, {columns} FROM outcomes")
    return {row[0]: {name: each for name, each in zip(names, row[1:], strict=True) if each} for row in rows}


def turtle(folder: Path, **texts: str) -> list[str]:
    """Write documents, and return their names."""
    for name, text in texts.items():
        (folder / f"{name}.ttl").write_text(PREFIXES + text, "utf-8")
    return [str(folder / f"{name}.ttl") for name in texts]


def corpus_of(folder: Path, inputs: list[str]) -> Corpus:
    build(folder / "corpus", inputs)
    return Corpus.open(folder / "corpus")


def report(*arguments: str) -> Any:
    ran = CliRunner().invoke(cli, ["check", *arguments, "-F", "json", "--exit-zero"], catch_exceptions=False)
    return json.loads(ran.stdout)


def looked_at(release: Release, *subjects: str) -> dict[str, tuple[object, ...]]:
    """Return all that an assessment of each subject sees: its scope, and what the rules are given.

    What was made from a node is looked at only to tell whether a reference is one to a model.
    """
    graph = prepare(release)
    scopes = [scope(graph, URIRef(subject)) for subject in subjects]
    conclude(graph, policy(DEFAULT_POLICY))
    complete(graph)
    return {str(found.subject): _seen(graph, found) for found in scopes}


def _seen(graph: Graph, found: Scope) -> tuple[object, ...]:
    part = Graph()
    part += (triple for triple in in_scope(graph, found) if triple[1] not in TURNED)
    beside = {value for node in found.nodes for value in part.objects(node)} | found.nodes
    seen = {triple for triple in part if triple[0] in beside}
    made = {
        node
        for node in found.nodes
        if (node, RDF.type, OSAID.UnresolvedReference) in graph
        and any(is_subject(graph, cast(IdentifiedNode, user)) for user in graph.objects(node, OSAID.sourceOf))
    }
    return found.arrivals, found.entries, found.contexts, seen, made


def subjects_of(release: Release) -> list[str]:
    return [str(node) for node in outermost(prepare(release)) if isinstance(node, URIRef)]


# -- nothing is missing ------------------------------------------------------------------------------------------


def test_an_assessment_sees_of_every_shipped_release_what_it_sees_in_all_of_them_together(shipped: Corpus) -> None:
    together = load([str(RELEASES)])
    subjects = subjects_of(together)
    assert len(subjects) == 16
    with closing(DuckDB(1 << 28)) as engine:
        shipped.attach(engine)
        for subject, expected in looked_at(together, *subjects).items():
            assert looked_at(release_of(shipped, subject, engine), subject) == {subject: expected}


NODES = [f"ex:n{number}" for number in range(7)]
KINDS = ("AISystem", "Model", "Parameters", "Checkpoint", "Dataset", "Code", "DataInformation", "Training", "")
EDGES = (
    *("hasModel", "hasParameters", "hasComponent", "isComponentOf", "hasCheckpoint", "hasCode", "hasDataInformation"),
    *("trainedOn", "usedToTrain", "evaluatedOn", "derivedFrom", "fineTunedFrom", "sourceOf", "subsetOf"),
    *("trainedBy", "processedBy", "usedDataset", "usedCode", "describes"),
)
edges = st.tuples(st.sampled_from(NODES), st.sampled_from(EDGES), st.sampled_from(NODES))


@settings(max_examples=8)
@example(  # what is used by what the whole was processed by is an element of the whole, and gets what that has
    ["AISystem"] * len(NODES), [(("ex:n0", "processedBy", "ex:n0"), 0), (("ex:n0", "usedCode", "ex:n4"), 0)]
)
@given(
    st.lists(st.sampled_from(KINDS), min_size=len(NODES), max_size=len(NODES)),
    st.lists(st.tuples(edges, st.integers(0, 2)), max_size=14),
)
def test_an_assessment_sees_what_it_sees_in_the_whole_corpus(
    tmp_path_factory: pytest.TempPathFactory, kinds: list[str], said: list[tuple[tuple[str, str, str], int]]
) -> None:
    folder = tmp_path_factory.mktemp("drawn")
    texts = ["", "", ""]
    for number, (node, kind) in enumerate(zip(NODES, ["Model", *kinds[1:]], strict=True)):
        texts[number % 3] += f'{node} {f"a :{kind} ;" if kind else ""} dcterms:title "{node}" ; :license "MIT" .\n'
    for (start, edge, end), document in said:
        texts[document] += f"{start} :{edge} {end} .\n"
    inputs = turtle(folder, a=texts[0], b=texts[1], c=texts[2])
    corpus = corpus_of(folder, inputs)
    together = load(inputs)
    graph = prepare(together)
    iris = [f"https://example.org/n{number}" for number in range(len(NODES))]
    subjects = [iri for iri in iris if is_subject(graph, URIRef(iri))]
    with closing(DuckDB(1 << 28)) as engine:
        corpus.attach(engine)
        for subject, expected in looked_at(together, *subjects).items():
            assert looked_at(release_of(corpus, subject, engine), subject) == {subject: expected}


# -- the report is that of check ---------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", ["bigscience/bloom", "deepseek-ai/DeepSeek-R1"])
def test_a_shipped_release_is_reported_as_by_check_on_the_documents_that_describe_it(
    shipped: Corpus, outcomes: dict[str, dict[str, str]], subject: str
) -> None:
    found = report(str(shipped.folder), "--subject", subject)
    assert outcomes[found["subject"]["id"]] == {each["id"]: each["outcome"] for each in found["requirements"]}
    sources = [source["source"] for source in found.pop("inputs")]
    expected = report(*sources, "--subject", subject)
    # What these import and says nothing of the release is an input of check alone.
    assert set(sources) <= {source["source"] for source in expected.pop("inputs")}
    assert found == expected


@pytest.mark.parametrize("options", [["-F", "json"], ["--verbose"]])
def test_documents_of_one_folder_are_reported_as_by_check_on_the_folder(shipped: Corpus, options: list[str]) -> None:
    def printed(*arguments: str) -> str:
        return CliRunner().invoke(cli, ["check", *arguments, *options], catch_exceptions=False).stdout

    subject = "acme/atlas-7b"
    assert printed(str(shipped.folder), "--subject", subject) == printed(str(MEETING), "--subject", subject)


@pytest.mark.parametrize("options", [["-F", "json"], ["--verbose"]])
def test_records_of_lists_are_reported_as_by_check_on_the_lists(tmp_path: Path, options: list[str]) -> None:
    for name, records in (("models.jsonl", RECORDS), ("datasets.jsonl", DATASETS)):
        (tmp_path / name).write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
    card = tmp_path / "release.ttl"
    card.write_text(
        f'{PREFIXES}<https://huggingface.co/acme/tuned> dcterms:title "Tuned" ; '
        ":evaluatedOn <https://huggingface.co/datasets/acme/evaluation> .",
        "utf-8",
    )
    inputs = [str(card), str(tmp_path / "models.jsonl"), str(tmp_path / "datasets.jsonl")]
    corpus = corpus_of(tmp_path, inputs)

    def printed(*arguments: str) -> str:
        arguments = (*arguments, "--subject", "acme/tuned", *options)
        return CliRunner().invoke(cli, ["check", *arguments], catch_exceptions=False).stdout

    found = printed(str(corpus.folder))
    assert "acme/web" in found
    assert "unrelated" not in found
    assert found == printed(*inputs)


def test_of_documents_that_say_too_much_only_what_matters_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "".join(f'ex:other{number} a :Model ; dcterms:title "Other" .\n' for number in range(50))
    inputs = turtle(
        tmp_path,
        own='ex:m a :Model ; dcterms:title "M" ; :trainedOn ex:d .',
        index=many + 'ex:d a :Dataset ; dcterms:title "D" ; :provenance [ a :NotDisclosed ; rdfs:comment "no" ] .',
    )
    corpus = corpus_of(tmp_path, inputs)
    subject = "https://example.org/m"
    whole = release_of(corpus, subject)
    monkeypatch.setattr(extract, "MOST_WHOLE", 20)
    part = release_of(corpus, subject)
    assert (len(whole.graph), len(part.graph)) == (108, 8)
    assert looked_at(part, subject) == looked_at(whole, subject)
    assert [(note.location.source, note.text.partition(":")[0]) for note in part.remarks] == [
        (inputs[1], "taken in part")
    ]
    assert whole.remarks == ()
    outcomes = [examine(release, subject=subject).assessment.results for release in (part, whole)]
    assert outcomes[0] == outcomes[1]


# -- what others refer to ----------------------------------------------------------------------------------------

#: Of ``ex:x`` nothing is said but by those who refer to it, as data and as a base; of ``ex:y`` no more than a place.
REFERRING = {
    "data": 'ex:a a :Model ; :trainedOn ex:x ; :license "MIT" .',
    "base": 'ex:b a :Model ; :fineTunedFrom ex:x , ex:y ; :license "MIT" .',
    "untyped": "ex:c a :Model ; :trainedOn ex:y . ex:y :location ex:there .",
}


def test_what_a_name_stands_for_follows_from_all_who_refer_to_it_as_in_a_check_of_all_documents(tmp_path: Path) -> None:
    inputs = turtle(tmp_path, **REFERRING)
    together = load(inputs)
    corpus = corpus_of(tmp_path, inputs)
    with closing(DuckDB(1 << 28)) as engine:
        assess(corpus, engine)
        corpus = Corpus.open(corpus.folder)
        corpus.attach(engine)
        attach_assessment(engine, corpus)
        told = {
            (subject, rule, focus)
            for subject, rule, focus in engine.rows(
                "SELECT o.iri, r.rule, n.value FROM findings AS f JOIN outcomes AS o ON o.subject = f.subject "
                "JOIN rules AS r ON r.number = f.rule JOIN terms AS n ON n.id = f.focus"
            )
        }
        for subject, expected in looked_at(together, *subjects_of(together)).items():
            assert looked_at(release_of(corpus, subject, engine), subject) == {subject: expected}
    results = ((each.assessment.subject, each.assessment.results) for each in survey(together))
    found = {(name, each.rule, each.focus) for name, of in results for result in of for each in result.findings}
    assert told == found
    of_names = {(subject[-1], rule.partition(".")[2], focus[-1]) for subject, rule, focus in told if focus[-1] in "xy"}
    assert {each for each in of_names if "unresolved" in each[1]} == {
        ("a", "base-unresolved", "x"),  # ex:b alone names it as a base
        ("b", "base-unresolved", "x"),
    }
    assert {subject for subject, rule, _ in of_names if rule == "absent"} >= {"b", "c"}  # ex:y is data to either


# -- judgements --------------------------------------------------------------------------------------------------

JUDGED = """a :Judgement ; :judges req:data-info-sufficient ; :outcome code:met ; rdfs:comment "read" ;
    dcterms:date "2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date> ; :definition def:1.0-rc1 ;
    prov:wasAttributedTo ex:judge"""


def judged(release: Release, subject: str) -> list[tuple[str, bool]]:
    assessment = examine(release, subject=subject).assessment
    return [(each.subject, each.counted) for result in assessment.results for each in result.judgements]


@pytest.mark.parametrize("judgements", [("ex:j1", "ex:j2"), ("_:j1", "_:j2")])
def test_a_judgement_on_the_subject_counts_wherever_it_stands(tmp_path: Path, judgements: tuple[str, str]) -> None:
    of_m, of_o = judgements
    inputs = turtle(
        tmp_path,
        own='ex:m a :Model ; dcterms:title "M" .',
        other='ex:o a :Model ; dcterms:title "O" .',
        reviews=f"{of_m} {JUDGED} ; :subject ex:m . {of_o} {JUDGED} ; :subject ex:o .",
    )
    corpus = corpus_of(tmp_path, inputs)
    subject = "https://example.org/m"
    release = release_of(corpus, subject)
    assert [Path(source.name).name for source in release.sources] == ["own.ttl", "reviews.ttl"]
    assert judged(release, subject) == [(subject, True)]


def test_a_judgement_without_a_subject_counts_for_what_its_document_describes(tmp_path: Path) -> None:
    inputs = turtle(
        tmp_path,
        own=f'ex:m a :Model ; dcterms:title "M" ; :trainedOn ex:d . ex:j1 {JUDGED} .',
        other=f'ex:o a :Model ; dcterms:title "O" . ex:d a :Dataset . ex:j2 {JUDGED} .',
    )
    corpus = corpus_of(tmp_path, inputs)
    for name in "mo":
        subject = f"https://example.org/{name}"
        release = release_of(corpus, subject)
        nodes = {str(node).rpartition("/")[2] for node in release.graph.subjects() if "example.org/j" in str(node)}
        assert nodes == {"j1" if name == "m" else "j2"}
        assert judged(release, subject) == [("", True)]


def test_a_judgement_that_is_wrong_is_set_aside_as_an_assessment_of_all_does(tmp_path: Path) -> None:
    inputs = turtle(
        tmp_path,
        own='ex:m a :Model ; dcterms:title "M" .',
        other='ex:o a :Model ; dcterms:title "O" .',
        reviews=f"ex:j1 {JUDGED} ; :subject ex:m .\n"
        f"ex:j2 {JUDGED} ; :subject ex:m , ex:nothing .\n"
        f"ex:j3 {JUDGED} ; :subject ex:nothing .\n".replace("data-info-sufficient", "freedoms-manner")
        + f"ex:j4 {JUDGED} ; :subject ex:m .\n".replace("data-info-sufficient", "no-such")
        + f"ex:j5 {JUDGED} ; :subject ex:o .\n",
    )
    corpus = corpus_of(tmp_path, inputs)
    subject = "https://example.org/m"
    found = report(str(corpus.folder), "--subject", subject)
    with closing(DuckDB(1 << 28)) as engine:
        corpus.attach(engine)
        assess(corpus, engine)
        assessed = Corpus.open(corpus.folder)
        assessed.attach(engine)
        names = requirements_of(attach_assessment(engine, assessed))
        columns = ", ".join(f'"{name}"' for name in names)
        (row,) = engine.rows(f"SELECT {columns} FROM outcomes WHERE iri = '{subject}'")
        write_table(assessed, engine, "aside", "csv", tmp_path / "aside.csv")
        told = kept_aside(engine)
    unknown = "a judgement on https://example.org/nothing, which is none of those described"
    aside = list(csv.reader((tmp_path / "aside.csv").read_text("utf-8").splitlines()))[1:]
    assert [tuple(row) for row in aside] == [
        ("https://example.org/j2", inputs[2], "8", unknown),
        ("https://example.org/j3", inputs[2], "11", unknown),
        ("https://example.org/j4", inputs[2], "14", "a judgement of unknown requirement 'no-such'"),
    ]
    assert [(each.name[-2:], each.document, each.line, each.number) for each in told] == [
        ("j2", inputs[2], 8, 2),
        ("j4", inputs[2], 14, 1),
    ]
    notes = [each for each in found["notes"] if each["text"].startswith("set aside: ")]
    assert [each["text"] for each in notes] == [f"set aside: {row[3]}" for row in aside]
    assert [(each["location"]["source"], str(each["location"]["line"])) for each in notes] == [
        (row[1], row[2]) for row in aside
    ]
    assert {each["id"]: each["outcome"] for each in found["requirements"]} == {
        name: each for name, each in zip(names, row, strict=True) if each
    }


# -- what is asked for -------------------------------------------------------------------------------------------


def test_a_release_without_an_iri_is_asked_for_by_the_label_that_reports_give_it(tmp_path: Path) -> None:
    one = 'a :Model ; dcterms:title "One" ; :trainedOn [ a :Dataset ; dcterms:title "Data" ]'
    (own, _) = inputs = turtle(tmp_path, own=f'[ {one} ] . [ a :Model ; dcterms:title "Two" ] .', far="ex:m a :Model .")
    corpus = corpus_of(tmp_path, inputs)
    (label,) = (f"_:{node}" for node in prepare(load([own])).subjects(DCTERMS.title, Literal("One")))
    assert report(str(corpus.folder), "--subject", label) == report(own, "--subject", label)


@pytest.mark.parametrize(
    ("subject", "message", "hint"),
    [
        ("bigscience/blom", "no node 'bigscience/blom' in", "did you mean https://huggingface.co/bigscience/bloom?"),
        ("_:b0", "no node '_:b0' in", "write an IRI or a Hub id; osaid-graph corpus assess DIR -F csv"),
        ("bigscience/bloom-intermediate", "'bigscience/bloom-intermediate' is only referred to", "add a document"),
    ],
)
def test_a_subject_that_is_not_there_is_told_with_what_is_like_it(
    shipped: Corpus, subject: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        release_of(shipped, subject)
    assert caught.value.message.startswith(message)
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize("subject", ["model", "acme/nothing", "https://", "  "])
def test_a_subject_that_is_not_there_is_told(shipped: Corpus, subject: str) -> None:
    with pytest.raises(UsageError):
        release_of(shipped, subject)


def test_check_needs_to_be_told_which_release_of_a_corpus(shipped: Corpus) -> None:
    for arguments, message in (
        ([str(shipped.folder)], "of which none is named"),
        ([str(shipped.folder), str(MEETING), "--subject", "acme/atlas-7b"], "a corpus beside other inputs"),
        ([str(shipped.folder), "--from", "turtle", "--subject", "acme/atlas-7b"], "is not read in a format"),
    ):
        with pytest.raises(UsageError, match=message):
            CliRunner().invoke(cli, ["check", *arguments], catch_exceptions=False)
