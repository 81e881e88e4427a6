"""What an RO-Crate says of the models, data and code in it."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.identity import Kind
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.manifest.keys import PLACEHOLDERS
from osaid_graph.readers.place import Place
from osaid_graph.readers.rdf.descriptions import Description, Said
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.works.ro_crate_entities import Crate
from osaid_graph.readers.works.works import (
    global_iri,
    local_name,
    name_of,
    path_of,
    predicates,
    write_agents,
    write_date,
    write_documents,
    write_locations,
    write_terms,
)
from osaid_graph.vocab import OSAID

#: FAIR4ML, by the names of its terms: their namespace is written in several ways.
_DATA_USE = {
    "trainedOn": OSAID.trainedOn,
    "validatedOn": OSAID.validatedOn,
    "testedOn": OSAID.evaluatedOn,
    "evaluatedOn": OSAID.evaluatedOn,
}
_SCOPE = (
    *(SCHEMA.description, SCHEMA.about, SCHEMA.keywords, SCHEMA.temporalCoverage),
    *(SCHEMA.spatialCoverage, SCHEMA.contentLocation, SCHEMA.inLanguage, SCHEMA.size),
)
_OBTAINED = (SCHEMA.measurementTechnique, SCHEMA.measurementMethod)
_CHARACTERISTICS = (SCHEMA.variableMeasured, SCHEMA.encodingFormat)
_FREE = {"true": "nothing: accessible for free", "false": "not accessible for free"}


class Things:
    """Writes the models, data and code of a crate, each once."""

    def __init__(self, crate: Crate, out: ClaimWriter) -> None:
        self.crate = crate
        self.out = out
        self._written: set[IdentifiedNode] = set()

    def write_all(self) -> None:
        """Write what the crate is for: its models and data, and the code in it where there is a model."""
        crate = self.crate
        for node in crate.models:
            self.model(node)
        for node in crate.data:
            if node != crate.root.node or self.is_data:
                self.data(node)
        for node in crate.code:
            if node in (crate.root.node, crate.main) or (crate.models and crate.holds(node)):
                self.code(node)

    @property
    def is_data(self) -> bool:
        """Whether the crate itself is a body of data, rather than a parcel of models or of software."""
        crate = self.crate
        return crate.kind(crate.root.node) == "data" and not crate.models and crate.main is None

    def _once(self, node: IdentifiedNode) -> Description | None:
        if node in self._written:
            return None
        self._written.add(node)
        return self.crate.take(node)

    # -- models ----------------------------------------------------------------------------------------------

    def model(self, node: IdentifiedNode) -> URIRef:
        """Write a model, and return the IRI of its parameters, which its terms and its lineage are those of."""
        work, iri, out = self._once(node), self.crate.name(node), self.out
        at: Place = self.crate.described.of(node)
        if work is None:
            return out.parameters(iri, at)
        out.thing(iri, OSAID.Model, at, name_of(work), work.text(SCHEMA.version))
        parameters = out.parameters(iri, at)
        self._terms(parameters, work)
        self._places(parameters, work)
        write_date(out, iri, work)
        write_agents(out, iri, work)
        self._documents(iri, work)
        self._conditions(parameters, work)
        self._model_lineage(iri, parameters, work)
        return parameters

    def _model_lineage(self, model: URIRef, parameters: URIRef, work: Description) -> None:
        for term in predicates(work, *_DATA_USE):
            for said in work.get(term):
                data = self.target(said, "datasets")
                if data is not None:
                    self.out.say(parameters, _DATA_USE[local_name(term)], data, said)
        for said in work.get(*predicates(work, "fineTunedFrom")):
            base = self.target(said, "models")
            if base is not None:
                self.out.say(parameters, OSAID.fineTunedFrom, base, said)
        # That a model is based on data does not say how: trainedOn does, and the runs.
        bodies = {*self.crate.data} & {each.triple[2] for each in self.crate.described.about(work.node)}
        for said in work.get(*predicates(work, "isBasedOn", "wasDerivedFrom"), besides=bodies):
            if isinstance(said.term, IdentifiedNode) and self.crate.kind(said.term) == "code":
                self.out.code(model, self.code(said.term), (), said)
                continue
            origin = self.target(said, "models")
            if origin is not None:
                self.out.say(parameters, OSAID.derivedFrom, origin, said)
        for said in work.get(*predicates(work, "hasSourceCode")):
            if isinstance(said.term, IdentifiedNode):
                self.out.code(model, self.code(said.term), (), said)
        for said in work.get(*predicates(work, "evaluationSoftware")):
            if isinstance(said.term, IdentifiedNode):
                self.out.code(model, self.code(said.term), ("testing",), said)

    # -- data ------------------------------------------------------------------------------------------------

    def data(self, node: IdentifiedNode) -> URIRef:
        """Write a dataset, and return its IRI."""
        work, iri, out = self._once(node), self.crate.name(node), self.out
        if work is None:
            return iri
        out.thing(iri, OSAID.Dataset, work, name_of(work), work.text(SCHEMA.version))
        self._terms(iri, work)
        self._places(iri, work)
        write_date(out, iri, work)
        write_agents(out, iri, work)
        self._documents(iri, work)
        self._conditions(iri, work)
        for said in work.get(SCHEMA.isAccessibleForFree):
            words = _FREE.get(said.text.rpartition("/")[2].casefold())
            if words:
                out.say(iri, OSAID.fee, Literal(words), said)
        for terms, aspect in (
            (_SCOPE, OSAID.scope),
            (_OBTAINED, OSAID.obtained),
            (_CHARACTERISTICS, OSAID.characteristics),
        ):
            for said in work.get(*terms):
                out.tell(iri, aspect, self._words(said), said)
        for said in work.get(*predicates(work, "isBasedOn", "wasDerivedFrom")):
            origin = self.target(said, "datasets")
            if origin is not None:
                out.say(iri, OSAID.derivedFrom, origin, said)
        self._parts(node, iri, work)
        return iri

    def _parts(self, node: IdentifiedNode, iri: URIRef, work: Description) -> None:
        """Say which datasets are parts of one; the crate as a whole is no dataset that its parts are drawn from."""
        root = self.crate.root.node
        for statement in self.crate.described.about(node):
            term, other = statement.triple[1:]
            if not isinstance(other, IdentifiedNode) or root in (node, other) or self.crate.kind(other) != "data":
                continue
            if term == SCHEMA.hasPart:
                self.out.say(self.crate.name(other), OSAID.subsetOf, iri, work)
            elif term == SCHEMA.isPartOf:
                self.out.say(iri, OSAID.subsetOf, self.crate.name(other), work)
            else:
                continue
            self.crate.described.read([statement])

    def _words(self, said: Said) -> str:
        """Return a value in words: a node by its name, a media type or an address as it stands."""
        described = said.description
        if described is None or not described.predicates:
            return "" if path_of(said.text) is not None else said.text
        return name_of(described) or ("" if global_iri(said) is None else said.text)

    # -- code ------------------------------------------------------------------------------------------------

    def code(self, node: IdentifiedNode) -> URIRef:
        """Write code, and return its IRI."""
        work, iri, out = self._once(node), self.crate.name(node), self.out
        if work is None:
            return iri
        version = work.text(SCHEMA.version, SCHEMA.softwareVersion)
        out.thing(iri, OSAID.Code, work, name_of(work), version)
        self._terms(iri, work)
        self._places(iri, work, SCHEMA.codeRepository)
        write_date(out, iri, work)
        write_agents(out, iri, work)
        return iri

    # -- what all of them have -------------------------------------------------------------------------------

    def _terms(self, node: URIRef, work: Description) -> None:
        """Say the terms of an entity: its own, or, for what lies in the crate's folder, those of the crate."""
        if not write_terms(self.out, node, work) and self.crate.inherits(work.node):
            write_terms(self.out, node, self.crate.root)

    def _places(self, node: URIRef, work: Description, *first: URIRef) -> None:
        crate, out = self.crate, self.out
        is_file = bool(crate.types(work.node) & {"MediaObject"}) and path_of(str(work.node)) is None
        if is_file and isinstance(work.node, URIRef) and crate.name(work.node) == work.node:
            out.say(node, OSAID.location, work.node, work)
        else:
            write_locations(
                out, node, work, *first, SCHEMA.distribution, SCHEMA.contentUrl, SCHEMA.downloadUrl, SCHEMA.url
            )
        for said in work.get(*predicates(work, "sha256")):
            digest = said.text.casefold()
            if len(digest) == 64 and set(digest) <= set("0123456789abcdef"):
                out.say(node, OSAID.sha256, Literal(digest), said)
            else:
                out.repair("sha256 is not 64 hexadecimal digits: left out", said)

    def _documents(self, node: URIRef, work: Description) -> None:
        """Say which documents an entity cites as its own, and which are about it."""
        naming = self.crate.name
        write_documents(self.out, node, work, naming, *predicates(work, "referencePublication"), paper=True)
        write_documents(self.out, node, work, naming, SCHEMA.citation, SCHEMA.subjectOf, SCHEMA.usageInfo)
        for about in work.naming(SCHEMA.about):
            if self.crate.kind(about.node) in ("document", "file") and about.node != self.crate.descriptor:
                document = naming(self.crate.take(about.node).node)
                self.out.say(node, OSAID.hasDocument, document, about)
                self.out.thing(document, OSAID.Document, about, name_of(about))
                write_terms(self.out, document, about)

    def _conditions(self, node: URIRef, work: Description) -> None:
        for said in work.get(SCHEMA.conditionsOfAccess):
            words = self._words(said)
            if words and words.casefold() not in PLACEHOLDERS:
                self.out.access(node, "", said, words)

    def target(self, said: Said, kind: Kind) -> URIRef | None:
        """Return the IRI of what an edge leads to; what is a text is taken for a name, as in any other format."""
        if isinstance(said.term, IdentifiedNode):
            return self.crate.name(said.term)
        return self.out.reference(said.text, kind, said)
