"""The lineage as one HTML file: the picture, a table of its nodes with their gaps, and nothing from outside."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from osaid_graph import __version__
from osaid_graph.model import Assessment
from osaid_graph.writers.lineage_svg import render
from osaid_graph.writers.material import Material
from osaid_graph.writers.pictures.lineage import picture_of
from osaid_graph.writers.pictures.node_table import node_table
from osaid_graph.writers.style import style
from osaid_graph.writers.svg import escaped

NAME, TITLE, SUFFIX, ASSESSED = "html", "HTML page of the lineage (needs no network)", ".html", "shows"

_TOOLS = """\
<div class="tools" role="search" hidden>
<label>Find <input id="search" type="search" autocomplete="off" spellcheck="false"></label>
<output id="found"></output>
{gaps}<span class="zoom" role="group" aria-label="Zoom">
<button type="button" data-zoom="out" aria-label="smaller">−</button>
<output id="zoom">100 %</output>
<button type="button" data-zoom="in" aria-label="larger">+</button>
<button type="button" data-zoom="same">100 %</button>
<button type="button" data-zoom="whole">whole</button>
</span>
<span class="muted">Choose a node for the path to it; drag to move; Esc clears.</span>
</div>
"""  # noqa: RUF001 - the minus sign of the button
_GAPS = '<label><input id="gaps-only" type="checkbox"> only nodes with gaps in the table</label>\n'
_COUNTED = {
    "met": "met",
    "not-met": "not met",
    "not-evidenced": "not evidenced",
    "needs-judgement": "to be judged",
    "not-applicable": "not applicable",
}


def write(material: Material) -> str:
    """Return the page.

    Picture and table are there without the script, which adds zoom, search and the path to a node. The page's own
    policy (CSP 3) lets nothing be loaded and no script run but this one, told by its digest; what the data say is text
    everywhere, and an IRI is a link only if it is of the web.

    Raises:
        NothingToAssessError: There is no node.
    """
    picture = picture_of(material)
    table = node_table(material, picture)
    assessment = material.examination.assessment if material.examination else None
    script, styles = _asset("zoom.js") + _asset("page.js"), style("osaid_graph.writers.pictures", "page.css")
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{escaped(picture.title)}</title>\n<style>\n{styles}</style>\n</head>\n<body>\n",
            f"<header>\n<h1>{escaped(picture.title)}</h1>\n{_verdict(assessment)}",
            f'<p class="muted">{escaped(picture.description)}</p>\n</header>\n<main>\n',
            _TOOLS.format(gaps=_GAPS if assessment else ""),
            '<p class="path" aria-live="polite"></p>\n',
            '<div class="sheet" tabindex="0" role="region" aria-label="Picture of the lineage">\n',
            f"{render(picture, within_page=True)}</div>\n",
            f"<h2>Nodes</h2>\n{table}</main>\n",
            f"<footer>Written by osaid-graph {__version__}.{_inputs(material)}</footer>\n",
            f"<script>{script}</script>\n</body>\n</html>\n",
        )
    )


@cache
def _asset(name: str) -> str:
    return (files("osaid_graph.writers.pictures") / name).read_text("utf-8")


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _verdict(assessment: Assessment | None) -> str:
    """Return the outcome, and the requirements that bind counted by theirs."""
    if assessment is None:
        return ""
    counts = ", ".join(f"{count} {_COUNTED[outcome]}" for outcome, count in assessment.summary.items() if count)
    title = escaped(assessment.definition.title)
    return f'<p class="verdict">{title}: {assessment.outcome.replace("-", " ")}. Requirements: {counts}.</p>\n'


def _inputs(material: Material) -> str:
    names = ", ".join(escaped(source.name) for source in material.release.sources)
    return f" Read: {names}." if names else ""
