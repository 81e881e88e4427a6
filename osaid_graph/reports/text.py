"""The assessment as a compiler would print it: findings by rule, each with its place, trace, words and remedy."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from osaid_graph.model import Assessment, Finding, RequirementResult, Step
from osaid_graph.reports import RenderOptions

#: Findings of one rule shown in full before the rest is counted, unless ``verbose``.
SHOWN_PER_RULE = 3
_WIDTH = 100
_KINDS = {
    "not-met": ("error", "31;1"),
    "not-evidenced": ("warning", "33;1"),
    "recommendation": ("note", "36;1"),
}
_COUNTED = {
    "met": "met",
    "not-met": "not met",
    "not-evidenced": "not evidenced",
    "needs-judgement": "to be judged",
    "not-applicable": "not applicable",
}
_VERDICTS = {"not-met": "31;1", "undetermined": "33;1", "met": "32;1"}


def render(assessment: Assessment, options: RenderOptions) -> str:
    """Return the report as text; errors first, then warnings, then notes, then what is left to judge."""
    return "\n".join(_Text(assessment, options).lines()) + "\n"


class _Text:
    def __init__(self, assessment: Assessment, options: RenderOptions) -> None:
        self.assessment = assessment
        self.options = options

    def lines(self) -> Iterator[str]:
        if not self.options.quiet:
            for outcome in _KINDS:
                found = [f for f in self.assessment.findings if f.outcome == outcome]
                for _, group in groupby(found, key=lambda finding: finding.rule):
                    yield from self._rule(list(group))
            yield from self._judged()
            yield from self._open_questions()
        yield from self._summary()

    # -- findings --------------------------------------------------------------------------------------------

    def _rule(self, findings: list[Finding]) -> Iterator[str]:
        first = findings[0]
        word, color = _KINDS[first.outcome]
        count = f" ({len(findings)} nodes)" if len(findings) > 1 else ""
        head = f"{self._paint(f'{word}[{first.rule}]', color)}{self._paint(': ' + first.message, '1')}{count}"
        yield head
        shown = findings if self.options.verbose else findings[:SHOWN_PER_RULE]
        for finding in shown:
            yield from self._finding(finding)
        if len(findings) > len(shown):
            rest = findings[len(shown) :]
            names = ", ".join(f.focus_label for f in rest[:6]) + (", ..." if len(rest) > 6 else "")
            yield from self._note("and", f"{len(rest)} more: {names} (--verbose shows them)")
        quote = next(r for r in self.assessment.results if r.requirement.id == first.requirement).requirement
        yield from self._note("requirement", f"{quote.id} ({quote.strength}): “{quote.quote}”")
        yield from self._remedy(first)
        yield ""

    def _finding(self, finding: Finding) -> Iterator[str]:
        place = finding.location
        at = "(no place in the inputs)" if place is None else place.source
        if place is not None and place.line is not None:
            at += f":{place.line}"
        yield f"  {self._paint('-->', '34;1')} {at}: {finding.focus_label}"
        snippet = self.assessment.snippets.get(place) if place else None
        if snippet is not None and place is not None:
            gutter = str(place.line)
            bar = self._paint("|", "34;1")
            yield f"   {' ' * len(gutter)} {bar}"
            yield f"   {self._paint(gutter, '34;1')} {bar} {_printable(snippet)[: _WIDTH + 20]}"
            yield f"   {' ' * len(gutter)} {bar}"
        if finding.reason:
            yield from self._note("because", finding.reason)
        for freedom, restrictions in groupby(finding.restrictions, key=lambda restriction: restriction.freedom):
            ways = "; ".join(f"{r.how} ({r.clause})" if r.clause else r.how for r in restrictions)
            yield from self._note(f"restricts {freedom}", ways)
        for source in dict.fromkeys(r.source for r in finding.restrictions):
            yield from self._note("licence text", source)
        for claim in finding.claims:
            by = ", ".join(claim.sources)
            line = "" if claim.location is None or claim.location.line is None else f" (line {claim.location.line})"
            yield from self._note("says", f"{claim.value}: {by}{line}")
        yield from self._trace(finding)

    def _trace(self, finding: Finding) -> Iterator[str]:
        steps = finding.trace
        if len(steps) > 1:
            yield from self._note("trace", " ".join(_step(step) for step in steps))
        if finding.paths > 1:
            yield from self._note("paths", f"{finding.paths} paths from {self.assessment.subject_label} lead here")

    def _remedy(self, finding: Finding) -> Iterator[str]:
        remedy = finding.remedy
        verb = {"add": "add", "replace": "replace it with"}[remedy.action]
        where = f" under {remedy.under}:" if remedy.under else f" to {finding.focus_label}:"
        if remedy.action == "replace":
            where = f" (under {remedy.under}):" if remedy.under else ":"
        yield f"   = {self._paint('help', '32;1')}: {verb}{where}"
        for line in remedy.yaml.splitlines():
            yield f"         {line}"

    # -- judgements, questions, summary ----------------------------------------------------------------------

    def _judged(self) -> Iterator[str]:
        judged = [result for result in self.assessment.results if result.judgements]
        if not judged:
            return
        yield self._paint("judgements", "1")
        for result in judged:
            changed = "" if result.outcome == result.machine_outcome else f", rules alone: {result.machine_outcome}"
            yield f"  {result.requirement.id}: {result.outcome}{changed}"
            for j in result.judgements:
                who = f"{j.by}, {j.affiliation}" if j.affiliation else j.by
                standing = {True: ", independent", False: ", not independent", None: ""}[j.independent]
                ignored = "" if j.counted else f" [not counted: {j.ignored_because}]"
                yield from self._note(j.outcome, f"{j.reason} ({who}{standing}, {j.date}){ignored}")
        yield ""

    def _open_questions(self) -> Iterator[str]:
        waiting = [result for result in self.assessment.results if result.outcome == "needs-judgement"]
        if not waiting:
            return
        yield self._paint("open questions", "1") + " that only a person can answer, by a judgement:"
        width = max(len(result.requirement.id) for result in waiting)
        for result in waiting:
            yield f"  {result.requirement.id:<{width}}  {result.requirement.label}{_disputed(result)}"
        yield ""

    def _summary(self) -> Iterator[str]:
        a = self.assessment
        yield (
            f"{self._paint(a.subject_label, '1')} ({a.subject_kind}), assessed against the {a.definition.title} "
            f"on {a.date}, terms policy {a.policy}:"
        )
        counts = ", ".join(f"{count} {_COUNTED[outcome]}" for outcome, count in a.summary.items() if count)
        yield f"  {self._paint(a.outcome, _VERDICTS[a.outcome])}: {counts}"
        if self.options.quiet:
            return
        notes = [f"SPDX licence list {a.license_list} of {a.license_list_date}"]
        if a.not_assessed:
            notes.append(f"{len(a.not_assessed)} requirements on freedoms and components are not assessed yet")
        yield "  " + "; ".join(notes)
        gap = next((f for outcome in ("not-met", "not-evidenced") for f in a.gaps if f.outcome == outcome), None)
        if gap is not None:
            yield f"Next: osaid-graph explain {gap.requirement}"
        elif any(result.outcome == "needs-judgement" for result in a.results):
            yield "No gaps found. What is left is to be judged by a person: osaid-graph explain data-info-sufficient"
        else:
            yield "No gaps found."

    def _note(self, word: str, text: str) -> Iterator[str]:
        lead = f"   = {word}: "
        lines = textwrap.wrap(_printable(text), _WIDTH - len(lead), break_long_words=False, break_on_hyphens=False) or [
            ""
        ]
        yield f"   = {self._paint(word, '1')}: {lines[0]}"
        for line in lines[1:]:
            yield " " * len(lead) + line

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.options.color else text


def _step(step: Step) -> str:
    return step.label if not step.via else f"--{step.via.replace('osaid:', '')}--> {step.label}"


def _disputed(result: RequirementResult) -> str:
    counted = {judgement.outcome for judgement in result.judgements if judgement.counted}
    return " (judgements disagree)" if len(counted) > 1 else ""


def _printable(text: str) -> str:
    """Return ``text`` with control characters made visible, so that no input can steer the terminal."""
    return "".join(c if c.isprintable() or c == " " else ("  " if c == "\t" else f"\\x{ord(c):02x}") for c in text)
