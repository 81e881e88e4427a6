"""Reader of ``osaid.yaml``, the manifest a person writes beside a release (format: ``docs/manifest.md``).

Bytes in, statements out, each with its line and the source it is attributed to. Short forms are expanded here; what
comes out is the same graph that the long form in JSON-LD (``ontology/context.jsonld``) gives.
"""

from __future__ import annotations

from rdflib import DCTERMS, PROV, RDFS, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.identity import canonical, checked_iri, versioned
from osaid_graph.model import Reading, StatedSource, Term
from osaid_graph.readers.blocks import BlockWriter
from osaid_graph.readers.manifest_keys import (
    BLOCKS,
    MANIFEST,
)
from osaid_graph.readers.statements import StatementWriter
from osaid_graph.readers.text import decode
from osaid_graph.readers.values import (
    check_keys,
    date_of,
    fail,
    first_present,
    flag_of,
    items_of,
    kind_of,
    reference_of,
    silence_in,
    source_for,
    source_of,
    text_of,
    token_of,
)
from osaid_graph.readers.yaml_tree import Mapping, Scalar, Value, parse
from osaid_graph.vocab import CODELISTS, DEF, OSAID, REQ

NAME = "osaid.yaml"
SUMMARY = "the manifest of osaid-graph (YAML)"
SUFFIXES = (".yaml", ".yml")


def sniff(data: bytes) -> bool:
    """Tell whether the text starts a line with a top-level key of the manifest."""
    head = data[: 1 << 16].decode("utf-8-sig", "replace")
    return any(line.partition(":")[0].rstrip() in MANIFEST and ":" in line for line in head.splitlines())


def read(data: bytes, name: str) -> Reading:
    """Read a manifest.

    Raises:
        InputError: Not UTF-8, not YAML, an unknown key, a word that is not in its codelist, a missing or malformed
            value; always with the line.
    """
    tree = parse(decode(data))
    if tree is None:
        raise InputError("the file is empty", "describe a release in it: see docs/manifest.md")
    if not isinstance(tree, Mapping):
        raise InputError(f"a manifest is a block of keys, found {kind_of(tree)}", "start with system:", line=tree.line)
    return _Manifest(tree).read()


