"""That all files of a corpus are what was written, told by their digests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from osaid_graph.corpus import manifest as manifests
from osaid_graph.corpus.digests import sha256_of
from osaid_graph.corpus.open import on_disk
from osaid_graph.graph.dump import Progress


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was written, and what is wrong with it."""

    path: str
    why: str


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
    manifest = manifests.read(on_disk(folder))
    files = list(manifest.files())
    whole = sum(file.bytes for _, file in files)
    done = 0
    damaged: list[Damage] = []
    for name, file in files:
        path = Path(folder) / name
        try:
            size = path.stat().st_size
            if size != file.bytes:
                damaged.append(Damage(str(path), f"{size:,} bytes, not {file.bytes:,}"))
            elif sha256_of(path) != file.sha256:
                damaged.append(Damage(str(path), "its content is not what was written"))
        except OSError as error:
            damaged.append(Damage(str(path), f"cannot be read: {error.strerror}"))
        done += file.bytes
        if progress is not None:
            progress(done, whole)
    return Verified(manifest.generation, len(files), whole, tuple(damaged))
