"""A finding on the page: what, where, why, along which trace, in whose words, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from osaid_graph.model import Assessment, Claim, Finding, Restriction
from osaid_graph.reports import reading, tolerated, words
from osaid_graph.reports.html_text import element, items, link, preformatted, text
from osaid_graph.reports.remedies import Remedies
from osaid_graph.standing import Standing


class Findings:
    """Renders the findings of an assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._remedies = Remedies(assessment)
        self._standing = Standing(assessment)

    def article(self, finding: Finding) -> str:
        """Return a finding as an article with an anchor of its own."""
        level = words.LEVELS[finding.outcome]
        mark = element("span", text(f"{level} {finding.rule}"), class_=f"mark {finding.outcome}")
        head = f"{mark} {text(finding.focus_label)}: {text(finding.message)}"
        anchor = f"finding-{finding.id}"
        parts = [element("h3", head, id=f"{anchor}-title"), self._quote(finding), *self._facts(finding)]
        if advice := self._remedies.advice(finding):
            parts.append(element("p", f"<strong>Remedy:</strong> {text(advice)}"))
            parts.append(preformatted(self._remedies.snippet(finding)))
        return element("article", "\n".join(parts), id=anchor, aria_labelledby=f"{anchor}-title")

    def _quote(self, finding: Finding) -> str:
        requirement = self._assessment.definition.requirements[finding.requirement]
        source = f"{requirement.id} ({requirement.strength})"
        return element("blockquote", f"<p>“{text(requirement.quote)}”</p>") + element(
            "p", f'<a href="#requirement-{text(requirement.id)}">{text(source)}</a>', class_="source"
        )

    def _facts(self, finding: Finding) -> Iterator[str]:
        rows = [("Place", self._place(finding)), ("Node", link(finding.focus, finding.focus))]
        if marks := list(tolerated.marks(self._standing, finding)):
            rows.append(("Standing", "<br>".join(map(text, marks))))
        if finding.value is not None:
            rows.append(("Value", text(finding.value)))
        if finding.reason:
            rows.append(("Because", text(finding.reason)))
        if finding.restrictions:
            rows.append(("Terms restrict", items([_restricts(each) for each in finding.restrictions])))
        if finding.claims:
            rows.append(("Says", items([_claim(claim) for claim in finding.claims])))
        if len(finding.trace) > 1:
            more = f"<p>{finding.paths} paths lead here; this is the shortest.</p>" if finding.paths > 1 else ""
            rows.append(("Trace", items(list(_steps(finding)), "ol", class_="trace") + more))
        yield element("dl", "\n".join(f"<dt>{name}</dt><dd>{content}</dd>" for name, content in rows))

    def _place(self, finding: Finding) -> str:
        if finding.location is None:
            return "not in the inputs"
        shown = element("code", text(reading.place(finding.location)))
        snippet = self._assessment.snippets.get(finding.location)
        return shown if snippet is None else shown + preformatted(snippet)


def _restricts(restriction: Restriction) -> str:
    clause = f" ({text(restriction.clause)})" if restriction.clause else ""
    return f"{text(restriction.freedom)}: {link(restriction.how, restriction.source)}{clause}"


def _claim(claim: Claim) -> str:
    named = ", ".join(link(source, source) for source in claim.sources) or "nobody named"
    place = f" ({element('code', text(reading.place(claim.location)))})" if claim.location else ""
    return f"{text(claim.value)}: {named}{place}"


def _steps(finding: Finding) -> Iterator[str]:
    for step in finding.trace:
        via = element("span", text(words.edge(step)), class_="via") + " " if step.via else ""
        yield via + link(step.label, step.node)
