"""What can be asked, in a folder: made once, and opened by any number of readers that change nothing in it."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

import pyoxigraph as ox

from osaid_graph.errors import InputError

#: The version of Oxigraph, whose files others may not read.
ENGINE: Final = ".".join(ox.__version__.split(".")[:2])
#: What RocksDB leaves in the folder for itself: readers need none of it.
_LEFT: Final = ("LOG", "LOCK")


class ByteStream(Protocol):
    """Bytes that are read in pieces."""

    def read(self, size: int = ..., /) -> bytes:
        """Return so many bytes, fewer at the end."""


def make(folder: Path, lines: ByteStream) -> int:
    """Make a store in an empty folder, and return the number of its statements.

    Args:
        folder: The folder.
        lines: Statements in N-Quads; a label of a blank node is the same node in all of them.

    Raises:
        InputError: The lines are no N-Quads.
        OSError: Something cannot be written.
    """
    store = ox.Store(str(folder))
    try:
        store.bulk_load(input=lines, format=ox.RdfFormat.N_QUADS, lenient=True)  # type: ignore[arg-type]
    except SyntaxError as error:
        raise InputError(f"not N-Quads: {error}", "tell the authors of this program") from None
    store.optimize()
    store.flush()
    count = len(store)
    del store  # the files are whole when it is gone
    for name in _LEFT:
        (folder / name).unlink(missing_ok=True)
    return count


def open_read_only(folder: Path) -> ox.Store:
    """Open a store that :func:`make` made; nothing in the folder is changed, and others may open it at the same time.

    Raises:
        InputError: It is not there, or damaged.
    """
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError, ValueError) as error:
        why = " ".join(str(error).split())
        raise InputError(f"the index cannot be opened: {why}", "have it made again", source=str(folder)) from None
