"""Reads SPDX 3 documents with the profiles AI and Dataset (3.0.1, and the terms of 3.1).

An AI package is an application or a trained model (specification, AI/AIPackage): it is read as a system where it
contains another one or says that its purpose is to be an application, else as a model. What was learned in a model
is its parameters, and so are files in it that relationships train, or whose purpose is to be a model. Files in a
dataset package are that dataset.
"""

from __future__ import annotations

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import Kind, shortened, unnamed
from osaid_graph.readers import json_tree
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.fields import Field, Fields
from osaid_graph.readers.json_head import top_level
from osaid_graph.readers.spdx3.document import Document, is_older, kind_of, names_itself, purposes_of, read_envelope
from osaid_graph.readers.spdx3.packages import AI, DATA, SOFTWARE, Packages
from osaid_graph.readers.spdx3.relations import USES, Relations
from osaid_graph.readers.spdx3.roles import Roles
from osaid_graph.readers.text import decode
from osaid_graph.reading import Reading, Unnamed
from osaid_graph.vocab import CODE, OSAID

NAME = "spdx3"

STATES: frozenset[URIRef] = frozenset(
    (
        *(OSAID.hasModel, OSAID.hasComponent, OSAID.hasParameters, OSAID.hasCode, OSAID.hasConfiguration),
        *(OSAID.hasDocument, OSAID.hasDataInformation, OSAID.documentRole, OSAID.describes, OSAID.codeRole),
        *(OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn, OSAID.completeness, OSAID.trainedBy),
        *(OSAID.derivedFrom, OSAID.fineTunedFrom, OSAID.license, OSAID.location, OSAID.revision),
        *(OSAID.accessConditions, OSAID.accessManner, OSAID.availability, OSAID.provenance, OSAID.scope),
        *(OSAID.characteristics, OSAID.obtained, OSAID.cleaning, OSAID.processing),
        *(CODE["training"], CODE["data-processing"], CODE["testing"], CODE["supporting-library"]),
    )
)


def sniff(data: bytes) -> bool:
    """Tell whether it is a JSON document with the context of SPDX, or the version of SPDX 2, at its top level."""
    keys = top_level(data)
    contexts = keys.get("@context", "").split("\n")
    return any("spdx.org/rdf/" in each or "spdx-context.jsonld" in each for each in contexts) or keys.get(
        "spdxVersion", ""
    ).startswith("SPDX-")


def read(data: bytes, name: str) -> Reading:
    """Read an SPDX 3 document; one of software alone, and SPDX 2, state nothing that is assessed.

    Raises:
        InputError: Not UTF-8, not JSON, no context of SPDX 3 or another beside it.
    """
    tree = Fields(json_tree.parse(decode(data)))
    if not tree.is_block:
        raise InputError("not an SPDX document: it is no JSON object", "see https://spdx.dev", line=tree.line)
    if is_older(tree):
        out = ClaimWriter()
        version = shortened(tree.text("spdxVersion") or "SPDX 2", 20)
        out.repair(f"{version} has no profiles for AI and datasets: nothing of it is read; SPDX 3.0.1 has them", tree)
        return out.reading(tree.unread())
    document = Document(tree)
    return _Reader(document, tree, unnamed(data)).read()


class _Reader:
    def __init__(self, document: Document, tree: Fields, fallback: str) -> None:
        self._document = document
        self._tree = tree
        self._out = ClaimWriter()
        self._packages = Packages(document, self._out, fallback)
        self._roles = Roles()

    def read(self) -> Reading:
        document, roles = self._document, self._roles
        models = {name: each for name, each in document.elements.items() if _is_model(each)}
        datasets = dict(document.of_kind(DATA))
        self._models(models)
        self._weights()
        for name, each in datasets.items():
            roles.data[name] = self._packages.dataset(name, each)
        relations = Relations(document, self._packages, roles, self._out)
        relations.write()
        relations.licences()
        return self._out.reading(self._tree.unread(), self._unnamed(models, datasets))

    def _models(self, models: dict[str, Field]) -> None:
        """Write the models, and the systems among them: what contains another, or is meant to be an application."""
        roles = self._roles
        for relation in self._document.relations:
            inside = {target.id for target in relation.targets} - {relation.source}
            whole = models.get(relation.source)
            if whole is None or names_itself(whole):
                continue
            if relation.kind == "contains" and not inside.isdisjoint(models):
                roles.systems.add(relation.source)
        for name, each in models.items():
            purpose = purposes_of(each)[:1]
            if purpose == ["application"]:
                roles.systems.add(name)
            if purpose in (["application"], ["model"]):
                each.text("software_primaryPurpose")
            kind = OSAID.AISystem if name in roles.systems else OSAID.Model
            roles.made[name] = self._packages.model(name, each, kind)

    def _weights(self) -> None:
        """Find the files that are parameters: those of a model are its parameters, others stand for themselves.

        A file that is meant to be a model and is source code as well is the code of one; see :class:`Relations`.
        """
        document, roles = self._document, self._roles
        trained = {each.source for each in document.relations if each.kind in USES}
        for name, each in document.elements.items():
            purposes = purposes_of(each)
            if kind_of(each) in SOFTWARE and name not in roles.made and names_itself(each):
                self._itself(name, each, purposes)
                continue
            meant = purposes[:1] == ["model"] and "source" not in purposes
            if kind_of(each) not in SOFTWARE or name in roles.made or not (name in trained or meant):
                continue
            model = next((holder for holder in document.holders(name) if holder in roles.made), None)
            if model is not None:
                roles.weights[name] = roles.made[model]
                read_envelope(each)
            elif name in trained:
                roles.weights[name] = self._packages.node(name)
                self._packages.about(roles.weights[name], OSAID.Parameters, each)
            if name in roles.weights and purposes[:1] == ["model"]:
                each.text("software_primaryPurpose")

    def _itself(self, name: str, element: Field, purposes: list[str]) -> None:
        """Write a file or package that says which thing it is: it is described, whatever is related to it."""
        roles = self._roles
        meant = (
            ("model", OSAID.Parameters, roles.weights),
            ("source", OSAID.Code, roles.code),
            ("configuration", OSAID.Configuration, roles.settings),
            ("documentation", OSAID.Document, roles.documents),
        )
        kind, group = next(((kind, group) for purpose, kind, group in meant if purpose in purposes), (None, {}))
        if kind is None:
            return
        group[name] = self._packages.node(name)
        self._packages.about(group[name], kind, element)
        self._packages.place(group[name], element)
        for key in ("software_primaryPurpose", "software_additionalPurpose"):
            for purpose in element.each(key):
                purpose.text()

    def _unnamed(self, models: dict[str, Field], datasets: dict[str, Field]) -> tuple[Unnamed, ...]:
        """Return the one thing that the document is about, if nothing but its id in the document tells which it is."""
        roots = self._document.roots()
        kind: Kind = "models" if models else "datasets"
        found = models or datasets
        about = [name for name in found if name in roots] or list(found)
        if len(about) != 1 or self._packages.is_named(about[0]):
            return ()
        return (Unnamed(self._packages.node(about[0]), kind, " ".join(found[about[0]].peek("name").split())),)


def _is_model(element: Field) -> bool:
    """Tell whether an element is an AI package, or another package whose purpose is to be a model."""
    return kind_of(element) == AI or (kind_of(element) == "software_Package" and purposes_of(element)[:1] == ["model"])
