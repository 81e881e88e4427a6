"""The JSON-LD contexts that documents may name by address: shipped copies, never the net.

``ontology/contexts/index.json`` names the file for each address. They are our own small contexts: they expand the terms
that our readers look at to the same IRIs as the published ones, and everything else to a name in the same vocabulary,
so that it can be counted as unread.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from osaid_graph.resources import root
from osaid_graph.vocab import BASE

CONTEXT = BASE + "context.jsonld"


def shipped(address: str) -> Any | None:
    """Return the context that an address stands for; None where no copy is shipped."""
    if address == CONTEXT:
        return _read("context.jsonld")
    file = _index().get(_plain(address))
    return None if file is None else _read(f"contexts/{file}")


def addresses() -> tuple[str, ...]:
    """Return the addresses of all contexts that are shipped."""
    return (CONTEXT, *_addresses())


def _plain(address: str) -> str:
    """Return an address without what does not matter: its scheme, an empty fragment, a slash at its end."""
    return re.sub(r"^https?://(www\.)?", "", address.strip()).rstrip("#/")


@cache
def _addresses() -> dict[str, str]:
    found: dict[str, str] = json.loads((root() / "ontology" / "contexts" / "index.json").read_text("utf-8"))
    return found


@cache
def _index() -> dict[str, str]:
    return {_plain(address): file for address, file in _addresses().items()}


@cache
def _read(name: str) -> Any:
    return json.loads((root() / "ontology" / name).read_text("utf-8"))["@context"]
