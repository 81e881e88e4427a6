"""The entities of an RO-Crate: which one is the crate, what kind of thing each is, and how it is called outside it.

An ``@id`` that is a path means something in the crate's folder alone, so it never becomes an address: the entity is
named below the IRI of the crate. That of the crate is its absolute ``@id`` (a detached crate), the identifier or the
address it gives itself, or one made from the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal as Word

from rdflib import DCTERMS, RDF, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened, unnamed
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.place import At
from osaid_graph.readers.rdf.descriptions import Description, Descriptions
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.works.addresses import identifier, is_repository
from osaid_graph.readers.works.works import HERE, below, identity, local_name, named_by, path_of

Kind = Word["model", "code", "data", "file", "document", ""]

_CONFORMS = "w3id.org/ro/crate/"
_DESCRIPTORS = ("ro-crate-metadata.json", "ro-crate-metadata.jsonld")
_MODELS = frozenset(("MLModel", "MachineLearningModel"))
_CODE = frozenset(("SoftwareSourceCode", "SoftwareApplication", "ComputationalWorkflow", "Workflow", "Script"))
_DOCUMENTS = frozenset(("ScholarlyArticle", "Article", "Report", "TechArticle", "Thesis", "Book", "WebPage"))
_FILES = frozenset(("MediaObject", "ImageObject", "AudioObject", "VideoObject", "DataDownload"))
#: Media types of records: what has one is a body of data, whatever else is said of the file.
_RECORDS = ("image/", "audio/", "video/", "text/csv", "text/tab-separated-values", "application/vnd.apache.")
_RECORD_WORDS = ("parquet", "hdf5", "ndjson", "jsonlines", "jsonl", "netcdf", "tfrecord", "fasta", "fastq")
_NAMING = (SCHEMA.identifier, URIRef(f"{SCHEMA}cite-as"), SCHEMA.sameAs, SCHEMA.url)


class Crate:
    """What a crate describes, by entity.

    Raises:
        InputError: It has no root data entity.
    """

    def __init__(self, described: Descriptions, data: bytes, out: ClaimWriter) -> None:
        self.described = described
        self.out = out
        self.root = self._root()
        self._kinds: dict[IdentifiedNode, Kind] = {}
        if self.kind(self.root.node) not in ("model", "code", "data"):
            self._kinds[self.root.node] = "data"
            out.repair("the crate is not said to be a Dataset, as every crate is: read as one", self.root)
        self._names: dict[IdentifiedNode, URIRef] = {}
        own = self._global(self.root.node) or self._identity_of_root()
        self.is_named = own is not None
        self.node = own or URIRef(unnamed(data))
        self.models = self._of_kind("model")
        self.code = self._of_kind("code")
        self.data = self._of_kind("data")
        self._taken = self._shared()
        self._names[self.root.node] = self.node
        self.main = self._main()
        if self.main is not None and self.kind(self.main) == "model":
            self._name_main_model(self.main)

    # -- what an entity is -----------------------------------------------------------------------------------

    def types(self, node: IdentifiedNode) -> frozenset[str]:
        """Return what the classes of an entity are called; they do not count as read by that."""
        return frozenset(local_name(each) for each in self._values(node, RDF.type))

    def kind(self, node: IdentifiedNode) -> Kind:
        """Return what an entity is: a model, code, data, a file that may be anything, a document, or none of these."""
        if node not in self._kinds:
            self._kinds[node] = self._kind(node)
        return self._kinds[node]

    def take(self, node: IdentifiedNode) -> Description:
        """Return the description of an entity that is understood: what says its kind is read."""
        entity = self.described.of(node)
        wanted = {RDF.type, SCHEMA.additionalType, SCHEMA.programmingLanguage}
        self.described.read(each for each in self.described.about(node) if each.triple[1] in wanted)
        return entity

    def _kind(self, node: IdentifiedNode) -> Kind:
        types = self.types(node)
        also = {local_name(each) for each in self._values(node, SCHEMA.additionalType, DCTERMS.conformsTo)}
        if (types | also) & _MODELS:
            return "model"
        if types & _CODE or (types & _FILES and self._values(node, SCHEMA.programmingLanguage)):
            return "code"
        if "Dataset" in types:
            return "data"
        if types & _FILES:
            media = " ".join(self._values(node, SCHEMA.encodingFormat)).casefold()
            records = media.startswith(_RECORDS) or any(word in media for word in _RECORD_WORDS)
            return "data" if records else "file"
        return "document" if types & (_DOCUMENTS | {"CreativeWork"}) else ""

    def _of_kind(self, kind: Kind) -> list[IdentifiedNode]:
        return [each.node for each in self.described if self.kind(each.node) == kind]

    def _values(self, node: IdentifiedNode, *predicates: URIRef) -> list[str]:
        return [str(each.triple[2]) for each in self.described.about(node) if each.triple[1] in predicates]

    # -- what an entity is called ----------------------------------------------------------------------------

    def name(self, node: IdentifiedNode) -> URIRef:
        """Return the IRI of an entity: its own, one that it alone is identified by, or one below the crate's."""
        if node not in self._names:
            self._names[node] = self._named(node)
        return self._names[node]

    def is_local(self, node: IdentifiedNode) -> bool:
        """Tell whether an entity is a file or folder in the crate."""
        path = path_of(str(node))
        return isinstance(node, URIRef) and path is not None and not path.startswith(("#", ".."))

    def inherits(self, node: IdentifiedNode) -> bool:
        """Tell whether the terms of the crate are those of an entity: of itself, and of what is known only in it."""
        name = self.name(node)
        own = name == below(self.node, node) or node == self.main
        return name == self.node or (self.is_local(node) and own)

    def holds(self, node: IdentifiedNode) -> bool:
        """Tell whether an entity is part of the crate, rather than something that is only spoken of."""
        parts = (each.triple[2] for each in self.described.about(self.root.node) if each.triple[1] == SCHEMA.hasPart)
        return node in (self.root.node, self.main) or self.is_local(node) or node in parts

    def _named(self, node: IdentifiedNode) -> URIRef:
        found = self._global(node)
        if found is None and self.kind(node):
            found = identity(self.described, node, self._naming(node), self._taken)
        if found is None:
            self._tell_path(node)
        return found or below(self.node, node)

    def _identity_of_root(self) -> URIRef | None:
        """Return the IRI that the crate gives itself; a repository of code that is its page is not the crate."""
        node = self.root.node
        pages = [iri for iri, _ in named_by(self.described, node, (SCHEMA.url,)) if is_repository(iri)]
        return identity(self.described, node, _NAMING, () if self.kind(node) == "code" else pages)

    def _naming(self, node: IdentifiedNode) -> tuple[URIRef, ...]:
        """Return the properties that say which thing a node is: a script is not the repository that it is from."""
        if self.kind(node) != "code":
            return _NAMING
        script = self.is_local(node) and node != self.main
        return _NAMING[:-1] if script else (SCHEMA.codeRepository, *_NAMING)

    def _global(self, node: IdentifiedNode) -> URIRef | None:
        return identifier(node) if isinstance(node, URIRef) and path_of(node) is None else None

    def _tell_path(self, node: IdentifiedNode) -> None:
        """Tell of a path that leads out of the crate, or of what is no name of anything outside one machine."""
        path = path_of(str(node))
        if isinstance(node, URIRef) and (path is None or path.startswith("..")):
            shown = shortened(path or str(node))
            at = self.described.first(node) or self.described.mention(node)
            place = At(at.line, at.field) if at is not None else At()
            self.out.repair(f"{shown!r} names nothing outside the crate: named below it", place)

    def _shared(self) -> frozenset[URIRef]:
        """Return the IRIs that are given to several entities, such as that of a deposit: they are those of none."""
        found: dict[URIRef, set[IdentifiedNode]] = defaultdict(set)
        for node in (*self.models, *self.code, *self.data):
            for iri, _ in named_by(self.described, node, (SCHEMA.codeRepository, *_NAMING)):
                found[iri].add(node)
        return frozenset((self.node, *(iri for iri, nodes in found.items() if len(nodes) > 1)))

    def _main(self) -> IdentifiedNode | None:
        """Return the one entity that the crate says it is about."""
        said = [each for each in self.described.about(self.root.node) if each.triple[1] == SCHEMA.mainEntity]
        main = said[0].triple[2] if len(said) == 1 else None
        if not isinstance(main, IdentifiedNode) or self.kind(main) not in ("model", "code"):
            return None
        self.described.read(said)
        return main

    def _name_main_model(self, main: IdentifiedNode) -> None:
        """Give the crate's IRI to the model that is the crate's main entity and has no IRI of its own."""
        own = self._global(main) or identity(self.described, main, _NAMING, self._taken)
        self._names[main] = own or self.node

    # -- which entity is the crate ---------------------------------------------------------------------------

    def _root(self) -> Description:
        self.descriptor = descriptor = next(iter(self._descriptors()), None)
        if descriptor is not None:
            self.described.read(self.described.about(descriptor))
            for each in self.described.about(descriptor):
                if each.triple[1] == SCHEMA.about and each.triple[2] in self.described:
                    return self.described.of(each.triple[2])  # type: ignore[arg-type]
        if URIRef(HERE) in self.described:
            at = self.described.of(descriptor or URIRef(HERE))
            self.out.repair("no metadata descriptor says what the crate is: './' is taken", at)
            return self.described.of(URIRef(HERE))
        raise InputError(
            "no RO-Crate: it has no root data entity",
            "let the entity ro-crate-metadata.json say what the crate is with about",
            line=next((each.line for each in self.described.statements), 1),
        )

    def _descriptors(self) -> Iterable[IdentifiedNode]:
        """Return what may be the metadata descriptor, the likeliest first: by its name, then by what it is."""
        nodes = [each.node for each in self.described if self._values(each.node, SCHEMA.about)]
        named = [node for node in nodes if path_of(str(node)) in _DESCRIPTORS]
        prefixed = [node for node in nodes if str(node).endswith(_DESCRIPTORS)]
        conforming = [n for n in nodes if any(_CONFORMS in each for each in self._values(n, DCTERMS.conformsTo))]
        return (*named, *prefixed, *conforming)
