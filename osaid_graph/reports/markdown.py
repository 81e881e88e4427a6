"""The assessment as GitHub Flavored Markdown, fit for a comment on a pull request.

A comment may have 65,536 characters. What does not fit is left out from the end of the findings, which stand worst
first, and the last line says how much that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from osaid_graph.identity import short
from osaid_graph.model import Assessment, Claim, Finding, Judgement, RequirementResult
from osaid_graph.reports import RenderOptions, judged, reading, tolerated, words
from osaid_graph.reports.markdown_text import block, code, escaped, link, within_html
from osaid_graph.reports.remedies import Remedies
from osaid_graph.standing import Standing

#: Bytes of a report: no fewer than its characters, however these are counted, and with room for a line of the reader.
LIMIT: Final = 65_000
#: What the line on what is left out may take of that.
_MARGIN: Final = 400
_SIGNS: Final = {
    "met": "✅",
    "not-met": "❌",
    "not-evidenced": "⚠️",
    "needs-judgement": "👤",
    "not-applicable": "➖",  # noqa: RUF001
}
_VERDICTS: Final = {"met": "✅", "undetermined": "👤", "not-met": "❌"}


def render(assessment: Assessment, options: RenderOptions) -> str:
    """Return the report as one comment."""
    report = _Markdown(assessment)
    head, tail = "\n\n".join(report.head()), "\n\n".join(report.tail())
    entries = [report.finding(finding) for finding in tolerated.first(assessment)]
    room = LIMIT - _MARGIN - _size(head) - _size(tail)
    shown: list[str] = []
    for entry in entries:
        room -= _size(entry)
        if room < 0:
            break
        shown.append(entry)
    if len(shown) < len(entries):
        tail = f"{_left_out(len(entries) - len(shown), len(entries))}\n\n{tail}"
    text = "\n\n".join(filter(None, [head, *shown, tail])) + "\n"
    return text if len(text.encode()) <= LIMIT else _cut(text)


def _size(text: str) -> int:
    return len(text.encode()) + 2


def _left_out(count: int, of: int) -> str:
    return (
        f"**{count} of {of} findings are left out here**: a comment has no more room. `osaid-graph check` shows them."
    )


def _cut(text: str) -> str:
    """Return as many whole paragraphs as there is room for; even head and tail may be too long on their own."""
    kept = text.encode()[: LIMIT - _MARGIN].decode(errors="ignore").rpartition("\n\n")[0]
    opened = kept.count("<details>") - kept.count("</details>")
    return f"{kept}{'</details>' * opened}\n\n**The rest is left out here**: a comment has no more room.\n"


class _Markdown:
    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._remedies = Remedies(assessment)
        self._standing = Standing(assessment)
        self._parts = words.open_parts(assessment)

    # -- the whole -------------------------------------------------------------------------------------------

    def head(self) -> Iterator[str]:
        """Yield the verdict, and the outcomes by part of the definition."""
        a = self._assessment
        yield f"## {_VERDICTS[a.outcome]} {escaped(a.subject_label)}: {words.verdict(a)}"
        title = link(a.definition.title, a.definition.source)
        yield (
            f"{words.counts(a)}, by {title}, terms policy {escaped(a.policy)}, on {a.date}. "
            f"{len(a.findings)} findings on {link(short(a.subject), a.subject)} ({escaped(a.subject_kind)})."
        )
        if sentences := list(tolerated.told(self._standing)):
            sentences += filter(None, [tolerated.nothing_counts(self._standing)])
            yield "\n".join(f"- {escaped(sentence)}" for sentence in sentences)
        yield "\n".join(self._overview())
        for name, results in words.by_clause(a):
            rows = "\n".join(self._row(result) for result in results)
            table = f"| requirement | | outcome | findings |\n|---|---|---|---|\n{rows}"
            yield f"<details><summary>{within_html(name)}: every requirement</summary>\n\n{table}\n\n</details>"
        if a.findings:
            yield "### Findings"

    def tail(self) -> Iterator[str]:
        """Yield what is left for a person, what was judged, and what was read."""
        a = self._assessment
        if self._standing.gone_gaps:
            gone = [f"- {escaped(line)}" for sign, line in tolerated.changes(self._standing) if sign == "-"]
            yield "### Gone since the baseline\n\n" + "\n".join(gone)
        if a.waivers:
            lines = [f"- {escaped(tolerated.described(waiver))}" for waiver in a.waivers]
            yield "### Waivers of gaps, which change no outcome\n\n" + "\n".join(lines)
        questions = [result for result in a.results if words.is_open_question(result)]
        if questions:
            lines = [f"- {code(r.requirement.id)} {escaped(r.requirement.label)}" for r in questions]
            yield "### For a person to judge\n\n" + "\n".join(lines)
        judgements = [line for result in a.results for line in self._judgements(result)]
        if judgements:
            yield "### Judgements\n\n" + "\n".join(judgements)
        if a.notes:
            yield "### Notes on the input\n\n" + "\n".join(
                f"- {code(reading.place(note.location))}: {escaped(note.text)}" for note in a.notes
            )
        inputs = "\n".join(f"- {code(source.name)}, sha256 {code(source.sha256)}" for source in a.inputs)
        yield f"<details><summary>Read: {len(a.inputs)} documents</summary>\n\n{inputs}\n\n</details>"
        yield f"<sub>osaid-graph {within_html(a.tool_version)}, SPDX licence list {within_html(a.license_list)}</sub>"

    def _overview(self) -> Iterator[str]:
        yield (
            "| part of the definition | " + " | ".join(f"{_SIGNS[o]} {words.COUNTED[o]}" for o in words.COUNTED) + " |"
        )
        yield "|---|" + "--:|" * len(words.COUNTED)
        for name, results in words.by_clause(self._assessment):
            counts = [
                sum(result.outcome == outcome for result in results if result.requirement.binding)
                for outcome in words.COUNTED
            ]
            yield f"| {escaped(name)} | " + " | ".join(str(count) if count else "" for count in counts) + " |"

    def _row(self, result: RequirementResult) -> str:
        requirement = result.requirement
        outcome = f"{_SIGNS[result.outcome]} {words.COUNTED[result.outcome]}"
        if not requirement.binding:
            outcome += f" ({escaped(requirement.strength)}, does not bind)"
        if because := words.because(result):
            outcome += f": {escaped(because)}"
        if parts := self._parts.get(requirement.id):
            outcome += f", in {', '.join(code(part, in_table=True) for part in parts)}"
        count = len(result.findings) + len(result.bearing)
        name = code(requirement.id, in_table=True)
        return f"| {name} | {escaped(requirement.label)} | {outcome} | {count or ''} |"

    def _judgements(self, result: RequirementResult) -> Iterator[str]:
        for judgement in result.judgements:
            yield f"- {code(result.requirement.id)} {self._judgement(judgement)}"

    def _judgement(self, judgement: Judgement) -> str:
        evidence = ", ".join(link(each.url, each.url) for each in judgement.evidence if judgement.counted)
        rests = f"; evidence: {evidence}" if evidence else ""
        return f"{escaped(judgement.outcome)}: {escaped(judged.words(judgement, verbose=False))}{rests}"

    # -- a finding -------------------------------------------------------------------------------------------

    def finding(self, finding: Finding) -> str:
        """Return a finding as an entry that opens."""
        head = f"{words.LEVELS[finding.outcome]} {finding.rule}{tolerated.tag(self._standing, finding)}"
        summary = f"<b>{within_html(head)}</b> {within_html(finding.focus_label)}: {within_html(finding.message)}"
        return f"<details><summary>{summary}</summary>\n\n{self._body(finding)}\n\n</details>"

    def _body(self, finding: Finding) -> str:
        requirement = self._assessment.definition.requirements[finding.requirement]
        parts = [f"> {escaped(requirement.quote)}", "\n".join(self._facts(finding))]
        if advice := self._remedies.advice(finding):
            snippet = block(self._remedies.snippet(finding), self._remedies.language(finding))
            parts.append(f"{escaped(advice.removesuffix(':'))}:\n\n{snippet}")
        return "\n\n".join(parts)

    def _facts(self, finding: Finding) -> Iterator[str]:
        requirement = self._assessment.definition.requirements[finding.requirement]
        yield f"- requirement: {code(requirement.id)} ({escaped(requirement.strength)}), finding {code(finding.id)}"
        place = "not in the inputs" if finding.location is None else code(reading.place(finding.location))
        yield f"- place: {place}, {link(finding.focus_label, finding.focus)}"
        for mark in tolerated.marks(self._standing, finding):
            yield f"- {escaped(mark)}"
        if finding.reason:
            yield f"- because {escaped(finding.reason)}"
        for each in finding.restrictions:
            clause = f" ({escaped(each.clause)})" if each.clause else ""
            yield f"- restricts {escaped(each.freedom)}: {link(each.how, each.source)}{clause}"
        for claim in finding.claims:
            yield f"- says {escaped(claim.value)}: {_sources(claim)}"
        if len(finding.trace) > 1:
            yield f"- trace: {' '.join(_steps(finding))}"
        if finding.paths > 1:
            yield f"- {finding.paths} paths lead here"


def _sources(claim: Claim) -> str:
    named = ", ".join(link(source, source) for source in claim.sources) or "nobody named"
    return named + (f" ({code(reading.place(claim.location))})" if claim.location else "")


def _steps(finding: Finding) -> Iterator[str]:
    for step in finding.trace:
        yield (f"→ {code(words.edge(step))} → " if step.via else "") + link(step.label, step.node)