class _Manifest:
    def __init__(self, tree: Mapping) -> None:
        self.tree = tree
        self.out = StatementWriter()
        self.blocks = BlockWriter(self.out)
        self.base = ""

    def read(self) -> Reading:
        check_keys(self.tree, MANIFEST, "the manifest")
        values = self.tree.values
        default = source_of(values["source"]) if "source" in values else None
        top = self._top(default)
        trained = self._parts(top, default)
        for name in ("training-data", "validation-data", "evaluation-data"):
            if name in values:
                self._datasets_of(trained, name, values[name], default)
        for item in self._blocks("datasets"):
            self._dataset(item, default)
        for item in self._blocks("judgements"):
            self._judgement(item, default, top)
        imports = tuple(
            (text_of(item, "imports"), item.line)
            for item in (items_of(values["imports"]) if "imports" in values else [])
        )
        return Reading(tuple(self.out.statements), imports)

    # -- the release and its parts ---------------------------------------------------------------------------

    def _top(self, default: StatedSource | None) -> URIRef | None:
        """Write the system, model or parameters that everything else is part of, and return it."""
        values = self.tree.values
        for name, kind in (
            ("system", OSAID.AISystem),
            ("model", OSAID.Model),
            ("parameters", OSAID.Parameters),
        ):
            block = values.get(name)
            if block is None or not isinstance(block, Mapping) or (name != "system" and "id" not in block.values):
                if block is not None and name == "system":
                    fail(
                        block,
                        f"'system' must be a block of keys, found {kind_of(block)}",
                        "write system: {id: ...}",
                    )
                continue
            if "id" not in block.values:
                fail(
                    block,
                    f"{name!r} has no 'id'",
                    "give it one: the URL people know it by, or org/name on the Hub",
                )
            iri = reference_of(block.values["id"], "id", "models")
            self.base = str(iri)
            self.blocks.write(iri, kind, block, name, default, "models")
            return iri
        for name in MANIFEST:
            if name in values and name not in ("imports", "source", "datasets"):
                line = self.tree.keys[name].line
                raise InputError(f"{name!r} belongs to no release", "add system: {id: ..., name: ...}", line=line)
        return None

    def _parts(self, top: URIRef | None, default: StatedSource | None) -> URIRef | None:
        """Write model, parameters, code and data information; return the node that was trained."""
        values = self.tree.values
        if top is None:
            return None
        holder = top
        for name, kind, node in (
            ("model", OSAID.Model, "model"),
            ("parameters", OSAID.Parameters, "parameters"),
        ):
            if name not in values:
                continue
            for item in items_of(values[name]):
                found = self._part(holder, name, kind, item, default, node)
                if found is not None:
                    holder = found
        for item in self._items("code"):
            self._code(top, item, default)
        for item in self._items("data-information"):
            self._data_information(top, item, default)
        return holder

    def _part(
        self,
        holder: URIRef,
        name: str,
        kind: URIRef,
        item: Value,
        default: StatedSource | None,
        fragment: str,
    ) -> URIRef | None:
        key = MANIFEST[name]
        silence = silence_in(item)
        if silence:
            source = source_for(item, default)
            self.out.add(holder, key.writes, self.out.silence(*silence, item.line, source), item.line, source)
            return None
        if not isinstance(item, Mapping):
            fail(
                item,
                f"{name!r} must be a block of keys, found {kind_of(item)}",
                f"write {name}: {{location: ...}}",
            )
        iri = (
            reference_of(item.values["id"], "id", "models")
            if "id" in item.values
            else URIRef(f"{self.base}#{fragment}")
        )
        if iri == holder:
            return iri
        source = source_for(item, default)
        self.out.add(holder, key.writes, iri, item.line, source)
        self.blocks.write(iri, kind, item, name, default, "models")
        return iri

    def _code(self, top: URIRef, item: Value, default: StatedSource | None) -> None:
        silence = silence_in(item)
        if silence and not isinstance(item, Mapping):
            node = self.out.silence(*silence, item.line, default, CODELISTS["CodeRole"])
            self.out.add(top, OSAID.hasCode, node, item.line, default)
            return
        if not isinstance(item, Mapping):
            fail(
                item,
                f"an entry of 'code' must be a block of keys, found {kind_of(item)}",
                "write - {roles: [...], ...}",
            )
        check_keys(item, BLOCKS["code"], "an entry of 'code'")
        if "roles" not in item.values:
            fail(item, "an entry of 'code' has no 'roles'", "name them: " + ", ".join(CODELISTS["CodeRole"]))
        roles = [str(token_of(role, "roles", "CodeRole")).rpartition("#")[2] for role in items_of(item.values["roles"])]
        source = source_for(item, default)
        if silence:
            node = self.out.silence(*silence, item.line, source, roles)
            self.out.add(top, OSAID.hasCode, node, item.line, source)
            return
        iri = self._code_iri(item, roles)
        self.out.add(top, OSAID.hasCode, iri, item.line, source)
        self.blocks.write(iri, OSAID.Code, item, "code", default, "models")

    def _code_iri(self, item: Mapping, roles: list[str]) -> URIRef:
        if "id" in item.values:
            return reference_of(item.values["id"], "id", "models")
        place = first_present(item.values, "repository", "location")
        if isinstance(place, Scalar) and place.text.startswith("http"):
            revision = item.values.get("revision")
            iri = canonical(checked_iri(text_of(place, "repository")))
            return URIRef(versioned(iri, text_of(revision, "revision")) if revision is not None else iri)
        return URIRef(f"{self.base}#code-{'-'.join(roles)}")

    def _data_information(self, top: URIRef, item: Value, default: StatedSource | None) -> None:
        source = source_for(item, default)
        silence = silence_in(item)
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
        place = first_present(block.values, "id", "document", "location")
        if isinstance(place, Scalar) and place.text.startswith("http"):
            iri = URIRef(checked_iri(text_of(place, "document")))
        else:
            iri = URIRef(f"{self.base}#data-information")
        self.out.add(top, OSAID.hasDataInformation, iri, item.line, source)
        self.blocks.write(iri, OSAID.DataInformation, block, "data-information", default, "datasets")

    # -- datasets --------------------------------------------------------------------------------------------

    def _datasets_of(self, holder: URIRef | None, name: str, value: Value, default: StatedSource | None) -> None:
        key = MANIFEST[name]
        if holder is None:
            return
        for item in items_of(value):
            source = source_for(item, default)
            silence = silence_in(item)
            node: IdentifiedNode
            if silence:
                node = self.out.silence(*silence, item.line, source)
            elif isinstance(item, Mapping) and "ref" in item.values:
                check_keys(item, ("ref", "source"), f"a reference in {name!r}")
                node = reference_of(item.values["ref"], "ref", "datasets")
            elif isinstance(item, Mapping):
                node = self._dataset(item, default)
            else:
                node = reference_of(item, name, "datasets")
            self.out.add(holder, key.writes, node, item.line, source)

    def _dataset(self, item: Value, default: StatedSource | None) -> URIRef:
        if not isinstance(item, Mapping):
            fail(
                item,
                f"a dataset must be a block of keys, found {kind_of(item)}",
                "write - {id: ..., location: ...}",
            )
        if "id" not in item.values:
            fail(
                item,
                "a dataset has no 'id'",
                "give it one: a URL, org/name on the Hub, or a name of your own",
            )
        named = text_of(item.values["id"], "id")
        iri = reference_of(item.values["id"], "id", "datasets")
        version = item.values.get("version")
        whole = iri
        if version is not None and "@" not in named:
            iri = URIRef(versioned(str(iri), text_of(version, "version")))
        self.blocks.write(iri, OSAID.Dataset, item, "dataset", default, "datasets")
        if version is not None and iri != whole:
            self.out.add(iri, DCTERMS.isVersionOf, whole, version.line, source_for(item, default))
        return iri

    # -- judgements ------------------------------------------------------------------------------------------

    def _judgement(self, item: Value, default: StatedSource | None, top: URIRef | None) -> None:
        if not isinstance(item, Mapping):
            fail(
                item,
                f"a judgement must be a block of keys, found {kind_of(item)}",
                "write - {requirement: ...}",
            )
        check_keys(item, BLOCKS["judgement"], "a judgement")
        for needed in ("requirement", "outcome", "by", "date", "definition", "reason"):
            if needed not in item.values:
                fail(item, f"a judgement has no {needed!r}", "a judgement says who, when, what and why")
        values, source = item.values, source_for(item, default)
        said: list[tuple[URIRef, Term]] = [
            (OSAID.judges, REQ[text_of(values["requirement"], "requirement")]),
            (OSAID.outcome, token_of(values["outcome"], "outcome", "Outcome")),
            (PROV.wasAttributedTo, self.blocks.agent(values["by"], source)),
            (DCTERMS.date, date_of(values["date"], "date")),
            (OSAID.definition, DEF[text_of(values["definition"], "definition")]),
            (RDFS.comment, Literal(text_of(values["reason"], "reason"))),
        ]
        if "independent" in values:
            said.append((OSAID.independent, flag_of(values["independent"], "independent")))
        if "subject" in values:
            said.append((OSAID.subject, reference_of(values["subject"], "subject", "models")))
        elif top is not None:
            said.append((OSAID.subject, top))
        for evidence in items_of(values["evidence"]) if "evidence" in values else ():
            said.append((OSAID.evidence, self._evidence(evidence, source)))
        self.out.node(OSAID.Judgement, said, item.line, source)

    def _evidence(self, item: Value, source: StatedSource | None) -> Term:
        if isinstance(item, Scalar):
            return Literal(item.text) if "://" not in item.text else URIRef(checked_iri(text_of(item, "evidence")))
        if not isinstance(item, Mapping) or "url" not in item.values:
            fail(item, "'evidence' must be a URL or {url, retrieved, sha256}", "write evidence: [https://...]")
        check_keys(item, ("url", "retrieved", "sha256"), "evidence")
        iri = URIRef(checked_iri(text_of(item.values["url"], "url")))
        if "retrieved" in item.values:
            self.out.add(iri, OSAID.retrieved, date_of(item.values["retrieved"], "retrieved"), item.line, source)
        if "sha256" in item.values:
            self.out.add(iri, OSAID.sha256, Literal(text_of(item.values["sha256"], "sha256")), item.line, source)
        return iri

    # -- small things ------------------------------------------------------------------------------------------

    def _items(self, name: str) -> list[Value]:
        value = self.tree.values.get(name)
        return [] if value is None else items_of(value)

    def _blocks(self, name: str) -> list[Value]:
        value = self.tree.values.get(name)
        if value is None or (isinstance(value, Scalar) and value.is_null):
            return []
        if isinstance(value, Scalar):
            fail(
                value,
                f"{name!r} must be a list, found {kind_of(value)}",
                f"write {name}: followed by '- ...' entries",
            )
        return items_of(value)
