"""What a request may take: bodies, time, rows, memory and connections; and that one client does not stop another."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from osaid_graph.query.on_disk import StoredNames
from osaid_graph.query.results import MEDIA_TYPES
from osaid_graph.server import api, asking, pages
from osaid_graph.server.commands import Commands
from osaid_graph.server.found import Releases
from osaid_graph.server.guard import POLICY
from osaid_graph.server.limits import MEGABYTE, Limits
from osaid_graph.server.pool import Pool, Query, Reply
from osaid_graph.server.site import Site
from osaid_graph.server.turns import Turns

from .conftest import Start

pytestmark = pytest.mark.usefixtures("loopback_only")

#: Takes longer than anybody waits, and no memory.
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'x') }"
ACCEPTED: dict[str, str | None] = {form: media[0] for form, media in MEDIA_TYPES.items()}
#: Seconds that something may take that should take none, on a busy machine.
SOON = 20.0


def asked(url: str, query: str, **options: object) -> httpx.Response:
    with httpx.Client(base_url=url, timeout=120) as client:
        return client.post("/sparql", data={"query": query}, **options)  # type: ignore[arg-type]


@contextlib.contextmanager
def connected(url: str) -> Iterator[socket.socket]:
    """Yield a connection by itself."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=SOON) as found:
        yield found


def head(url: str, size: int) -> bytes:
    """Return the head of a request with a query of so many bytes."""
    lines = ["POST /sparql HTTP/1.1", f"Host: {url.removeprefix('http://')}", f"Content-Length: {size}"]
    return "\r\n".join([*lines, "Content-Type: application/sparql-query", "", ""]).encode()


def rest(connection: socket.socket) -> bytes:
    """Return what comes until the connection is closed."""
    return b"".join(iter(lambda: connection.recv(1 << 16), b""))


