"""The words this program thinks in: sources and locations, the definition, findings, the assessment.

Everything here is immutable and knows nothing of files, engines or formats. Nodes are IRIs as ``str``; blank nodes
appear as ``_:label``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rdflib import Literal as RdfLiteral
from rdflib import URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.labels import DerivedLabel
from osaid_graph.sources import Location, Source
from osaid_graph.tolerated import GAPS, Baseline, Waiver

Term = IdentifiedNode | RdfLiteral
Triple = tuple[IdentifiedNode, URIRef, Term]

#: Outcome of a rule on a node, worst first.
FindingOutcome = Literal["not-met", "not-evidenced", "needs-judgement", "recommendation"]
#: Outcome of a requirement for a subject, worst first.
RequirementOutcome = Literal["not-met", "not-evidenced", "needs-judgement", "met", "not-applicable"]
#: Outcome for a subject.
Verdict = Literal["not-met", "undetermined", "met"]

REQUIREMENT_OUTCOMES: tuple[RequirementOutcome, ...] = (
    "met",
    "not-met",
    "not-evidenced",
    "needs-judgement",
    "not-applicable",
)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to write to close a gap.

    ``action`` is ``add`` or ``replace`` (the statements at fault give way to the snippet); ``under`` is the top-level
    key of the manifest the YAML snippet belongs to, empty for the node's own mapping. The snippets of a rule of a
    user's own profile may be empty. ``rewrites`` says that the YAML snippet is an entry of the manifest written in
    full, for the place of its short form.
    """

    action: str
    yaml: str
    turtle: str
    under: str = ""
    rewrites: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One SHACL shape: ``id`` is ``<requirement>.<why>``; its results count for ``bears_on`` as well.

    ``property`` is the one it is about; ``looks_at`` are all that its constraints name, of the node and its neighbours.
    """

    id: str
    iri: URIRef
    requirement: str
    bears_on: tuple[str, ...]
    outcome: FindingOutcome
    message: str
    property: URIRef
    looks_at: tuple[URIRef, ...]
    on_subject: bool
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class Requirement:
    """One atomic requirement with its wording in the version of the definition that was asked for.

    ``settled_by`` names the one kind of check that can find it met, if only one can; ``limits`` the requirements that
    bind only what is in the scope that this one defines. Where it is ``waivable``, a description may say with a reason
    that it does not apply.
    """

    id: str
    iri: URIRef
    clause: str
    strength: str
    checks: tuple[str, ...]
    label: str
    quote: str
    definition: str
    rationale: str
    satisfied_by: str
    decision: str
    applies_to: tuple[URIRef, ...]
    answered_by: URIRef | None
    role: URIRef | None
    applies_when: tuple[URIRef, ...]
    includes: tuple[str, ...]
    settled_by: str
    limits: tuple[str, ...]
    waivable: bool

    @property
    def binding(self) -> bool:
        """Whether the verdict depends on it: "must", and "must, if used"."""
        return self.strength in ("must", "must-if-used")

    @property
    def asks_for_something(self) -> bool:
        """Whether it is more than a definition of a word or a note."""
        return self.strength not in ("def", "note")

    def open_parts(self, outcomes: Mapping[str, str | None]) -> tuple[str, ...]:
        """Return those of the requirements that it includes that leave it open: they have the outcome that it has.

        That is so where no judgement on itself decides it.

        Args:
            outcomes: Of each requirement by its id; None, or missing, where it has none.
        """
        own = outcomes.get(self.id)
        is_open = own not in (None, "met", "not-applicable")
        return tuple(part for part in self.includes if is_open and outcomes.get(part) == own)


@dataclass(frozen=True, slots=True)
class Definition:
    """A version of the definition: a selection of requirements with their words, and the rules that check them.

    ``based_on`` are the versions it takes over from, the nearest first; ``policy`` is the terms policy used where none
    is asked for; ``files`` are those of a profile of the user's own, none for a version that is shipped. What the
    versions it is based on ask for and it does not is ``omitted``.
    """

    id: str
    iri: URIRef
    version: str
    title: str
    source: str
    based_on: tuple[str, ...]
    policy: str
    requirements: dict[str, Requirement]
    rules: dict[str, Rule]
    files: tuple[Source, ...] = ()
    omitted: tuple[str, ...] = ()

    def asks_for(self, id_: str) -> bool:
        """Tell whether it has a requirement of this id that asks for something."""
        requirement = self.requirements.get(id_)
        return requirement is not None and requirement.asks_for_something


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a trace and the edge that led to it (``osaid:trainedOn``; empty for the subject)."""

    node: str
    via: str
    label: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One value somebody gives for the property a finding is about."""

    value: str
    sources: tuple[str, ...]
    location: Location | None


@dataclass(frozen=True, slots=True)
class Restriction:
    """A freedom that a licence restricts, how, where it says so, and the source of that statement.

    ``limits`` are the parts of the freedom it takes away, as the definition asks for them: ``use-any-purpose``.
    """

    license: str
    freedom: str
    limits: tuple[str, ...]
    how: str
    clause: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One gap between a release and one rule of the definition."""

    id: str
    rule: str
    requirement: str
    outcome: FindingOutcome
    focus: str
    focus_label: str
    path: URIRef
    value: str | None
    term: Term | None
    component: URIRef
    message: str
    reason: str
    trace: tuple[Step, ...]
    paths: int
    location: Location | None
    claims: tuple[Claim, ...]
    restrictions: tuple[Restriction, ...]
    remedy: Remedy

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of all claims, sorted, each once."""
        return tuple(sorted({source for claim in self.claims for source in claim.sources}))


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """What a judgement rests on: an IRI, or a text where the description gives one; the rest as stated, else empty.

    ``retrieved`` is the day the document was looked at (ISO 8601), ``sha256`` the digest of what was there then. A
    document of which several days or digests are stated stands once for each: which belong together is not known.
    """

    url: str
    retrieved: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on the input, and the place it is about."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A reviewer's recorded outcome for a requirement, and whether and why it counts here.

    ``id_of_author`` is the reviewer's IRI, ``subject`` the node it names; both are empty where there is none.
    """

    requirement: str
    outcome: str
    subject: str
    by: str
    id_of_author: str
    affiliation: str
    independent: bool | None
    date: str
    definition: str
    reason: str
    evidence: tuple[Evidence, ...]
    location: Location | None
    counted: bool
    ignored_because: str = ""


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """The outcome of one requirement; ``machine_outcome`` is what the rules alone say.

    ``findings`` are those of its own rules, ``bearing`` those of others that count here as well. ``because`` says in a
    clause what decided the outcome where neither these nor ``judgements`` do; ``disputed`` that the judgements that
    count disagree.
    """

    requirement: Requirement
    outcome: RequirementOutcome
    machine_outcome: RequirementOutcome
    findings: tuple[Finding, ...]
    bearing: tuple[Finding, ...]
    judgements: tuple[Judgement, ...]
    because: str = ""
    disputed: bool = False


