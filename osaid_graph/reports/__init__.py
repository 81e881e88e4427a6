"""Renderings of one assessment. Each is a pure function of it, so no format can disagree with another.

A report module has ``render(assessment, options) -> str``. To add a format, write one and name it in
:data:`REPORTS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from osaid_graph.model import Assessment

#: Format name -> module, imported on first use.
REPORTS: dict[str, str] = {
    "text": "osaid_graph.reports.text",
    "json": "osaid_graph.reports.json",
    "turtle": "osaid_graph.reports.turtle",
    "sarif": "osaid_graph.reports.sarif",
    "junit": "osaid_graph.reports.junit",
    "markdown": "osaid_graph.reports.markdown",
    "html": "osaid_graph.reports.html",
    "csv": "osaid_graph.reports.csv",
    "badge": "osaid_graph.reports.badge",
}


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How a report is shown; never what it says. ``color`` and ``verbose`` and ``quiet`` concern text alone."""

    color: bool = False
    verbose: bool = False
    quiet: bool = False


class Report(Protocol):
    """What a report module offers."""

    def render(self, assessment: Assessment, options: RenderOptions) -> str:
        """Return the report as text that ends with a newline."""


def render(assessment: Assessment, format_name: str, options: RenderOptions | None = None) -> str:
    """Return the assessment in a format of :data:`REPORTS`.

    Raises:
        KeyError: There is no such format.
    """
    module = cast(Report, import_module(REPORTS[format_name]))
    return module.render(assessment, options or RenderOptions())
