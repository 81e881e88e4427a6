"""Documents and the places in them, as SARIF names them (sections 3.4, 3.24, 3.28 and 3.29)."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from osaid_graph.identity import is_url
from osaid_graph.reports.words import plain
from osaid_graph.sources import Location, Source


def artifact(source: Source, role: str) -> dict[str, Any]:
    """Return a document that was read, with its digest."""
    return {
        "location": _document(source.name),
        "roles": [role],
        "hashes": {"sha-256": source.sha256},
        "properties": {"format": source.format},
    }


def place(at: Location | None) -> dict[str, Any]:
    """Return the physical part of a location; nothing where the place is not known."""
    if at is None:
        return {}
    physical: dict[str, Any] = {"artifactLocation": _document(at.source)}
    if at.line is not None and at.line > 0:
        physical["region"] = {"startLine": at.line}
    return {"physicalLocation": physical} | ({"properties": {"field": plain(at.field)}} if at.field else {})


def logical(node: str, label: str) -> dict[str, str]:
    """Return a node as a logical location (section 3.33)."""
    return {"name": plain(label), "fullyQualifiedName": plain(node), "kind": "resource"}


def fingerprints(name: str) -> dict[str, str]:
    """Return what a result is known by from run to run: rule, node and value, which moving a line does not change.

    The second is the only one that GitHub reads; it would else be made of the line, which several findings share.
    """
    return {"osaidFinding/v1": name, "primaryLocationLineHash": name}


def _document(name: str) -> dict[str, Any]:
    """Return where a document is: an address of the web as it is, a path below the folder of the run relative to it."""
    if is_url(name):
        return {"uri": name}
    path = PurePath(name)
    if path.is_absolute():
        uri = quote(_bytes(path.as_posix()), safe="/:")
        return {"uri": f"file://{uri}" if uri.startswith("/") else f"file:///{uri}"}
    # quote leaves no colon, so that no part is taken for a scheme (RFC 3986, section 4.2)
    relative = {"uri": quote(_bytes(path.as_posix()))}
    return relative if ".." in path.parts else {**relative, "uriBaseId": "%SRCROOT%"}


def _bytes(name: str) -> bytes:
    """Return the bytes of a name of a file, which need not be UTF-8 (PEP 383)."""
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # the name is none that a system gave
        return name.encode("utf-8", "replace")
