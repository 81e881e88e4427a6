"""The terms of other vocabularies that a Croissant description is read by, and what is told of each in ours."""

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.vocab import OSAID


class CR(DefinedNamespace):
    """Terms of Croissant 1.0 and 1.1, and the class of datasets that it does not have, which some name."""

    _fail = True
    _NS = Namespace("http://mlcommons.org/croissant/")

    Dataset: URIRef
    containedIn: URIRef
    dataType: URIRef
    field: URIRef
    isLiveDataset: URIRef
    recordSet: URIRef
    subField: URIRef
    value: URIRef


class PROVENANCE(DefinedNamespace):
    """Terms of PROV-O, and those that Croissant files write as if they were of it."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/prov#")

    atLocation: URIRef
    hadPrimarySource: URIRef
    type: URIRef
    wasAssociatedWith: URIRef
    wasAttributedTo: URIRef
    wasDerivedFrom: URIRef
    wasGeneratedBy: URIRef
    wasQuotedFrom: URIRef
    wasRevisionOf: URIRef
    # No terms of PROV-O.
    description: URIRef
    isAssociatedWith: URIRef
    label: URIRef
    locatedAt: URIRef


class ODRL(DefinedNamespace):
    """Terms of ODRL that Croissant 1.1 states conditions of use in."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/odrl/2/")

    action: URIRef
    constraint: URIRef
    duty: URIRef
    leftOperand: URIRef
    obligation: URIRef
    operator: URIRef
    permission: URIRef
    prohibition: URIRef
    rightOperand: URIRef


_RAI = Namespace("http://mlcommons.org/croissant/RAI/")


def rai(name: str) -> tuple[URIRef, ...]:
    """Return the spellings of a RAI term: its own, and those it gets where the context leaves out its prefix."""
    return _RAI[name], URIRef(str(CR) + name), URIRef(str(SCHEMA) + name)


#: What is said in words of its own: the terms and the property the words go to as they stand.
TEXTS: tuple[tuple[tuple[URIRef, ...], URIRef], ...] = (
    (rai("dataCollection"), OSAID.obtained),
    ((SCHEMA.measurementTechnique,), OSAID.obtained),
    (rai("syntheticDataExplanation"), OSAID.obtained),
    (rai("dataCollectionRawData"), OSAID.provenance),
    (rai("dataPreprocessingProtocol"), OSAID.processing),
    (rai("dataManipulationProtocol"), OSAID.processing),
    (rai("dataAnnotationProtocol"), OSAID.labeling),
)

#: What says little without its key: the terms, the property, and the words that stand for the key.
LED: tuple[tuple[tuple[URIRef, ...], URIRef, str], ...] = (
    ((SCHEMA.about,), OSAID.scope, "about"),
    ((SCHEMA.inLanguage,), OSAID.scope, "languages"),
    ((SCHEMA.temporalCoverage,), OSAID.scope, "period"),
    ((SCHEMA.spatialCoverage,), OSAID.scope, "places"),
    ((SCHEMA.size, SCHEMA.contentSize), OSAID.scope, "size"),
    ((SCHEMA.variableMeasured,), OSAID.characteristics, "variables"),
    (rai("dataCollectionType"), OSAID.obtained, "type of collection"),
    (rai("dataCollectionTimeframe"), OSAID.obtained, "time of collection"),
    (rai("dataCollectionMissingData"), OSAID.characteristics, "missing data"),
    ((*rai("dataBiases"), *rai("dataBias")), OSAID.characteristics, "biases"),
    (rai("dataLimitations"), OSAID.characteristics, "limitations"),
    (rai("personalSensitiveInformation"), OSAID.characteristics, "personal or sensitive information"),
    (rai("dataImputationProtocol"), OSAID.cleaning, "imputation"),
    (rai("dataAnnotationPlatform"), OSAID.labeling, "annotation platform"),
    (rai("dataAnnotationAnalysis"), OSAID.labeling, "analysis of annotations"),
    (rai("annotationsPerItem"), OSAID.labeling, "annotations per item"),
    (rai("annotatorDemographics"), OSAID.labeling, "annotators"),
    (rai("machineAnnotationTools"), OSAID.labeling, "tools for annotation"),
)

#: What a flag says where it is set. One that is not set would be thin evidence of a description, and stays unread.
FLAGS: tuple[tuple[tuple[URIRef, ...], str], ...] = (
    ((CR.isLiveDataset, URIRef(str(SCHEMA) + "isLiveDataset")), "a live dataset, whose data goes on changing"),
    (rai("hasSyntheticData"), "holds synthetic data"),
)

#: What an activity did, by the type that the RAI editor of MLCommons gives it, as an address and in words.
ACTIVITIES: dict[str, URIRef] = {
    "Q4929239": OSAID.obtained,
    "data collection": OSAID.obtained,
    "Q109719325": OSAID.labeling,
    "data annotation": OSAID.labeling,
    "annotation": OSAID.labeling,
    "Q5227332": OSAID.processing,
    "data preprocessing": OSAID.processing,
}