# -- what every request passes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "127.0.0.1@evil.example"])
def test_another_host_is_refused(client: httpx.Client, host: str) -> None:
    response = client.get("/sparql", params={"query": "ASK {}"}, headers={"Host": host})
    assert response.status_code == 400 and "boolean" not in response.text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:1", 200),
        ("127.0.0.1:1:2", 400),
        ("127.0.0.1:80@evil.example", 400),
        ("127.0.0.1:x", 400),
        ("127.0.0.1#@evil.example", 400),
        ("127.0.0.1/evil.example", 400),
        ("127.0.0.1, evil.example", 400),
        ("127.0.0.1\r\nHost: evil.example", 400),
        ("[127.0.0.1]", 400),
        ("[::1", 400),
    ],
)
def test_a_host_is_taken_as_a_whole(url: str, host: str, status: int) -> None:
    with connected(url) as connection:
        connection.sendall(f"GET /release/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = rest(connection)
    assert b"evil" not in answer
    assert answer.startswith(b"HTTP/1.1 307 " if status == 200 else b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "target", ["*", "none", "http://evil.example/release/", "@evil.example/", "//evil.example/ask/"]
)
def test_a_target_that_is_no_path_leads_nowhere(url: str, target: str) -> None:
    with connected(url) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = rest(connection)
    assert answer.startswith(b"HTTP/1.1 404 ") and b"\nlocation:" not in answer


@pytest.mark.parametrize(
    ("origin", "mode", "destination", "method", "status"),
    [
        ("cross-site", "navigate", "document", "GET", 200),
        ("cross-site", "navigate", "document", "POST", 403),
        ("cross-site", "navigate", "iframe", "GET", 403),
        ("cross-site", "navigate", "document, iframe", "GET", 403),
        ("cross-site", "no-cors", "image", "GET", 403),
        ("same-site", "cors", "empty", "GET", 403),
        ("unheard-of", "cors", "empty", "GET", 403),
        ("", "cors", "empty", "GET", 403),
        ("none", "navigate", "document", "GET", 200),
        ("same-origin", "cors", "empty", "GET", 200),
    ],
)
def test_a_page_of_another_site_may_lead_here_and_do_nothing_else(
    client: httpx.Client, origin: str, mode: str, destination: str, method: str, status: int
) -> None:
    told = {"Sec-Fetch-Site": origin, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": destination}
    given: dict[str, Any] = {"data": {"query": "ASK {}"}} if method == "POST" else {"params": {"query": "ASK {}"}}
    response = client.request(method, "/sparql", headers=told, **given)
    assert response.status_code == status
    assert response.headers["content-security-policy"] == POLICY


def test_a_body_with_two_lengths_is_refused_and_what_follows_it_is_no_request(url: str) -> None:
    lines = ["POST /sparql HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/sparql-query", "Content-Length: 6"]
    with connected(url) as connection:
        connection.sendall("\r\n".join([*lines, "Transfer-Encoding: chunked", "", "0", "", ""]).encode())
        connection.sendall(b"GET /requirements HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        answer = rest(connection)
    assert answer.startswith(b"HTTP/1.1 400 ") and answer.count(b"HTTP/1.1 ") == 1
    assert answer.endswith(
        b"error: a body with two lengths, Content-Length and Transfer-Encoding\nhelp: send one of them\n"
    )


def test_the_body_of_a_request_that_needs_none_is_no_request(url: str) -> None:
    inner = b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    outer = f"GET /static/icon.svg HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(inner)}\r\n\r\n".encode()
    with connected(url) as connection:
        connection.sendall(outer + inner + b"HEAD /none HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        answer = rest(connection)
    assert answer.count(b"HTTP/1.1 200 ") == 1 and answer.count(b"HTTP/1.1 404 ") == 1 and answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(("path", "status"), [("/sparql?query=ASK+{}", 200), ("/sparql?query=x", 400), ("/none", 404)])
def test_every_answer_has_the_headers_of_security(client: httpx.Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "server" not in response.headers and "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_refused(start: Start, chunked: bool) -> None:
    url = start(Limits(body=1_000))
    body = b"ASK {} #" + b"x" * 2_000
    content = iter([body[:500], body[500:]]) if chunked else body
    kind = {"Content-Type": "application/sparql-query"}
    response = httpx.post(f"{url}/sparql", content=content, headers=kind, timeout=SOON)
    assert (response.status_code, response.text) == (413, "error: a body of more than 1,000 bytes\n")


def test_a_body_that_does_not_arrive_is_given_up(start: Start) -> None:
    url = start(Limits(arrival=1))
    with connected(url) as connection:
        connection.sendall(head(url, 100) + b"ASK")
        assert rest(connection).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("sent", [b"", b"GET /sparql HTTP/1.1\r\nHo"])
def test_a_head_that_does_not_arrive_is_given_up(start: Start, sent: bytes) -> None:
    url = start(Limits(arrival=1))
    with connected(url) as connection:
        connection.sendall(sent)
        with contextlib.suppress(ConnectionResetError):
            assert rest(connection) == b""


def test_a_second_head_that_does_not_arrive_is_given_up(start: Start) -> None:
    url = start(Limits(arrival=2))
    with connected(url) as connection:
        connection.sendall(head(url, 6) + b"ASK {}")
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        connection.sendall(b"GET /spa")
        with contextlib.suppress(ConnectionResetError):
            assert b"HTTP/1.1" not in rest(connection)


def test_too_many_connections_are_refused_and_others_go_on(start: Start) -> None:
    url = start(Limits(connections=20, arrival=60))
    with contextlib.ExitStack() as stack:
        for _ in range(30):
            stack.enter_context(connected(url)).sendall(b"GET")
        assert asked(url, "ASK {}").status_code == 503
    end = time.monotonic() + SOON
    while (status := asked(url, "ASK {}").status_code) == 503 and time.monotonic() < end:
        time.sleep(0.1)
    assert status == 200


# -- what a query may take ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "query", "status", "message"),
    [
        (Limits(seconds=0.5), HEAVY, 503, "error: stopped after 0.5 s; the query runs longer\n"),
        (
            Limits(rows=10),
            "SELECT * { ?a ?b ?c }",
            500,
            "error: stopped: the query gives more than 10 rows\nhelp: ask for less, with LIMIT\n",
        ),
        (
            Limits(rows=10),
            "CONSTRUCT WHERE { ?a ?b ?c }",
            500,
            "error: stopped: the query gives more than 10 statements\nhelp: ask for less, with LIMIT\n",
        ),
        (
            Limits(memory=MEGABYTE),
            "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?d",
            500,
            "error: stopped: the query takes more than 1 MB of memory\n",
        ),
    ],
)
def test_a_query_that_takes_too_much_is_given_up_and_the_next_is_answered(
    start: Start, limits: Limits, query: str, status: int, message: str
) -> None:
    url = start(limits)
    response = asked(url, query)
    assert (response.status_code, response.text[: len(message)]) == (status, message)
    assert asked(url, "ASK {}").json()["boolean"] is True


def test_an_answer_that_is_too_large_is_refused(start: Start) -> None:
    response = asked(start(Limits(answer=1_000)), "SELECT ?a { ?a ?b ?c } LIMIT 1000")
    assert response.status_code == 500
    assert response.text.startswith("error: the answer has ")


def test_a_query_whose_client_is_gone_is_ended(start: Start) -> None:
    url = start(Limits(running=1, seconds=600, patience=SOON))
    with connected(url) as connection:
        connection.sendall(head(url, len(HEAVY)) + HEAVY.encode())
        time.sleep(1)
    assert asked(url, "ASK {}").json()["boolean"] is True  # there is one turn, and it is free again


def test_a_flood_of_heavy_queries_is_refused_in_part_and_others_are_answered(start: Start) -> None:
    url = start(Limits(running=2, waiting=4, seconds=2, patience=600))
    with ThreadPoolExecutor(20) as clients:
        answers = list(clients.map(lambda _: asked(url, HEAVY), range(20)))
    busy = [each for each in answers if each.text.startswith("error: too many queries: 6 run or wait already")]
    given_up = [each for each in answers if each.text.startswith("error: stopped after 2 s")]
    assert len(busy) + len(given_up) == 20 and len(given_up) == 6
    assert {(each.status_code, each.headers.get("retry-after")) for each in busy} == {(503, "5")}
    assert asked(url, "ASK {}").json()["boolean"] is True


def test_a_flood_of_anybodys_queries_stops_neither_pages_nor_named_queries_nor_reports(start: Start) -> None:
    url = start(Limits(running=1, waiting=4, seconds=600, patience=600))
    with httpx.Client(base_url=url, timeout=60) as client:
        with contextlib.ExitStack() as flood:
            connections = [flood.enter_context(connected(url)) for _ in range(8)]
            for each in connections:
                each.sendall(head(url, len(HEAVY)) + HEAVY.encode())
            refused: set[socket.socket] = set()
            end = time.monotonic() + SOON
            while len(refused) < 3 and time.monotonic() < end:  # one runs, and four wait
                refused.update(select.select(set(connections) - refused, [], [], SOON)[0])
            assert len(refused) == 3
            node = {"node": "https://example.org/m1"}
            assert client.get("/release", params=node).status_code == 200
            assert client.get("/query/upstream.csv", params=node).status_code == 200
            assert client.get("/report", params={**node, "format": "badge"}).status_code == 200
            assert client.post("/sparql", data={"query": "ASK {}"}).status_code == 503
        end = time.monotonic() + SOON
        while client.post("/sparql", data={"query": "ASK {}"}).status_code == 503 and time.monotonic() < end:
            time.sleep(0.1)
        assert client.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True


def test_a_thousand_connections_that_say_nothing_do_not_stop_the_others(start: Start) -> None:
    url = start(Limits(connections=1_500, arrival=60))
    with contextlib.ExitStack() as stack:
        for _ in range(1_000):
            stack.enter_context(connected(url)).sendall(b"GET /")
        assert asked(url, "ASK {}").json()["boolean"] is True
        assert httpx.get(f"{url}/", timeout=60).status_code == 200


def test_a_client_that_takes_no_answer_holds_it_for_a_while_only(start: Start) -> None:
    size = 12 * MEGABYTE  # more than a system takes for a client that reads nothing
    query = f"SELECT ('{'x' * 100_000}' AS ?x) {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {size // 100_000}"
    url = start(Limits(arrival=5, held=size + size // 2))
    with connected(url) as connection:
        connection.sendall(head(url, len(query)) + query.encode())
        assert connection.recv(12) == b"HTTP/1.1 200"
        statuses = [asked(url, query).status_code]
        while statuses[-1] == 503:
            time.sleep(0.2)
            statuses.append(asked(url, query).status_code)
        assert statuses[0] == 503 and statuses[-1] == 200


@pytest.mark.parametrize("address", ["/sparql", "/ask.csv"])
def test_no_large_answer_is_handed_over_while_others_wait_for_their_clients(start: Start, address: str) -> None:
    query = f"SELECT (REPLACE('{'x' * 1_000}', 'x', '{'y' * 100}') AS ?x) {{ ?a ?b ?c }} LIMIT 2"
    url = start(Limits(held=100_000))
    response = httpx.get(f"{url}{address}", params={"query": query}, timeout=60)
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert response.text.startswith("error: too many answers wait for their clients\n")
    assert httpx.get(f"{url}{address}", params={"query": "SELECT * {}"}, timeout=60).status_code == 200


@pytest.mark.parametrize("address", ["/sparql", "/ask.csv"])
def test_clients_that_take_no_answer_do_not_keep_their_connections(start: Start, address: str) -> None:
    query = f"SELECT (REPLACE('{'x' * 1_000}', 'x', '{'y' * 100}') AS ?x) {{ ?a ?b ?c . ?d ?e ?f }} LIMIT 120"
    url = start(Limits(arrival=3, connections=5))
    get = f"GET {address}?query={quote(query)} HTTP/1.1\r\nHost: {url.removeprefix('http://')}\r\n\r\n"
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(connected(url)) for _ in range(4)]
        for each in connections:
            each.sendall(get.encode())
        for each in connections:
            assert each.recv(12) == b"HTTP/1.1 200"
        end = time.monotonic() + SOON
        while (status := asked(url, "ASK {}").status_code) == 503 and time.monotonic() < end:
            time.sleep(0.1)
        assert status == 200


# -- that nobody waits for others --------------------------------------------------------------------------------


def test_what_takes_long_is_done_beside_the_event_loop(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    within: dict[str, bool] = {}

    def watched(owner: Any, name: str) -> None:
        function = getattr(owner, name)

        def watching(*given: Any, **named: Any) -> Any:
            try:
                asyncio.get_running_loop()
                within[name] = True
            except RuntimeError:
                within.setdefault(name, False)
            return function(*given, **named)

        monkeypatch.setattr(owner, name, watching)

    watched(StoredNames, "find")
    watched(asking, "_table")
    watched(pages, "charted")
    watched(api, "plain")
    pages._templates.cache_clear()  # it has the filters
    node, query = {"node": "https://example.org/m1"}, {"query": "SELECT * { ?a ?b ?c } LIMIT 3"}
    with httpx.Client(base_url=start(Limits()), timeout=60) as client:
        for path, given in (
            ("/query/upstream", {**node, "ask": "1"}),
            ("/query/upstream.csv", node),
            ("/api/query/upstream", node),
            ("/ask", query),
        ):
            assert client.get(path, params=given).status_code == 200
    pages._templates.cache_clear()
    assert within == {"find": False, "_table": False, "charted": False, "plain": False}


@pytest.mark.parametrize(
    "path",
    [
        "/api/query/upstream?node=https://example.org/m1",
        "/ask?query=ASK+{}",
        "/report?format=badge&node=https://example.org/m1",
    ],
)
def test_what_a_client_asked_for_is_given_up_when_it_leaves_however_late_that_began(
    start: Start, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    begun, ended, has = threading.Event(), threading.Event(), Releases.has

    async def run(*_: Any, **__: Any) -> None:
        begun.set()
        try:
            await asyncio.sleep(600)
        finally:
            ended.set()

    def slow(self: Releases, node: str) -> bool:
        time.sleep(1)
        return has(self, node)

    for owner, name, function in ((Pool, "run", run), (Commands, "run", run), (Releases, "has", slow)):
        monkeypatch.setattr(owner, name, function)
    with httpx.Client(base_url=start(Limits(arrival=0.5)), timeout=3) as client, pytest.raises(httpx.ReadTimeout):
        client.get(path)
    assert begun.wait(SOON) and ended.wait(SOON)


# -- the processes of queries ------------------------------------------------------------------------------------


def test_a_process_that_is_killed_is_told_and_replaced(site: Site) -> None:
    async def run() -> list[str]:
        limits = Limits(running=1, seconds=600)
        pool, turns = Pool(site.store, limits), Turns(limits)
        try:
            running = asyncio.create_task(pool.run(Query(HEAVY, ACCEPTED), turns))
            while not pool.processes:
                await asyncio.sleep(0.1)
            os.kill(pool.processes[0], signal.SIGKILL)
            ended = await running
            following = await pool.run(Query("ASK {}", ACCEPTED), turns)
            return [ended.error, following.error, following.media]
        finally:
            await pool.close()
            assert not pool.processes

    assert asyncio.run(run()) == ["ended", "", "application/sparql-results+json"]


def test_a_process_that_does_not_start_is_no_fault_of_the_query(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osaid_graph.server.pool._CODE", "import time; time.sleep(600)")
    monkeypatch.setattr("osaid_graph.server.pool._START", 0.5)

    async def run() -> Reply:
        pool = Pool(site.store, Limits())
        reply = await pool.run(Query("ASK {}", ACCEPTED), Turns(Limits()))
        await pool.close()
        assert not pool.processes
        return reply

    reply = asyncio.run(run())
    assert (reply.error, reply.message) == ("busy", "no process for it can be started")


def test_a_process_that_is_ended_amid_an_answer_is_waited_for_and_not_for_ever(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = "framed(b'{}')"
    never_whole = "(1 << 30).to_bytes(4, 'big') + bytes(1 << 20)"
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1]); from osaid_graph.server.frames import framed; "
        f"out = sys.stdout.buffer; out.write({ready} + {never_whole}); out.flush()\n"
        "while True: out.write(bytes(1 << 16)); out.flush(); time.sleep(0.05)"
    )
    monkeypatch.setattr("osaid_graph.server.pool._CODE", code)

    async def run() -> None:
        limits = Limits(running=1, seconds=600)
        pool, turns = Pool(site.store, limits), Turns(limits)
        running = asyncio.create_task(pool.run(Query("ASK {}", ACCEPTED), turns))
        await asyncio.sleep(1)
        time.sleep(1)  # what the process writes meanwhile is not read
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        await asyncio.wait_for(pool.close(), SOON)
        assert not pool.processes

    asyncio.run(run())


def test_nothing_of_a_server_is_left_when_it_stops(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from osaid_graph.server.app import application
    from osaid_graph.server.run import Listening

    started: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def starting(*given: Any, **named: Any) -> asyncio.subprocess.Process:
        started.append(await start(*given, **named))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", starting)
    limits = Limits(seconds=600)
    listening = Listening(application(site, limits, ("127.0.0.1",)), "127.0.0.1", 0, limits)
    thread = threading.Thread(target=listening.run)
    thread.start()
    url = f"http://127.0.0.1:{listening.port}"
    assert asked(url, "ASK {}").status_code == 200
    plan = httpx.get(f"{url}/plan", timeout=60)
    assert plan.headers["refresh"] == "2"
    with connected(url) as connection:
        connection.sendall(head(url, len(HEAVY)) + HEAVY.encode())
        time.sleep(0.5)
        listening.stop()
        thread.join(SOON)
    assert not thread.is_alive()
    with pytest.raises(httpx.ConnectError):
        asked(url, "ASK {}")
    assert len(started) == 2
    for process in started:
        with pytest.raises(ProcessLookupError):
            os.kill(process.pid, 0)
