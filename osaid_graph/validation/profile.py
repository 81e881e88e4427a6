"""A profile: a folder of a user's own requirements and shapes, read and checked before anything is assessed with it.

The Turtle files of the folder hold one ``osaid:Definition`` that is based on a version (``osaid:basedOn``), its
wordings, the requirements it adds, and the shapes that check them. ``docs/profiles.md`` shows one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, Graph, URIRef

from osaid_graph.errors import OsaidError
from osaid_graph.sources import Source
from osaid_graph.terms import policy
from osaid_graph.validation.definition import definitions_in, requirements, versions
from osaid_graph.validation.profile_folder import Folder
from osaid_graph.validation.profile_requirements import check_id, check_requirements
from osaid_graph.validation.profile_rules import check_rules
from osaid_graph.validation.requirements import iris_of
from osaid_graph.vocab import DCAT3, OSAID, token


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A profile as read: its definition, its requirements and wordings, its shapes, and the files they stand in."""

    definition: URIRef
    requirements: Graph
    shapes: Graph
    files: tuple[Source, ...]


def read_profile(path: Path) -> Profile:
    """Read the Turtle files of a folder as a profile.

    Raises:
        InputError: The folder holds no Turtle, or too much; a file is no Turtle, uses a term that the ontology does not
            have, or says something of what is shipped; there is not one definition, or it is based on none that is
            shipped, or takes the id of one; a requirement or rule is incomplete or taken; or the shapes are no valid
            SHACL. The file is named, with the line where that is known.
    """
    folder = Folder(path)
    definition = _definition(folder)
    check_requirements(folder, definition)
    check_rules(folder)
    return Profile(definition, folder.whole, folder.whole, tuple(folder.files))


def _definition(folder: Folder) -> URIRef:
    graph = folder.whole
    found = definitions_in(graph)
    if len(found) != 1:
        how = "no osaid:Definition" if not found else f"{len(found)} of osaid:Definition"
        raise folder.wrong(None, f"{how} in this profile", "describe one, based on a version")
    (node,) = found
    if token(node) in versions():
        raise folder.wrong(node, f"{token(node)!r} is a version that is shipped", "give the profile an id of its own")
    check_id(folder, node)
    bases = iris_of(graph, node, OSAID.basedOn)
    if len(bases) != 1 or bases[0] not in definitions_in(requirements()):
        named = ", ".join(token(base) for base in bases) or "none"
        hint = f"versions: {', '.join(versions())}"
        raise folder.wrong(node, f"a profile is based on one version, found {named}", hint, at=OSAID.basedOn)
    for predicate, name in ((DCTERMS.title, "dcterms:title"), (DCAT3.version, "dcat:version")):
        count = len(set(graph.objects(node, predicate)))
        if count != 1:
            how = f"{count} values of" if count else "no"
            raise folder.wrong(node, f"the profile has {how} {name}", "reports name it by one title and version")
    for chosen in iris_of(graph, node, OSAID.termsPolicy):
        try:
            policy(token(chosen))
        except OsaidError as error:
            raise folder.wrong(node, error.message, error.hint, at=OSAID.termsPolicy) from None
    return node
