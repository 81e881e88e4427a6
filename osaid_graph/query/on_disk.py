"""What can be asked, in a folder: made once, and opened by any number of readers that change nothing in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import pyoxigraph as ox

from osaid_graph.errors import InputError
from osaid_graph.graph.lookup import Names, standing_for
from osaid_graph.lineage.index import Lineage
from osaid_graph.query.terms import named_node

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


class StoredNames:
    """Finds nodes of a store that is too large to list, by what a person calls them.

    An IRI, a Hub id or a known name is looked up; all else is looked for among the artefacts of the lineage.

    Args:
        store: The store.
        lineage: Gives the lineage of the same descriptions.
    """

    def __init__(self, store: ox.Store, lineage: Callable[[], Lineage]) -> None:
        self.store, self.lineage = store, lineage

    def find(self, text: str) -> str:
        """Return the IRI of the one node that ``text`` names (:class:`osaid_graph.graph.lookup.Names`).

        Raises:
            UsageError: There is none, or there are several.
        """
        known = Names((iri, "") for iri in standing_for(text) if self._is_there(iri))
        if known.candidates(text):
            return known.find(text)
        lineage = self.lineage()
        return lineage.iri(lineage.find(text))

    def _is_there(self, iri: str) -> bool:
        node, here = named_node(iri), ox.DefaultGraph()
        said = (
            self.store.quads_for_pattern(node, None, None, here),
            self.store.quads_for_pattern(None, None, node, here),
        )
        return any(next(iter(each), None) is not None for each in said)
