"""Where the files of tables are, paths of this machine or URLs of what a cluster shares, and what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from osaid_graph.errors import InputError

_URL: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:/")
_PATTERN: Final = re.compile(r"[\\*?\[\]{}]")


@dataclass(frozen=True, slots=True)
class Url:
    """A place in a store that a cluster shares, put together as paths are.

    >>> str(Url("s3a://bucket/hub") / "corpus.json")
    's3a://bucket/hub/corpus.json'
    """

    text: str

    def __truediv__(self, name: str) -> Url:
        return Url(f"{self.text.rstrip('/')}/{name}")

    def __str__(self) -> str:
        return self.text


def is_url(place: str) -> bool:
    """Tell whether a place is a URL; one letter before a colon is a drive.

    >>> is_url("s3a://bucket/corpus"), is_url("file:/srv/corpus"), is_url("/srv/corpus"), is_url("c:/corpus")
    (True, True, False, False)
    """
    return _URL.match(place) is not None


def url(place: str) -> str:
    """Return a place for Hadoop, whose paths without a scheme may be of another file system.

    >>> url("/srv/a b"), url("s3a://bucket/corpus")
    ('file:///srv/a b', 's3a://bucket/corpus')
    """
    return place if is_url(place) else "file://" + Path(place).absolute().as_posix()


def literally(place: str) -> str:
    r"""Return a place for where Hadoop expects a pattern.

    >>> literally("/srv/a[1]")
    '/srv/a\\[1\\]'
    """
    return _PATTERN.sub(lambda found: "\\" + found.group(), place)


def check_columns(wanted: Iterable[str], had: Iterable[str], source: str) -> None:
    """Check that a file has columns, in upper or lower case.

    Raises:
        InputError: It has not.
    """
    names = list(had)
    known = {name.casefold() for name in names}
    for column in wanted:
        if column.casefold() not in known:
            raise InputError(f"no column {column}; it has {', '.join(names)}", "name a file that has it", source=source)
