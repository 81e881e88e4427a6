"""That all files of a corpus are what was written, told by their digests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from osaid_graph.corpus import manifest as manifests
from osaid_graph.corpus.open import damages, on_disk, remedy
from osaid_graph.graph.dump import Progress


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was written, what is wrong with it, and what to do."""

    path: str
    why: str
    hint: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of looking at all files: their number, their bytes, and those that are damaged."""

    generation: int
    files: int
    bytes: int
    damaged: tuple[Damage, ...]


def verify(folder: str | Path, progress: Progress | None = None) -> Verified:
    """Look at all files of a corpus.

    Args:
        folder: The corpus.
        progress: Told how many bytes of how many have been looked at.

    Raises:
        InputError: There is none, it is of a newer version, or its manifest is damaged.
        UsageError: It is a URL.
    """
    place = on_disk(folder)
    manifest = manifests.read(place)
    files = [file for _, file in manifest.files()]
    whole = sum(file.bytes for file in files)
    done = 0

    def looked_at(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(done, whole)

    damaged = [
        Damage(str(path), why, remedy(part.kind, place))
        for part in manifest.parts
        for path, why in damages(place, part, looked_at)
    ]
    return Verified(manifest.generation, len(files), whole, tuple(damaged))
