"""A judgement as it is written into a manifest (``docs/manifest.md``, Judgements)."""

from __future__ import annotations

from dataclasses import dataclass

from osaid_graph.identity import resolve
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping, Scalar
from osaid_graph.readers.yaml_tree import parse
from osaid_graph.writers.yaml_text import Word, Written


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a judgement rests on: an IRI, the day it was retrieved (ISO 8601), the SHA-256 of what was retrieved."""

    url: str
    retrieved: str
    sha256: str = ""

    def entry(self) -> dict[str, Written]:
        """Return the keys of the manifest with their values."""
        digest = {"sha256": self.sha256} if self.sha256 else {}
        return {"url": self.url, "retrieved": Word(self.retrieved), **digest}


@dataclass(frozen=True, slots=True)
class Draft:
    """A judgement before it is recorded; what is empty or None has not been said.

    ``subject`` is an IRI, empty where the file says what is judged; ``date`` is written ISO 8601, ``definition`` is
    the id of a version.
    """

    requirement: str
    outcome: str
    reason: str
    by: str
    date: str
    definition: str = ""
    affiliation: str = ""
    reviewer: str = ""
    independent: bool | None = None
    evidence: tuple[Evidence, ...] = ()
    subject: str = ""

    def entry(self) -> dict[str, Written]:
        """Return the keys of the manifest with their values, in the order of its documentation."""
        who = {"name": self.by, "id": self.reviewer, "affiliation": self.affiliation}
        said = {key: value for key, value in who.items() if value}
        written: dict[str, Written] = {
            "requirement": self.requirement,
            "subject": self.subject,
            "outcome": self.outcome,
            "by": said if len(said) > 1 else self.by,
            "independent": "" if self.independent is None else Word("true" if self.independent else "false"),
            "date": Word(self.date),
            "definition": self.definition,
            "reason": self.reason,
            "evidence": [evidence.entry() for evidence in self.evidence],
        }
        return {key: value for key, value in written.items() if value}


def subject_of(data: bytes) -> str:
    """Return the IRI of what a manifest describes as a whole: its judgements are on that unless they name another.

    Empty where it describes none: a file with datasets or judgements alone.
    """
    tree = parse(decode(data))
    for name in ("system", "model", "parameters"):
        block = tree.values.get(name) if isinstance(tree, Mapping) else None
        id_ = block.values.get("id") if isinstance(block, Mapping) else None
        if isinstance(id_, Scalar):
            return resolve(id_.text, "models")
        if block is not None:
            return ""
    return ""
