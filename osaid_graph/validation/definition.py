"""Load a version of the definition: its requirements with their words, and the rules that check them.

A version may be based on another (``osaid:basedOn``): it takes over the requirements, wordings and rules of that one,
and says only what differs. A profile, a folder of a user's own, is a version like any other.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from rdflib import DCTERMS, RDF, Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import ResourceError, UsageError
from osaid_graph.model import Definition, Requirement, Rule
from osaid_graph.resources import turtle_files
from osaid_graph.sources import Source
from osaid_graph.validation.requirements import circle, declared, iris_of, requirement, text_of
from osaid_graph.validation.rules import rule, rules_of, untarget
from osaid_graph.vocab import DCAT3, DEF, OSAID, token

DEFAULT_VERSION = "1.0-rc1"


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """A version of the definition, and the graph of the shapes that are in force in it."""

    definition: Definition
    shapes: Graph


@cache
def shapes() -> Graph:
    """Return all rules of ``shapes/``, of whichever version, as one graph."""
    return _parsed("shapes")


@cache
def requirements() -> Graph:
    """Return all requirements and versions of ``ontology/definition/`` as one graph."""
    return _parsed("ontology/definition")


def vocabulary(version: str = DEFAULT_VERSION) -> Graph:
    """Return all requirements, versions and rules as one graph, with those of the profile if ``version`` is one.

    Raises:
        UsageError: There is no such version.
        InputError: A file of the profile is wrong.
    """
    book = rulebook(version)
    if not book.definition.files:
        return joined(requirements(), shapes())
    from osaid_graph.validation.profile import read_profile

    profile = read_profile(Path(version))
    return joined(requirements(), shapes(), profile.requirements, profile.shapes)


def versions() -> tuple[str, ...]:
    """Return the ids of the versions of the definition that are shipped."""
    return tuple(sorted(token(iri) for iri in definitions_in(requirements())))


def definitions_in(graph: Graph) -> list[URIRef]:
    """Return the versions of the definition that a graph describes, sorted."""
    return sorted(node for node in graph.subjects(RDF.type, OSAID.Definition) if isinstance(node, URIRef))


def definition(version: str = DEFAULT_VERSION) -> Definition:
    """Return a version of the definition, or a profile; see :func:`rulebook`."""
    return rulebook(version).definition


def rulebook(version: str = DEFAULT_VERSION) -> Rulebook:
    """Return a version of the definition with its rules.

    Args:
        version: The id of a version that is shipped, in any case of letters, or a folder that holds a profile.

    Raises:
        UsageError: There is neither; the versions that exist are listed.
        InputError: A file of the profile is wrong; it is named, with the line where that is known.
    """
    shipped = {id_.casefold(): id_ for id_ in versions()}
    if version.casefold() in shipped:
        return _shipped(shipped[version.casefold()])
    if not os.path.isdir(version):  # noqa: PTH112 (a Path raises where no file can have that name)
        raise _unknown(version)
    from osaid_graph.validation.profile import read_profile

    profile = read_profile(Path(version))
    graph, all_shapes = joined(requirements(), profile.requirements), joined(shapes(), profile.shapes)
    return assemble(profile.definition, graph, all_shapes, profile.files)


def joined(*graphs: Graph) -> Graph:
    """Return graphs as one, with requirements and rules in the order in which they are written.

    That is the order of reports. The ``+`` of rdflib loses it: it goes through the triples in no order.
    """
    whole = Graph()
    for graph in graphs:
        for node in declared(graph).values():
            whole.add((node, RDF.type, OSAID.Requirement))
        for node in rules_of(graph):
            for served in iris_of(graph, node, OSAID.requirement):
                whole.add((node, OSAID.requirement, served))
    for graph in graphs:
        whole += graph
    return whole


def _unknown(version: str) -> UsageError:
    """Return what to say of a name that is neither a version nor a folder."""
    path, known = Path(version), f"versions: {', '.join(versions())}"
    if os.path.isfile(version):  # noqa: PTH113
        return UsageError(f"{version}: a file, not the folder of a profile", f"give its folder: {path.parent}")
    if "/" in version or "\\" in version:
        return UsageError(f"{version}: no such folder", f"name a folder that holds a profile, or a version; {known}")
    near = difflib.get_close_matches(version.casefold(), versions(), n=1, cutoff=0.8)
    guess = f"did you mean {near[0]}? " if near else ""
    return UsageError(
        f"no version {version!r} of the definition", f"{guess}{known}; or name a folder that holds a profile"
    )


@lru_cache
def _shipped(version: str) -> Rulebook:
    return assemble(DEF[version], requirements(), shapes())


def assemble(iri: URIRef, graph: Graph, all_shapes: Graph, files: tuple[Source, ...] = ()) -> Rulebook:
    """Build a version from the requirements of ``graph`` and those of ``all_shapes`` that are in force in it.

    Raises:
        ResourceError: Something in the data that the version needs is missing or stated twice.
    """
    chain = list(_chain(graph, iri))
    chosen = selected(graph, iri)
    if found := circle(chosen):
        raise ResourceError(f"requirements include each other: {' > '.join(found)}", "mend them in their Turtle file")
    rules = _rules(all_shapes, chosen, {id_: version for id_, (version, _) in _wordings(graph, chain).items()})
    in_force = Graph()
    in_force += all_shapes
    for node in rules_of(all_shapes):
        if token(node) not in rules:
            untarget(in_force, node)
    policies = [policy for link in chain for policy in iris_of(graph, link, OSAID.termsPolicy)]
    return Rulebook(
        Definition(
            id=token(iri),
            iri=iri,
            version=text_of(graph, iri, DCAT3.version),
            title=text_of(graph, iri, DCTERMS.title),
            source=text_of(graph, iri, DCTERMS.source),
            based_on=tuple(token(link) for link in chain[1:]),
            policy=token(policies[0]) if policies else "",
            requirements=chosen,
            rules=rules,
            files=files,
            omitted=_omitted(graph, chain, chosen),
        ),
        in_force,
    )


def _rules(all_shapes: Graph, chosen: Mapping[str, Requirement], worded_by: Mapping[str, URIRef]) -> dict[str, Rule]:
    """Return the rules in force: those of chosen requirements, made for all words or for those of the version."""
    rules = {}
    for node in rules_of(all_shapes):
        found = rule(all_shapes, node)
        versions_of = iris_of(all_shapes, node, OSAID.inDefinition)
        if found.requirement in chosen and (not versions_of or worded_by[found.requirement] in versions_of):
            rules[found.id] = replace(found, bears_on=_kept(found.bears_on, chosen))
    return rules


def selected(graph: Graph, iri: URIRef) -> dict[str, Requirement]:
    """Return the requirements of a version in its words, in the order in which they are written.

    What they include or limit is among them: what the version omits is no part of anything in it. One of which no part
    is left is for a judgement.

    Raises:
        ResourceError: Something that is said of one is missing or stated twice.
    """
    wordings = _wordings(graph, list(_chain(graph, iri)))
    found = {
        id_: requirement(graph, node, wordings[id_][1]) for id_, node in declared(graph).items() if id_ in wordings
    }
    return {id_: _without_omitted(each, found) for id_, each in found.items()}


def _without_omitted(each: Requirement, found: Mapping[str, Requirement]) -> Requirement:
    parts = _kept(each.includes, found)
    kept = replace(each, includes=parts, limits=_kept(each.limits, found))
    if parts or not each.includes:
        return kept
    # Its parts would have decided it. That rules which merely bear on it find nothing does not.
    return replace(kept, settled_by="judgement", checks=tuple(sorted({*each.checks, "judgement"})))


def _kept(ids: tuple[str, ...], known: Mapping[str, Requirement]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ in known)


def _omitted(graph: Graph, chain: list[URIRef], chosen: Mapping[str, Requirement]) -> tuple[str, ...]:
    """Return what the versions a version is based on ask for and it does not: it omits it, or makes it a note."""
    asked = dict.fromkeys(
        id_ for base in chain[1:] for id_, each in selected(graph, base).items() if each.asks_for_something
    )
    return tuple(id_ for id_ in asked if id_ not in chosen or not chosen[id_].asks_for_something)


def _chain(graph: Graph, iri: URIRef) -> Iterator[URIRef]:
    """Yield a version and those it is based on, the nearest first.

    Raises:
        ResourceError: One is based on itself, on two, or on one that is not there.
    """
    seen: set[URIRef] = set()
    link: URIRef | None = iri
    while link is not None:
        if link in seen:
            raise ResourceError(f"version {token(link)} is based on itself", "mend it in its Turtle file")
        if (link, RDF.type, OSAID.Definition) not in graph:
            raise ResourceError(
                f"there is no version {token(link)} to be based on", f"versions: {', '.join(versions())}"
            )
        seen.add(link)
        yield link
        bases = iris_of(graph, link, OSAID.basedOn)
        if len(bases) > 1:
            raise ResourceError(f"version {token(link)} is based on {len(bases)} others", "name one")
        link = bases[0] if bases else None


def _wordings(graph: Graph, chain: list[URIRef]) -> dict[str, tuple[URIRef, IdentifiedNode]]:
    """Return for each requirement the nearest version in the chain that words it, and the wording.

    What a version omits, those it is based on do not bring back.
    """
    found: dict[str, tuple[URIRef, IdentifiedNode]] = {}
    omitted: set[str] = set()
    for link in chain:
        omitted.update(token(node) for node in iris_of(graph, link, OSAID.omits))
        for wording in graph.objects(link, OSAID.wording):
            if isinstance(wording, IdentifiedNode):
                for node in iris_of(graph, wording, OSAID.requirement):
                    if token(node) in omitted:
                        continue
                    if (
                        found.setdefault(token(node), (link, wording)) != (link, wording)
                        and found[token(node)][0] == link
                    ):
                        raise ResourceError(
                            f"version {token(link)} words requirement {token(node)} twice", "mend it in its Turtle file"
                        )
    return found


def _parsed(folder: str) -> Graph:
    graph = Graph()
    for file in turtle_files(folder):
        graph.parse(data=file.read_text("utf-8"), format="turtle")
    return graph
