"""Find ``ontology/``, ``shapes/`` and ``data/`` the same way in a wheel, an editable install and a checkout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from osaid_graph.errors import ResourceError


@cache
def root() -> Traversable:
    """Return the folder that holds ``ontology/``, ``shapes/`` and ``data/``.

    The packaged copy comes first: in an installed wheel the parent of the package is ``site-packages``, where a
    folder of the same name may belong to someone else.

    Raises:
        ResourceError: The package was installed without them.
    """
    packaged = files("osaid_graph") / "_data"
    if (packaged / "ontology").is_dir():
        return packaged
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "ontology" / "osaid.ttl").is_file():
        return checkout
    raise ResourceError(
        "osaid_graph was installed without its ontology and shapes",
        "install it again: pip install osaid-graph",
    )


def turtle_files(*folders: str) -> Iterator[Traversable]:
    """Yield the Turtle files directly in ``folders`` (relative to :func:`root`), sorted by name in each."""
    for folder in folders:
        place = root()
        for part in folder.split("/"):
            place = place / part
        yield from sorted((f for f in place.iterdir() if f.name.endswith(".ttl")), key=lambda f: f.name)


@cache
def digest(*folders: str) -> str:
    """Return the SHA-256 of all files below ``folders`` (relative to :func:`root`), with their names."""
    whole = hashlib.sha256()
    for folder in folders:
        place = root()
        for part in folder.split("/"):
            place = place / part
        for name, file in sorted(_below(place, folder)):
            whole.update(f"{name}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _below(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        below = f"{name}/{each.name}"
        if each.is_dir():
            yield from _below(each, below)
        else:
            yield below, each
