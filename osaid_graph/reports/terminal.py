"""Text as a terminal shows it: painted, and wrapped at words."""

from __future__ import annotations

import textwrap
from typing import Final

from osaid_graph.errors import printable
from osaid_graph.reports import RenderOptions

WIDTH: Final = 100


def painted(text: str, code: str, options: RenderOptions) -> str:
    r"""Return a text in a colour or weight (ECMA-48, section 8.3.117), or as it is without colour.

    >>> painted("met", "1", RenderOptions(color=True)), painted("met", "1", RenderOptions())
    ('\x1b[1mmet\x1b[0m', 'met')
    """
    return f"\x1b[{code}m{text}\x1b[0m" if options.color and text else text


def bold(text: str, options: RenderOptions) -> str:
    """Return a text as what stands out."""
    return painted(text, "1", options)


def wrapped(lead: str, text: str, indent: int) -> list[str]:
    """Return a text as lines that stand below each other behind what leads it; what does not print is replaced.

    >>> wrapped("- ", "a " * 60, 2)[1]
    '    a a a a a a a a a a a a'
    """
    return textwrap.wrap(
        lead + printable(text),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + len(lead)),
        break_long_words=False,
        break_on_hyphens=False,
    )
