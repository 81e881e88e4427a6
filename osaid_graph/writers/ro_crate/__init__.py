"""Writes the metadata document of an RO-Crate 1.2: flattened JSON-LD for ``ro-crate-metadata.json``.

The crate holds no files: models, data and code are entities on the web, by the IRIs they have. Models are in the terms
of FAIR4ML, what was done in those of schema.org's actions. A model stands for its parameters, as it does for
:mod:`osaid_graph.readers.works.ro_crate`: their terms, places and lineage are written of it.

RO-Crate asks for a name, a description, a date and a licence of the crate ("Root Data Entity"). The date is that of the
assessment or of the newest thing in it; nobody has licensed the description, which is what stands there.
"""

from __future__ import annotations

from osaid_graph.errors import NothingToAssessError
from osaid_graph.writers.json_text import as_json
from osaid_graph.writers.material import Material
from osaid_graph.writers.moment import moment
from osaid_graph.writers.ro_crate.actions import Actions
from osaid_graph.writers.ro_crate.entities import Entities
from osaid_graph.writers.ro_crate.report import write_report
from osaid_graph.writers.ro_crate.things import Things

NAME = "ro-crate"
TITLE = "RO-Crate 1.2 (JSON-LD)"
SUFFIX = ".ro-crate-metadata.json"
ASSESSED = "shows"

_VERSION = "https://w3id.org/ro/crate/1.2"
_FAIR4ML = "https://w3id.org/fair4ml#"
_CONTEXT = [
    f"{_VERSION}/context",
    {
        **{term: _FAIR4ML + term for term in ("MLModel", "trainedOn", "validatedOn", "evaluatedOn", "fineTunedFrom")},
        "hasSourceCode": "https://codemeta.github.io/terms/hasSourceCode",
    },
]


def write(material: Material) -> str:
    """Return the metadata document.

    Raises:
        NothingToAssessError: No system, model, dataset or code is described that has an IRI.
    """
    entities = Entities()
    things = Things(material, entities)
    things.write()
    if not things.written:
        raise NothingToAssessError("nothing here is a model, data or code that a crate can name", "describe one")
    Actions(material, entities, things).write()
    report = write_report(material, entities, things)
    subject = material.subject if material.subject in things.models else None
    about = subject or (things.models[0] if len(things.models) == 1 else None)
    label = material.label(about or things.written[0])
    root: dict[str, object] = {
        "name": f"Lineage of {label}" if about else "Lineage of models and data",
        "description": "What models, data and code were made from, by what was stated of them.",
        "datePublished": moment(material)[:10],
        "license": "No licence is stated for this description; that of what it describes stands with each thing.",
    }
    if about:
        root["mainEntity"] = {"@id": str(about)}
    if things.data or things.code:
        root["hasPart"] = [{"@id": str(each)} for each in (*things.data, *things.code)]
    mentioned = [*map(str, things.models), *entities.of_type("CreateAction"), *report]
    if mentioned:
        root["mentions"] = [{"@id": each} for each in mentioned]
    graph = [
        {
            **{"@id": "ro-crate-metadata.json", "@type": "CreativeWork"},
            **{"conformsTo": {"@id": _VERSION}, "about": {"@id": "./"}},
        },
        {"@id": "./", "@type": "Dataset", **root},
        *entities.all(),
    ]
    return as_json({"@context": _CONTEXT, "@graph": graph})
