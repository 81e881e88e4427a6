"""Provenance in PROV-O: what was made from what, by which training and which processing of data, and by whom."""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, PROV, RDFS, Literal, URIRef

from osaid_graph.identity import Kind
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf.descriptions import Description, Descriptions
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.vocabularies.prov_graph import LABEL, MODELS, TYPE, ProvGraph, Use, role_of
from osaid_graph.readers.vocabularies.prov_words import DERIVATIONS, MEASURES, PLAIN, PROCESSINGS, word
from osaid_graph.readers.vocabularies.terms import DCAT
from osaid_graph.readers.vocabularies.things import (
    DESCRIPTIONS,
    LICENSES,
    NAMES,
    agents,
    first,
    license_of,
    locations,
    targets,
    thing,
)
from osaid_graph.vocab import CODE, OSAID

STATES = frozenset(
    (
        *(OSAID.hasParameters, OSAID.license, OSAID.location),
        *(OSAID.trainedBy, OSAID.processedBy, OSAID.usedDataset, OSAID.usedCode, OSAID.usedConfiguration),
        *(OSAID.validatedOn, OSAID.evaluatedOn, OSAID.derivedFrom, OSAID.fineTunedFrom),
        *(OSAID.adapterOf, OSAID.quantizedFrom, OSAID.mergedFrom, OSAID.distilledFrom),
        *(OSAID.processing, OSAID.cleaning, OSAID.labeling, OSAID.obtained, OSAID.selection),
        *(CODE["training"], CODE["data-processing"]),
    )
)
KINDS: dict[URIRef, Kind] = {}
EDGES: dict[URIRef, Kind] = {}
_LOCATION = URIRef(PROV._NS + "location")
_PLACES = (PROV.atLocation, _LOCATION, DCAT.downloadURL, DCAT.accessURL, SCHEMA.contentUrl)
_DERIVED = (PROV.wasDerivedFrom, PROV.wasRevisionOf, PROV.wasQuotedFrom, PROV.hadPrimarySource)
#: What nothing that is data or a model is made from, in the sense of lineage.
_NO_SOURCE = frozenset((OSAID.Code, OSAID.Configuration, OSAID.Document, OSAID.DataInformation, OSAID.Architecture))


def describe(found: Descriptions, out: ClaimWriter) -> None:
    """Say what a document says of the origin of its entities."""
    graph = ProvGraph(found, out)
    derived = _derivations(graph, found, out)
    for node in graph.nodes:
        if graph.takes_part(node):
            _entity(graph, found.of(node), out, derived)
    for activity in graph.activities():
        kind = graph.kinds.get(activity)
        if kind == OSAID.Training:
            _training(graph, activity, out)
        elif kind == OSAID.DataProcessing:
            _processing(graph, activity, out)
        else:
            _other(graph, activity, out)
    found.of_type(*PLAIN, FOAF.Agent, FOAF.Person, FOAF.Organization)


def _bearer(graph: ProvGraph, node: URIRef, out: ClaimWriter, at: Use | Description) -> URIRef:
    """Return what the terms and the derivation of a node belong to: the parameters of a model, else itself."""
    place = at.at if isinstance(at, Use) else at
    return out.parameters(node, place) if graph.kinds.get(node) in (OSAID.Model, OSAID.AISystem) else node


