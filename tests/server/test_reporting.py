"""Full reports: what ``check`` writes and nothing else, within the limits of the server."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from osaid_graph.cli import cli
from osaid_graph.server.commands import Commands, Program
from osaid_graph.server.limits import MEGABYTE, Limits
from osaid_graph.server.reporting import FORMATS
from osaid_graph.server.site import Site
from osaid_graph.server.turns import Turns

from .conftest import Start

pytestmark = pytest.mark.usefixtures("loopback_only")

M1 = "https://example.org/m1"
HOSTILE = "https://example.org/hostile'%22%3E%3Cscript%3E"


def written(site: Site, node: str, form: str) -> bytes:
    """Return what ``check`` writes of a release of the corpus."""
    day = site.tables.part.facts["day"]
    arguments = ["check", site.corpus.address, "--subject", node, "--format", form, "--date", day, "--exit-zero"]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.exception is None, result.output
    return result.stdout_bytes


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_what_check_writes(client: httpx.Client, site: Site, form: str) -> None:
    response = client.get("/report", params={"node": M1, "format": form})
    assert response.status_code == 200, response.text
    media, ending = FORMATS[form]
    assert response.headers["content-type"] == media
    assert response.content == written(site, M1, form)
    kept = response.headers.get("content-disposition")
    assert kept == (None if form == "html" else f'attachment; filename="example.org-m1.{ending}"')


def test_the_report_that_a_browser_shows_may_run_nothing(client: httpx.Client) -> None:
    response = client.get("/report", params={"node": HOSTILE, "format": "html"})
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';") and "sandbox" in policy
    assert "script-src" not in policy and "<script" not in response.text


@pytest.mark.parametrize(
    ("asked", "status", "message"),
    [
        ({"node": M1}, 400, "error: no format ''\n"),
        ({"node": M1, "format": "text"}, 400, "error: no format 'text'\n"),
        ({"node": M1, "format": "../html"}, 400, "error: no format '../html'\n"),
        ({"node": "https://example.org/none", "format": "json"}, 404, "error: no release of this name was assessed\n"),
        ({"node": "--help", "format": "json"}, 404, "error: no release of this name was assessed\n"),
        ({"node": "https://example.org/d1", "format": "json"}, 404, "error: no release of this name was assessed\n"),
        ({"format": "json"}, 404, "error: no release of this name was assessed\n"),
    ],
)
def test_what_there_is_no_report_of_is_told(
    client: httpx.Client, asked: dict[str, str], status: int, message: str
) -> None:
    response = client.get("/report", params=asked)
    assert (response.status_code, response.text[: len(message)]) == (status, message)


@pytest.mark.parametrize(
    ("limits", "status", "message"),
    [
        ({"seconds": 0.05}, 503, "error: stopped after 0.05 s\n"),
        ({"answer": 1_000}, 500, "error: what is asked for has more than 1,000 bytes\n"),
        ({"memory": 16 * MEGABYTE}, 503, "error: its process ended: it took too much memory, or has a fault\n"),
    ],
)
def test_a_report_that_takes_too_much_is_given_up(
    start: Start, limits: dict[str, Any], status: int, message: str
) -> None:
    url = start(Limits(**limits))
    response = httpx.get(f"{url}/report", params={"node": M1, "format": "json"}, timeout=60)
    assert (response.status_code, response.text[: len(message)]) == (status, message)
    assert "Traceback" not in response.text


def test_an_error_of_the_command_is_told_in_its_words(site: Site, tmp_path: Path) -> None:
    commands = Commands(Limits())
    reply = asyncio.run(commands.run(("check", str(tmp_path / "none.yaml")), "text/plain", Turns(Limits())))
    assert reply.error == "refused" and reply.message.endswith("none.yaml: no such file") and reply.hint


@pytest.mark.parametrize(
    ("code", "error", "message"),
    [
        ("sys.stderr.write('x' * 1_000_000 + '\\nerror: no\\nhelp: yes\\n'); sys.exit(3)", "refused", "no"),
        ("sys.stderr.write('x' * 1_000_000); sys.stdout.write('x' * 1_000_000)", "too large", "what is asked for has"),
        ("import time; sys.stderr.write('x' * 1_000_000); time.sleep(600)", "timeout", "stopped after 5 s"),
    ],
)
def test_a_command_that_says_much_is_ended_like_any_other(code: str, error: str, message: str) -> None:
    limits = Limits(seconds=5, answer=1_000)
    running = Commands(limits).run((), "text/plain", Turns(limits), Program(code))
    reply = asyncio.run(asyncio.wait_for(running, 60))
    assert (reply.error, reply.message[: len(message)]) == (error, message)
