"""``osaid-graph query --endpoint`` and ``--dump`` as they are typed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from asked_queries import ROOT
from local_endpoint import Reply, answering, of_store

from osaid_graph.cli import main

pytestmark = pytest.mark.usefixtures("loopback_only")
FAMILY = str(ROOT / "tests" / "fixtures" / "lineage" / "family.ttl")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"OSAID_GRAPH_ENDPOINT_{name}", raising=False)

    def ran(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["osaid-graph", "query", *arguments])
        with pytest.raises(SystemExit) as raised:
            main()
        out, err = capsys.readouterr()
        assert isinstance(raised.value.code, int)
        return raised.value.code, out, err

    return ran


@pytest.fixture
def dumped(run: Run, tmp_path: Path) -> ox.Store:
    """A store that has loaded what ``--dump`` writes."""
    file = tmp_path / "family.nq"
    assert run(FAMILY, "--dump", "-o", str(file)) == (0, "", "")
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    return store


@pytest.mark.parametrize(
    "arguments",
    [
        ("upstream", "--set", "node=tuned", "-F", "csv"),
        ("lineage-as-prov", "--set", "node=acme/tuned"),
        ("direct-uses", "--set", "node=base"),
        ("--sparql", "ASK { hub:acme\\/base osaid:sourceOf ?x }"),
    ],
)
def test_an_endpoint_answers_as_the_input_that_was_loaded_into_it(
    run: Run, dumped: ox.Store, arguments: tuple[str, ...]
) -> None:
    expected = run(*arguments, FAMILY)
    with answering(of_store(dumped)) as (url, _):
        assert run(*arguments, "--endpoint", url) == expected
    assert expected[0] == 0


def test_a_dump_names_the_default_graph_as_it_is_told(run: Run) -> None:
    code, out, _ = run(FAMILY, "--dump", "--default-graph", "urn:osaid:whole")
    graphs = {quad.graph_name for quad in ox.parse(out.encode(), format=ox.RdfFormat.N_QUADS)}
    assert code == 0 and ox.NamedNode("urn:osaid:whole") in graphs and ox.DefaultGraph() not in graphs
    assert run(FAMILY, "--dump")[1] == run(FAMILY, "--dump")[1]


def test_explain_shows_what_is_sent(run: Run, dumped: ox.Store) -> None:
    arguments = ("direct-uses", "--set", "node=base", "--explain")
    with answering(of_store(dumped)) as (url, asked):
        code, shown, err = run(*arguments, "--endpoint", url)
        lines = shown.splitlines()
        assert (code, err, lines[0]) == (0, "", f"# {url}")
        assert "  ?holder ?edge <https://huggingface.co/acme/base> ." in lines
        before = len(asked)
        run("direct-uses", "--set", "node=base", "--endpoint", url)
        assert asked[-1].query.strip() == "\n".join(lines[1:]) and len(asked) == 2 * before + 1
    assert run(*arguments, FAMILY)[1] == "\n".join(lines[1:]) + "\n"


def test_explain_names_the_graphs(run: Run) -> None:
    with answering(Reply(b"?graph\n<urn:osaid:source:1>\n", "text/tab-separated-values")) as (url, _):
        code, shown, _ = run("source-conflicts", "--explain", "--endpoint", url, "--default-graph", "urn:whole")
    assert (code, shown.splitlines()[:4]) == (
        0,
        [
            f"# {url}",
            "# default-graph-uri: urn:whole",
            "# named-graph-uri: https://w3id.org/osaid-graph/ont",
            "# named-graph-uri: urn:osaid:source:1",
        ],
    )


def test_who_asks_is_read_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSAID_GRAPH_ENDPOINT_USER", "me")
    monkeypatch.setenv("OSAID_GRAPH_ENDPOINT_PASSWORD", "secret")
    with answering(Reply(b"secret? no", "text/plain", 403)) as (url, asked):
        code, out, err = run("circles", "--endpoint", url)
    assert (code, out) == (3, "")
    assert err == (f"error: {url}: answers 403 Forbidden: secret? no\nhelp: ask whoever runs it for access\n")
    assert asked[0].headers["Authorization"] == "Basic bWU6c2VjcmV0"


def test_who_asks_is_read_from_a_netrc(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login me password secret\n", "utf-8")
    with answering(Reply(b"?node\n", "text/tab-separated-values")) as (url, asked):
        assert run("circles", "--endpoint", url, "--netrc", str(file))[0] == 0
        assert asked[0].headers["Authorization"] == "Basic bWU6c2VjcmV0"
        monkeypatch.setenv("OSAID_GRAPH_ENDPOINT_TOKEN", "x")
        assert run("circles", "--endpoint", url, "--netrc", str(file))[2] == (
            "error: both --netrc and OSAID_GRAPH_ENDPOINT_... say who asks\nhelp: leave one out\n"
        )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"machine other login me password secret", "no login and password for 127.0.0.1"),
        (b"machine 127.0.0.1 nonsense", "no netrc: "),
        (b"\xff\xfe", "no netrc: not a text"),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_a_netrc_that_says_nothing_is_told(run: Run, tmp_path: Path, content: bytes | None, message: str) -> None:
    file = tmp_path / "netrc"
    if content is not None:
        file.write_bytes(content)
    code, _, err = run("circles", "--endpoint", "http://127.0.0.1:9/", "--netrc", str(file))
    assert code == 2
    assert err.startswith(f"error: {file}") and message in err.splitlines()[0]
    assert "secret" not in err


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (
            ("circles", FAMILY, "--endpoint", "http://127.0.0.1:9/"),
            f"both --endpoint and the INPUT '{FAMILY}'",
            "give one; an endpoint has what was loaded",
        ),
        (
            ("circles", "--endpoint", "http://127.0.0.1:9/", "--entail", "none"),
            "--entail is for INPUTs, not for an endpoint",
            "load what osaid-graph query --dump writes with it",
        ),
        (
            ("circles", "--endpoint", "http://127.0.0.1:9/", "--assess"),
            "--assess is for INPUTs, not for an endpoint",
            "load what osaid-graph query --dump writes with it",
        ),
        (
            ("circles", "--endpoint", "http://127.0.0.1:9/", "--named-graph", "whole"),
            "no name of a graph: invalid IRI 'whole': it has no scheme",
            "write an absolute IRI",
        ),
        (
            ("circles", "--endpoint", "sparql"),
            "no address of an endpoint: 'sparql': invalid IRI 'sparql': it has no scheme",
            "write it as https://host/path",
        ),
        (
            ("--dump", FAMILY, "--endpoint", "http://127.0.0.1:9/"),
            "both --endpoint and --dump",
            "write with --dump, load that, then ask with --endpoint",
        ),
        (
            ("--dump", FAMILY, "--default-graph", "urn:a", "--default-graph", "urn:b"),
            "--default-graph is given twice",
            "give one: a dump has one default graph",
        ),
        (("--dump",), "no INPUT to write", "name a description: osaid-graph query --help"),
        (
            ("upstream", "--endpoint", "http://127.0.0.1:9/"),
            "upstream needs the parameter 'node'",
            "add --set node=ORG/NAME: the model or dataset",
        ),
        (
            ("--sparql", "DROP ALL", "--endpoint", "http://127.0.0.1:9/"),
            "--sparql:1: an update (DROP), no query",
            "queries only read: change the description itself, and ask again",
        ),
        (
            ("circles", "--endpoint", "http://127.0.0.1:9/", "--timeout", "nan"),
            "a timeout of nan s",
            "give seconds, 0 or more",
        ),
        (
            ("circles", FAMILY, "--default-graph", "urn:a"),
            "--default-graph is for an endpoint",
            "name one with --endpoint, or leave it out",
        ),
    ],
)
def test_wrong_usage_is_told_in_one_line_with_what_to_do(
    run: Run, arguments: tuple[str, ...], error: str, hint: str
) -> None:
    assert run(*arguments) == (2, "", f"error: {error}\nhelp: {hint}\n")


def test_words_of_an_endpoint_do_not_steer_a_terminal(run: Run) -> None:
    with answering(Reply(b"\x1b[31mred\x07", "text/plain", 500)) as (url, _):
        code, _, err = run("circles", "--endpoint", url)
    assert code == 3
    assert err.startswith(f"error: {url}: answers 500 Internal Server Error: \\x1b[31mred\\x07\n")


@pytest.mark.parametrize("seconds", ["inf", "1e300", "0"])
def test_a_timeout_longer_than_the_system_can_count_is_none(run: Run, seconds: str) -> None:
    with answering(Reply(b"?node\n", "text/tab-separated-values")) as (url, _):
        assert run("circles", "--endpoint", url, "--timeout", seconds, "-F", "tsv") == (0, "?node\n", "")
