"""Reader of RO-Crate metadata (1.0 to 1.3, attached and detached) and of the run crates of Workflow Run RO-Crate.

What a crate is for decides what is read: its models with their lineage and the code in it, its data, and the runs that
made them. People, places, workflow ports and files of which nothing but their size is said are counted as unread.
"""

from __future__ import annotations

import re

from osaid_graph.readers import json_tree
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf import expansion
from osaid_graph.readers.rdf.descriptions import Descriptions
from osaid_graph.readers.text import decode
from osaid_graph.readers.works.ro_crate_actions import Actions
from osaid_graph.readers.works.ro_crate_entities import Crate
from osaid_graph.readers.works.ro_crate_things import Things
from osaid_graph.readers.works.works import HERE, name_of
from osaid_graph.reading import Reading, Unnamed
from osaid_graph.vocab import CODE, OSAID

NAME = "ro-crate"
STATES = frozenset(
    (
        *(OSAID.hasParameters, OSAID.hasCode, OSAID.hasDocument, OSAID.documentRole),
        *(OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn),
        *(OSAID.derivedFrom, OSAID.fineTunedFrom, OSAID.subsetOf),
        *(OSAID.trainedBy, OSAID.processedBy, OSAID.usedDataset, OSAID.usedCode, OSAID.usedConfiguration),
        *(OSAID.license, OSAID.location, OSAID.sha256, OSAID.accessConditions, OSAID.fee),
        *(OSAID.scope, OSAID.obtained, OSAID.characteristics),
        *(CODE["data-processing"], CODE["training"], CODE["testing"]),
    )
)
_CONTEXT = re.compile(rb"w3id\.org/ro/(?:crate|terms/workflow-run)|researchobject\.(?:org|github\.io)/ro-crate/")


def sniff(data: bytes) -> bool:
    """Tell whether it is a JSON document with a graph that names the RO-Crate specification."""
    head = data[: 1 << 20].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b'"@graph"' in head and _CONTEXT.search(head) is not None


def read(data: bytes, name: str) -> Reading:
    """Read the metadata document of a crate.

    Raises:
        InputError: Not UTF-8, not JSON, a context that is not shipped, not JSON-LD, or no root data entity.
    """
    tree = json_tree.parse(decode(data))
    linked = expansion.parse(tree, data, HERE, mend=True)
    out = ClaimWriter()
    out.repairs.extend(linked.repairs)
    described = Descriptions(linked.statements)
    crate = Crate(described, data, out)
    things = Things(crate, out)
    things.write_all()
    Actions(crate, things, out).write()
    unnamed = []
    if not crate.is_named:
        is_model = any(crate.name(node) == crate.node for node in crate.models)
        if is_model or things.is_data:
            unnamed = [Unnamed(crate.node, "models" if is_model else "datasets", name_of(crate.root))]
    return out.reading((*described.unread(), *linked.unread.values()), unnamed)
