"""The commands that ask a corpus say what they say of the same documents."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from asked_queries import ROOT
from corpora import model, turtle

from osaid_graph.cli import main
from osaid_graph.corpus.build import build
from osaid_graph.corpus.layout import DERIVED
from osaid_graph.corpus.open import Corpus

FAMILY = str(ROOT / "tests" / "fixtures" / "lineage" / "family.ttl")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["osaid-graph", *arguments])
        with pytest.raises(SystemExit) as raised:
            main()
        out, err = capsys.readouterr()
        assert isinstance(raised.value.code, int)
        return raised.value.code, out, err

    return ran


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("corpora") / "family"
    build(folder, [FAMILY], jobs=1)
    return str(folder)


@pytest.mark.parametrize(
    "arguments",
    [
        ("lineage", "merged", "--gaps", "license,described"),
        ("lineage", "Books", "--down", "--gaps", "none"),
        ("impact", "acme/books"),
        ("plan", "--gaps", "license,described"),
        ("analyze", "upstream", "--set", "node=merged"),
        ("analyze", "confidence", "--set", "node=stray"),
        ("analyze", "blockers", "--set", "gaps=license,described"),
        ("analyze", "completeness-by-fact", "--set", "node=merged"),
        ("analyze", "single-points"),
        ("export", "--to", "edges-csv", "--subject", "acme/tuned"),
        ("diff", FAMILY, "--subject", "acme/tuned", "--quiet", "--date", "2026-01-01"),
        ("init", "--from", "--id", "acme/tuned", "-o", "-"),
        ("query", "upstream", "--set", "node=Tuned"),
        ("query", "direct-uses", "--set", "node=base", "--explain"),
        ("query", "who-says", "--set", "node=acme/tuned", "-F", "csv"),
    ],
)
def test_a_corpus_as_input_gives_what_its_documents_give(run: Run, corpus: str, arguments: tuple[str, ...]) -> None:
    at = 2 if arguments[0] in ("analyze", "query", "lineage", "impact", "init") else 1
    of_documents = run(*arguments[:at], FAMILY, *arguments[at:])
    assert run(*arguments[:at], corpus, *arguments[at:]) == of_documents
    assert of_documents[0] in (0, 1) and of_documents[1]


def test_what_differs_between_a_corpus_and_documents_can_be_asked(run: Run, corpus: str) -> None:
    code, out, _ = run("analyze", "difference", FAMILY, "--set", f"before={corpus}", "-F", "csv")
    assert (code, len(out.splitlines())) == (0, 1)


def test_the_option_names_a_corpus_too(run: Run, corpus: str) -> None:
    asked = ("query", "circles", "-F", "csv")
    assert run(*asked, "--corpus", corpus) == run(*asked, FAMILY)
    assert run("query", "--sparql", "ASK { ?x a osaid:Model }", "--corpus", corpus) == (0, "yes\n", "")


def test_all_that_can_be_asked_of_a_corpus_is_written_for_another_engine(run: Run, corpus: str, tmp_path: Path) -> None:
    assert run("query", "--dump", corpus, "-o", str(tmp_path / "corpus.nq")) == (0, "", "")
    assert run("query", "--dump", FAMILY, "-o", str(tmp_path / "family.nq")) == (0, "", "")
    count = len((tmp_path / "family.nq").read_text("utf-8").splitlines())
    assert len((tmp_path / "corpus.nq").read_text("utf-8").splitlines()) == count


def test_what_a_corpus_is_asked_by_is_derived_beforehand(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    build(folder, turtle(tmp_path / "said", a=model("a", "A") + "ex:a :fineTunedFrom ex:b ."), jobs=1)
    code, out, err = run("corpus", "index", str(folder))
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "generation 1: lineage of 2 artefacts and 1 edge"
    assert out.splitlines()[1].endswith(f", terms policy osd-conformant: osaid-graph query --corpus {folder}")
    paths = [part.path for part in Corpus.open(folder).parts(DERIVED)]
    assert len(paths) == 2
    assert run("corpus", "index", str(folder), "--quiet") == (0, "", "")
    assert [part.path for part in Corpus.open(folder).parts(DERIVED)] == paths


@pytest.mark.parametrize(
    ("arguments", "code", "error", "hint"),
    [
        (
            ("query", "verdicts", "--corpus", "CORPUS"),
            2,
            "CORPUS: no findings to ask about: it was not assessed",
            "osaid-graph corpus assess",
        ),
        (("query", "circles", FAMILY, "--corpus", "CORPUS"), 2, f"both --corpus and the INPUT '{FAMILY}'", "give one"),
        (("query", "circles", "CORPUS", FAMILY), 2, "CORPUS: a corpus beside other inputs", "add the others"),
        (("query", "circles", "CORPUS", "--entail", "none"), 2, "--entail is for documents, not for a corpus", "leave"),
        (("query", "circles", "CORPUS", "--subject", "a"), 2, "--subject is for documents, not for a corpus", "leave"),
        (("query", "circles", "CORPUS", "--from", "turtle"), 2, "CORPUS: a corpus is not read in a format", "leave"),
        (("query", "circles", "--corpus", "/nowhere"), 3, "/nowhere: no such folder", "build a corpus"),
        (("query", "--dump", "CORPUS"), 2, "what can be asked of a corpus is for a file", "name one with --output"),
        (("query", "upstream", "CORPUS", "--set", "node=tunedd"), 2, "no node 'tunedd' here", "did you mean"),
        (
            ("query", "upstream", "CORPUS", "--set", "node=_:b0"),
            2,
            "'_:b0' has no IRI, and a query names no other node",
            "lineage, impact and check take it",
        ),
        (
            ("query", "circles", "--corpus", "CORPUS", "--endpoint", "http://127.0.0.1:9/"),
            2,
            "--corpus is for INPUTs, not for an endpoint",
            "load what",
        ),
        (("lineage", "tuned", "CORPUS", FAMILY), 2, "CORPUS: a corpus beside other inputs", "add the others"),
        (("lineage", "tuned", "CORPUS", "--gaps", "findings"), 2, "the lineage of a corpus has no findings", "choose"),
        (
            ("plan", "CORPUS", "--gaps", "findings"),
            2,
            "CORPUS: it was not assessed",
            "osaid-graph corpus assess",
        ),
        (
            ("corpus", "index", "CORPUS", "--findings"),
            2,
            "CORPUS: no findings to take in: it was not assessed",
            "osaid-graph corpus assess",
        ),
        (
            ("check", "CORPUS"),
            2,
            "CORPUS: a corpus of many releases, of which none is named",
            "name one with --subject",
        ),
        (
            ("export", "CORPUS", "--to", "dot"),
            2,
            "CORPUS: a corpus of many releases, of which none is named",
            "name one",
        ),
        (
            ("init", "--from", "CORPUS", "-o", "-"),
            2,
            "CORPUS: a corpus of many releases, of which",
            "name one with --id",
        ),
        (("diff", FAMILY, FAMILY, "--with", "CORPUS"), 2, "CORPUS: a corpus beside other inputs", "add the others"),
        (("what-if", "CORPUS"), 2, "CORPUS: a corpus: what would be stated is tried in the documents", "name these"),
        (("judge", "CORPUS"), 2, "CORPUS: a corpus: a judgement is written into a document", "name the documents"),
        (
            ("judge", FAMILY, "--into", "CORPUS"),
            2,
            "CORPUS: a corpus: a judgement is written into",
            "name the documents",
        ),
        (("manifest", "CORPUS"), 2, "CORPUS: a corpus: a profile is of listings", "name the listings"),
        (("check", "acme/a=CORPUS"), 3, "CORPUS: a corpus, not a folder of documents", "name one of its releases"),
        (("explain", "CORPUS"), 2, "no requirement or rule", "osaid-graph explain"),
        (
            ("corpus", "build", "CORPUS/sub", FAMILY),
            3,
            "CORPUS/sub: inside the corpus CORPUS",
            "name a folder beside it",
        ),
        (("corpus", "build", "CORPUS", "CORPUS"), 3, "CORPUS: a corpus, not a folder of documents", "name what it was"),
        (("corpus", "build", "CORPUS", "CORPUS/corpus.json"), 3, "CORPUS/corpus.json: inside the corpus", "name what"),
        (("corpus", "index", "/nowhere"), 3, "/nowhere: no such folder", "build a corpus"),
        (("corpus", "assess", "s3a://b/hub"), 2, "s3a://b/hub: a corpus at a URL is for Spark", "add --engine spark"),
    ],
)
def test_wrong_usage_is_told_in_one_line_with_what_to_do(
    run: Run, corpus: str, arguments: tuple[str, ...], code: int, error: str, hint: str
) -> None:
    ended, out, err = run(*(each.replace("CORPUS", corpus) for each in arguments))
    assert (ended, out) == (code, "")
    assert err.splitlines()[0].startswith(f"error: {error.replace('CORPUS', corpus)}")
    assert err.splitlines()[1].startswith(f"help: {hint}") and len(err.splitlines()) == 2


@pytest.mark.parametrize(
    "text",
    ["SELECT ?f { ?f a sh:ValidationResult }", "SELECT ?f { ?f a <http://www.w3.org/ns/earl#Assertion> }"],
)
def test_of_a_query_that_finds_none_it_is_told_that_there_are_no_findings(run: Run, corpus: str, text: str) -> None:
    assert run("query", "--sparql", text, "--corpus", corpus, "--format", "csv") == (
        0,
        "f\r\n",
        f"note: the query names findings, and there are none in {corpus}: it was not assessed\n"
        f"help: osaid-graph corpus assess {corpus}\n",
    )
    assert run("query", "--sparql", "ASK { ?x a osaid:Model # sh:result\n}", "--corpus", corpus) == (0, "yes\n", "")
