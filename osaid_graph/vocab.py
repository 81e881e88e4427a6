"""The namespaces and the closed vocabulary: a misspelt term fails at import, not as an empty result."""

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

#: The one base of everything this project mints; ``w3id.org`` redirects keep it stable.
BASE = "https://w3id.org/osaid-graph/"

REQ = Namespace(BASE + "requirement#")
RULE = Namespace(BASE + "rule#")
DEF = Namespace(BASE + "definition#")
LICENSE = Namespace(BASE + "license#")
POLICY = Namespace(BASE + "policy#")
LABEL = Namespace(BASE + "label#")
SPDX_LICENSE = Namespace("https://spdx.org/licenses/")


class DCAT3(DefinedNamespace):
    """The terms of DCAT 3 used here; rdflib's own DCAT is version 2 and lacks them."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/dcat#")

    version: URIRef


class OSAID(DefinedNamespace):
    """The terms of ``ontology/osaid.ttl``; a test holds this list against that file."""

    _fail = True
    _NS = Namespace(BASE + "ont#")

    # Classes
    Artifact: URIRef
    AISystem: URIRef
    Model: URIRef
    Parameters: URIRef
    Checkpoint: URIRef
    OptimizerState: URIRef
    Architecture: URIRef
    Code: URIRef
    Configuration: URIRef
    Document: URIRef
    DataInformation: URIRef
    Dataset: URIRef
    Listing: URIRef
    License: URIRef
    AccessConditions: URIRef
    Training: URIRef
    DataProcessing: URIRef
    NotDisclosed: URIRef
    NotApplicable: URIRef
    UnresolvedReference: URIRef
    Judgement: URIRef
    GapWaiver: URIRef
    Requirement: URIRef
    Definition: URIRef
    TermsPolicy: URIRef
    SourceDocument: URIRef
    Remedy: URIRef
    Wording: URIRef
    # Components
    hasComponent: URIRef
    isComponentOf: URIRef
    hasModel: URIRef
    hasParameters: URIRef
    hasArchitecture: URIRef
    hasCode: URIRef
    hasConfiguration: URIRef
    hasDataInformation: URIRef
    hasDocument: URIRef
    hasCheckpoint: URIRef
    hasOptimizerState: URIRef
    technique: URIRef
    # Use of data, derivation, activities
    trainedOn: URIRef
    validatedOn: URIRef
    evaluatedOn: URIRef
    usedToTrain: URIRef
    usedToValidate: URIRef
    usedToEvaluate: URIRef
    derivedFrom: URIRef
    sourceOf: URIRef
    fineTunedFrom: URIRef
    adapterOf: URIRef
    quantizedFrom: URIRef
    mergedFrom: URIRef
    distilledFrom: URIRef
    subsetOf: URIRef
    filteredFrom: URIRef
    trainedBy: URIRef
    processedBy: URIRef
    usedCode: URIRef
    usedConfiguration: URIRef
    usedDataset: URIRef
    # What is said of a node
    codeRole: URIRef
    documentRole: URIRef
    describes: URIRef
    completeness: URIRef
    provenance: URIRef
    scope: URIRef
    characteristics: URIRef
    obtained: URIRef
    selection: URIRef
    labeling: URIRef
    processing: URIRef
    cleaning: URIRef
    availability: URIRef
    location: URIRef
    listing: URIRef
    rows: URIRef
    rowsWithoutLocation: URIRef
    withdrawn: URIRef
    unshareableReason: URIRef
    obtainableFrom: URIRef
    fee: URIRef
    agreement: URIRef
    revision: URIRef
    license: URIRef
    concludedLicense: URIRef
    approval: URIRef
    restricts: URIRef
    grants: URIRef
    leavesUndecided: URIRef
    accessConditions: URIRef
    accessManner: URIRef
    circular: URIRef
    # Sources, judgements, results
    sha256: URIRef
    retrieved: URIRef
    judges: URIRef
    subject: URIRef
    outcome: URIRef
    definition: URIRef
    evidence: URIRef
    independent: URIRef
    counted: URIRef
    affiliation: URIRef
    trace: URIRef
    line: URIRef
    paths: URIRef
    inBaseline: URIRef
    gapWaiver: URIRef
    waivesGapOf: URIRef
    waivesGapAt: URIRef
    waivedUntil: URIRef
    inForce: URIRef
    # The definition and the rules as data
    requirement: URIRef
    clause: URIRef
    strength: URIRef
    check: URIRef
    appliesTo: URIRef
    answeredBy: URIRef
    answeredForRole: URIRef
    appliesWhen: URIRef
    includes: URIRef
    settledBy: URIRef
    waivable: URIRef
    limits: URIRef
    bearsOn: URIRef
    basedOn: URIRef
    omits: URIRef
    termsPolicy: URIRef
    inDefinition: URIRef
    wording: URIRef
    quote: URIRef
    rationale: URIRef
    satisfiedBy: URIRef
    remedy: URIRef
    property: URIRef
    action: URIRef
    yaml: URIRef
    turtle: URIRef
    under: URIRef
    onSubject: URIRef
    # Labels that others give, derived from the same facts
    LabelScheme: URIRef
    Label: URIRef
    LabelCondition: URIRef
    LabelTerms: URIRef
    DerivedLabel: URIRef
    rank: URIRef
    asks: URIRef
    test: URIRef
    ofBases: URIRef
    takesTerms: URIRef
    termsBasis: URIRef
    takesOsiApproved: URIRef
    takesFsfFree: URIRef
    takes: URIRef
    labelScheme: URIRef
    reaches: URIRef
    nextLabel: URIRef
    contradicts: URIRef
    leavesOpen: URIRef


#: Concepts of the codelists; their tokens (``skos:notation``) are what people write, so they are not attributes.
CODE = Namespace(BASE + "code#")

#: Codelist -> tokens, as in ``ontology/codelists.ttl`` (a test holds them equal). Kept here so that the manifest
#: reader can name the accepted tokens without parsing the ontology.
CODELISTS: dict[str, tuple[str, ...]] = {
    "CodeRole": (
        "data-processing",
        "training",
        "validation",
        "testing",
        "inference",
        "tokenizer",
        "supporting-library",
        "hyperparameter-search",
        "architecture",
    ),
    "DocumentRole": (
        "technical-report",
        "research-paper",
        "model-card",
        "data-card",
        "evaluation-results",
        "model-metadata",
        "sample-outputs",
    ),
    "Availability": ("open", "public", "obtainable", "unshareable"),
    "AccessManner": ("ungated", "gated", "click-through", "account", "region-restricted"),
    "Completeness": ("complete", "incomplete", "no-assertion"),
    "Approval": ("approved", "not-approved", "unknown", "disputed"),
    "Freedom": (
        *("use", "use-any-purpose", "use-no-permission"),
        *("study", "study-how", "study-inspect"),
        *("modify", "modify-any-purpose", "modify-output"),
        *("share", "share-unmodified", "share-modified", "share-any-purpose"),
    ),
    "Technique": ("machine-learning", "rule-based"),
    "Outcome": (
        "met",
        "not-met",
        "not-evidenced",
        "needs-judgement",
        "not-applicable",
        "undetermined",
        "recommendation",
    ),
    "Strength": ("must", "must-if-used", "example", "may", "def", "note"),
    "Check": ("structure", "terms", "judgement"),
    "LabelTest": ("any-released", "all-released", "released-or-explained"),
    "TermsBasis": ("terms-policy", "licence-list", "stated-terms", "any-terms"),
    "Clause": ("freedoms", "data-information", "code", "parameters", "components", "definitions"),
}


def token(concept: object) -> str:
    """Return the token of a codelist concept or of a requirement, rule or definition IRI: what stands after ``#``.

    >>> token(CODE["not-met"])
    'not-met'
    """
    return str(concept).rpartition("#")[2]
