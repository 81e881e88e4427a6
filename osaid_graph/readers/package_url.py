"""Package URLs (purl) and the pages of the Hub, as the IRIs that the same things have everywhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from osaid_graph.errors import InputError
from osaid_graph.identity import HUB, Kind, canonical, checked_iri

_PURL = re.compile(r"pkg:/*(?P<type>[A-Za-z0-9.+-]+)/(?P<path>[^@?#]+)(?:@(?P<version>[^?#]*))?(?P<rest>[?#].*)?")
_SEGMENT = re.compile(r"[A-Za-z0-9][\w.-]*")
_CODE_HOSTS = {"github": "https://github.com/", "bitbucket": "https://bitbucket.org/"}
#: First parts of paths on the Hub that belong to no organisation.
_NOT_A_NAME = frozenset(("datasets", "spaces", "docs", "papers", "collections", "blog", "models", "api", "tasks"))
_VIEWS = frozenset(("tree", "blob", "resolve", "raw"))


@dataclass(frozen=True, slots=True)
class Package:
    """What a package URL names: its IRI, the version it names, and whether it is a repository on the Hub."""

    iri: str
    version: str
    on_hub: bool = False


def package(purl: str) -> Package | None:
    """Return what a package URL stands for; None where the text is none.

    Repositories of the Hub and of code hosts have the IRIs of their pages, everything else that of the package URL
    without its version.

    >>> package("pkg:huggingface/acme/atlas@1a2b3c")
    Package(iri='https://huggingface.co/acme/atlas', version='1a2b3c', on_hub=True)
    >>> package("pkg:pypi/acme-train@1.0").iri
    'pkg:pypi/acme-train'
    """
    match = _PURL.fullmatch(purl.strip())
    if match is None:
        return None
    kind, version = match["type"].casefold(), unquote(match["version"] or "")
    path = unquote(match["path"]).strip("/")
    parts = path.split("/")
    if kind in ("huggingface", "huggingface-dataset") and "repository_url" not in (match["rest"] or ""):
        data = kind == "huggingface-dataset" or (parts[0] == "datasets" and len(parts) == 3)
        name = parts[-2:] if data and parts[0] == "datasets" else parts
        if len(name) == 2 and all(_SEGMENT.fullmatch(part) for part in name):
            return Package(HUB + ("datasets/" if data else "") + "/".join(name), version, on_hub=True)
    if kind in _CODE_HOSTS and len(parts) == 2 and all(_SEGMENT.fullmatch(part) for part in parts):
        return Package(_CODE_HOSTS[kind] + path, version)
    iri = f"pkg:{kind}/{match['path'].strip('/')}"
    try:
        return Package(checked_iri(iri), version)
    except InputError:
        return None


def hub_page(url: str, kind: Kind) -> str | None:
    """Return the IRI of the repository that a page of the Hub belongs to; None for any other address.

    >>> hub_page("https://hf.co/datasets/acme/webmix/blob/main/README.md", "datasets")
    'https://huggingface.co/datasets/acme/webmix'
    """
    iri = canonical(url.strip())
    if not iri.startswith(HUB):
        return None
    parts = iri.removeprefix(HUB).partition("?")[0].partition("#")[0].split("/")
    if kind == "datasets":
        if parts[0] != "datasets":
            return None
        parts = parts[1:]
    if len(parts) < 2 or parts[0] in _NOT_A_NAME or (len(parts) > 2 and parts[2] not in _VIEWS):
        return None
    if not all(_SEGMENT.fullmatch(part) for part in parts[:2]):
        return None
    return HUB + ("datasets/" if kind == "datasets" else "") + "/".join(parts[:2])
