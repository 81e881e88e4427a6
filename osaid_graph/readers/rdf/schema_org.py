"""The terms of schema.org that readers look at, in the one spelling that all of them are read in."""

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace


class SCHEMA(DefinedNamespace):
    """Terms of schema.org 30; what wild documents put into it by mistake among them."""

    _fail = True
    _NS = Namespace("https://schema.org/")

    Code: URIRef
    DataDownload: URIRef
    Dataset: URIRef
    MediaObject: URIRef
    Organization: URIRef
    Person: URIRef
    ScholarlyArticle: URIRef
    SoftwareApplication: URIRef
    SoftwareSourceCode: URIRef
    Thesis: URIRef
    about: URIRef
    acquireLicensePage: URIRef
    actionStatus: URIRef
    additionalName: URIRef
    additionalType: URIRef
    archivedAt: URIRef
    author: URIRef
    citation: URIRef
    codeRepository: URIRef
    conditionsOfAccess: URIRef
    contentLocation: URIRef
    contentSize: URIRef
    contentUrl: URIRef
    creator: URIRef
    datePublished: URIRef
    description: URIRef
    distribution: URIRef
    downloadUrl: URIRef
    encodingFormat: URIRef
    endDate: URIRef
    familyName: URIRef
    givenName: URIRef
    hasPart: URIRef
    identifier: URIRef
    inLanguage: URIRef
    instrument: URIRef
    isAccessibleForFree: URIRef
    isBasedOn: URIRef
    isBasedOnUrl: URIRef
    isPartOf: URIRef
    keywords: URIRef
    license: URIRef
    mainEntity: URIRef
    measurementMethod: URIRef
    measurementTechnique: URIRef
    name: URIRef
    object: URIRef
    programmingLanguage: URIRef
    provider: URIRef
    publisher: URIRef
    result: URIRef
    sameAs: URIRef
    sha256: URIRef
    size: URIRef
    softwareVersion: URIRef
    spatialCoverage: URIRef
    startDate: URIRef
    subjectOf: URIRef
    temporalCoverage: URIRef
    termCode: URIRef
    url: URIRef
    usageInfo: URIRef
    value: URIRef
    variableMeasured: URIRef
    version: URIRef
    wasAssociatedWith: URIRef
