"""Running queries, with time limits and parameters."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from osaid_graph.errors import UsageError
from osaid_graph.query import memory
from osaid_graph.query.run import QueryTimeout, QueryTooLarge, ask

EX = "http://example.org/"
#: Some 10^14 rows: it would run for years.
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(4)) + " }"
FAMILY = Path(__file__).parents[1] / "fixtures" / "lineage" / "family.ttl"


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


@pytest.fixture
def store() -> ox.Store:
    found = ox.Store()
    for source, target in ("ab", "bc", "cd", "xb"):
        found.add(ox.Quad(node(source), node("p"), node(target)))
    return found


PREFIX = f"PREFIX e: <{EX}> "


@pytest.mark.parametrize(
    ("query", "value", "rows"),
    [
        ("SELECT ?n ?u { ?n e:p+ ?u } ORDER BY ?u", "b", ["c", "d"]),
        ("SELECT ?n ?u { ?u e:p+ ?n } ORDER BY ?u", "c", ["a", "b", "x"]),
        ("SELECT ?n ?u { ?u e:p e:b FILTER(?u != ?n) }", "a", ["x"]),
        ("SELECT ?n ?u { ?u e:p e:b FILTER NOT EXISTS { ?n e:p ?y FILTER(?u = ?n) } }", "a", ["x"]),
        ("SELECT ?n ?u { ?u e:p e:b MINUS { ?u e:p e:b FILTER(?u = ?n) } }", "a", ["x"]),
        ("SELECT ?n ?u { { ?n e:p ?u } UNION { ?u e:p ?n } } ORDER BY ?u", "b", ["a", "c", "x"]),
        (
            "SELECT ?n ?u { ?n e:p ?u { SELECT ?n (COUNT(*) AS ?c) { ?n e:p+ ?y } GROUP BY ?n } FILTER(?c = 2) }",
            "b",
            ["c"],
        ),
    ],
)
def test_a_parameter_is_set_wherever_it_stands_and_is_no_column(
    store: ox.Store, query: str, value: str, rows: list[str]
) -> None:
    answer = ask(store, PREFIX + query, {"n": node(value)})
    assert answer.columns == ("u",)
    assert [row[0].value.removeprefix(EX) for row in answer.rows if row[0]] == rows


def test_a_value_is_never_read_as_sparql(store: ox.Store) -> None:
    store.add(ox.Quad(node("a"), node("name"), ox.Literal('" } DROP ALL #')))
    query = PREFIX + "SELECT ?text ?s { ?s e:name ?text }"
    assert len(ask(store, query, {"text": ox.Literal('" } DROP ALL #')}).rows) == 1
    assert len(ask(store, query, {"text": ox.Literal("?x")}).rows) == 0


def test_a_parameter_that_is_not_selected_is_told(store: ox.Store) -> None:
    with pytest.raises(UsageError) as raised:
        ask(store, PREFIX + "SELECT ?u { ?n e:p ?u }", {"n": node("a")})
    assert (raised.value.message, raised.value.hint) == ("the parameter ?n is not in SELECT", "write SELECT ?n ...")


def test_construct_and_ask_take_parameters_too(store: ox.Store) -> None:
    graph = ask(store, PREFIX + "CONSTRUCT { ?u e:q ?n } WHERE { ?n e:p ?u }", {"n": node("a")})
    assert [str(triple) for triple in graph.triples] == [f"<{EX}b> <{EX}q> <{EX}a>"]
    assert ask(store, PREFIX + "ASK { ?n e:p e:b }", {"n": node("x")}).truth
    assert not ask(store, PREFIX + "ASK { ?n e:p e:b }", {"n": node("c")}).truth


def test_a_query_is_left_when_its_time_is_over(store: ox.Store) -> None:
    for number in range(60):
        store.add(ox.Quad(node("a"), node("p"), node(str(number))))
    start = time.monotonic()
    with pytest.raises(QueryTimeout) as raised:
        ask(store, "SELECT ?a1 { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }", timeout=0.2)
    assert time.monotonic() - start < 5
    assert raised.value.message == "stopped after 0.2 s; the query runs longer"
    assert raised.value.hint == "give it more with --timeout SECONDS"
    assert raised.value.exit_code == 2


def test_a_query_is_left_when_it_takes_more_memory_than_it_may(store: ox.Store) -> None:
    for number in range(1_000):  # a million pairs: its thread goes on, and takes no more than that
        store.add(ox.Quad(node("a"), node("p"), node(str(number))))
    query = "SELECT ?a ?b ?c { ?a ?p ?b . ?c ?q ?d } ORDER BY ?c"
    with pytest.raises(QueryTooLarge) as raised:
        ask(store, query, timeout=60, memory=20_000_000)
    assert raised.value.message == "stopped: the query takes more than 20 MB of memory"
    assert raised.value.hint == "ask for less at a time, or give it more with --memory MB"
    assert raised.value.exit_code == 2


def test_a_query_that_takes_less_is_answered_and_its_time_counts_too(store: ox.Store) -> None:
    assert ask(store, PREFIX + "ASK { e:a e:p e:b }", memory=1 << 30).truth
    with pytest.raises(QueryTimeout):
        ask(store, "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(15)) + " }",
            timeout=0.2, memory=1 << 30)  # fmt: skip


def test_memory_is_told_where_there_is_no_proc_and_where_nothing_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 10_000_000 < memory.resident() < 1 << 36
    monkeypatch.setattr(memory, "_STATM", Path("/nowhere"))
    if importlib.util.find_spec("resource"):
        assert memory.resident() > 10_000
    monkeypatch.setitem(sys.modules, "resource", None)
    with pytest.raises(UsageError, match="this system does not tell how much memory a process takes"):
        memory.resident()


def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "osaid_graph", "query", "--sparql", ENDLESS, *options, str(FAMILY)]


def test_the_process_ends_for_certain_where_the_engine_cannot_be_stopped() -> None:
    ran = subprocess.run(command("--timeout", "0.5"), capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr == (
        "error: stopped after 0.5 s; the query runs longer\nhelp: give it more with --timeout SECONDS\n"
    )


def test_the_process_ends_where_the_query_takes_too_much(tmp_path: Path) -> None:
    file = tmp_path / "many.ttl"
    file.write_text("".join(f"<urn:a{n}> <urn:p> <urn:b{n % 7}> .\n" for n in range(900)), "utf-8")
    query = "SELECT ?a ?b ?c { ?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:p> ?g } ORDER BY ?c"
    options = [sys.executable, "-m", "osaid_graph", "query", "--sparql", query, "--memory", "50", str(file)]
    ran = subprocess.run(options, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("error: stopped: the query takes more than 50 MB of memory\n")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_a_query_that_runs() -> None:
    with subprocess.Popen(
        command("--timeout", "0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_ctrl_c,
    ) as running:
        try:
            deadline = time.monotonic() + 60
            while _threads(running.pid) < 2 and time.monotonic() < deadline:
                time.sleep(0.1)
            time.sleep(0.5)
            os.kill(running.pid, signal.SIGINT)
            _, err = running.communicate(timeout=30)
        finally:
            running.kill()  # else a failure would wait for it for ever
    assert running.returncode == 130
    assert "Traceback" not in err


def _heed_ctrl_c() -> None:
    """Undo what a shell does to jobs in its background, which is to ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _threads(pid: int) -> int:
    """Return how many threads a process has, where that is told; else many."""
    folder = Path(f"/proc/{pid}/task")
    return len(list(folder.iterdir())) if folder.is_dir() else 2
