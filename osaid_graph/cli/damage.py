"""Faults that come of a damaged corpus: the file is named in the place of the fault.

The digests of a corpus are not looked at before every command, for one has gigabytes; they are once something was
raised that nobody expects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from osaid_graph.corpus_folder import is_corpus
from osaid_graph.errors import InputError


@contextmanager
def told_of_damage(arguments: Sequence[str], is_told: Callable[[Exception], bool]) -> Iterator[None]:
    """Turn a fault of a command into the damage of a corpus that it was given, where there is some.

    Args:
        arguments: What the command was given: options, names and folders, some of them perhaps corpora.
        is_told: Tells of what is raised whether it is no fault: an error that is told as it is.

    Raises:
        InputError: Something unexpected was raised, and a file of a corpus is not what was written; it is named.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as fault:
        damage = None if is_told(fault) else _damage(arguments)
        if damage is None:
            raise
        raise damage from fault


def _damage(arguments: Sequence[str]) -> InputError | None:
    """Return the error of the first file of a corpus that is not what was written, None where all are."""
    corpora = [name for name in dict.fromkeys(arguments) if name and is_corpus(Path(name))]
    if not corpora:
        return None
    from osaid_graph.corpus import manifest as manifests
    from osaid_graph.corpus.open import damaged, damages, remedy

    for name in corpora:
        folder = Path(name)
        try:
            parts = manifests.read(folder).parts
        except InputError as error:
            return error
        for part in parts:
            for path, why in damages(folder, part):
                return damaged(path, why, remedy(part.kind, folder))
    return None
