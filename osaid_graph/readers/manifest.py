"""Reader of ``osaid.yaml``, the manifest a person writes beside a release (format: ``docs/manifest.md``).

Bytes in, statements out, each with its line and the source it is attributed to. Short forms are expanded here; what
comes out is the same graph that the long form in JSON-LD (``ontology/context.jsonld``) gives.
"""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.identity import Kind, canonical, checked_iri, versioned
from osaid_graph.model import Reading, StatedSource, Term
from osaid_graph.readers.manifest_keys import (
    BLOCKS,
    DATASET_DERIVATIONS,
    MANIFEST,
    PARAMETER_DERIVATIONS,
    Accepts,
    Key,
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
    source_of,
    statements_in,
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
            (text_of(item, "imports"), item.line) for item in (items_of(values["imports"]) if "imports" in values else [])
        )
        return Reading(tuple(self.out.statements), imports)

    # -- the release and its parts ---------------------------------------------------------------------------

    def _top(self, default: StatedSource | None) -> URIRef | None:
        """Write the system, model or parameters that everything else is part of, and return it."""
        values = self.tree.values
        for name, kind in (("system", OSAID.AISystem), ("model", OSAID.Model), ("parameters", OSAID.Parameters)):
            block = values.get(name)
            if block is None or not isinstance(block, Mapping) or (name != "system" and "id" not in block.values):
                if block is not None and name == "system":
                    fail(block, f"'system' must be a block of keys, found {kind_of(block)}", "write system: {id: ...}")
                continue
            if "id" not in block.values:
                fail(block, f"{name!r} has no 'id'", "give it one: the URL people know it by, or org/name on the Hub")
            iri = reference_of(block.values["id"], "id", "models")
            self.base = str(iri)
            self._block(iri, kind, block, name, default, "models")
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
        for name, kind, node in (("model", OSAID.Model, "model"), ("parameters", OSAID.Parameters, "parameters")):
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
        self, holder: URIRef, name: str, kind: URIRef, item: Value, default: StatedSource | None, fragment: str
    ) -> URIRef | None:
        key = MANIFEST[name]
        assert key.property is not None
        silence = silence_in(item)
        if silence:
            source = self._source(item, default)
            self.out.add(holder, key.property, self.out.silence(*silence, item.line, source), item.line, source)
            return None
        if not isinstance(item, Mapping):
            fail(item, f"{name!r} must be a block of keys, found {kind_of(item)}", f"write {name}: {{location: ...}}")
        iri = (
            reference_of(item.values["id"], "id", "models")
            if "id" in item.values
            else URIRef(f"{self.base}#{fragment}")
        )
        if iri == holder:
            return iri
        source = self._source(item, default)
        self.out.add(holder, key.property, iri, item.line, source)
        self._block(iri, kind, item, name, default, "models")
        return iri

    def _code(self, top: URIRef, item: Value, default: StatedSource | None) -> None:
        silence = silence_in(item)
        if silence and not isinstance(item, Mapping):
            node = self.out.silence(*silence, item.line, default, CODELISTS["CodeRole"])
            self.out.add(top, OSAID.hasCode, node, item.line, default)
            return
        if not isinstance(item, Mapping):
            fail(item, f"an entry of 'code' must be a block of keys, found {kind_of(item)}", "write - {roles: [...], ...}")
        check_keys(item, BLOCKS["code"], "an entry of 'code'")
        if "roles" not in item.values:
            fail(item, "an entry of 'code' has no 'roles'", "name them: " + ", ".join(CODELISTS["CodeRole"]))
        roles = [str(token_of(role, "roles", "CodeRole")).rpartition("#")[2] for role in items_of(item.values["roles"])]
        source = self._source(item, default)
        if silence:
            node = self.out.silence(*silence, item.line, source, roles)
            self.out.add(top, OSAID.hasCode, node, item.line, source)
            return
        iri = self._code_iri(item, roles)
        self.out.add(top, OSAID.hasCode, iri, item.line, source)
        self._block(iri, OSAID.Code, item, "code", default, "models")

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
        source = self._source(item, default)
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
        self._block(iri, OSAID.DataInformation, block, "data-information", default, "datasets")

    # -- datasets --------------------------------------------------------------------------------------------

    def _datasets_of(self, holder: URIRef | None, name: str, value: Value, default: StatedSource | None) -> None:
        key = MANIFEST[name]
        assert key.property is not None
        if holder is None:
            return
        for item in items_of(value):
            source = self._source(item, default)
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
            self.out.add(holder, key.property, node, item.line, source)

    def _dataset(self, item: Value, default: StatedSource | None) -> URIRef:
        if not isinstance(item, Mapping):
            fail(item, f"a dataset must be a block of keys, found {kind_of(item)}", "write - {id: ..., location: ...}")
        if "id" not in item.values:
            fail(item, "a dataset has no 'id'", "give it one: a URL, org/name on the Hub, or a name of your own")
        named = text_of(item.values["id"], "id")
        iri = reference_of(item.values["id"], "id", "datasets")
        version = item.values.get("version")
        whole = iri
        if version is not None and "@" not in named:
            iri = URIRef(versioned(str(iri), text_of(version, "version")))
        self._block(iri, OSAID.Dataset, item, "dataset", default, "datasets")
        if version is not None and iri != whole:
            self.out.add(iri, DCTERMS.isVersionOf, whole, version.line, self._source(item, default))
        return iri

    # -- judgements ------------------------------------------------------------------------------------------

    def _judgement(self, item: Value, default: StatedSource | None, top: URIRef | None) -> None:
        if not isinstance(item, Mapping):
            fail(item, f"a judgement must be a block of keys, found {kind_of(item)}", "write - {requirement: ...}")
        check_keys(item, BLOCKS["judgement"], "a judgement")
        for needed in ("requirement", "outcome", "by", "date", "definition", "reason"):
            if needed not in item.values:
                fail(item, f"a judgement has no {needed!r}", "a judgement says who, when, what and why")
        values, source = item.values, self._source(item, default)
        said: list[tuple[URIRef, Term]] = [
            (OSAID.judges, REQ[text_of(values["requirement"], "requirement")]),
            (OSAID.outcome, token_of(values["outcome"], "outcome", "Outcome")),
            (PROV.wasAttributedTo, self._agent(values["by"], source)),
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

    # -- blocks of keys --------------------------------------------------------------------------------------

    def _block(
        self, iri: URIRef, kind: URIRef, block: Mapping, name: str, default: StatedSource | None, refs: Kind
    ) -> None:
        """Write the class of a node and every key of its block."""
        keys = BLOCKS[name]
        check_keys(block, keys, f"{name!r}")
        source = self._source(block, default)
        self.out.add(iri, RDF.type, kind, block.line, source)
        for key_name, value in block.values.items():
            key = keys[key_name]
            if key.property is not None:
                self._key(iri, key_name, key, value, source, refs)

    def _key(
        self, iri: URIRef, name: str, key: Key, value: Value, source: StatedSource | None, refs: Kind
    ) -> None:
        assert key.property is not None
        match key.accepts:
            case Accepts.STATEMENT:
                for said, line, said_by in statements_in(value, name, source, self.out):
                    self.out.add(iri, key.property, said, line, said_by)
            case Accepts.TOKEN:
                self._tokens_with_sources(iri, name, key, value, source)
            case Accepts.DERIVATIONS:
                self._derivations(iri, name, value, source, refs)
            case Accepts.REFERENCES:
                for item in items_of(value):
                    self.out.add(iri, key.property, reference_of(item, name, refs), item.line, source)
            case Accepts.ACCESS:
                self._access(iri, value, source)
            case Accepts.NODES:
                self._nodes(iri, name, key, value, source)
            case Accepts.AGENT:
                self.out.add(iri, key.property, self._agent(value, source), value.line, source)
            case Accepts.DATE:
                self.out.add(iri, key.property, date_of(value, name), value.line, source)
            case Accepts.TOKENS:
                for item in items_of(value):
                    self.out.add(iri, key.property, token_of(item, name, key.codelist), item.line, source)
            case _:
                self.out.add(iri, key.property, Literal(text_of(value, name)), value.line, source)

    def _tokens_with_sources(
        self, iri: URIRef, name: str, key: Key, value: Value, default: StatedSource | None
    ) -> None:
        assert key.property is not None
        for item in items_of(value):
            silence = silence_in(item)
            source = self._source(item, default)
            said: Term
            if silence:
                said = self.out.silence(*silence, item.line, source)
            elif isinstance(item, Mapping):
                check_keys(item, ("value", "source"), f"a statement of {name!r}")
                if "value" not in item.values:
                    fail(item, f"a statement of {name!r} has no 'value'", "write {value: ..., source: ...}")
                said = token_of(item.values["value"], name, key.codelist)
            else:
                said = token_of(item, name, key.codelist)
            self.out.add(iri, key.property, said, item.line, source)

    def _derivations(
        self, iri: URIRef, name: str, value: Value, default: StatedSource | None, refs: Kind
    ) -> None:
        kinds = DATASET_DERIVATIONS if refs == "datasets" else PARAMETER_DERIVATIONS
        for item in items_of(value):
            source = self._source(item, default)
            if not isinstance(item, Mapping):
                self.out.add(iri, OSAID.derivedFrom, reference_of(item, name, refs), item.line, source)
                continue
            words = [word for word in item.values if word != "source"]
            check_keys(item, (*kinds, "ref", "source"), f"an entry of {name!r}")
            if len(words) != 1:
                fail(item, f"an entry of {name!r} names one source, found {len(words)}", "write - {filtered: c4}")
            predicate = kinds.get(words[0], OSAID.derivedFrom)
            for target in items_of(item.values[words[0]]):
                self.out.add(iri, predicate, reference_of(target, name, refs), item.line, source)

    def _access(self, iri: URIRef, value: Value, default: StatedSource | None) -> None:
        for item in items_of(value):
            source = self._source(item, default)
            manner, said = item, list[tuple[URIRef, Term]]()
            if isinstance(item, Mapping):
                check_keys(item, ("manner", "comment", "source"), "'access'")
                if "manner" not in item.values:
                    fail(item, "'access' has no 'manner'", "one of: " + ", ".join(CODELISTS["AccessManner"]))
                manner = item.values["manner"]
                if "comment" in item.values:
                    said.append((RDFS.comment, Literal(text_of(item.values["comment"], "comment"))))
            said.append((OSAID.accessManner, token_of(manner, "access", "AccessManner")))
            node = self.out.node(OSAID.AccessConditions, said, item.line, source)
            self.out.add(iri, OSAID.accessConditions, node, item.line, source)

    def _nodes(self, iri: URIRef, name: str, key: Key, value: Value, default: StatedSource | None) -> None:
        """Write configurations, checkpoints and the like: a URL, a text, a silence or a block of its own."""
        assert key.property is not None
        kinds = {
            "arguments": OSAID.Configuration,
            "checkpoints": OSAID.Checkpoint,
            "optimizer-state": OSAID.OptimizerState,
        }
        for number, item in enumerate(items_of(value), 1):
            source = self._source(item, default)
            silence = silence_in(item)
            if silence:
                node: IdentifiedNode = self.out.silence(*silence, item.line, source)
            elif isinstance(item, Mapping):
                node = self._node_iri(iri, name, item, number)
                self._block(node, kinds[name], item, key.block, default, "models")  # type: ignore[arg-type]
            else:
                node = self._described_by(kinds[name], text_of(item, name), item.line, source)
            self.out.add(iri, key.property, node, item.line, source)

    def _node_iri(self, iri: URIRef, name: str, item: Mapping, number: int) -> URIRef:
        if "id" in item.values:
            return reference_of(item.values["id"], "id", "models")
        fragment = name if number == 1 else f"{name}-{number}"
        separator = "-" if "#" in iri else "#"
        return URIRef(f"{iri}{separator}{fragment}")

    def _described_by(self, kind: URIRef, text: str, line: int, source: StatedSource | None) -> IdentifiedNode:
        if "://" not in text or " " in text:
            return self.out.node(kind, [(RDFS.comment, Literal(text))], line, source)
        node = URIRef(checked_iri(text))
        self.out.add(node, RDF.type, kind, line, source)
        self.out.add(node, OSAID.location, node, line, source)
        return node

    def _agent(self, value: Value, source: StatedSource | None) -> IdentifiedNode:
        if not isinstance(value, Mapping):
            return self.out.node(PROV.Agent, [(FOAF.name, Literal(text_of(value, "name")))], value.line, source)
        check_keys(value, ("name", "id", "affiliation"), "an agent")
        if "name" not in value.values:
            fail(value, "an agent has no 'name'", "write {name: ...}")
        said: list[tuple[URIRef, Term]] = [(FOAF.name, Literal(text_of(value.values["name"], "name")))]
        if "affiliation" in value.values:
            said.append((OSAID.affiliation, Literal(text_of(value.values["affiliation"], "affiliation"))))
        if "id" not in value.values:
            return self.out.node(PROV.Agent, said, value.line, source)
        iri = URIRef(checked_iri(text_of(value.values["id"], "id")))
        for predicate, term in [(RDF.type, PROV.Agent), *said]:
            self.out.add(iri, predicate, term, value.line, source)
        return iri

    # -- small things ----------------------------------------------------------------------------------------

    def _source(self, item: Value, default: StatedSource | None) -> StatedSource | None:
        if isinstance(item, Mapping) and "source" in item.values:
            return source_of(item.values["source"])
        return default

    def _items(self, name: str) -> list[Value]:
        value = self.tree.values.get(name)
        return [] if value is None else items_of(value)

    def _blocks(self, name: str) -> list[Value]:
        value = self.tree.values.get(name)
        if value is None or isinstance(value, Scalar) and value.is_null:
            return []
        if isinstance(value, Scalar):
            fail(value, f"{name!r} must be a list, found {kind_of(value)}", f"write {name}: followed by '- ...' entries")
        return items_of(value)
