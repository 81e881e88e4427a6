"""Full reports on one release, as ``check`` writes them: to be read in a browser, or to be downloaded."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from osaid_graph.identity import short
from osaid_graph.server.commands import Commands
from osaid_graph.server.site import Site
from osaid_graph.server.sparql import Refusal, handed_over, told, waited_for
from osaid_graph.server.turns import Turns

#: The formats of a report that can be had: the media type of each, and how the name of its file ends.
FORMATS: Final = {
    "html": ("text/html; charset=utf-8", "html"),
    "json": ("application/json", "json"),
    "sarif": ("application/sarif+json", "sarif"),
    "junit": ("application/xml", "xml"),
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "turtle": ("text/turtle; charset=utf-8", "ttl"),
    "badge": ("image/svg+xml", "svg"),
}
#: Characters of the name of a file.
_LONGEST: Final = 100
#: What the browser lets the one report do that it shows: it has its styles in itself, and neither scripts nor forms.
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox allow-popups allow-top-navigation-by-user-activation"
)


class Reports:
    """Answers requests for reports.

    Args:
        site: What was assessed.
        commands: Runs ``check``.
        turns: Among what it has to wait for its turn.
    """

    def __init__(self, site: Site, commands: Commands, turns: Turns) -> None:
        self.site, self.commands, self.turns = site, commands, turns

    def routes(self) -> list[Route]:
        """Return which address gives them."""
        return [Route("/report", self.report)]

    async def report(self, request: Request) -> Response:
        """Return the report on a release."""
        asked, form = (request.query_params.get(name, "") for name in ("node", "format"))
        if form not in FORMATS:
            return told(Refusal(400, f"no format {form!r}", f"there are: {', '.join(FORMATS)}"))
        node = await asyncio.to_thread(self.site.release, asked)
        if not await asyncio.to_thread(self.site.releases.has, node):
            error = await asyncio.to_thread(self.site.no_release, asked)
            return told(Refusal(404, error.message, error.hint))
        media, ending = FORMATS[form]
        reply = await waited_for(request, self.commands.run(self._check(node, form), media, self.turns))
        shown = {"Content-Security-Policy": _POLICY}
        kept = {"Content-Disposition": f'attachment; filename="{_file(node)}.{ending}"'}
        return handed_over(reply, shown if form == "html" else kept)

    def _check(self, node: str, form: str) -> Sequence[str]:
        """Return the command that gives a report: as of the day of the assessment, and by what that was made by."""
        facts = self.site.tables.part.facts
        return (
            "check",
            f"--subject={node}",
            f"--format={form}",
            f"--terms={facts['policy']}",
            f"--definition={self.site.version}",
            f"--date={facts['day']}",
            "--color=never",
            "--",  # a folder may be called as an option is
            self.site.corpus.address,
        )


def _file(node: str) -> str:
    """Return what a file about a release is called: its name, of letters that every system takes.

    >>> _file("https://huggingface.co/bigscience/bloom")
    'bigscience-bloom'
    """
    return re.sub(r"[^A-Za-z0-9._]+", "-", short(node)).strip("-.")[:_LONGEST] or "report"
