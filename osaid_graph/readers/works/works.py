"""What schema.org says of a work, be it data, code or a model, in our terms; RO-Crate and CodeMeta share it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from urllib.parse import quote

from rdflib import DCTERMS, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.identity import part_of, short
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf.descriptions import Description, Descriptions, Said
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.works.addresses import identifier, location
from osaid_graph.reading import Statement
from osaid_graph.vocab import CODE, OSAID

#: What relative IRIs of a document are resolved against: a place that is none, so that they are told from all others.
HERE = "https://here.invalid/crate/"
_NOWHERE = "https://here.invalid/"
#: How a node that a document names is called in ours; what it names only below itself has no IRI of its own.
Naming = Callable[[IdentifiedNode], URIRef]

_FRAGMENT = "-._~!$&'()*+,;=:@%"
_PAPERS = frozenset((SCHEMA.ScholarlyArticle, SCHEMA.Thesis))
_PERSON = (SCHEMA.givenName, SCHEMA.additionalName, SCHEMA.familyName)


def local_name(iri: str) -> str:
    """Return what a term is called, whatever namespace its writer took it from.

    >>> local_name("https://w3id.org/fair4ml#MLModel"), local_name("http://w3id.org/fair4ml/MLModel")
    ('MLModel', 'MLModel')
    """
    return iri.replace("#", "/").replace(":", "/").rstrip("/").rpartition("/")[2]


def path_of(iri: str) -> str | None:
    """Return the path that a relative IRI was written as, with ``..`` where it leaves the folder; None for others.

    >>> path_of(HERE + "data/train.csv"), path_of("https://here.invalid/etc/passwd"), path_of("https://example.org/")
    ('data/train.csv', '../etc/passwd', None)
    """
    if iri.startswith(HERE):
        return iri.removeprefix(HERE)
    return f"../{iri.removeprefix(_NOWHERE)}" if iri.startswith(_NOWHERE) else None


def global_iri(said: Said) -> URIRef | None:
    """Return the IRI that a value is or gives, if it means the same everywhere."""
    return None if path_of(said.text) is not None else identifier(said.text)


def below(whole: str, node: IdentifiedNode) -> URIRef:
    """Return the IRI of a node that has none of its own outside the document: one below the IRI of ``whole``.

    >>> str(below("https://example.org/c", URIRef(HERE + "data/train.csv")))
    'https://example.org/c#/data/train.csv'
    >>> str(below("https://example.org/c", URIRef(HERE + "#run")))
    'https://example.org/c#run'
    """
    path = None if isinstance(node, BNode) else path_of(str(node))
    if path is None:
        return URIRef(part_of(whole, quote(str(node), safe=_FRAGMENT)))
    if path.startswith("#"):
        return URIRef(part_of(whole, quote(path[1:], safe=_FRAGMENT)))
    return URIRef(part_of(whole, "/" + quote(path, safe=_FRAGMENT + "/")))


def named_by(
    described: Descriptions, node: IdentifiedNode, terms: Iterable[URIRef]
) -> Iterator[tuple[URIRef, list[Statement]]]:
    """Yield the IRIs by which ``terms``, the surest first, say which thing in the world a node is, and what says so.

    None of it counts as read by that. A ``PropertyValue`` names something by what it holds.
    """
    for term in terms:
        for statement in described.about(node):
            if statement.triple[1] != term:
                continue
            value = statement.triple[2]
            held = [] if isinstance(value, Literal) else described.about(value)
            inner = [each for each in held if each.triple[1] in (SCHEMA.value, SCHEMA.url)]
            for text, said in ((value, []), *((each.triple[2], [each]) for each in inner)):
                iri = None if isinstance(text, BNode) or path_of(text) is not None else identifier(text)
                if iri is not None:
                    yield iri, [statement, *said]


def identity(
    described: Descriptions, node: IdentifiedNode, terms: Iterable[URIRef], not_its_own: Container[URIRef] = ()
) -> URIRef | None:
    """Return the first IRI that names a node and is not known to be that of something else; only that is read."""
    for iri, statements in named_by(described, node, terms):
        if iri not in not_its_own:
            described.read(statements)
            return iri
    return None


def predicates(described: Description, *names: str) -> list[URIRef]:
    """Return the predicates of a description that are called one of ``names``, in that order."""
    found = {local_name(each): each for each in described.predicates}
    return [found[name] for name in names if name in found]


def name_of(described: Description) -> str:
    """Return what people call something; a person by all parts of their name.

    A name that only repeats the IRI in short is none: formats that ask for a name get that where nobody gave one.
    """
    name = described.text(SCHEMA.name)
    if name and name == short(str(described.node)):
        return ""
    return name or " ".join(text for part in _PERSON if (text := described.text(part)))


def write_terms(out: ClaimWriter, node: IdentifiedNode, work: Description) -> bool:
    """Say the licences of a work, each in the words it is given in; return whether there are any.

    A licence that is a node of the document alone is named by its identifier, address or name, else by its file.
    """
    found = False
    for said in work.get(SCHEMA.license):
        words, described = said.text, said.description
        if described is not None and global_iri(said) is None:
            words = described.text(SCHEMA.identifier) or described.text(SCHEMA.url) or name_of(described)
            words = words or path_of(said.text) or said.text
        if words:
            out.tell(node, OSAID.license, words, said)
            found = True
    return found


def write_date(out: ClaimWriter, node: IdentifiedNode, work: Description) -> None:
    """Say when a work was published."""
    for said in work.get(SCHEMA.datePublished):
        out.issued(node, said.text, said)


def write_agents(out: ClaimWriter, node: IdentifiedNode, work: Description) -> None:
    """Say who made a work and who publishes it."""
    for relation, terms in (
        (DCTERMS.creator, (SCHEMA.author, SCHEMA.creator)),
        (DCTERMS.publisher, (SCHEMA.publisher, SCHEMA.provider)),
    ):
        for said in work.get(*terms):
            iri, described = global_iri(said), said.description
            name = said.text if described is None and iri is None else ""
            if described is not None:
                name, _ = name_of(described), described.types
                iri = iri or next((i for each in described.get(SCHEMA.identifier) if (i := global_iri(each))), None)
            out.agent(node, relation, name, said, iri or "")


def write_locations(out: ClaimWriter, node: IdentifiedNode, work: Description, *terms: URIRef) -> bool:
    """Say where a work can be got, by the first of ``terms`` that gives an address; return whether one does."""
    for term in terms:
        addresses = [(where, said) for said in work.get(term) for where in _addresses(out, said)]
        for where, said in addresses:
            out.say(node, OSAID.location, where, said)
        if addresses:
            return True
    return False


def _addresses(out: ClaimWriter, said: Said) -> Iterable[URIRef]:
    described = said.description
    downloads = described.get(SCHEMA.contentUrl, SCHEMA.downloadUrl) if described is not None else []
    for each in downloads or [said]:
        where = location(out, path_of(each.text) or each.text, said) if each.text else None
        if where is not None:
            yield where


def write_documents(
    out: ClaimWriter, node: IdentifiedNode, work: Description, naming: Naming, *terms: URIRef, paper: bool = False
) -> None:
    """Say which documents ``terms`` give; ``paper`` where they are papers by what the terms mean."""
    for said in work.get(*terms):
        described = said.description
        document = identifier(said.text) if described is None else naming(described.node)
        if document is None:
            continue
        out.say(node, OSAID.hasDocument, document, said)
        out.thing(document, OSAID.Document, said, name_of(described) if described is not None else "")
        if described is not None:
            write_terms(out, document, described)
        types = described.types if described is not None else frozenset()
        if paper or types & _PAPERS:
            out.say(document, OSAID.documentRole, CODE["research-paper"], said)
