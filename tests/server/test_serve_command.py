"""``osaid-graph serve``: from documents or a corpus to a server, and what is told where there can be none."""

from __future__ import annotations

import errno
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from corpora import ROOT, turtle
from starlette.applications import Starlette
from starlette.routing import Route

from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import InputError, UsageError
from osaid_graph.server.app import application
from osaid_graph.server.limits import Limits
from osaid_graph.server.run import Listening
from osaid_graph.server.site import Site

pytestmark = pytest.mark.usefixtures("loopback_only")

SERVE = (sys.executable, "-m", "osaid_graph", "serve")


@contextmanager
def serving(
    *arguments: str, folder: Path, aside: list[str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield where a server is, and its process; its temporary files are in a folder, what it sets aside in a list."""
    told = [] if aside is None else aside
    environment = {"TMPDIR": str(folder), "PATH": "", "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        [*SERVE, *arguments, "--port", "0"], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        while line.startswith("set aside: "):
            told.append(line)
            line = process.stderr.readline()
        found = re.search(r"at (http://\S+)/ \(Ctrl-C stops it\)", line)
        assert found, line + process.stderr.read()
        try:
            yield found[1], process
        finally:
            process.kill()


def test_inputs_that_cannot_be_read_are_told_and_the_others_served(tmp_path: Path) -> None:
    inputs = turtle(tmp_path / "in", a="ex:m a :Model .", b="ex:b a ;")
    (tmp_path / "in" / "osaid.yaml").touch()
    (tmp_path / "temporary").mkdir()
    aside: list[str] = []
    with serving(str(tmp_path / "in"), folder=tmp_path / "temporary", aside=aside) as (url, _):
        assert "1 releases assessed" in httpx.get(f"{url}/", timeout=60).text
    assert [line.partition(" syntax")[0].rstrip() for line in aside] == [
        f"set aside: {inputs[1]}:5: Turtle",
        f"set aside: {tmp_path / 'in' / 'osaid.yaml'}: the file is empty",
    ]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_documents_are_read_assessed_and_served_and_nothing_is_left(tmp_path: Path, how: signal.Signals) -> None:
    inputs = turtle(tmp_path / "in", a="ex:m a :Model ; :trainedOn ex:d . ex:d a :Dataset .")
    (tmp_path / "temporary").mkdir()
    with serving(*inputs, folder=tmp_path / "temporary") as (url, process):
        text = httpx.get(f"{url}/", timeout=60).text
        assert "1 releases assessed" in text and "example.org/m" in text
        answer = httpx.post(f"{url}/sparql", data={"query": "ASK { ?x a osaid:Model }"}, timeout=60)
        assert answer.json()["boolean"] is True
        process.send_signal(how)
        assert process.wait(30) == 0
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["none.yaml"], 3, "none.yaml"),
        (["corpus"], 3, "corpus: a corpus that was not assessed"),
        (["corpus", "in"], 2, "corpus: a corpus beside other inputs"),
        (["in", "--port", "99999"], 2, "not in the range"),
        (["in", "--definition", "nope"], 2, "no version"),
        (["in", "--timeout", "nan"], 2, "a query gets 86,400 seconds at most"),
        (["in", "--timeout", "inf"], 2, "a query gets 86,400 seconds at most"),
        (["in", "--memory", str(10**20)], 2, "not in the range"),
        (["in", "--host", ""], 2, "--host '': no address"),
        (["in", "--host", " "], 2, "--host ' ': no address"),
        (["in", "--queries", "0"], 2, "not in the range"),
        (["in", "--rows", "0"], 2, "not in the range"),
        (["in", "--name", "a*b"], 2, "--name a*b: no name of a host"),
        (["in", "--name", ""], 2, "no name of a host"),
        (["in", "--name", "example.org:80"], 2, "no name of a host"),
    ],
)
def test_what_cannot_be_served_is_told_in_a_line(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    inputs = turtle(tmp_path / "in", a="ex:m a :Model .")
    build(tmp_path / "corpus", inputs, jobs=1)
    environment = {"PATH": "", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [*SERVE, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == code, ran.stderr
    assert message in ran.stderr.splitlines()[0] and ran.stderr.startswith("error: ")
    assert ran.stderr.splitlines()[1].startswith("help: ")


def test_a_corpus_is_served_by_what_it_was_assessed_by_and_nothing_else(site: Site) -> None:
    with pytest.raises(UsageError, match=r"it was assessed against 1\.0-rc1 by terms policy osd-conformant, not"):
        Site.of(site.corpus, terms="strict")
    with pytest.raises(UsageError, match=r"not against 1\.0 by terms policy osd-conformant"):
        Site.of(site.corpus, version="1.0")


def test_a_corpus_that_was_assessed_against_a_profile_needs_its_folder(tmp_path: Path) -> None:
    build(tmp_path / "corpus", turtle(tmp_path / "in", a="ex:m a :Model ; :trainedOn ex:d . ex:d a :Dataset ."), jobs=1)
    profile, engine = str(ROOT / "data" / "profiles" / "osi-faq-2025"), DuckDB(1 << 28)
    try:
        assess(Corpus.open(tmp_path / "corpus"), engine, version=profile)
    finally:
        engine.close()
    corpus = Corpus.open(tmp_path / "corpus")
    with pytest.raises(UsageError, match="it was assessed against the profile 'osi-faq-2025'") as raised:
        Site.of(corpus)
    assert raised.value.hint == "name the folder of that profile with --definition"
    with closing(Site.of(corpus, version=profile)) as site:
        assert site.definition.id == "osi-faq-2025"


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    inputs = turtle(tmp_path / "in", a="ex:m a :Model .")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [*SERVE, *inputs, "--port", str(port)],
            capture_output=True,
            text=True,
            env={"PATH": "", "PYTHONPATH": str(ROOT)},
        )
    assert (ran.returncode, ran.stderr.splitlines()[0]) == (3, f"error: 127.0.0.1:{port}: cannot listen there")


@pytest.mark.parametrize("host", ["192.0.2.1", "a b", "*", "a..b", f"{'a' * 80}.example", "[::1]"])
def test_an_address_that_this_machine_has_not_is_told(host: str) -> None:
    with pytest.raises(InputError, match="cannot listen there") as raised:
        Listening(Starlette(), host, 0, Limits())
    assert raised.value.hint == "give --host an address of this machine, such as 127.0.0.1, ::1 or 0.0.0.0"


def test_a_port_that_another_takes_between_two_steps_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object) -> None:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr(socket.socket, "listen", taken)
    with pytest.raises(InputError, match="cannot listen there") as raised:
        Listening(Starlette(), "127.0.0.1", 0, Limits())
    assert raised.value.hint == "choose another port with --port, or 0 for any that is free"


def test_the_page_of_the_docs_names_every_address(site: Site) -> None:
    text = (ROOT / "docs" / "serve.md").read_text("utf-8")
    told = set(re.findall(r"^\| `(/[a-z]*)", text, re.MULTILINE)) | {"/sparql", "/static"}
    told |= {
        path
        for path in (route.path for route in application(site, Limits(), ()).routes if isinstance(route, Route))
        if path.startswith("/api/")
    }
    routes = application(site, Limits(), ()).routes
    assert told == {re.split(r"[/.]\{", route.path)[0] for route in routes if isinstance(route, Route)}
