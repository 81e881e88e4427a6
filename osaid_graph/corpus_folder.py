"""By what a folder is known as a corpus, for those too who read none: a corpus is no folder of documents."""

from __future__ import annotations

from pathlib import Path
from typing import Final

#: The one file that is ever replaced: what belongs to the corpus.
MANIFEST: Final = "corpus.json"
#: Held by whoever writes; a folder with it and without a manifest is a corpus whose first build was left.
LOCK: Final = ".osaid-graph.lock"
SEGMENTS: Final = "segments"


def is_corpus(folder: Path) -> bool:
    """Tell whether a folder is a corpus, sound or not, or was to be one and holds nothing else."""
    try:
        if (folder / MANIFEST).is_file():
            return (folder / SEGMENTS).is_dir() or (folder / LOCK).is_file()
        return (folder / LOCK).is_file() and all(each.name.startswith(".") for each in folder.iterdir())
    except (OSError, ValueError):  # no name that a file can have, or one that may not be looked at
        return False


def corpus_around(path: Path) -> Path | None:
    """Return the corpus that a file or folder is in, links followed; None where it is in none."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError, ValueError):  # a circle of links, or no name that a file can have
        return None
    return next((folder for folder in real.parents if is_corpus(folder)), None)
