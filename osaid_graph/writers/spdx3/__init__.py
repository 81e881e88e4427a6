"""Writes SPDX 3.0.1 as JSON-LD, in the shape of its JSON schema (specification, "Serialization in JSON-LD").

Systems and models are AI packages, parameters are files in them whose purpose is to be a model, data are dataset
packages, code is software packages, settings and documents are files. The id of an element is the IRI of the thing;
an external identifier repeats it, by which :mod:`osaid_graph.readers.spdx3` knows that it names more than the element.

What SPDX asks for and nobody states is left out rather than made up, but for the two terms that say so: the type of a
dataset ("noAssertion") and the licences of AI packages and datasets (``NoAssertionLicense``). A document says that it
conforms to the profile of AI or of datasets only where nothing of what the profile asks for had to be left out.
"""

from __future__ import annotations

from rdflib.term import IdentifiedNode

from osaid_graph.errors import NothingToAssessError
from osaid_graph.vocab import OSAID
from osaid_graph.writers.material import Material
from osaid_graph.writers.moment import moment
from osaid_graph.writers.spdx3.elements import Elements
from osaid_graph.writers.spdx3.packages import Packages
from osaid_graph.writers.spdx3.relations import Relations

NAME = "spdx3"
TITLE = "SPDX 3.0.1 (JSON-LD)"
SUFFIX = ".spdx3.json"
ASSESSED = "ignores"

#: What a document can be about, the foremost first.
_TOPICS = (OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Dataset)


def write(material: Material) -> str:
    """Return the document.

    Raises:
        NothingToAssessError: No system, model, parameters or dataset is described.
    """
    elements = Elements(moment(material))
    packages = Packages(material, elements)
    if not set(packages.kinds.values()).intersection(_TOPICS):
        raise NothingToAssessError("nothing here is a system, a model or a dataset", "describe one")
    packages.write()
    relations = Relations(material, elements, packages.kinds)
    relations.write()
    roots = _roots(material, packages, relations)
    return elements.document(material.label(roots[0]), map(str, roots))


def _roots(material: Material, packages: Packages, relations: Relations) -> list[IdentifiedNode]:
    """Return what the document is about: the subject, else the foremost things that are part of nothing else."""
    subject = material.subject
    if subject in packages.kinds:
        return [subject]
    kind = next(kind for kind in _TOPICS if kind in packages.kinds.values())
    found = [node for node, its in packages.kinds.items() if its == kind]
    return [node for node in found if node not in relations.inner] or found
