"""Where a remedy goes, in words, and its snippet in the language of the document it is for."""

from __future__ import annotations

from osaid_graph.model import Assessment, Finding
from osaid_graph.reports.words import plain

_MANIFEST = "osaid.yaml"
#: Formats that a remedy in Turtle can be added to.
_RDF = ("turtle", "n-quads", "json-ld", "rdf-xml")


class Remedies:
    """Tells what to do about the findings of an assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self._formats = {source.name: source.format for source in assessment.inputs}

    def advice(self, finding: Finding) -> str:
        """Return what to do with the snippet, ending in a colon; empty where a rule has no remedy."""
        if not finding.remedy.yaml:
            return ""
        if finding.remedy.action == "add":
            return f"add {self.where(finding)}"
        under = self.under(finding)
        where = f" (under {under})" if under else ""
        if self._format(finding) in (*_RDF, _MANIFEST):
            return f"replace it with{where}:"
        return f"put it right in its source; an osaid.yaml would say{where}:"

    def where(self, finding: Finding) -> str:
        """Return where a remedy is added; what a format of others has no key for goes into a manifest beside it."""
        under = self.under(finding)
        where = f"under {under}:" if under else f"to {plain(finding.focus_label)}:"
        return where if self._format(finding) in (*_RDF, _MANIFEST) else f"in an osaid.yaml beside it, {where}"

    def under(self, finding: Finding) -> str:
        """Return the top-level key a remedy goes under; RDF has no such keys."""
        return "" if self.language(finding) == "turtle" else finding.remedy.under

    def snippet(self, finding: Finding) -> str:
        """Return what to write."""
        return finding.remedy.turtle if self.language(finding) == "turtle" else finding.remedy.yaml

    def language(self, finding: Finding) -> str:
        """Return the language of the snippet: ``turtle`` or ``yaml``."""
        return "turtle" if self._format(finding) in _RDF else "yaml"

    def _format(self, finding: Finding) -> str:
        """Return the format of the document that a finding is on; a manifest where it is on none."""
        return self._formats.get(finding.location.source, _MANIFEST) if finding.location else _MANIFEST
