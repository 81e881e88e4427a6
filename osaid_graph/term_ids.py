"""Terms of RDF as 64-bit integers: what tables of many statements hold in place of IRIs, blank nodes and literals.

An id is a digest of the term, so that whoever reads a term first, in whichever process or year, gives it the same id,
and nothing has to be agreed on. The range of an id tells what kind of term it is:

- a literal below 0,
- a blank node from 0,
- an IRI from 2**62.

That leaves 62 bits for nodes. Among n terms of a kind two share an id with a probability of about n**2 / 2**63: one in
90,000 for ten million terms, one in nine for a billion. Whoever stores terms looks for such a pair; the ``seed`` gives
other ids to a corpus that has one.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final, cast

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, XSD

from osaid_graph.model import Term

#: The ids of IRIs start here.
FIRST_IRI: Final = 1 << 62
#: What separates the parts of a literal that are digested; no language tag or IRI has it.
_BETWEEN: Final = "\x00"
_STRING: Final = str(XSD.string)


def term_id(term: Term, seed: int = 0) -> int:
    """Return the id of a term; a literal without a datatype is one of ``xsd:string``, as RDF 1.1 has it.

    >>> term_id(URIRef("https://example.org/a")) >= FIRST_IRI
    True
    >>> 0 <= term_id(BNode("b1")) < FIRST_IRI
    True
    >>> term_id(Literal("a")) == term_id(Literal("a", datatype=XSD.string)) < 0
    True
    """
    if isinstance(term, URIRef):
        return iri_id(str(term), seed)
    if isinstance(term, BNode):
        return _digest(str(term), seed) >> 2
    literal = cast(Literal, term)
    return literal_id(str(literal), str(literal.datatype or ""), literal.language or "", seed)


def iri_id(iri: str, seed: int = 0) -> int:
    """Return the id of an IRI."""
    return FIRST_IRI | _digest(iri, seed) >> 2


def node_id(name: str, seed: int = 0) -> int:
    """Return the id of a node by its IRI, or by ``_:label``.

    >>> node_id("https://example.org/a") == term_id(URIRef("https://example.org/a"))
    True
    >>> node_id("_:b1") == term_id(BNode("b1"))
    True
    """
    return term_id(BNode(name.removeprefix("_:")), seed) if name.startswith("_:") else iri_id(name, seed)


def literal_id(lexical: str, datatype: str = "", language: str = "", seed: int = 0) -> int:
    """Return the id of a literal; ``datatype`` is an IRI, empty for a plain text or one in a ``language``."""
    tag = language.casefold()
    kind = str(RDF.langString) if tag else datatype or _STRING
    return -1 - (_digest(_BETWEEN.join((lexical, kind, tag)), seed) >> 1)


def _digest(text: str, seed: int) -> int:
    key = seed.to_bytes(8, "big") if seed else b""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest(), "big")
