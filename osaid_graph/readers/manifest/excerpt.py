"""Where an entry of a manifest ends, told from its lines: what a report shows of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Quoted texts and comments, in which brackets are characters like any other.
_TEXT = re.compile(r"""(?<![^\s\[{,:])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?:^|(?<=\s))#.*""")


def entry_of(lines: Sequence[str]) -> list[str]:
    """Return the lines of the entry that the first of ``lines`` starts.

    It goes on where a bracket is open, and with what is indented deeper; blank lines at its end are none of it.

    >>> entry_of(["- {roles: [training],", "   license: MIT}", "- {roles: [testing]}"])
    ['- {roles: [training],', '   license: MIT}']
    """
    depth, indent = _opened(lines[0]), _indent(lines[0])
    entry = [lines[0]]
    if depth < 0:  # the end of a flow mapping that starts further up
        return entry
    for line in lines[1:]:
        if depth <= 0 and line.strip() and _indent(line) <= indent:
            break
        entry.append(line)
        depth += _opened(line)
    while not entry[-1].strip() and len(entry) > 1:
        entry.pop()
    return entry


def _opened(line: str) -> int:
    """Return how many more brackets of flow style a line opens than it closes."""
    bare = _TEXT.sub("", line)
    return sum(bare.count(bracket) for bracket in "[{") - sum(bare.count(bracket) for bracket in "]}")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