def _entity(graph: ProvGraph, found: Description, out: ClaimWriter, derived: dict[URIRef, URIRef | None]) -> None:
    """Say what an entity is, what it is called, its terms and its place.

    Without a known class it is an artifact; behind data or a model, what the edge makes of it.
    """
    node = URIRef(found.node)
    kind = graph.kinds.get(node)
    if kind in (OSAID.Training, OSAID.DataProcessing) or node in graph.activities_seen:
        return
    if kind is None:
        told = found.predicates & {*LICENSES, *_PLACES}
        if not (node in derived or (told and PROV.Entity in found.types)):
            return
        kind = derived.get(node, OSAID.Artifact)
    thing(found, out, kind)
    _ = found.types, found.get(TYPE, DCTERMS.type)
    _label(found, out, node)
    bearer = _bearer(graph, node, out, found)
    license_of(found, out, bearer)
    locations(found, out, bearer, _PLACES)
    publishers = [
        each
        for said in found.get(PROV.qualifiedAttribution)
        if (each := said.description) is not None
        and any(word(role.text) == "publisher" for role in each.get(PROV.hadRole))
    ]
    for attribution in publishers:
        agents(attribution, out, node, DCTERMS.publisher, (PROV.agent,))
    agents(found, out, node, DCTERMS.publisher, (DCTERMS.publisher,))
    agents(found, out, node, DCTERMS.creator, (DCTERMS.creator,))
    agents(found, out, node, PROV.wasAttributedTo, (PROV.wasAttributedTo,))
    if kind == OSAID.Dataset:
        for whole, said in targets(found, out, "datasets", (PROV.specializationOf,)):
            out.say(node, DCTERMS.isVersionOf, whole, said)


def _label(found: Description, out: ClaimWriter, node: URIRef) -> None:
    label = first(found, (LABEL,))
    if label is not None and first(found, NAMES) is None:
        out.say(node, DCTERMS.title, Literal(" ".join(label.text.split())), label)


def _derivations(graph: ProvGraph, found: Descriptions, out: ClaimWriter) -> dict[URIRef, URIRef | None]:
    """Say what derives from what; return the entities of unknown class in it: artifacts, or of no class to be stated.

    That of what data or a model comes from is left to the edge: untyped, it is a source that is yet to be described.
    """
    sources: dict[URIRef, set[URIRef]] = {}
    for node in graph.nodes:
        kind = graph.kinds.get(node)
        if kind in _NO_SOURCE or node in graph.activities_seen:
            continue
        description = found.of(node)
        pairs = targets(description, out, "datasets", _DERIVED)
        for qualified in (said.description for said in description.get(PROV.qualifiedDerivation)):
            if qualified is not None:
                pairs += targets(qualified, out, "datasets", (PROV.entity,))
                _ = qualified.types
        for source, said in pairs:
            of = graph.kinds.get(source)
            if of in _NO_SOURCE or source in graph.activities_seen:
                continue
            edge = OSAID.derivedFrom
            if kind in MODELS and of in MODELS:
                edge = _manner(graph, node, source) or edge
            sources.setdefault(node, set()).add(source)
            bearer = out.parameters(node, said) if kind in (OSAID.Model, OSAID.AISystem) else node
            out.say(bearer, edge, source, said)
    behind: set[URIRef] = set()
    waiting = [node for node in sources if graph.kinds.get(node) is not None]
    while waiting:
        new = {each for each in sources.get(waiting.pop(), ()) if graph.kinds.get(each) is None} - behind
        behind |= new
        waiting.extend(new)
    taking_part = {each for node, origins in sources.items() for each in (node, *origins)}
    return {each: None if each in behind else OSAID.Artifact for each in taking_part if graph.kinds.get(each) is None}


def _manner(graph: ProvGraph, node: URIRef, source: URIRef) -> URIRef | None:
    """Return how a model derives from another, by the activity that used the one and generated the other."""
    for activity in graph.between(source, node):
        edge = next((DERIVATIONS[each] for each in sorted(graph.words[activity]) if each in DERIVATIONS), None)
        if edge is not None:
            return edge
    return None


def _activity(graph: ProvGraph, activity: URIRef, out: ClaimWriter, kind: URIRef) -> None:
    found = graph.found.of(activity)
    out.thing(activity, kind, found)
    name = first(found, (*NAMES, LABEL))
    if name is not None:
        out.say(activity, DCTERMS.title, Literal(" ".join(name.text.split())), name)
    for said in found.get(*DESCRIPTIONS):
        if isinstance(said.term, Literal):
            out.say(activity, RDFS.comment, said.term, said)
    graph.read(activity)


