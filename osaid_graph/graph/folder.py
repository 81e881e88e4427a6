"""A folder is a release: the files in it that a reader recognises, read together.

Only files that stand in the folder itself are looked at: a folder inside may be another release, and is named as an
INPUT of its own. A link is followed where it stays inside the folder, or inside the repository's folder in the cache of
the Hub's own tools, whose files are all links.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from osaid_graph.errors import InputError
from osaid_graph.readers import candidates, formats, naming
from osaid_graph.readers.limits import MAX_BYTES, MAX_FILES

_REPOSITORY = re.compile(r"(models|datasets|spaces)--.+")


class Skipped(NamedTuple):
    """A file of a folder that looks like a description, and why it was not read."""

    path: Path
    reason: str


def documents(folder: Path, shown: str) -> tuple[list[Path], list[Skipped]]:
    """Return the files of a folder that exactly one reader recognises, by name, and those that were passed over.

    Files whose name no format claims, and files too large to be a description, are not opened.

    Args:
        folder: The folder.
        shown: Its name, for messages.

    Raises:
        InputError: The folder cannot be listed, has more than ``MAX_FILES`` files, several readers recognise a file,
            or none recognises any.
    """
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", "check its permissions", source=shown) from None
    if len(names) > MAX_FILES:
        raise InputError(
            f"a folder of {len(names):,} files", f"name the descriptions in it; at most {MAX_FILES:,}", source=shown
        )
    found: list[Path] = []
    skipped: list[Skipped] = []
    for path in (folder / name for name in claimed(names)):
        try:
            if not (path.is_file() or path.is_symlink()):
                continue
            reason = reason_to_skip(path, folder)
            if reason:
                skipped.append(Skipped(path, reason))
                continue
            kinds = recognised(path)
        except OSError as error:
            skipped.append(Skipped(path, f"cannot be read: {error.strerror}"))
            continue
        if len(kinds) > 1:
            hint = "name the files of the folder one by one, and choose a format with --from"
            raise InputError(f"this could be {' or '.join(kinds)}", hint, source=f"{shown.rstrip('/')}/{path.name}")
        if kinds:
            found.append(path)
    if not found:
        known = ", ".join(formats())
        hint = f"osaid-graph init starts an osaid.yaml; known formats: {known}"
        raise InputError("a folder with no file that a reader recognises", hint, source=shown)
    return found, skipped


def nearest(path: Path) -> Path | None:
    """Return the file in the same folder whose name is most like that of one that is not there.

    None where no file that a format claims is like it, or where the folder has more than ``MAX_FILES``.
    """
    try:
        names = sorted(islice((entry.name for entry in path.parent.iterdir()), MAX_FILES + 1))
        if len(names) > MAX_FILES:
            return None
        found = [path.parent / name for name in reversed(claimed(names))]
        stems = {each.stem.casefold(): each for each in found if each.is_file()}  # no folder, no broken link
    except (OSError, ValueError):
        return None
    wanted = path.stem.casefold()
    begun = [stem for stem in stems if wanted and stem.startswith(wanted)]
    near = begun if len(begun) == 1 else difflib.get_close_matches(wanted, stems, n=1)
    return stems[near[0]] if near else None


def claimed(names: Iterable[str]) -> list[str]:
    """Return the names of files, of those that are not hidden, that some format claims."""
    known = formats().values()
    suffixes = {suffix for format_ in known for suffix in format_.suffixes}
    patterns = [pattern for format_ in known for pattern in format_.names]
    found = []
    for name in names:
        lower = name.casefold()
        if not name.startswith(".") and (
            PurePosixPath(lower).suffix in suffixes or any(fnmatchcase(lower, pattern) for pattern in patterns)
        ):
            found.append(name)
    return found


def reason_to_skip(path: Path, folder: Path) -> str:
    """Return why a file of a folder is not opened; empty where it may be.

    Raises:
        PermissionError: It may not be looked at.
    """
    try:
        real = path.resolve(strict=True)
        if path.is_symlink() and not any(real.is_relative_to(root) for root in _inside(folder.resolve())):
            return "a link that leads out of the folder"
        if not real.is_file():
            return "no file"
        return "too large for a description" if real.stat().st_size > MAX_BYTES else ""
    except PermissionError:
        raise
    except (OSError, RuntimeError):
        return "a link that leads nowhere"


def _inside(folder: Path) -> Iterator[Path]:
    """Yield the folders that a link in ``folder`` may lead into."""
    yield folder
    yield from (parent for parent in folder.parents if _REPOSITORY.fullmatch(parent.name))


def recognised(path: Path) -> list[str]:
    """Return the formats a file can be in; of an empty one, the first that claims its name.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:  # it may have grown since its size was asked for
        data = file.read(MAX_BYTES + 1)
    return candidates(data, path.name) if data.strip() else naming(path.name)[:1]
