"""The styles of pages: what all of them share, and what each has of its own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def style(package: str, name: str) -> str:
    """Return the style sheet of a page, with the colours and marks that all pages share before it.

    Args:
        package: The package that has the sheet.
        name: The file of the sheet.
    """
    common = (files("osaid_graph.writers") / "common.css").read_text("utf-8")
    return f"{common}\n{(files(package) / name).read_text('utf-8')}"
