"""Whether what is to be written would take the place of what a corpus holds, which it alone may write."""

from __future__ import annotations

from pathlib import Path

from osaid_graph.errors import UsageError


def refuse_files_of_corpora(output: Path, given: str) -> None:
    """Refuse to write among the files of a corpus: its manifest, its lock, and what is in its folders.

    Args:
        output: Where the name leads.
        given: The name, for the message.

    Raises:
        UsageError: It is one of them, or would stand among them.
    """
    from osaid_graph.corpus.layout import FOLDERS, HOLDER, LOCK, MANIFEST

    for folder in output.parents:
        first = output.relative_to(folder).parts[0]
        if first not in (MANIFEST, LOCK, HOLDER, *FOLDERS) or not (folder / MANIFEST).is_file():
            continue
        if any((folder / each).is_dir() for each in FOLDERS):
            raise UsageError(f"{given}: belongs to the corpus {folder}", "choose another place")
