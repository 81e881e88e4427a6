"""What the tests of the server share: a server of a small corpus, that listens on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest
from corpora import turtle

from osaid_graph.corpus.assess import assess
from osaid_graph.corpus.build import build
from osaid_graph.corpus.open import Corpus
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.server.app import application
from osaid_graph.server.limits import Limits
from osaid_graph.server.run import Listening
from osaid_graph.server.site import Site

#: A model whose words would do harm wherever they are not taken for words.
HOSTILE = (
    '<https://example.org/hostile\'%22%3E%3Cscript%3E> a :Model ; dcterms:title "<script>alert(1)</script>" ; '
    'rdfs:seeAlso <javascript:alert(2)> , <data:text/html,x> ; dcterms:license "<img src=x onerror=alert(3)>" ; '
    ":trainedOn ex:d1 ; dcterms:description '=HYPERLINK(\"http://x\")' ."
)
#: How many models were made from ``ex:m2``, which was trained on ``ex:d2``.
TUNED = 70
#: Starts a server with some limits, and returns where it is.
Start = Callable[[Limits], str]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return documents that each say what one node is: datasets, models made from them, and one that is hostile."""
    folder = tmp_path_factory.mktemp("served")
    texts = {f"d{number}": f'ex:d{number} a :Dataset ; dcterms:title "D{number}" .' for number in (1, 2, 3)}
    texts |= {f"m{number}": f"ex:m{number} a :Model ; :trainedOn ex:d{number} ." for number in (1, 2)}
    texts["tuned"] = " ".join(f"ex:t{number:02} a :Model ; :fineTunedFrom ex:m2 ." for number in range(TUNED))
    texts["unnamed"] = 'ex:u1 a :Model ; :trainedOn [ a :Dataset ; dcterms:title "Unnamed" ] .'
    texts["hostile"] = HOSTILE
    assert not build(folder / "corpus", turtle(folder / "in", **texts), jobs=1).rejects
    engine = DuckDB(1 << 30, threads=1)
    assess(Corpus.open(folder / "corpus"), engine)
    engine.close()
    found = Site.of(Corpus.open(folder / "corpus"))
    yield found
    found.close()


@contextmanager
def serving(site: Site, limits: Limits) -> Iterator[str]:
    """Yield where a server is, which is stopped at the end."""
    listening = Listening(application(site, limits, ("127.0.0.1",)), "127.0.0.1", 0, limits)
    thread = threading.Thread(target=listening.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.port}"
    finally:
        listening.stop()
        thread.join(20)
    assert not thread.is_alive()


def got(client: httpx.Client, address: str, **parameters: str | list[str]) -> httpx.Response:
    """Return an answer, of a plan once it is worked out, which takes a busy machine longer than the server waits."""
    response = client.get(address, params=parameters or None)
    while response.status_code == 503 and "it is being worked out" in response.text:
        response = client.get(address, params=parameters or None)
    return response


@pytest.fixture(scope="module")
def start(site: Site) -> Iterator[Start]:
    """Return a function that starts a server; all are stopped at the end."""
    with ExitStack() as stack:
        yield lambda limits: stack.enter_context(serving(site, limits))


@pytest.fixture(scope="module")
def url(start: Start) -> str:
    """Return where a server with the usual limits is."""
    return start(Limits())


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[httpx.Client]:
    """Return a client of it."""
    with httpx.Client(base_url=url, timeout=60) as found:
        yield found
