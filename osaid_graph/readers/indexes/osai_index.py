"""Reader of the systems of the European Open Source AI Index (one YAML file each, of its main-database).

What such a file says is said by the index, whoever made the system. Each block of it is a judgement with links and
notes. ``open`` and ``partial`` say that what the links lead to is there, and ``partial`` that it is not all;
``closed`` says that the thing is withheld, in the words of the notes. An empty value says nothing.

The index tells the model that people use (end model) from the one that it was made from (base model). A link to the
Hub that ends in the very name of a model is that model's page; else its weights are where it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import DCTERMS, URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import part_of, unnamed
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.fields import Field, Fields
from osaid_graph.readers.indexes.hub_pages import model_at
from osaid_graph.readers.indexes.osai_index_blocks import Blocks, fold
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping, Scalar
from osaid_graph.readers.yaml_kinds import is_osai_index
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.reading import Reading, StatedSource, Unnamed
from osaid_graph.vocab import CODE, OSAID

NAME = "osai-index"
SOURCE = StatedSource("https://osai-index.eu/", "European Open Source AI Index")
STATES: frozenset[URIRef] = frozenset(
    (
        OSAID.hasParameters, OSAID.hasCode, OSAID.hasDocument, OSAID.hasDataInformation, OSAID.trainedOn,
        OSAID.derivedFrom, OSAID.documentRole, OSAID.describes, OSAID.completeness, OSAID.license,
        OSAID.location, CODE["training"],
    )
)  # fmt: skip
#: Names that the index gives where it knows none.
_NO_NAME = frozenset(("", "unknown", "none", "n/a", "-", "?"))


def sniff(data: bytes) -> bool:
    """Tell whether the text has a ``system`` and something that the index asks of one."""
    return is_osai_index(data)


def read(data: bytes, name: str) -> Reading:
    """Read a system.

    Raises:
        InputError: Not UTF-8, not YAML, or no block ``system``.
    """
    tree = parse(decode(data))
    fields = Fields(tree) if isinstance(tree, Mapping) else None
    system = fields.get("system") if fields is not None else None
    if fields is None or system is None or not system.is_block:
        raise InputError(
            "no description of a system: there is no block 'system'",
            "give a file of the European Open Source AI Index, or choose another format with --from",
            line=system.line if system is not None else tree.line if tree is not None else None,
        )
    return _Entry(fields, system, data).read()


@dataclass(frozen=True, slots=True)
class _Named:
    """A model that the entry tells of: its node, what it is called, and the field that says so."""

    node: URIRef
    title: str
    at: Field


class _Entry:
    def __init__(self, fields: Fields, system: Field, data: bytes) -> None:
        self.fields, self.system, self.data = fields, system, data
        self.out = ClaimWriter(SOURCE)
        self.blocks = Blocks(self.out, fields)
        self.unnamed: list[Unnamed] = []
        self.end_key, self.base_key = "endmodelname", "basemodelname"

    def read(self) -> Reading:
        end_name, base_name = self._name(self.end_key), self._name(self.base_key)
        if self._are_swapped(end_name, base_name):
            self.out.repair("it and 'basemodelname' are read as each other: so say the links", self._at())
            self.end_key, self.base_key = self.base_key, self.end_key
            end_name, base_name = base_name, end_name
        alone = not end_name and bool(base_name)  # the index found a base model and no other made from it
        release = self._release(base_name if alone else end_name, self.base_key if alone else self.end_key)
        base = release if alone else self._base(release, end_name, base_name)
        self._describe(release)
        if base is not release:
            self.out.thing(base.node, OSAID.Model, base.at, base.title)
        self.blocks.models(release.node, base.node)
        if base is not release:
            self.out.say(self.blocks.parameters(release.node, base.at), OSAID.derivedFrom, base.node, base.at)
        if not alone:
            self.blocks.data("datasources_endmodel", release.node)
            self.blocks.weights("weights_endmodel", release.node)
        self.blocks.data("datasources_basemodel", base.node)
        self.blocks.weights("weights_basemodel", base.node)
        self.blocks.code("trainingcode", release.node)
        self.blocks.documents(release.node)
        self._license(release.node)
        return self.out.reading(self.fields.unread(), self.unnamed)

    # -- which models ----------------------------------------------------------------------------------------

    def _name(self, key: str) -> str:
        """Return the name of a model; empty, and unread, where the index knows none."""
        field = self.system.get(key)
        if field is None or not isinstance(field.value, Scalar) or fold(field.value.text) in _NO_NAME:
            return ""
        return self.system.text(key)

    def _at(self) -> Field:
        return self.system.get(self.end_key) or self.system

    def _are_swapped(self, end_name: str, base_name: str) -> bool:
        """Tell whether either name is that of the other's page, and the page of the entry is that of the end model.

        Without the latter it may as well be the links that stand in each other's place; nothing is put right then.
        """

        def called(block: str, name: str) -> bool:
            pages = [model_at(link.text()) for link in self.fields.each(block, "link")]
            return bool(pages) and all(page and fold(page.rpartition("/")[2]) == fold(name) for page in pages)

        swapped = called("weights_endmodel", base_name) and called("weights_basemodel", end_name)
        own = model_at(self.system.text("link"))
        ends = {model_at(link.text()) for link in self.fields.each("weights_endmodel", "link")}
        return swapped and own in ends and fold(end_name) != fold(base_name)

    def _pages(self, *blocks: str) -> list[str]:
        """Return the models that the links of blocks, and of the entry itself, lead to."""
        links = [link.text() for block in blocks for link in self.fields.each(block, "link")]
        found = [model_at(link) for link in (*links, self.system.text("link"))]
        return [page for page in found if page is not None]

    def _called(self, name: str) -> str | None:
        """Return the model on the Hub whose name is the very name given, if a link leads to it."""
        pages = self._pages("weights_endmodel", "weights_basemodel")
        return next((page for page in pages if name and fold(page.rpartition("/")[2]) == fold(name)), None)

    def _release(self, name: str, key: str) -> _Named:
        title = name or self.system.text("name")
        at = self.system.get(key) or self.system
        page = self._called(name) or next(iter(self._pages("weights_endmodel")), None)
        if page is None and title:
            known = self.out.reference(title, "models", at)
            if known is not None:
                return _Named(known, title, at)
        if page is None:
            node = URIRef(unnamed(self.data))
            self.unnamed.append(Unnamed(node, "models", title))
            return _Named(node, title, at)
        return _Named(URIRef(page), title, at)

    def _base(self, release: _Named, end_name: str, name: str) -> _Named:
        """Return the base model; the release itself where it was made from no other."""
        weights = [link.text() for link in self.fields.each("weights_basemodel", "link") if link.text()]
        page = next((found for link in weights if (found := model_at(link)) is not None), None)
        if not name:
            others = [link.text() for link in self.fields.each("weights_endmodel", "link")]
            at = self.blocks.stated("weights_basemodel") or self.blocks.stated("datasources_basemodel")
            if at is None or page is not None or (weights and weights == others):
                return release
            return _Named(URIRef(part_of(release.node, "base-model")), "", at)
        at = self.system.get(self.base_key) or self.system
        found = self._called(name) or (page if page != str(release.node) else None)
        if found is None and fold(name) == fold(end_name):
            return release
        node = URIRef(found) if found is not None else self.out.reference(name, "models", at)
        return release if node is None or node == release.node else _Named(node, name, at)

    # -- what is said of the release itself ------------------------------------------------------------------

    def _describe(self, release: _Named) -> None:
        out, system = self.out, self.system
        out.thing(release.node, OSAID.Model, release.at, release.title)
        entry = system.get("name")
        if entry is not None and fold(system.text("name")) != fold(release.title):
            out.comment(release.node, f"In the index: {system.text('name')}", entry)
        notes = system.get("notes")
        if notes is not None:
            out.comment(release.node, system.text("notes"), notes)
        link = system.get("link")
        if link is not None and model_at(system.text("link")) != str(release.node):
            self.blocks.page(release.node, system.text("link"), link)
        maker = self.fields.get("org", "name")
        if maker is not None and maker.text():
            home = self.fields.get("org", "link")
            iri = home.text() if home is not None and home.is_text else ""
            if iri and "://" not in iri:
                out.repair(f"the address {iri!r} of the organisation names no scheme: left out", maker)
                iri = ""
            out.agent(release.node, DCTERMS.publisher, maker.text(), maker, iri)

    def _license(self, model: URIRef) -> None:
        field = self.system.first("endmodellicense", "endmodel license", "endmodel_license")
        text = field.text() if field is not None else ""
        if field is not None and text:
            if not field.path.endswith("endmodellicense"):
                self.out.repair("the key is read as 'endmodellicense'", field)
            self.out.tell(self.blocks.parameters(model, field), OSAID.license, text, field)
        self.blocks.licenses(model, bool(text))
