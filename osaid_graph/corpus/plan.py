"""What of the inputs of a build has to be read: what is not known yet, or has changed, and what depends on that."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from osaid_graph.corpus.inputs import Found, Group, ListFile, Unlisted, groups, stat
from osaid_graph.corpus.known import Known
from osaid_graph.corpus.reading import Documents
from osaid_graph.graph.load import display_name, located

#: Files of one folder that one process reads.
SLICE: Final = 200
#: Bytes of documents after which one process is given no more at a time.
_TOGETHER: Final = 1 << 20
#: Bits of a provisional number that tell documents of one input apart.
_BITS: Final = 34


@dataclass(slots=True)
class Plan:
    """What is to be read.

    Attributes:
        tasks: Documents, in order.
        groups: Files that are read together, by the provisional number of the first.
        lists: Lists of many records, each with its provisional number.
        roots: The paths of the inputs.
        seen: Paths of documents that are there and have not changed.
        unlisted: Folders that cannot be listed, each with its provisional number.
        kept: Paths of documents that were read from these, and may be there.
        next_number: The provisional number of what is come upon later.
    """

    tasks: list[Documents] = field(default_factory=list)
    groups: dict[int, Group] = field(default_factory=dict)
    lists: list[tuple[int, ListFile]] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    unlisted: list[tuple[int, Unlisted]] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    next_number: int = 0

    def take_number(self) -> int:
        """Return a provisional number with room behind it for all files of a folder."""
        self.next_number += 1 << _BITS
        return self.next_number - (1 << _BITS)

    @property
    def size(self) -> int:
        """The bytes of all that is to be read."""
        documents = sum(found.file.size for task in self.tasks for found in task.group.files)
        return documents + sum(lines.found.file.size for _, lines in self.lists)

    @property
    def files(self) -> int:
        """How many documents are to be read."""
        return sum(len(task.group.files) for task in self.tasks)


def plan(inputs: Sequence[str], known: Known, format_name: str | None) -> Plan:
    """Return what of inputs has to be read.

    Args:
        inputs: As of ``osaid-graph corpus build``.
        known: What the corpus knows.
        format_name: What files that are named themselves are read as.

    Raises:
        InputError: An input is not there, or holds nothing.
    """
    found = Plan(roots=[display_name(os.path.realpath(located(name)[1])) for name in inputs])
    for each in groups(inputs, format_name, known.has):
        number = found.take_number()
        if isinstance(each, Unlisted):
            found.unlisted.append((number, each))
            found.kept.update(version.path for version in known.below(each.file.path))
        elif isinstance(each, Group):
            found.groups[number] = each
            found.tasks.extend(_tasks(each, known, number, format_name, found.seen))
        elif known.is_unchanged(*_state(each.found)):
            found.seen.add(each.found.file.path)
        else:
            found.lists.append((number, each))
    return found


def _has_changed(found: Found, group: Group, known: Known) -> bool:
    state = _state(found)
    return not (known.is_unchanged(*state) or (group.folder and known.is_passed(group.input, *state)))


def _was_alone(found: Found, group: Group, known: Known) -> bool:
    """Tell whether a file of a folder was named itself so far, and may say something else beside the others."""
    version = known.versions.get(found.file.path)
    return bool(group.folder) and version is not None and version.together and version.input == version.path


def _state(found: Found) -> tuple[str, int, int]:
    return found.file.path, found.file.size, found.file.modified


def _tasks(group: Group, known: Known, base: int, format_name: str | None, seen: set[str]) -> Iterator[Documents]:
    """Yield what of a group has to be read, and add what has not to ``seen``."""
    told = bool(group.id or format_name)  # the user says what it is: that may be news
    before = known.by_input.get(group.input, [])
    joined = any(_was_alone(each, group, known) for each in group.files)
    changed = [n for n, each in enumerate(group.files) if told or each.id or _has_changed(each, group, known)]
    listed = {found.file.path for found in group.files}
    others = [path for path in before if path not in listed]  # what is imported, and what is gone
    same = [path for path in others if _is_there(path, known)]
    if not changed and not joined and len(same) == len(others):
        seen.update(listed, same)
        return
    if told or joined or any(known.versions[path].together for path in before):
        yield from _whole(group, base, format_name)
        return
    for start in range(0, len(changed), SLICE):
        positions = tuple(changed[start : start + SLICE])
        files = tuple(group.files[position] for position in positions)
        paths = (found.file.path for found in files)
        digests = {path: known.versions[path].sha256 for path in paths if path in known.versions}
        alone = bool(digests) or len(changed) < len(group.files) or len(changed) > SLICE
        yield Documents(base, replace(group, files=files), positions, digests, alone)
    seen.update(listed.difference(group.files[position].file.path for position in changed), same)


def _whole(group: Group, base: int, format_name: str | None) -> Iterator[Documents]:
    """Yield all of a group: at once where that can be had, since what one file says may depend on the others."""
    parts = [range(len(group.files))]
    if not group.id and len(group.files) > SLICE:
        parts = [range(start, min(start + SLICE, len(group.files))) for start in range(0, len(group.files), SLICE)]
    for part in parts:
        files = tuple(group.files[position] for position in part)
        yield Documents(base, replace(group, files=files), tuple(part), alone=len(parts) > 1, format=format_name)


def _is_there(path: str, known: Known) -> bool:
    """Tell whether a document that is known is there, and has not changed."""
    version = known.versions[path]
    try:
        file = stat(Path(version.name), version.name)
    except (OSError, RuntimeError):
        return False
    return file.path == path and known.is_unchanged(path, file.size, file.modified)


def bundles(tasks: Iterable[Documents]) -> Iterator[list[Documents]]:
    """Yield tasks, as many together as one process should be given at a time."""
    bundle: list[Documents] = []
    files, size = 0, 0
    for task in tasks:
        bundle.append(task)
        files += len(task.group.files)
        size += sum(found.file.size for found in task.group.files)
        if files >= SLICE or size >= _TOGETHER:
            yield bundle
            bundle, files, size = [], 0, 0
    if bundle:
        yield bundle
