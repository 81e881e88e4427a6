"""PROV-O (W3C Recommendation of 30 April 2013) as TriG: a named graph for each source, their provenance beside them.

Nothing is lost: every statement stands in the graph of who says it, and readers of TriG attribute it as it was.
"""

from __future__ import annotations

from osaid_graph.writers.material import Material
from osaid_graph.writers.prov.bundles import bundles, in_prov
from osaid_graph.writers.turtle_text import TurtleText

NAME = "prov-trig"
TITLE = "PROV-O as TriG"
SUFFIX = ".trig"
ASSESSED = "ignores"


def write(material: Material) -> str:
    """Return the release as TriG."""
    found = bundles(material)
    said = {name: in_prov(triples, found) for name, triples in found.said.items()}
    for triples in said.values():
        for triple in triples:
            material.carry(*triple)
    text = TurtleText(
        [
            *((None, triple) for triple in found.provenance),
            *((name, triple) for name, triples in said.items() for triple in triples),
        ]
    )
    lines = [line for block in text.blocks(found.provenance) for line in (block, "")]
    for name, triples in said.items():
        lines.append(f"{text.term(name)} {{")
        lines += [line for block in text.blocks(triples, indent=2) for line in (block, "")][:-1]
        lines += ["}", ""]
    return "\n".join([*text.head(), "", *lines]).rstrip("\n") + "\n"
