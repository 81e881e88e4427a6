"""Unified diffs: written so that ``patch`` and ``git apply`` take them, and applied without either.

The format is that of POSIX ``diff -u`` with the mark of GNU diff for a file without a final line end.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from osaid_graph.errors import InputError

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_NO_END = "\\ No newline at end of file"


def unified(name: str, old: bytes, new: bytes) -> str:
    """Return the difference between two contents of a file; ``name`` is empty for a file that is new."""
    before, after = _lines(old), _lines(new)
    shown = name or "osaid.yaml"
    out = []
    for line in difflib.unified_diff(before, after, f"a/{shown}" if name else "/dev/null", f"b/{shown}", n=3):
        out.append(line if line.endswith("\n") else f"{line}\n{_NO_END}\n")
    return "".join(out)


@dataclass(frozen=True, slots=True)
class FilePatch:
    """What a patch changes in one file: its name, empty for a new one, and the hunks."""

    name: str
    hunks: tuple[tuple[int, tuple[str, ...]], ...]


def parse_patch(text: str, name: str) -> tuple[FilePatch, ...]:
    """Return what a unified diff changes, file by file.

    Args:
        text: The diff.
        name: What it is called, for messages.

    Raises:
        InputError: It is no unified diff; ``line`` is set.
    """
    found: list[FilePatch] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if lines[at].startswith("--- ") and at + 1 < len(lines) and lines[at + 1].startswith("+++ "):
            old = _named(lines[at])
            hunks: list[tuple[int, tuple[str, ...]]] = []
            at += 2
            while at < len(lines) and (head := _HUNK.match(lines[at])):
                start, at = at, at + 1
                body: list[str] = []
                left = [int(head[2] or 1), int(head[4] or 1)]
                while left[0] > 0 or left[1] > 0:
                    if at >= len(lines) or lines[at][:1] not in (" ", "+", "-", "") or lines[at] == "":
                        hint = "make it with osaid-graph plan --patch, or diff -u"
                        raise InputError("a hunk of the patch is cut short", hint, source=name, line=start + 1)
                    body.append(f"{lines[at]}\n")
                    left[0] -= lines[at][0] in " -"
                    left[1] -= lines[at][0] in " +"
                    at += 1
                    if at < len(lines) and lines[at].startswith("\\"):
                        body[-1] = body[-1][:-1]
                        at += 1
                hunks.append((int(head[1]), tuple(body)))
            found.append(FilePatch(old, tuple(hunks)))
        else:
            at += 1
    if not any(each.hunks for each in found):
        raise InputError("no unified diff", "make it with osaid-graph plan --patch, or diff -u", source=name)
    return tuple(found)


def applied(patch: FilePatch, old: bytes, name: str) -> bytes:
    """Return the content of a file with a patch applied, which must fit without moving.

    Raises:
        InputError: The file does not hold what the patch expects; ``line`` is set.
    """
    before = _lines(old)
    out: list[str] = []
    place = 0
    for start, body in patch.hunks:
        expected = list(_side(body, "-"))
        first = max(start - 1, 0)
        if first < place or before[first : first + len(expected)] != expected:
            hint = "make the patch again, or undo what was changed since"
            raise InputError("the patch does not fit the file", hint, source=name, line=first + 1)
        out += before[place:first]
        out += _side(body, "+")
        place = first + len(expected)
    return "".join([*out, *before[place:]]).encode("utf-8", "surrogateescape")


def _side(body: tuple[str, ...], sign: str) -> Iterator[str]:
    for line in body:
        if line[0] in (" ", sign):
            yield line[1:]


def _lines(data: bytes) -> list[str]:
    """Return the lines of a content, each with its line feed; a carriage return before that is part of the line."""
    parts = data.decode("utf-8", "surrogateescape").split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _named(line: str) -> str:
    name = line[4:].split("\t")[0].strip()
    return "" if name == "/dev/null" else name.removeprefix("a/")
