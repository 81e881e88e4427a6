"""The datasets of the manifest: what was used for training, validation and evaluation, and how each is described."""

from __future__ import annotations

from rdflib import DCTERMS, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.identity import versioned
from osaid_graph.readers.manifest.blocks import BlockWriter
from osaid_graph.readers.manifest.keys import MANIFEST
from osaid_graph.readers.manifest.values import (
    check_keys,
    fail,
    kind_of,
    reference_of,
    silence_in,
    some_of,
    source_for,
    text_of,
    version_of,
)
from osaid_graph.readers.tree import Mapping, Value
from osaid_graph.reading import StatedSource
from osaid_graph.vocab import DCAT3, OSAID


class DataWriter:
    """Writes datasets and their use.

    Args:
        blocks: Where to.
        default: The source of the whole file.
    """

    def __init__(self, blocks: BlockWriter, default: StatedSource | None) -> None:
        self.blocks = blocks
        self.out = blocks.out
        self.default = default

    def use(self, holder: URIRef, name: str, value: Value) -> None:
        """Write which datasets ``holder`` was trained, validated or evaluated on; ``name`` is the key that says so.

        Raises:
            InputError: An entry is no reference, dataset or silence.
        """
        for item in some_of(value, name):
            source = source_for(item, self.default)
            silence = silence_in(item, f"an entry of {name!r}")
            node: IdentifiedNode
            if silence:
                node = self.out.silence(*silence, item.line, source)
            elif isinstance(item, Mapping) and "ref" in item.values:
                check_keys(item, ("ref", "source"), f"a reference in {name!r}")
                node = reference_of(item.values["ref"], "ref", "datasets")
            elif isinstance(item, Mapping):
                node = self.dataset(item)
            else:
                node = reference_of(item, name, "datasets")
            self.out.add(holder, MANIFEST[name].writes, node, item.line, source)

    def dataset(self, item: Value) -> URIRef:
        """Write a dataset and return its node: that of its version, where it names one in its ``id`` or apart.

        Raises:
            InputError: It is no block, has no ``id``, two versions, or a key with a value it does not accept.
        """
        if not isinstance(item, Mapping):
            fail(item, f"a dataset must be a block of keys, found {kind_of(item)}", "write - {id: ..., location: ...}")
        if "id" not in item.values:
            fail(item, "a dataset has no 'id'", "give it one: a URL, org/name on the Hub, or a name of your own")
        whole, named = version_of(item.values["id"], "id", "datasets")
        stated = item.values.get("version")
        version = named if stated is None else text_of(stated, "version")
        if stated is not None and named and named != version:
            fail(stated, f"'id' names version {named!r}, 'version' says {version!r}", "keep the one that is true")
        iri = URIRef(versioned(whole, version))
        self.blocks.write(iri, OSAID.Dataset, item, "dataset", self.default, "datasets")
        if version:
            line = (stated or item.values["id"]).line
            source = source_for(item, self.default)
            self.out.add(iri, DCAT3.version, Literal(version), line, source)
            self.out.add(iri, DCTERMS.isVersionOf, whole, line, source)
        return iri
