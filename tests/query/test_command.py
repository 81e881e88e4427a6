"""``osaid-graph query`` as it is typed."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from asked_queries import ROOT, example

from osaid_graph.cli import main
from osaid_graph.query.library import named_queries, named_query
from osaid_graph.query.parameters import complete
from osaid_graph.query.run import Answer, QueryTimeout

BLOOM = str(ROOT / "data" / "releases" / "bloom-176b.yaml")
FAMILY = str(ROOT / "tests" / "fixtures" / "lineage" / "family.ttl")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["osaid-graph", "query", *arguments])
        with pytest.raises(SystemExit) as raised:
            main()
        out, err = capsys.readouterr()
        assert isinstance(raised.value.code, int)
        return raised.value.code, out, err

    return ran


def test_without_a_name_the_queries_are_listed(run: Run) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert "\nupstream               All that a model or dataset was made from\n" in out


def test_without_an_input_a_query_is_explained(run: Run) -> None:
    code, out, _ = run("direct-uses")
    assert code == 0
    assert out.startswith("direct-uses: Who uses a model or dataset directly, and how\n\nOne step only")
    assert "\nParameters (--set NAME=VALUE):\n  node  node  the model or dataset\n" in out
    assert "\nColumns:\n  edge  how it is used\n  use   what uses it\n" in out
    assert "\n  osaid-graph query direct-uses tests/fixtures/lineage/family.ttl --set node=base\n" in out
    assert "\nSELECT DISTINCT ?node ?edge ?use WHERE {\n" in out


def test_a_named_query_is_answered(run: Run) -> None:
    assert run("edges", FAMILY, "-p", "edge=mergedFrom", "--format", "csv") == (
        0,
        "from,to\r\nhttps://huggingface.co/acme/merged,https://huggingface.co/acme/sibling\r\n"
        "https://huggingface.co/acme/merged,https://huggingface.co/acme/tuned\r\n",
        "",
    )


def test_a_query_of_ones_own_is_answered_from_the_command_and_from_a_file(run: Run, tmp_path: Path) -> None:
    text = "SELECT ?x { ?x osaid:withdrawn ?day } ORDER BY ?x"
    (tmp_path / "mine.rq").write_text(text, "utf-8")
    expected = (0, "x\n-------------------\ndatasets/acme/books\n", "")
    assert run("--sparql", text, FAMILY) == expected
    assert run("-f", str(tmp_path / "mine.rq"), FAMILY) == expected


def test_a_parameter_of_a_query_of_ones_own_is_declared_at_its_head(run: Run, tmp_path: Path) -> None:
    head = "#+ param: data node the data\n"
    (tmp_path / "mine.rq").write_text(f"{head}SELECT ?data ?x {{ ?x osaid:trainedOn ?data }} ORDER BY ?x", "utf-8")
    code, answer, told = run("-f", str(tmp_path / "mine.rq"), FAMILY, "-p", "data=crawl", "-F", "csv")
    assert (code, answer.splitlines()[0], told) == (0, "x", "")


def test_a_node_is_called_as_reports_call_it(run: Run) -> None:
    named = run("upstream", BLOOM, "-p", "node=BLOOM 1.0.0")
    assert named == run("upstream", BLOOM, "-p", "node=bigscience/bloom") and named[0] == 0


def test_an_answer_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    assert run("kinship", FAMILY, "-p", "a=tuned", "-p", "b=sibling", "-F", "json", "-o", str(tmp_path / "a.json")) == (
        0,
        "",
        "",
    )
    assert json.loads((tmp_path / "a.json").read_text())["head"] == {"vars": ["common", "together", "kinship"]}
    assert run("datasets", FAMILY, "-F", "parquet", "-o", str(tmp_path / "a.parquet"))[0] == 0
    assert (tmp_path / "a.parquet").read_bytes().startswith(b"PAR1")


def test_a_list_of_the_hub_is_read_whole_or_for_one_subject(run: Run, tmp_path: Path) -> None:
    records = [
        {"id": "acme/base", "library_name": "peft", "tags": ["license:mit"]},
        {"id": "acme/tuned", "library_name": "peft", "tags": ["base_model:acme/base"]},
        {"id": "acme/other", "library_name": "peft", "tags": ["license:mit"]},
    ]
    file = tmp_path / "models.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    text = "SELECT (COUNT(*) AS ?n) { ?x a osaid:Model }"
    assert run("--sparql", text, str(file))[1] == "n\n-\n3\n"
    assert run("--sparql", text, str(file), "--subject", "acme/tuned")[1] == "n\n-\n2\n"
    code, _, err = run("verdicts", str(file))
    assert (code, err) == (
        2,
        f"error: {file}: many descriptions are not assessed at once\n"
        "help: name one of them with --subject ORG/NAME: it is read with all that it was made from\n",
    )


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (("upstrem", FAMILY), "no query 'upstrem'", "did you mean upstream?"),
        (
            ("ASK { ?a ?b ?c }", FAMILY),
            "no query 'ASK { ?a ?b ?c }'",
            "a query of your own is given with --sparql, or as a file with -f",
        ),
        (("upstream", FAMILY), "upstream needs the parameter 'node'", "add --set node=ORG/NAME: the model or dataset"),
        (("upstream", FAMILY, "-p", "nod=a"), "no parameter 'nod'", "did you mean node? upstream takes node"),
        (("circles", FAMILY, "-p", "node=a"), "no parameter 'node'", "circles takes none"),
        (
            ("--sparql", "ASK {}", FAMILY, "-p", "node=a"),
            "no parameter 'node'",
            "say what it is at the head of the query",
        ),
        (("upstream", FAMILY, "-p", "node"), "--set 'node' gives no value", "write --set NAME=VALUE"),
        (("upstream", FAMILY, "-p", "node=a", "-p", "node=b"), "--set node is given twice", "give one value"),
        (("upstream", FAMILY, "-p", "node=tunedd"), "no node 'tunedd' here", "did you mean acme/tuned?"),
        (
            ("lineage-as-of", FAMILY, "-p", "node=base", "-p", "date=yesterday"),
            "date: 'yesterday' is not a date",
            "write it as YYYY-MM-DD",
        ),
        (
            ("--sparql", "SELECT ?x { ?x foo ?y }", FAMILY),
            "--sparql:1: not SPARQL at column 16: 'foo' is no word of SPARQL",
            "did you mean FLOOR? a variable starts with ?, a name has a prefix: osaid:trainedOn",
        ),
        (
            ("--sparql", "DROP ALL", FAMILY),
            "--sparql:1: an update (DROP), no query",
            "queries only read: change the description itself, and ask again",
        ),
        (
            ("--sparql", "SELECT * { SERVICE <http://a.b/> { ?s ?p ?o } }", FAMILY),
            "--sparql:1: SERVICE asks another server",
            "nothing is fetched: give what the service would say as a further INPUT",
        ),
        (("--sparql", "ASK { }"), "no INPUT to ask about", "name a description: osaid-graph query --help"),
        (
            ("-f", "nowhere.rq", FAMILY),
            "nowhere.rq: no such file",
            "name a file of SPARQL with -f, or a query: osaid-graph query",
        ),
        (("-f", "a.rq", "--sparql", "ASK { }", FAMILY), "both --file and --sparql", "give one query"),
        (
            ("upstream", "--sparql", "ASK { }", FAMILY),
            "both the query 'upstream' and --sparql",
            "give one; for a file of that name write ./upstream",
        ),
        (
            ("lineage-as-prov", FAMILY, "-p", "node=tuned", "-F", "csv"),
            "CONSTRUCT gives a graph, which cannot be written as csv",
            "choose with --format: turtle, ntriples",
        ),
        (("circles", FAMILY, "--terms", "lax"), "there is no terms policy 'lax'", "policies: "),
    ],
)
def test_wrong_usage_is_told_in_one_line_with_what_to_do(
    run: Run, arguments: tuple[str, ...], error: str, hint: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == f"error: {error}"
    assert err.splitlines()[1].startswith(f"help: {hint}")
    assert len(err.splitlines()) == 2


def test_a_name_of_two_nodes_is_told_with_both(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "two.ttl"
    hub = "https://huggingface.co/"
    nodes = "".join(f"<{hub}{org}/atlas> a <https://w3id.org/osaid-graph/ont#Model> .\n" for org in ("acme", "zeta"))
    file.write_text(nodes, "utf-8")
    assert run("upstream", str(file), "--set", "node=atlas") == (
        2,
        "",
        "error: 'atlas' could be 2 nodes\nhelp: write one of them: acme/atlas, zeta/atlas\n",
    )


def test_an_input_that_is_missing_is_told_as_everywhere(run: Run) -> None:
    assert run("circles", "nowhere.ttl") == (3, "", "error: nowhere.ttl: no such file\nhelp: check the name\n")


def test_a_missing_parameter_is_told_before_anything_is_read(run: Run) -> None:
    assert run("upstream", "nowhere.ttl")[0] == 2


def test_parquet_without_its_library_is_told(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, _, err = run("circles", FAMILY, "-F", "parquet", "-o", str(tmp_path / "a.parquet"))
    assert (code, err) == (
        2,
        "error: a table needs pyarrow\nhelp: install it with: pip install 'osaid-graph[tables]'\n",
    )


def test_parquet_is_not_for_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, err = run("circles", FAMILY, "-F", "parquet")
    assert (code, out) == (2, "")
    assert err.startswith("error: this is no text for a terminal\n")


@pytest.mark.parametrize("seconds", ["inf", "1e300", "0"])
def test_a_timeout_longer_than_the_system_can_count_is_none(run: Run, seconds: str) -> None:
    assert run("--sparql", "ASK {}", FAMILY, "--timeout", seconds) == (0, "yes\n", "")


def test_a_timeout_that_is_no_length_of_time_is_refused(run: Run) -> None:
    code, out, err = run("--sparql", "ASK {}", FAMILY, "--timeout", "nan")
    assert (code, out) == (2, "")
    assert err == "error: a timeout of nan s\nhelp: give seconds, 0 or more\n"


@pytest.mark.parametrize("second", ["node=tuned", "?node=tuned", "$node=tuned"])
def test_a_parameter_is_given_once_however_it_is_spelled(run: Run, second: str) -> None:
    code, _, err = run("upstream", FAMILY, "-p", "node=base", "-p", second)
    assert (code, err) == (2, "error: --set node is given twice\nhelp: give one value\n")


def test_a_sign_of_a_variable_alone_is_no_parameter(run: Run) -> None:
    assert run("upstream", FAMILY, "-p", "?=base")[0] == 2


@pytest.mark.parametrize("name", [name for name in named_queries() if named_query(name).command])
def test_the_command_that_is_told_beside_a_query_answers_it(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = named_query(name)
    inputs, values = example(query)
    told = query.from_lineage(complete(query, values), [str(ROOT / each) for each in inputs])
    monkeypatch.setattr(sys, "argv", [*shlex.split(told), "--quiet"])
    with pytest.raises(SystemExit) as raised:
        main()
    out, err = capsys.readouterr()
    assert (raised.value.code, err) == (0, "")
    assert len(out.splitlines()) >= 1


def test_at_a_limit_the_command_that_answers_from_the_lineage_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def late(*_: object, **__: object) -> Answer:
        raise QueryTimeout("stopped after 1 s; the query runs longer", "give it more with --timeout SECONDS")

    monkeypatch.setattr("osaid_graph.query.run.ask", late)
    file = tmp_path / "a family.ttl"
    file.write_bytes(Path(FAMILY).read_bytes())
    assert run("downstream", str(file), "--set", "node=books")[1:] == (
        "",
        "error: stopped after 1 s; the query runs longer\n"
        f"help: osaid-graph impact books '{file}' answers it from the lineage; or give it more with --timeout "
        "SECONDS\n",
    )
    assert run("releases", str(file))[2].splitlines()[1] == "help: give it more with --timeout SECONDS"
