"""A server on this machine under load: what each page takes, how many requests a second it holds, and a flood.

``osaid-graph serve`` is started on what is named, and asked by clients of this process over loopback, each of which
asks again when it has its answer:

1. every kind of request by itself, by one client: the median and the 95th and 100th percentile of milliseconds;
2. all kinds mixed, by ``--clients``, for ``--seconds``: requests a second, percentiles, and the memory of the server
   and of its processes together at its peak;
3. the same while ``--flood`` more clients send queries that no machine can answer: what becomes of these, what of the
   others, and how much memory is held at most, and afterwards.

Milliseconds are those of the client, so that they have the network stack and, where a machine has few cores, the
clients in them. The command fails if a request that should be answered was not, or if some kind of request was not
answered during the flood.

    python benchmarks/serve_under_load.py data/releases [--seconds 20] [--clients 8] [--flood 64]
    python benchmarks/serve_under_load.py hub --of org/base
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlencode

from machine import held, setting

#: Takes longer than anybody waits, and next to no memory of its own.
HEAVY: Final = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'x') }"
)
#: Takes all memory that a query may have.
HUNGRY: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a"
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_MEGABYTE: Final = 1 << 20
_PATIENCE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the name of its kind, its address, and the query that is sent to it, if any."""

    kind: str
    address: str
    query: str = ""


@dataclass
class Served:
    """What became of requests: milliseconds of those that were answered, statuses, and kinds."""

    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, milliseconds: float, status: int, kind: str = "") -> None:
        """Count a request."""
        with self.lock:
            self.statuses[status] += 1
            if status == 200:
                self.times.append(milliseconds)
                self.kinds[kind] += 1
            else:
                self.unanswered[kind] += 1

    def percentile(self, share: float) -> float:
        """Return the time that such a share was answered in."""
        times = sorted(self.times)
        return times[min(len(times) - 1, int(share * len(times)))] if times else float("nan")


