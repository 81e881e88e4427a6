"""Texts that name something in the world: identifiers, and addresses where something can be got."""

from __future__ import annotations

import re

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import canonical, checked_iri, shortened
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.place import Place

_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
#: Schemes of what means the same thing to everybody: no paths of one machine, no scripts, no data.
_NAMING = frozenset(
    ("http", "https", "ftp", "ftps", "urn", "ark", "arcp", "did", "hdl", "info", "ipfs", "ni", "pkg", "swh", "tag")
)
#: Schemes by which something can be fetched.
_FETCHING = frozenset(("http", "https", "ftp", "ftps", "sftp", "ssh", "git", "s3", "gs", "ipfs", "swh", "magnet"))
_REPOSITORY = re.compile(r"https://(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)/[^/?#]+/[^/?#]+")


def identifier(text: str) -> URIRef | None:
    """Return the IRI that a text names a thing by, in its canonical spelling; None for anything else.

    >>> str(identifier("doi:10.5281/zenodo.1003150"))
    'https://doi.org/10.5281/zenodo.1003150'
    >>> identifier("file:///home/ada/train.csv") is None
    True
    """
    words = text.strip()
    doi = _DOI.fullmatch(words)
    if doi:
        words = f"https://doi.org/{doi[1]}"
    words = canonical(words)
    scheme = _SCHEME.match(words)
    if not scheme or scheme[1].lower() not in _NAMING:
        return None
    try:
        return URIRef(checked_iri(words))
    except InputError:
        return None


def location(out: ClaimWriter, text: str, at: Place) -> URIRef | None:
    """Return the address that a text gives, in its canonical spelling.

    What is none, such as a path on somebody's machine or a script, is None, with a repair told.
    """
    words = canonical(text.strip())
    scheme = _SCHEME.match(words)
    if not words:
        return None
    if not scheme or scheme[1].lower() not in _FETCHING:
        out.repair(f"{shortened(words)!r} is no address that others can get something at: left out", at)
        return None
    return out.iri(words, at)


def is_repository(iri: str) -> bool:
    """Tell whether an IRI in its canonical spelling is the page of a repository of code.

    >>> is_repository("https://github.com/acme/atlas"), is_repository("https://github.com/acme/atlas/issues")
    (True, False)
    """
    return _REPOSITORY.fullmatch(iri) is not None
