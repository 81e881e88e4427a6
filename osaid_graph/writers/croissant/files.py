"""Places as the files of a Croissant description (Croissant 1.1, "FileObject"), where they can be written as such."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from osaid_graph.readers.works.addresses import is_repository

#: What files of data are, by how their names end.
_FORMATS = {
    **{".csv": "text/csv", ".tsv": "text/tab-separated-values", ".txt": "text/plain", ".json": "application/json"},
    **{".jsonl": "application/jsonlines", ".parquet": "application/vnd.apache.parquet", ".xml": "application/xml"},
    **{".zip": "application/zip", ".tar": "application/x-tar", ".tgz": "application/gzip", ".gz": "application/gzip"},
    **{".bz2": "application/x-bzip2", ".xz": "application/x-xz", ".zst": "application/zstd"},
}
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: What stands for the checksum of a repository, which has none: files of the Hub and of MLCommons have this.
_NO_CHECKSUM = "https://github.com/mlcommons/croissant/issues/80"


def file_object(address: str, digest: str) -> dict[str, str] | None:
    """Return a file whose format is told by its name and whose checksum is known; None for anything else.

    >>> file_object("https://example.org/a/data.csv", "0" * 64)["encodingFormat"]
    'text/csv'
    >>> file_object("https://example.org/data", "0" * 64)
    """
    name = unquote(urlsplit(address).path).rpartition("/")[2]
    media = next((media for end, media in _FORMATS.items() if name.casefold().endswith(end)), "")
    if not media or not _DIGEST.fullmatch(digest):
        return None
    return {
        **{"@type": "cr:FileObject", "@id": "file", "name": name},
        **{"contentUrl": address, "encodingFormat": media, "sha256": digest},
    }


def repository_object(address: str, number: int) -> dict[str, str] | None:
    """Return a repository that git can fetch; None for any other address."""
    if not is_repository(address):
        return None
    name = f"repository-{number + 1}" if number else "repository"
    return {
        **{"@type": "cr:FileObject", "@id": name, "name": name},
        **{"contentUrl": address, "encodingFormat": "git+https", "sha256": _NO_CHECKSUM},
    }