def _training(graph: ProvGraph, activity: URIRef, out: ClaimWriter) -> None:
    """Say what a training gave, from which data, code, settings and models."""
    products = [use for use in graph.made_by(activity) if graph.kinds.get(use.entity) in MODELS]
    _activity(graph, activity, out, OSAID.Training)
    for product in products:
        out.say(_bearer(graph, product.entity, out, product), OSAID.trainedBy, activity, product.at)
    for use in graph.used_by(activity):
        kind = graph.kinds.get(use.entity)
        edge = role_of(use)
        if kind == OSAID.Dataset and edge is None:
            out.say(activity, OSAID.usedDataset, use.entity, use.at)
        elif kind == OSAID.Dataset and edge is not None:
            graph.spend(len(products))
            for product in products:
                out.say(_bearer(graph, product.entity, out, product), edge, use.entity, use.at)
        else:
            _tools(use, kind, "training", out)
        if kind in MODELS:
            _from_model(graph, activity, use, products, out)


def _tools(use: Use, kind: URIRef | None, role: str, out: ClaimWriter) -> None:
    """Say which code and configuration an activity used."""
    if kind == OSAID.Code:
        out.say(use.activity, OSAID.usedCode, use.entity, use.at)
        out.thing(use.entity, OSAID.Code, use.at)
        out.say(use.entity, OSAID.codeRole, CODE[role], use.at)
    elif kind == OSAID.Configuration:
        out.say(use.activity, OSAID.usedConfiguration, use.entity, use.at)
        out.thing(use.entity, OSAID.Configuration, use.at)


def _from_model(graph: ProvGraph, activity: URIRef, use: Use, products: list[Use], out: ClaimWriter) -> None:
    words = sorted(graph.words[activity])
    edge = next((DERIVATIONS[each] for each in words if each in DERIVATIONS), OSAID.derivedFrom)
    if {"teacher", "teacher model"} & set(use.roles):
        edge = OSAID.distilledFrom
    graph.spend(len(products))
    for product in products:
        if product.entity != use.entity:
            out.say(_bearer(graph, product.entity, out, product), edge, use.entity, use.at)


def _processing(graph: ProvGraph, activity: URIRef, out: ClaimWriter) -> None:
    """Say how data were prepared, from which other data, and with which code."""
    products = [use for use in graph.made_by(activity) if graph.kinds.get(use.entity) == OSAID.Dataset]
    _activity(graph, activity, out, OSAID.DataProcessing)
    words = sorted(graph.words[activity])
    told = next((PROCESSINGS[each] for each in words if each in PROCESSINGS), OSAID.processing)
    found = graph.found.of(activity)
    text = first(found, DESCRIPTIONS) or first(found, (*NAMES, LABEL))
    for product in products:
        out.say(product.entity, OSAID.processedBy, activity, product.at)
        if text is not None:
            out.tell(product.entity, told, text.text, text)
    for use in graph.used_by(activity):
        kind = graph.kinds.get(use.entity)
        if kind == OSAID.Dataset:
            out.say(activity, OSAID.usedDataset, use.entity, use.at)
        elif kind in MODELS:
            graph.spend(len(products))
            for product in products:
                out.say(product.entity, OSAID.derivedFrom, use.entity, use.at)
        else:
            _tools(use, kind, "data-processing", out)


def _other(graph: ProvGraph, activity: URIRef, out: ClaimWriter) -> None:
    """Say what an activity that neither trains nor prepares data tells: models measured, or made from models."""
    words = sorted(graph.words.get(activity, ()))
    measure = next((MEASURES[each] for each in words if each in MEASURES), None)
    uses = graph.used_by(activity)
    models = [use for use in uses if graph.kinds.get(use.entity) in MODELS]
    if measure is not None:
        for use in uses:
            if graph.kinds.get(use.entity) == OSAID.Dataset:
                graph.spend(len(models))
                for model in models:
                    out.say(_bearer(graph, model.entity, out, model), measure, use.entity, use.at)
    products = [use for use in graph.made_by(activity) if graph.kinds.get(use.entity) in MODELS]
    for use in models:
        _from_model(graph, activity, use, products, out)
    if models and (products or measure is not None):
        graph.read(activity)
