"""Reader of the releases of the Model Openness Tool (``models/*.yml`` of lfai/model_openness_tool).

What such a file says is said by the tool, whoever made the model. A component that is listed is said to be part of the
release, one that is not listed is not spoken of. ``license: unlicensed`` on a listed component says that it comes
without a licence; no ``license`` says that it has the licence of its kind (code, data or document), else that of the
distribution.

``origin`` is the name of a parent, but people have put the maker of the model, a licence or the model itself there. The
three are told by what else the same file says, never by likeness to a list; any other text is the name of a model.

``date`` is left unread: the tool writes into it when its own record was last changed (``getChangedTime`` in its
``ModelSerializer.php``), so that many models of other years have the same day. It is not that of the release.
"""

from __future__ import annotations

from rdflib import DCTERMS, URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import is_url, shortened, unnamed
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.fields import Field, Fields
from osaid_graph.readers.indexes.hub_pages import model_at
from osaid_graph.readers.indexes.mot_components import ROLES, Components, first_address, fold, hub_address
from osaid_graph.readers.manifest.keys import PLACEHOLDERS
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping, Scalar
from osaid_graph.readers.yaml_kinds import is_mot
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.reading import Reading, StatedSource, Unnamed
from osaid_graph.vocab import CODE, OSAID

NAME = "mot"
SOURCE = StatedSource("https://mot.isitopen.ai/", "Model Openness Tool of the LF AI & Data Foundation")
STATES: frozenset[URIRef] = frozenset(
    (
        OSAID.hasParameters, OSAID.hasArchitecture, OSAID.hasCode, OSAID.hasDocument, OSAID.hasDataInformation,
        OSAID.hasCheckpoint, OSAID.trainedOn, OSAID.evaluatedOn, OSAID.derivedFrom, OSAID.fineTunedFrom,
        OSAID.documentRole, OSAID.license, OSAID.location,
        *(CODE[role] for role in ROLES),
    )
)  # fmt: skip
#: How a model was treated, where that says how it came from its origin.
_TUNED = frozenset(("instruct fine-tuned", "chat fine-tuned"))


def sniff(data: bytes) -> bool:
    """Tell whether the text has the two top-level keys of the tool."""
    return is_mot(data)


def read(data: bytes, name: str) -> Reading:
    """Read a release.

    Raises:
        InputError: Not UTF-8, not YAML, or no block ``release``.
    """
    tree = parse(decode(data))
    fields = Fields(tree) if isinstance(tree, Mapping) else None
    release = fields.get("release") if fields is not None else None
    if fields is None or release is None or not release.is_block:
        raise InputError(
            "no description of a release: there is no block 'release'",
            "give a file from models/ of the Model Openness Tool, or choose another format with --from",
            line=release.line if release is not None else tree.line if tree is not None else None,
        )
    envelope = fields.get("framework")
    if envelope is not None:
        envelope.read()
    return _Release(fields, release, data).read()


class _Release:
    def __init__(self, fields: Fields, release: Field, data: bytes) -> None:
        self.fields, self.release, self.data = fields, release, data
        self.out = ClaimWriter(SOURCE)

    def read(self) -> Reading:
        out, release = self.out, self.release
        title = release.text("name")
        unnamed_things: list[Unnamed] = []
        model = self._identity(title)
        if model is None:
            model = URIRef(unnamed(self.data))
            unnamed_things.append(Unnamed(model, "models", title))
        version = release.get("version")
        silent = version is None or not isinstance(version.value, Scalar) or fold(version.value.text) in PLACEHOLDERS
        out.thing(model, OSAID.Model, release, title, "" if silent else release.text("version"))
        producer = release.get("producer")
        if producer is not None and release.text("producer"):
            out.agent(model, DCTERMS.publisher, release.text("producer"), producer)
        self._places(model)
        self._architecture(model)
        components = Components(out, release, model)
        components.write()
        self._origin(model, title, components)
        return out.reading(self.fields.unread(), unnamed_things)

    def _identity(self, title: str) -> URIRef | None:
        """Return the model: its page on the Hub, else its name; a repository on GitHub may hold several models."""
        page = model_at(hub_address(self.release))
        if page is not None:
            return URIRef(page)
        return self.out.reference(title, "models", self.release) if title else None

    def _places(self, model: URIRef) -> None:
        for key, address in (
            ("huggingface", hub_address(self.release)),
            ("repository", first_address(self.release.text("repository"))),
        ):
            place, text = self.release.get(key), self.release.text(key)
            if place is None or not text:
                continue
            if not is_url(address):
                self.out.repair(f"{key!r} is no address: left out", place)
                continue
            if address != text:
                self.out.repair(f"{key!r} is read as {shortened(address)}", place)
            self.out.tell(model, OSAID.location, address, place)

    def _architecture(self, model: URIRef) -> None:
        field, text = self.release.get("architecture"), self.release.text("architecture")
        if field is None or not text:
            return
        if fold(text) in PLACEHOLDERS:
            self.out.withhold(model, OSAID.hasArchitecture, field, text)
            return
        design = self.out.part(model, OSAID.hasArchitecture, OSAID.Architecture, "architecture", field)
        self.out.thing(design, OSAID.Architecture, field, text)

    def _origin(self, model: URIRef, title: str, components: Components) -> None:
        field, text = self.release.get("origin"), self.release.text("origin")
        if field is None or not text or fold(text) in PLACEHOLDERS:
            return
        itself = "the origin is the release itself: it says nothing of a parent"
        if fold(text) in (fold(title), fold(model.rpartition("/")[2])):
            self.out.repair(itself, field)
        elif fold(text) == fold(self.release.text("producer")):
            self.out.repair("the origin is the producer, not a model: left out", field)
        elif fold(text) in components.licenses:
            self.out.repair("the origin is a licence of the release, not a model: left out", field)
        else:
            page = model_at(text) if "://" in text else None
            parent = URIRef(page) if page is not None else self.out.reference(text, "models", field)
            if parent is None or parent == model:
                if parent is not None:
                    self.out.repair(itself, field)
                return
            tuned = fold(self.release.text("treatment")) in _TUNED
            relation = OSAID.fineTunedFrom if tuned else OSAID.derivedFrom
            self.out.say(components.parameters(field), relation, parent, field)
