"""Reader of ``osaid.yaml``, the manifest a person writes beside a release (format: ``docs/manifest.md``).

Bytes in, statements out, each with its line and the source it is attributed to. Short forms are expanded here; what
comes out is the same graph that the long form in JSON-LD (``ontology/context.jsonld``) gives.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import canonical, shortened, versioned
from osaid_graph.readers import known
from osaid_graph.readers.manifest.blocks import BlockWriter
from osaid_graph.readers.manifest.data import DataWriter
from osaid_graph.readers.manifest.judgements import write_judgement
from osaid_graph.readers.manifest.keys import BLOCKS, MANIFEST, PARAMETER_DERIVATIONS, Key
from osaid_graph.readers.manifest.values import (
    address_in,
    check_keys,
    fail,
    iri_of,
    items_of,
    kind_of,
    lead_of,
    reference_of,
    silence_in,
    some_of,
    source_for,
    source_of,
    text_of,
    token_of,
)
from osaid_graph.readers.manifest.waivers import write_waiver
from osaid_graph.readers.statements import StatementWriter
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping, Scalar, Value
from osaid_graph.readers.yaml_kinds import is_manifest
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.reading import Reading, ShortForm
from osaid_graph.vocab import CODELISTS, OSAID, token

NAME = "osaid.yaml"

#: What a file may describe as a whole: the first of these that it has is what everything else belongs to.
_TOP = {"system": OSAID.AISystem, "model": OSAID.Model, "parameters": OSAID.Parameters}
_DERIVATIONS = frozenset((OSAID.derivedFrom, *PARAMETER_DERIVATIONS.values()))
#: What needs no release to belong to; a judgement that stands alone names its subject, or is on whatever is assessed.
_SHARED = ("imports", "source", "datasets", "judgements")


def sniff(data: bytes) -> bool:
    """Tell whether the text starts a line with a top-level key of the manifest, and is no other format's."""
    return is_manifest(data)


def read(data: bytes, name: str) -> Reading:
    """Read a manifest.

    Raises:
        InputError: Not UTF-8, not YAML, an unknown key, a word that is not in its codelist, a missing or malformed
            value; always with the line.
    """
    tree = parse(decode(data))
    if tree is None:
        raise InputError("the file is empty", "describe a release in it: osaid-graph init writes a template")
    if not isinstance(tree, Mapping):
        raise InputError(f"a manifest is a block of keys, found {kind_of(tree)}", "start with system:", line=tree.line)
    if tree.keys and not any(key in MANIFEST for key in tree.keys):
        first = next(iter(tree.keys.values()))
        found = f"YAML of no known format: no key of a manifest, such as {shortened(first.text)!r}"
        raise InputError(found, f"a manifest starts with system:; {known()}", line=first.line)
    return _Manifest(tree).read()


