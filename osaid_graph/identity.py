"""Who is who: Hub ids, versions and known names become one IRI each; nothing is ever matched by similarity."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from osaid_graph.errors import InputError
from osaid_graph.resources import root

Kind = Literal["datasets", "models"]

HUB = "https://huggingface.co/"
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# RFC 3987: these can never stand in an IRI; control characters and spaces are the usual accident.
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f]')
_HUB_PREFIX = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/", re.IGNORECASE)
_HUB_VIEW = re.compile(r"/(?:tree|blob|resolve)/main/?$|/+$")
_SLUG = re.compile(r"[^a-z0-9]+")


@cache
def _aliases() -> dict[Kind, dict[str, str]]:
    import yaml

    document = yaml.safe_load((root() / "data" / "aliases.yaml").read_text("utf-8"))
    return {kind: {name.casefold(): iri for name, iri in document[kind].items()} for kind in ("datasets", "models")}


def checked_iri(text: str) -> str:
    """Return ``text`` if it can be an absolute IRI.

    Raises:
        InputError: It holds characters that no IRI may hold (RFC 3987), or has no scheme.
    """
    bad = _NOT_IN_IRI.search(text)
    if bad:
        raise InputError(
            f"invalid IRI {shortened(text)!r}: character {bad.group()!r} is not allowed",
            "write it percent-encoded, for example %20 for a space",
        )
    if not _ABSOLUTE.match(text):
        raise InputError(f"invalid IRI {shortened(text)!r}: it has no scheme", "write an absolute IRI, https://...")
    return text


def shortened(text: str, limit: int = 60) -> str:
    """Return ``text`` cut to ``limit`` characters for a message."""
    return text if len(text) <= limit else text[: limit - 3] + "..."


def is_url(text: str) -> bool:
    """Tell whether ``text`` as a whole is an http(s) URL, and so names a document rather than being a text."""
    return text.startswith(("http://", "https://")) and not _NOT_IN_IRI.search(text)


def resolve(reference: str, kind: Kind) -> str:
    """Return the IRI a reference stands for.

    An absolute IRI stands for itself (Hub pages in their canonical spelling), ``org/name`` for the Hub repository, a
    name of ``data/aliases.yaml`` for what that table says, and ``<any of these>@<version>`` for that version. Any
    other name becomes a node of its own under ``urn:osaid:name:``, which stays unresolved unless it is described.

    >>> resolve("allenai/c4", "datasets")
    'https://huggingface.co/datasets/allenai/c4'
    >>> resolve("allenai/dolma@1.5", "datasets")
    'https://huggingface.co/datasets/allenai/dolma#1.5'
    >>> resolve("Our web crawl", "datasets")
    'urn:osaid:name:our-web-crawl'

    Raises:
        InputError: The reference is empty or an invalid IRI.
    """
    text = reference.strip()
    if not text:
        raise InputError("an empty reference", "name what is meant, or leave the entry out")
    known = _aliases()[kind].get(text.casefold())
    if known:
        return known
    if _ABSOLUTE.match(text) and not text.partition("@")[0].count(" "):
        return canonical(checked_iri(text))
    name, _, version = text.partition("@")
    if version:
        return versioned(resolve(name, kind), version)
    if _HUB_ID.fullmatch(text):
        return HUB + ("datasets/" if kind == "datasets" else "") + text
    slug = _SLUG.sub("-", text.casefold()).strip("-")
    if not slug:
        raise InputError(f"{shortened(text)!r} cannot be a name", "use letters and digits, or an absolute IRI")
    return f"urn:osaid:name:{slug}"


def versioned(iri: str, version: str) -> str:
    """Return the IRI of one version of what ``iri`` names: versions are nodes of their own."""
    return f"{iri}#{_NOT_IN_IRI.sub('-', version.strip())}" if version.strip() else iri


def canonical(iri: str) -> str:
    """Return the one spelling of a Hub page's IRI; any other IRI is returned unchanged.

    >>> canonical("http://www.huggingface.co/datasets/allenai/c4/tree/main")
    'https://huggingface.co/datasets/allenai/c4'
    """
    prefix = _HUB_PREFIX.match(iri)
    if not prefix:
        return iri
    return HUB + _HUB_VIEW.sub("", iri[prefix.end() :])


def short(iri: str) -> str:
    """Return a name for an IRI that a person recognises: the Hub id, the repository, or the IRI without its scheme.

    >>> short("https://huggingface.co/datasets/allenai/dolma#1.5")
    'allenai/dolma@1.5'
    """
    text, _, version = iri.partition("#")
    for prefix in (HUB + "datasets/", HUB, "https://github.com/", "urn:osaid:name:", "https://", "http://"):
        if text.startswith(prefix):
            text = text.removeprefix(prefix).rstrip("/")
            break
    return f"{text}@{version}" if version else text
