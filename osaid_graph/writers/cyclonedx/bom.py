"""A bill of materials as a document: what it is about, its components, and the assessment where there is one."""

from __future__ import annotations

import json
import uuid

from osaid_graph import __version__
from osaid_graph.errors import NothingToAssessError
from osaid_graph.writers.cyclonedx.components import Components
from osaid_graph.writers.cyclonedx.declarations import declarations
from osaid_graph.writers.cyclonedx.judged import carry_judgements
from osaid_graph.writers.cyclonedx.standard import standard
from osaid_graph.writers.cyclonedx.tree import TOPICS, Tree
from osaid_graph.writers.material import Material
from osaid_graph.writers.moment import FIXED, moment

#: Reference of the program.
TOOL = "tool:osaid-graph"
#: Order of the fields of a component, as the specification lists them.
_ORDER = (
    *("type", "bom-ref", "supplier", "manufacturer", "authors", "name", "version", "description", "hashes"),
    *("licenses", "purl", "pedigree", "externalReferences", "components", "modelCard", "data", "properties"),
)


def bom(material: Material, version: str) -> tuple[dict[str, object], Components]:
    """Return a document of a version of CycloneDX, without a serial number, and the components in it.

    Raises:
        NothingToAssessError: No system, model, parameters or dataset is described.
    """
    components = Components(material)
    tree = Tree(material, components)
    if not any(part.kind in TOPICS for part in components.parts.values()):
        raise NothingToAssessError("nothing here is a system, a model or a dataset", "describe one")
    for part in components.parts.values():
        _sort(part.fields)
    metadata: dict[str, object] = {}
    made = moment(material)
    if made != FIXED:
        metadata["timestamp"] = made
    tool = {"type": "application", "bom-ref": TOOL, "name": "osaid-graph", "version": __version__}
    metadata["tools"] = {"components": [tool]}
    if tree.subject is not None:
        metadata["component"] = tree.subject.fields
    document: dict[str, object] = {
        "$schema": f"http://cyclonedx.org/schema/bom-{version}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "version": 1,
        "metadata": metadata,
        "components": [part.fields for part in tree.tops if part is not tree.subject],
        "dependencies": tree.dependencies,
        "compositions": tree.compositions,
    }
    if material.examination is not None:
        assessment = material.examination.assessment
        types = {str(node): str(part.fields["type"]) for node, part in components.parts.items()}
        document["definitions"] = {"standards": [standard(assessment.definition)]}
        document["declarations"] = declarations(assessment, types)
        carry_judgements(material)
    return {key: value for key, value in document.items() if value != []}, components


def numbered(document: dict[str, object]) -> dict[str, object]:
    """Return a document with a serial number made from what it says."""
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(document))
    found: dict[str, object] = {}
    for key, value in document.items():
        found[key] = value
        if key == "specVersion":
            found["serialNumber"] = f"urn:uuid:{serial}"
    return found


def _sort(fields: dict[str, object]) -> None:
    """Put the fields of a component into order, in place, because others refer to the component."""
    for key in _ORDER:
        if key in fields:
            fields[key] = fields.pop(key)