class Client:
    """Asks over a connection that it keeps.

    Args:
        port: The port of the server on this machine.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)

    def ask(self, request: Request) -> tuple[int, bytes, float]:
        """Return the status, the answer and the milliseconds of a request; status 0 where there was no answer."""
        started = time.perf_counter()
        try:
            if request.query:
                body = urlencode({"query": request.query})
                self._connection.request("POST", request.address, body, _FORM)
            else:
                self._connection.request("GET", request.address)
            answer = self._connection.getresponse()
            body_of, status = answer.read(), answer.status
        except (OSError, http.client.HTTPException):
            self._connection.close()
            body_of, status = b"", 0
        return status, body_of, (time.perf_counter() - started) * 1000

    def json(self, address: str) -> Any:
        """Return an answer of the JSON API."""
        status, body, _ = self.ask(Request("", address))
        if status != 200:
            raise SystemExit(f"error: {address}: {status} {body.decode()[:200]}")
        return json.loads(body)

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()


@contextmanager
def server(inputs: Sequence[str], options: Sequence[str]) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Yield the port and the process of a server, which is stopped at the end."""
    command = [sys.executable, "-m", "osaid_graph", "serve", *inputs, "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        said, found = "", None
        while found is None and process.stderr is not None and (line := process.stderr.readline()):
            said += line
            found = re.search(r"at http://127\.0\.0\.1:(\d+)/", line)
        if found is None:
            raise SystemExit(said.strip())
        try:
            yield int(found[1]), process
        finally:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


def requests(client: Client, of: str) -> list[Request]:
    """Return some requests of each kind, on releases that are served, and on what one was made from."""
    about = client.json("/api/about")
    total = about["releases"]
    pages = sorted({1, *(max(1, total * part // 500) for part in range(1, 10))})
    found = [row for page in pages for row in client.json(f"/api/releases?size=50&page={page}")["releases"]]
    iris = list(dict.fromkeys(row["iri"] for row in found))
    chosen = [iris[at] for at in range(0, len(iris), max(1, len(iris) // 12))][:12]
    base = of or _base(client, chosen)
    last = about["requirements"][-1]
    asked = [
        Request("matrix", "/"),
        Request("matrix, a later page", f"/?page={max(1, total // 100)}"),
        Request("matrix, sorted", f"/?sort={last}&down=1"),
        Request("matrix, found by name", f"/?q={quote(iris[len(iris) // 2].rpartition('/')[2][:6])}"),
        Request("requirements", "/requirements"),
        Request("impact of a base", f"/lineage?direction=down&node={quote(base, safe='')}"),
        Request("releases as JSON", "/api/releases?size=50"),
        Request("SPARQL of ten rows", "/sparql", "SELECT ?x { ?x a osaid:Model } LIMIT 10"),
    ]
    for one, other in zip(chosen, [*chosen[1:], chosen[0]], strict=True):
        node, second = quote(one, safe=""), quote(other, safe="")
        asked += [
            Request("release", f"/release?node={node}"),
            Request("lineage", f"/lineage?node={node}"),
            Request("node", f"/node?iri={node}"),
            Request("compare", f"/compare?a={node}&b={second}"),
            Request("query", f"/query/upstream?ask=1&node={node}"),
        ]
    return _in_turn(asked)


def _in_turn(asked: Sequence[Request]) -> list[Request]:
    """Return requests so that one of every kind is asked before the second of any."""
    seen: Counter[str] = Counter()
    numbered = []
    for each in asked:
        numbered.append((seen[each.kind], each))
        seen[each.kind] += 1
    return [each for _, each in sorted(numbered, key=lambda pair: pair[0])]


def _base(client: Client, iris: Sequence[str]) -> str:
    """Return what most was made from, of all that some releases were made from."""
    best, most = iris[0], -1
    for iri in iris:
        kin = client.json(f"/api/lineage?node={quote(iri, safe='')}")
        if kin["levels"]:
            top = kin["levels"][-1]["shown"][0]["iri"]
            number = client.json(f"/api/lineage?direction=down&node={quote(top, safe='')}")["number"]
            if number > most:
                best, most = top, number
    return best


def alone(port: int, asked: Sequence[Request], times: int) -> dict[str, Served]:
    """Ask one request after the other, by kind, each so many times."""
    client, found = Client(port), dict[str, Served]()
    for kind, group in itertools.groupby(sorted(asked, key=lambda each: each.kind), key=lambda each: each.kind):
        served, requests_of = found.setdefault(kind, Served()), list(group)
        for number in range(max(times, len(requests_of))):
            status, _, milliseconds = client.ask(requests_of[number % len(requests_of)])
            served.add(milliseconds, status)
    client.close()
    return found


class Load:
    """Clients that ask until they are told to stop.

    Args:
        port: The port of the server.
        asked: What they ask, in an order of their own each.
        clients: How many there are.
    """

    def __init__(self, port: int, asked: Sequence[Request], clients: int) -> None:
        self.served = Served()
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._ask, args=(port, asked, number), daemon=True) for number in range(clients)
        ]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def _ask(self, port: int, asked: Sequence[Request], number: int) -> None:
        client, at = Client(port), number * 7  # each begins elsewhere
        while not self._stop.is_set():
            request = asked[at % len(asked)]
            at += 1
            status, _, milliseconds = client.ask(request)
            self.served.add(milliseconds, status, request.kind)
            if status == 503:
                time.sleep(0.05)  # a client that comes again at once would only measure itself
        client.close()


def peak_while(process: subprocess.Popen[str], seconds: float) -> int:
    """Return the most bytes that a process and its children hold during some seconds."""
    end, peak = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        peak = max(peak, held(process.pid))
        time.sleep(0.1)
    return peak


def main() -> int:
    """Run all, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", help="documents, folders, or a corpus")
    parser.add_argument("--seconds", type=float, default=20, help="how long each load lasts (default: 20)")
    parser.add_argument("--clients", type=int, default=8, help="how many clients ask at once (default: 8)")
    parser.add_argument("--flood", type=int, default=64, help="how many send what cannot be answered (default: 64)")
    parser.add_argument("--times", type=int, default=20, help="how often each kind is asked by itself (default: 20)")
    parser.add_argument("--of", default="", help="the node whose impact is asked for (default: one that is found)")
    parser.add_argument("--timeout", type=float, default=5, help="seconds a query gets (default: 5)")
    options = parser.parse_args()
    limits = ["--timeout", str(options.timeout), "--memory", "256"]
    with server(options.inputs, limits) as (port, process):
        client = Client(port)
        about = client.json("/api/about")
        asked = requests(client, options.of)
        client.close()
        print(f"{setting(['starlette', 'uvicorn', 'duckdb', 'pyoxigraph'])}\n")
        print(f"{about['releases']:,} releases; {held(process.pid) / _MEGABYTE:,.0f} MiB held before the load\n")
        by_kind = alone(port, asked, options.times)
        _print_kinds(by_kind)
        loads = []
        with Load(port, asked, options.clients) as load:
            peak = peak_while(process, options.seconds)
        loads.append(("mixed", load.served, peak, Served()))
        heavy = [Request("flood", "/sparql", HEAVY), Request("flood", "/sparql", HUNGRY)]
        with Load(port, heavy, options.flood) as flood, Load(port, asked, options.clients) as load:
            peak = peak_while(process, options.seconds)
        loads.append((f"mixed, and {options.flood} that flood", load.served, peak, flood.served))
        _print_loads(loads, options.seconds)
        time.sleep(2)
        print(f"\n{held(process.pid) / _MEGABYTE:,.0f} MiB held two seconds after it")
    wrong = {kind: dict(each.statuses) for kind, each in by_kind.items() if set(each.statuses) != {200}}
    stopped = set(loads[1][1].unanswered) - set(loads[1][1].kinds) - {"SPARQL of ten rows"}
    if wrong or stopped:
        print(f"error: not answered as they should be: {wrong}, during the flood {stopped}", file=sys.stderr)
        return 1
    return 0


def _print_kinds(found: dict[str, Served]) -> None:
    print("| by one client | times | median, ms | 95 % | at most |")
    print("|---|--:|--:|--:|--:|")
    for kind, served in found.items():
        times = [served.percentile(share) for share in (0.5, 0.95, 1)]
        print(f"| {kind} | {len(served.times)} | " + " | ".join(f"{each:,.1f}" for each in times) + " |")
    print()


def _print_loads(loads: Sequence[tuple[str, Served, int, Served]], seconds: float) -> None:
    heads = ("load", "answered a second", "median, ms", "95 %", "99 %", "at most", "not answered", "peak, MiB", "flood")
    print(f"| {' | '.join(heads)} |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|---|")
    for name, served, peak, flood in loads:
        times = [served.percentile(share) for share in (0.5, 0.95, 0.99, 1)]
        refused = ", ".join(f"{count} {kind}" for kind, count in served.unanswered.items()) or "-"
        ended = ", ".join(f"{count} x {status}" for status, count in sorted(flood.statuses.items())) or "-"
        print(
            f"| {name} | {len(served.times) / seconds:,.1f} | "
            + " | ".join(f"{each:,.0f}" for each in times)
            + f" | {refused} | {peak / _MEGABYTE:,.0f} | {ended} |"
        )


if __name__ == "__main__":
    raise SystemExit(main())
