"""The relationships of SPDX 3 to documents."""

from __future__ import annotations

from rdflib import RDF, URIRef

from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.spdx3.document import Document, Relation, Target, compact, names_itself
from osaid_graph.readers.spdx3.packages import Packages
from osaid_graph.readers.spdx3.roles import Roles
from osaid_graph.vocab import OSAID

#: Type of a relationship to a document -> the role of that document.
DOCUMENTS = {"hasDocumentation": "", "hasMetadata": "model-metadata"}
#: What a relationship leads to that leads nowhere.
NOTHING = frozenset(("NoAssertionElement", "NoneElement", "NOASSERTION", "NONE"))


class Documents:
    """Writes which documents are about what."""

    def __init__(
        self, document: Document, packages: Packages, roles: Roles, out: ClaimWriter, trained: dict[URIRef, list[str]]
    ) -> None:
        self._document = document
        self._packages = packages
        self._roles = roles
        self._out = out
        self._trained = trained

    def of(self, relation: Relation, target: Target) -> bool:
        """Say what documents something; what documents training data is data information of the model."""
        element = self._document[target.id]
        if element is None or compact(target.id) in NOTHING or target.id in self._roles.made:
            return False
        start = relation.source
        dataset = self._roles.data.get(start)
        if dataset is None and start not in self._roles.made:
            return False
        node = self._packages.node(target.id)
        own = names_itself(element)
        if own and dataset is None and self._informs(target.id):
            self._out.say(self._packages.node(start), OSAID.hasDataInformation, node, target.at)
            return True
        if target.id not in self._roles.documents:
            self._roles.documents[target.id] = node
            self._packages.about(node, OSAID.Document, element)
            self._packages.place(node, element)
        role = DOCUMENTS[relation.kind] if dataset is None else ""
        self._packages.document_of(dataset or self._packages.node(start), node, role, target.at)
        if dataset is not None and relation.kind == "hasDocumentation" and not own:
            for model in self._trained.get(dataset, ()):
                self._out.say(self._packages.node(model), OSAID.hasDataInformation, node, target.at)
                self._out.say(node, RDF.type, OSAID.DataInformation, target.at)
                self._out.say(node, OSAID.describes, dataset, target.at)
        return True

    def describes(self, start: str, target: Target) -> bool:
        """Say which data a document describes."""
        data = self._roles.data.get(target.id)
        if start not in self._roles.documents or data is None:
            return False
        self._out.say(self._roles.documents[start], RDF.type, OSAID.DataInformation, target.at)
        self._out.say(self._roles.documents[start], OSAID.describes, data, target.at)
        return True

    def _informs(self, name: str) -> bool:
        """Tell whether a document says of itself that it describes data."""
        relations = (each for each in self._document.relations if each.kind == "describes" and each.source == name)
        return any(target.id in self._roles.data for relation in relations for target in relation.targets)
