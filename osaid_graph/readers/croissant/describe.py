"""Datasets described in the terms of Croissant, whatever RDF syntax they are written in.

The identity of a dataset is, in this order: a Hub page among its ``url``, its own IRI, ``sameAs`` and ``identifier``;
its own IRI, where its ``identifier`` repeats it; its ``url``; its own IRI; its ``sameAs``; its ``identifier`` (a DOI
becomes its address); an own IRI that is no address. A citation is none: it is
mostly that of a paper. A dataset with none of these is left to the loader to name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rdflib import DCTERMS, RDF, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph import identity
from osaid_graph.identity import HUB, canonical, is_url, shortened
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.croissant import records
from osaid_graph.readers.croissant.provenance import ProvenanceWriter
from osaid_graph.readers.croissant.terms import CR, FLAGS, LED, ODRL, PROVENANCE, TEXTS
from osaid_graph.readers.croissant.words import NAMES, address_in, block, local_name, seen, taken, values, words
from osaid_graph.readers.manifest.keys import PLACEHOLDERS
from osaid_graph.readers.rdf.descriptions import Description, Descriptions, Said
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.reading import Unnamed
from osaid_graph.vocab import OSAID

_HUB_DATASETS = HUB + "datasets/"
_NOT_APPLICABLE = re.compile(r"(?:not applicable|n/a)\b[\s.:;,(-]+\w", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9A-Fa-f]{64}")
_REASON = re.compile(r"(?:not applicable|n/a)\s*:\s*(\w.*)", re.IGNORECASE | re.DOTALL)
_NOT_DISCLOSED = re.compile(r"not disclosed(?:\s*:\s*(\w.*))?", re.IGNORECASE | re.DOTALL)
#: What the Hub writes where nobody described a dataset.
_FILLER = re.compile(r"\S+ dataset hosted on Hugging Face and contributed by the HF Datasets community\.?")
_HEADING = re.compile(r"#|dataset card for\b|dataset description$|dataset summary$", re.IGNORECASE)


def describe(found: Descriptions, out: ClaimWriter) -> tuple[Unnamed, ...]:
    """Write every dataset that a document describes in the terms of Croissant.

    Terms of schema.org are those of ``https:``. Returns the datasets of which it does not say which they are; a
    dataset without identity that another is based on is none of these, but a reference by its name.
    """
    named: dict[object, URIRef] = {}
    unnamed: list[Unnamed] = []
    datasets = found.of_type(SCHEMA.Dataset, CR.Dataset)
    objects = {statement.triple[2] for statement in found.statements}
    for it in datasets:
        iri = _identity(it, found, out)
        if iri is not None:
            named[it.node] = iri
        elif it.node not in objects:
            named[it.node] = node = URIRef(identity.unnamed(_content(it, found)))
            unnamed.append(Unnamed(node, "datasets", it.text(SCHEMA.name)))
    provenance = ProvenanceWriter(found, out, named)
    for it in datasets:
        if it.node in named:
            _Writer(found, out, named[it.node], it).write(provenance)
    return tuple(unnamed)


def _content(it: Description, found: Descriptions) -> bytes:
    """Return what is said of a node, which stands for it where it has no name, without labels that parsers choose."""
    triples = (each.triple for each in found.about(it.node))
    told = (f"{predicate} {value}" for _, predicate, value in triples if not isinstance(value, BNode))
    return "\n".join(sorted(told)).encode("utf-8", "replace")


def _identity(it: Description, found: Descriptions, out: ClaimWriter) -> URIRef | None:
    for said in it.get(SCHEMA.url):
        if not is_url(said.text):
            text = local_name(said.text) or said.text
            out.repair(f"{shortened(text)!r} is no address of a dataset: left out", said)
    own = str(it.node) if isinstance(it.node, URIRef) and not str(it.node).startswith("file:") else ""
    at_home = own if is_url(own) else ""
    urls, same = seen(it, found, SCHEMA.url), seen(it, found, SCHEMA.sameAs, SCHEMA.identifier)
    places = [(address_in(each.triple[2], found), each) for each in urls]
    others = [(address_in(each.triple[2], found), each) for each in same]
    confirmed = [(text, each) for text, each in others if each.triple[1] == SCHEMA.identifier and text == own]
    order = [*confirmed, *places, (at_home, None), *others, (own, None)]
    order.sort(key=lambda each: not canonical(each[0]).startswith(_HUB_DATASETS))  # a stable sort keeps the order
    for text, statement in order:
        if text:
            taken([statement] if statement else [], found)
            at = it if statement is None else taken([statement], found)[0]
            return out.reference(text, "datasets", at)
    return None


class _Writer:
    """Writes one dataset."""

    def __init__(self, found: Descriptions, out: ClaimWriter, node: URIRef, it: Description) -> None:
        self.found = found
        self.out = out
        self.node = node
        self.it = it

    def write(self, provenance: ProvenanceWriter) -> None:
        """Write all that is said of it."""
        named = next(iter(self._values(SCHEMA.name, DCTERMS.title)), None)
        self.out.thing(self.node, OSAID.Dataset, named or self.it, words(named, self.found) if named else "")
        for version in self._values(SCHEMA.version)[:1]:
            self.out.thing(self.node, OSAID.Dataset, version, version=version.text)
        for published in self._values(SCHEMA.datePublished, DCTERMS.issued):
            self.out.issued(self.node, published.text, published)
        self.it.get(DCTERMS.conformsTo)
        self._description()
        self._agents()
        self._terms()
        self._places()
        self._texts()
        self._structure(provenance)
        provenance.write(self.node, self.it)
        provenance.parts(self.node, self.it)

    def _values(self, *predicates: URIRef) -> list[Said]:
        return values(self.it, self.found, *predicates)

    def _tell(self, predicate: URIRef, said: Said) -> None:
        """Say what a text says, and where it says why there is nothing to say, that."""
        text = words(said, self.found)
        refusal = _NOT_DISCLOSED.fullmatch(text)
        if refusal:
            self.out.withhold(self.node, predicate, said, refusal[1] or "")
        elif _NOT_APPLICABLE.match(text):
            reason = _REASON.fullmatch(text)
            self.out.rule_out(self.node, predicate, said, reason[1] if reason else text)
        else:
            self.out.tell(self.node, predicate, text, said)

    def _description(self) -> None:
        """Say what the dataset is about; the sentence that the Hub fills in says nothing, a template's refuses."""
        statements = seen(self.it, self.found, SCHEMA.description)
        telling = [each for each in statements if not _FILLER.fullmatch(str(each.triple[2]).strip())]
        for said in taken(telling, self.found):
            lines = [line.strip() for line in said.text.splitlines() if line.strip()]
            left = [line for line in lines if not _HEADING.match(line)]
            refused = bool(left) and all(line.casefold() in PLACEHOLDERS for line in left)
            self.out.tell(self.node, OSAID.scope, left[0] if refused else words(said, self.found), said)

    def _agents(self) -> None:
        """Say who published it, which are its creators where nobody else is named, and who else is behind it."""
        publishers = self._values(SCHEMA.publisher, DCTERMS.publisher)
        creators = self._values(SCHEMA.creator, DCTERMS.creator)
        for said in publishers or creators:
            self._agent(DCTERMS.publisher, said)
        for said in (*(creators if publishers else ()), *self._values(PROVENANCE.wasAttributedTo)):
            self._agent(DCTERMS.creator, said)

    def _agent(self, predicate: URIRef, said: Said) -> None:
        it = said.description
        if it is None:
            self.out.agent(self.node, predicate, said.text, said)
            return
        it.get(RDF.type)
        iri = said.text if is_url(said.text) else ""  # a home page is none: people share them
        name = it.text(*NAMES) or local_name(said.text)
        self.out.agent(self.node, predicate, name, said, iri)

    def _terms(self) -> None:
        """Say its licence, the conditions of its use, which are terms as well, and of access to it."""
        for said in self.it.get(SCHEMA.license, DCTERMS.license):  # the words as they stand, "unknown" among them
            it = said.description
            at = address_in(said.term, self.found) if it is not None else ""
            text = at or words(said, self.found)
            if it is not None:
                it.get(RDF.type, *((SCHEMA.url,) if at and at != said.text else ()))
            self.out.tell(self.node, OSAID.license, text, said)
        for said in self._values(SCHEMA.usageInfo):
            self.out.tell(self.node, OSAID.license, self._conditions(said), said)
        for said in self._values(SCHEMA.conditionsOfAccess, DCTERMS.accessRights):
            self.out.access(self.node, "", said, words(said, self.found))
        for said in self._values(SCHEMA.isAccessibleForFree):
            free = said.text.casefold().rpartition("/")[2]
            if free in ("true", "false"):
                told = "accessible for free" if free == "true" else "not accessible for free"
                self.out.say(self.node, OSAID.fee, Literal(told), said)

    def _conditions(self, said: Said) -> str:
        """Return conditions of use as a text: their name, and what an ODRL offer permits, forbids and asks."""
        it = said.description
        if it is None:
            return said.text
        it.get(RDF.type)
        told = []
        for predicate in (ODRL.permission, ODRL.prohibition, ODRL.obligation, ODRL.duty):
            for rule in it.get(predicate):
                told.append(f"{str(predicate).rpartition('/')[2]}: {self._rule(rule)}")
        name = words(said, self.found)
        return f"{name}: {'; '.join(told)}" if told and it.text(*NAMES) else "; ".join(told) or name

    def _rule(self, said: Said) -> str:
        it = said.description
        if it is None:
            return said.text
        it.get(RDF.type)
        told = [words(action, self.found) for action in it.get(ODRL.action)]
        for each in it.get(ODRL.constraint):
            constraint = each.description
            if constraint is None:
                told.append(each.text)
                continue
            constraint.get(RDF.type)
            operands = [
                words(part, self.found) for part in constraint.get(ODRL.leftOperand, ODRL.operator, ODRL.rightOperand)
            ]
            name = constraint.text(*NAMES)
            told.append(f"{name} ({' '.join(operands)})" if name and operands else name or " ".join(operands))
        return ", ".join(text for text in told if text)

    def _places(self) -> None:
        """Say where it can be got: its page, and its files that are in no other file."""
        for said in self.it.get(SCHEMA.url):
            if is_url(said.text):
                self.out.tell(self.node, OSAID.location, said.text, said)
        files = [part for part in records.parts(self.it) if not seen(part, self.found, CR.containedIn)]
        self._checksum([part for part in files if seen(part, self.found, SCHEMA.contentUrl)])
        for part in files:
            urls = seen(part, self.found, SCHEMA.contentUrl)
            for said in taken([each for each in urls if is_url(str(each.triple[2]).strip())], self.found):
                self.out.tell(self.node, OSAID.location, said.text, said)

    def _checksum(self, files: Sequence[Description]) -> None:
        """Say the checksum of a dataset that is one file; those of repositories are none."""
        digests = seen(files[0], self.found, SCHEMA.sha256) if len(files) == 1 else []
        for said in taken([each for each in digests if _DIGEST.fullmatch(str(each.triple[2]))], self.found):
            self.out.say(self.node, OSAID.sha256, Literal(said.text.casefold()), said)

    def _texts(self) -> None:
        for terms, predicate in TEXTS:
            for said in self._values(*terms):
                self._tell(predicate, said)
        for terms, predicate, lead in LED:
            self._led(predicate, lead, self._values(*terms))
        for terms, told in FLAGS:
            flags = seen(self.it, self.found, *terms)
            set_ = [each for each in flags if str(each.triple[2]).strip().casefold() in ("true", "1")]
            for said in taken(set_, self.found)[:1]:
                self.out.say(self.node, OSAID.characteristics, Literal(told), said)

    def _led(self, predicate: URIRef, lead: str, said: Sequence[Said]) -> None:
        """Say several values as one text after words for their key; addresses and placeholders stand by themselves."""
        texts = [(" ".join(words(each, self.found).split()), each) for each in said]
        alone = [(text, each) for text, each in texts if is_url(text) or text.casefold() in PLACEHOLDERS]
        for text, each in alone:
            self.out.tell(self.node, predicate, text, each)
        together = [(text, each) for text, each in texts if text and (text, each) not in alone]
        if together:
            told = f"{lead}: {'; '.join(text for text, _ in together)}"
            self.out.say(self.node, predicate, Literal(told), together[0][1])

    def _structure(self, provenance: ProvenanceWriter) -> None:
        """Say what its files and records are like, and what is said of where these come from."""
        parts = records.parts(self.it)
        for part in parts:
            part.get(RDF.type)
        kinds = records.formats(parts, self.found)
        if kinds:
            told = "file formats: " + ", ".join(kind for kind, _ in kinds)
            self.out.say(self.node, OSAID.characteristics, Literal(told), kinds[0][1])
        for said in self.it.get(CR.recordSet):
            text = records.record_set(said, self.found)
            if text and said.description is not None:
                self.out.say(self.node, OSAID.characteristics, Literal(" ".join(text.split())), block(said))
        for part in (*parts, *self._fields(parts)):
            provenance.write(self.node, part)

    def _fields(self, parts: Sequence[Description]) -> list[Description]:
        """Return the fields of record sets, however deep; each once, though some may stand in each other."""
        reached: dict[IdentifiedNode, Description] = {}
        stack = list(reversed(parts))
        while stack:
            for said in stack.pop().get(CR.field, CR.subField):
                field = said.description
                if field is not None and field.node not in reached:
                    reached[field.node] = field
                    stack.append(field)
        return list(reached.values())
