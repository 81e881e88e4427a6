"""What a corpus knows of the files it was built from: which of them have not changed since need not be read again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from osaid_graph.corpus.digests import sha256_of
from osaid_graph.engines import Engine

#: Nanoseconds within which a file may change twice and show one time of change.
_TICK: Final = 2_000_000_000


class Version(NamedTuple):
    """The version of a document that is live.

    ``together`` tells that what it says may depend on what it was read with.
    """

    document: int
    path: str
    name: str
    input: str
    sha256: str
    size: int
    modified: int
    together: bool
    since: int


@dataclass
class Known:
    """The live documents of a corpus by their path, and the files of folders that were passed over."""

    versions: dict[str, Version] = field(default_factory=dict)
    passed: set[tuple[str, str, int, int]] = field(default_factory=set)
    by_input: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, engine: Engine) -> Known:
        """Return what the corpus that is attached to an engine knows."""
        known = cls()
        rows = engine.rows(
            "SELECT document, path, name, input, sha256, size, modified, together, since FROM sources "
            "WHERE source = document"
        )
        for *columns, since in rows:
            version = Version._make((*columns, _nanoseconds(since)))
            known.versions[version.path] = version
            known.by_input.setdefault(version.input, []).append(version.path)
        known.passed.update(engine.rows("SELECT input, path, size, modified FROM passed"))
        return known

    def is_unchanged(self, path: str, size: int, modified: int) -> bool:
        """Tell whether a file has the size and the time of change that it had when it was read.

        A file that was changed just before it was read may have changed once more within the same tick of the clock.
        """
        version = self.versions.get(path)
        if version is None or (version.size, version.modified) != (size, modified):
            return False
        return modified + _TICK < version.since

    def is_passed(self, input_: str, path: str, size: int, modified: int) -> bool:
        """Tell whether a file of a folder was passed over, and has not changed since."""
        return (input_, path, size, modified) in self.passed

    def has_digest(self, path: str, size: int, opened: str) -> bool:
        """Tell whether a file has the bytes that it had when it was read; one that cannot be read has not."""
        version = self.versions.get(path)
        if version is None or version.size != size:
            return False
        try:
            return sha256_of(Path(opened)) == version.sha256
        except OSError:
            return False

    def has(self, input_: str) -> bool:
        """Tell whether a document was read from a file, or from a folder and those in it."""
        return next(self.below(input_), None) is not None

    def named(self, name: str) -> list[Version]:
        """Return the documents that were given under a name, which may be relative to another folder than this."""
        return [version for version in self.versions.values() if version.name == name]

    def below(self, input_: str) -> Iterator[Version]:
        """Yield the documents that were read from a file, or from a folder and those in it."""
        for path, version in self.versions.items():
            if is_below(version.input, input_) or is_below(path, input_):
                yield version


def is_below(path: str, folder: str) -> bool:
    """Tell whether a path is that of a folder, or of something in it."""
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


def _nanoseconds(moment: str) -> int:
    return int(datetime.datetime.fromisoformat(moment).timestamp() * 1_000_000_000)