def asks_a_person(requirement: Requirement, outcome: str, *, disputed: bool) -> bool:
    """Tell whether a person has to answer where a requirement has an outcome.

    A requirement that includes others asks only where judgements on it disagree: its parts ask for themselves.
    """
    if requirement.includes:
        return disputed
    settled = requirement.settled_by == "judgement" and outcome == "not-evidenced"
    return outcome == "needs-judgement" or settled


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything a report may say. Reports are pure functions of this."""

    tool_version: str
    date: str
    definition: Definition
    policy: str
    license_list: str
    license_list_date: str
    inputs: tuple[Source, ...]
    subject: str
    subject_label: str
    subject_kind: str
    outcome: Verdict
    results: tuple[RequirementResult, ...]
    not_assessed: tuple[str, ...]
    #: Lines of the inputs shown in text reports, by location.
    snippets: dict[Location, str] = field(default_factory=dict)
    #: Labels that others give, derived from the same facts. No outcome depends on them.
    derived: tuple[DerivedLabel, ...] = ()
    #: Judgements on requirements that the version assessed against does not have: shown, and not counted.
    elsewhere: tuple[Judgement, ...] = ()
    #: What the input says that will not do what its author means. No outcome depends on them.
    notes: tuple[Note, ...] = ()
    #: A former report, against which findings are new or known. No outcome depends on it.
    baseline: Baseline | None = None
    #: Gaps that need not fail a run before a day. No outcome depends on them.
    waivers: tuple[Waiver, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, each once, in the order of the requirements."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def summary(self) -> dict[RequirementOutcome, int]:
        """Number of requirements that bind, by outcome."""
        counts = dict.fromkeys(REQUIREMENT_OUTCOMES, 0)
        for result in self.results:
            if result.requirement.binding:
                counts[result.outcome] += 1
        return counts

    @property
    def has_gaps(self) -> bool:
        """Whether a requirement that binds is not met or not evidenced, by the rules or by judgement."""
        return any(result.requirement.binding and result.outcome in GAPS for result in self.results)
