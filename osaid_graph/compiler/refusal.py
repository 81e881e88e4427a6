"""What cannot be compiled is said by name: which shape, what of it, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import SH, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.errors import InputError
from osaid_graph.vocab import token

_ALONE = "or assess releases one by one with osaid-graph check"
_ADVANCED = "is of SHACL Advanced Features, which the reference engine leaves out too"
#: Terms of SHACL that a shape may have and that are not of its core -> why they are refused.
_NOT_CORE = {
    **dict.fromkeys(("sparql", "select", "ask", "construct", "prefixes"), "asks a query of every node by itself"),
    **dict.fromkeys(("js", "jsFunctionName", "jsLibrary"), "runs a program on every node by itself"),
    **dict.fromkeys(("target", "expression", "rule", "values", "condition", "filterShape", "nodes"), _ADVANCED),
    **dict.fromkeys(
        ("parameter", "validator", "nodeValidator", "propertyValidator"), "declares a component of its own"
    ),
    "entailment": "asks for entailment, of which a corpus has only its own",
}


class Refused(InputError):
    """A shape that has no set-oriented form here (exit code 3)."""


def refused(trail: Sequence[IdentifiedNode], what: str, do: str) -> Refused:
    """Return the error for a shape.

    Args:
        trail: The shapes on the way to it, from the one with a target; the last is the one concerned.
        what: What of it is refused, and why, as the end of a sentence that begins with the shape.
        do: What to do.
    """
    named = next((node for node in reversed(trail) if isinstance(node, URIRef)), trail[0])
    within = "" if trail[-1] == named else "a part of "
    return Refused(f"cannot be compiled: {within}shape {named.n3()} {what}", do)


def ill_formed(trail: Sequence[IdentifiedNode], what: str) -> Refused:
    """Return the error for a shape that is no well-formed SHACL."""
    return refused(trail, f"is not well-formed: {what}", "see https://www.w3.org/TR/shacl/")


def not_core(trail: Sequence[IdentifiedNode], term: Node) -> Refused:
    """Return the error for a term of SHACL that is not of its core."""
    name = token(term)
    why = _NOT_CORE.get(name, f"has sh:{name}, which is no term of SHACL Core")
    if name in _NOT_CORE:
        why = f"has sh:{name}, which {why}"
    return refused(trail, why, f"write it with the constraints of SHACL Core, {_ALONE}")


def own_component(trail: Sequence[IdentifiedNode], parameter: Node) -> Refused:
    """Return the error for a shape that uses a constraint component which the shapes declare themselves."""
    what = f"uses <{parameter}>, a parameter of a constraint component of its own"
    return refused(trail, what, f"write it with the constraints of SHACL Core, {_ALONE}")


def recursive(trail: Sequence[IdentifiedNode]) -> Refused:
    """Return the error for a shape that is a part of itself."""
    what = "refers to itself, and SHACL leaves open what that means"
    return refused(trail, what, "take the reference out, or say it with a path such as sh:zeroOrMorePath")


def is_shacl(term: Node) -> bool:
    """Return whether a term has the namespace of SHACL."""
    return isinstance(term, URIRef) and str(term).startswith(str(SH))