class _Manifest:
    def __init__(self, tree: Mapping) -> None:
        check_keys(tree, MANIFEST, "the manifest")
        self.values = tree.values
        self.keys = tree.keys
        self.source = source_of(tree.values["source"]) if "source" in tree.values else None
        self.out = StatementWriter()
        self.blocks = BlockWriter(self.out)
        self.data = DataWriter(self.blocks, self.source)
        self.release: set[URIRef] = set()  # the system, model and parameters

    def read(self) -> Reading:
        top = self._top()
        if top is not None:
            trained = self._parts(top)
            for name in ("training-data", "validation-data", "evaluation-data"):
                if name in self.values:
                    self.data.use(trained, name, self.values[name])
        for item in self._listed("datasets"):
            self.data.dataset(item)
        for item in self._listed("judgements"):
            write_judgement(self.blocks, item, top)
        if top is not None:
            for item in self._listed("waivers"):
                write_waiver(self.blocks, item, top)
        self._refuse_self_derivation()
        imports = tuple((text_of(item, "imports"), item.line) for item in self._listed("imports"))
        return Reading(tuple(self.out.statements), imports, tuple(self.out.short))

    def _refuse_self_derivation(self) -> None:
        """Refuse a release that derives from itself or a part of it: no data would be named behind it."""
        for statement in self.out.statements:
            subject, predicate, value = statement.triple
            if predicate in _DERIVATIONS and subject in self.release and value in self.release:
                other = "itself" if subject == value else f"{shortened(str(value))}, which is the same release"
                raise InputError(
                    f"{shortened(str(subject))} is derived from {other}",
                    "name what it was made from; if it was trained from scratch, leave the key out",
                    line=statement.line,
                )

    def _listed(self, name: str) -> list[Value]:
        """Return the entries of a top-level key; none where the key is missing, empty or without a value."""
        value = self.values.get(name)
        return [] if value is None or (isinstance(value, Scalar) and value.is_null) else items_of(value)

    # -- the release and its parts ---------------------------------------------------------------------------

    def _top(self) -> URIRef | None:
        """Write the system, model or parameters that everything else is part of, and return it."""
        name = next((name for name in _TOP if name in self.values), None)
        if name is None:
            for other in MANIFEST:
                if other in self.values and other not in _SHARED:
                    line = self.keys[other].line
                    raise InputError(f"{other!r} belongs to no release", "add system: {id: ..., name: ...}", line=line)
            return None
        block = self._block(name, self.values[name])
        if "id" not in block.values:
            hint = "give it one: the URL people know it by, or org/name on the Hub"
            fail(block, f"{name!r} has no 'id'", hint if name == "system" else f"{hint}; or add system: {{id: ...}}")
        iri = reference_of(block.values["id"], "id", "models")
        self.blocks.write(iri, _TOP[name], block, name, self.source, "models")
        self.release.add(iri)
        return iri

    def _parts(self, top: URIRef) -> URIRef:
        """Write model, parameters, code, data information and documents; return the node that was trained."""
        holder, outer = top, next(name for name in _TOP if name in self.values)
        for name in ("model", "parameters"):
            if name in self.values and name != outer:
                found = self._part(top, holder, name, self.values[name])
                if found is not None:
                    holder, outer = found, name
        for item in self._listed("code"):
            self._code(top, item)
        if "data-information" in self.values:
            for item in some_of(self.values["data-information"], "data-information"):
                self._data_information(top, item, lead_of(self.values["data-information"], "data-information"))
        for item in self._listed("documents"):
            self._document(top, item)
        return holder

    def _part(self, top: URIRef, holder: URIRef, name: str, value: Value) -> URIRef | None:
        """Write the model or the parameters of ``holder`` and return the node; None for a silence."""
        source = source_for(value, self.source)
        silence = silence_in(value, f"{name!r}")
        if silence:
            node = self.out.silence(*silence, value.line, source)
            self.out.add(holder, MANIFEST[name].writes, node, value.line, source)
            return None
        block = self._block(name, value)
        iri = self.blocks.identity(block, top, name)
        if iri in (top, holder):
            fail(
                block.values["id"],
                f"{name!r} has the 'id' of what it is part of",
                f"leave it out, and it is {top}#{name}; or give each its own",
            )
        self.out.add(holder, MANIFEST[name].writes, iri, block.line, source)
        self.blocks.write(iri, _TOP[name], block, name, self.source, "models")
        self.release.add(iri)
        return iri

    def _block(self, name: str, value: Value) -> Mapping:
        if not isinstance(value, Mapping):
            example = "id" if name == "system" else "location"
            found = f"{name!r} must be a block of keys, found {kind_of(value)}"
            fail(value, found, f"write {name}: {{{example}: ...}}")
        return value

    # -- code, documents and data information ----------------------------------------------------------------

    def _code(self, top: URIRef, item: Value) -> None:
        found = self._by_role(top, "code", item)
        if found is not None:
            block, roles = found
            iri = self._code_iri(top, block, roles)
            self.out.add(top, OSAID.hasCode, iri, block.line, source_for(block, self.source))
            self.blocks.write(iri, OSAID.Code, block, "code", self.source, "models")

    def _document(self, top: URIRef, item: Value) -> None:
        found = self._by_role(top, "documents", item)
        if found is not None:
            block, roles = found
            place = None if "id" in block.values else address_in(block.values, "document", "location")
            iri = iri_of(place, "document") if place else None
            if (
                iri is None or iri in self.release
            ):  # the page of a release is often its card, and yet is not the release
                iri = self.blocks.identity(block, top, f"document-{'-'.join(dict.fromkeys(roles))}")
            self.out.add(top, OSAID.hasDocument, iri, block.line, source_for(block, self.source))
            self.blocks.write(iri, OSAID.Document, block, "document", self.source, "models")

    def _by_role(self, top: URIRef, name: str, item: Value) -> tuple[Mapping, list[str]] | None:
        """Return an entry of ``code`` or ``documents`` and its roles; a silence is written, and gives None."""
        key, where = MANIFEST[name], f"an entry of {name!r}"
        role = BLOCKS[key.block]["roles"]
        known = CODELISTS[role.codelist]
        silence = silence_in(item, where, beside=("roles", "source"))
        if silence and not isinstance(item, Mapping):
            self._silence(top, key, silence, item, known)
            return None
        if not isinstance(item, Mapping):
            fail(item, f"{where} must be a block of keys, found {kind_of(item)}", "write - {roles: [...], ...}")
        check_keys(item, BLOCKS[key.block], where)
        if "roles" not in item.values:
            fail(item, f"{where} has no 'roles'", "name them: " + ", ".join(known))
        roles = [token(token_of(word, "roles", role.codelist)) for word in some_of(item.values["roles"], "roles")]
        if silence:
            self._silence(top, key, silence, item, roles)
            return None
        return item, roles

    def _silence(self, top: URIRef, key: Key, silence: tuple[URIRef, str], item: Value, roles: Iterable[str]) -> None:
        """Write that ``top`` has nothing for roles of code or documents."""
        source, role = source_for(item, self.source), BLOCKS[key.block]["roles"].writes
        node = self.out.silence(*silence, item.line, source, roles, role)
        self.out.add(top, key.writes, node, item.line, source)

    def _code_iri(self, top: URIRef, item: Mapping, roles: list[str]) -> URIRef:
        place = None if "id" in item.values else address_in(item.values, "repository", "location")
        if place is None:
            return self.blocks.identity(item, top, f"code-{'-'.join(dict.fromkeys(roles))}")
        iri = canonical(iri_of(place, "repository"))
        revision = item.values.get("revision")
        return URIRef(versioned(iri, text_of(revision, "revision")) if revision is not None else iri)

    def _data_information(self, top: URIRef, item: Value, lead: str) -> None:
        source = source_for(item, self.source)
        silence = silence_in(item, "an entry of 'data-information'")
        if silence:
            node = self.out.silence(*silence, item.line, source)
            self.out.add(top, OSAID.hasDataInformation, node, item.line, source)
            return
        if isinstance(item, Scalar):
            block = Mapping(item.line, item.column, {"document": item}, {"document": item})
        elif isinstance(item, Mapping):
            block = item
        else:
            fail(item, "'data-information' must be a URL or a block of keys", "write {document: https://...}")
        place = None if "id" in block.values else address_in(block.values, "document", "location")
        iri = iri_of(place, "document") if place else self.blocks.identity(block, top, "data-information")
        self.out.add(top, OSAID.hasDataInformation, iri, item.line, source)
        if isinstance(item, Scalar):
            self.out.short.append(ShortForm(iri, lead, "document", text_of(item, "document")))
        self.blocks.write(iri, OSAID.DataInformation, block, "data-information", self.source, "datasets")
