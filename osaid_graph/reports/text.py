"""The assessment as a compiler would print it: findings by rule, each with its place, trace, words and remedy."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from osaid_graph.errors import printable
from osaid_graph.model import Assessment, Claim, Finding, Judgement, Requirement, RequirementResult, Restriction
from osaid_graph.reports import RenderOptions, derived, judged, reading, tolerated, tolerated_text, words
from osaid_graph.reports.remedies import Remedies
from osaid_graph.reports.terminal import WIDTH, painted
from osaid_graph.standing import Standing

#: Findings of one rule shown in full before the rest is counted, unless ``verbose``.
SHOWN_PER_RULE = 3
_KINDS = {
    "not-met": ("error", "31;1"),
    "not-evidenced": ("warning", "33;1"),
    "needs-judgement": ("question", "35;1"),
    "recommendation": ("note", "36;1"),
}
_VERDICTS = {"not-met": "31;1", "undetermined": "33;1", "met": "32;1"}


def render(assessment: Assessment, options: RenderOptions) -> str:
    """Return the report as text; errors first, then warnings, then notes, then what is left to judge."""
    return "\n".join(_Text(assessment, options).lines()) + "\n"


class _Text:
    def __init__(self, assessment: Assessment, options: RenderOptions) -> None:
        self.assessment = assessment
        self.options = options
        self.told: set[tuple[Restriction, ...]] = set()
        self.remedies = Remedies(assessment)
        self.standing = Standing(assessment)

    def lines(self) -> Iterator[str]:
        if not self.options.quiet:
            for outcome in _KINDS:
                found = [f for f in self.assessment.findings if f.outcome == outcome]
                silent = Counter(f.focus for f in found if _is_unsaid(f))
                nodes = {f.focus: [g for g in found if g.focus == f.focus and _is_unsaid(g)] for f in found}
                for focus, count in silent.items():
                    if count > 1:
                        yield from self._node(nodes[focus])
                alone = [f for f in found if not _is_unsaid(f) or silent[f.focus] == 1]
                for group in _alike(alone):
                    yield from self._rule(group)
            yield from self._judged()
            yield from self._reasons()
            yield from self._open_questions()
            yield from self._notes()
            yield from tolerated_text.lines(self.standing, self.options)
            yield from reading.lines(self.assessment, verbose=self.options.verbose)
        yield from self._summary()

    # -- findings --------------------------------------------------------------------------------------------

    def _node(self, findings: list[Finding]) -> Iterator[str]:
        """Show all that is not said about one node together: one place to edit, one snippet to paste."""
        first = findings[0]
        yield self._head(
            first, f"{len(findings)} gaps", f"{len(findings)} things are not said about {first.focus_label}"
        )
        yield from self._place(first)
        yield from self._trace(first)
        for finding in findings:
            yield from self._note(finding.rule, f"{self._sentence(finding)}: “{self._requirement(finding).quote}”")
            yield from self._waivers(finding)
        for (_, rewrites), group in groupby(sorted(findings, key=self._goes), key=self._goes):
            snippets = list({finding.remedy.yaml: finding for finding in group}.values())
            verb = "replace it with:" if rewrites else f"add {self.remedies.where(snippets[0])}"
            yield f"   = {self._paint('help', '32;1')}: {verb}"
            for finding in snippets:
                yield from self._snippet(finding)
        yield ""

    def _rule(self, clusters: list[list[Finding]]) -> Iterator[str]:
        """Show the nodes at which the same rules fire, under the rule that tells most."""
        clusters = sorted(clusters, key=self._is_plain)
        findings = [cluster[0] for cluster in clusters]
        first = findings[0]
        count = f" ({len(findings)} nodes)" if len(findings) > 1 else ""
        yield self._head(first, first.rule, first.message) + count
        shown = findings if self.options.verbose else findings[:SHOWN_PER_RULE]
        before: Finding | None = None
        for finding in shown:
            yield from self._place(finding, tolerated.tag(self.standing, finding))
            yield from self._waivers(finding)
            if before is None or (before.reason, before.restrictions) != (finding.reason, finding.restrictions):
                yield from self._why(finding)
            for claim in finding.claims:
                yield from self._note("says", f"{claim.value}: {', '.join(claim.sources)}{_at(claim, finding)}")
            yield from self._trace(finding)
            before = finding
        if len(findings) > len(shown):
            rest = findings[len(shown) :]
            names = ", ".join(f.focus_label for f in rest[:6]) + (", ..." if len(rest) > 6 else "")
            yield from self._note("and", f"{len(rest)} more: {names} (--verbose shows them)")
        requirement = self._requirement(first)
        yield from self._note("requirement", f"{requirement.id} ({requirement.strength}): “{requirement.quote}”")
        for other in clusters[0][1:]:
            quote = self._requirement(other).quote
            yield from self._note("also", f"{other.rule}: {self._sentence(other)}: “{quote}”")
            yield from self._waivers(other)
        yield from self._remedy(first, clusters[0][1:])
        yield ""

    def _head(self, finding: Finding, what: str, sentence: str) -> str:
        word, color = _KINDS[finding.outcome]
        return f"{self._paint(f'{word}[{what}]', color)}{self._paint(': ' + printable(sentence), '1')}"

    def _requirement(self, finding: Finding) -> Requirement:
        return self.assessment.definition.requirements[finding.requirement]

    def _is_plain(self, cluster: list[Finding]) -> bool:
        """Tell whether nothing marks the findings: what is marked is shown before what may be left out."""
        return not any(tolerated.tag(self.standing, finding) for finding in cluster)

    def _waivers(self, finding: Finding) -> Iterator[str]:
        for waiver in self.standing.waivers(finding):
            word, _, rest = tolerated.waived(waiver).partition(" ")
            yield from self._note(word, rest)

    def _sentence(self, finding: Finding) -> str:
        return finding.message + tolerated.tag(self.standing, finding)

    def _place(self, finding: Finding, tag: str = "") -> Iterator[str]:
        place = finding.location
        at = "(no place in the inputs)" if place is None else reading.place(place)
        yield f"  {self._paint('-->', '34;1')} {at}: {printable(finding.focus_label)}{self._paint(tag, '1')}"
        snippet = self.assessment.snippets.get(place) if place else None
        if snippet is not None and place is not None:
            lines = snippet.split("\n")
            width = len(str((place.line or 0) + len(lines) - 1))
            bar = self._paint("|", "34;1")
            yield f"   {' ' * width} {bar}"
            for number, line in enumerate(lines, place.line or 0):
                yield f"   {self._paint(f'{number:>{width}}', '34;1')} {bar} {printable(line)[: WIDTH + 20]}"
            yield f"   {' ' * width} {bar}"

    def _why(self, finding: Finding) -> Iterator[str]:
        """Show the reason of a finding; what a licence restricts is told once in a report."""
        if finding.reason:
            yield from self._note("because", finding.reason)
        if finding.restrictions in self.told:
            return
        self.told.add(finding.restrictions)
        for freedom, restrictions in groupby(finding.restrictions, key=lambda restriction: restriction.freedom):
            ways = "; ".join(f"{r.how} ({r.clause})" if r.clause else r.how for r in restrictions)
            yield from self._note(f"restricts {printable(freedom)}", ways)
        for source in dict.fromkeys(r.source for r in finding.restrictions):
            yield from self._note("licence text", source)

    def _trace(self, finding: Finding) -> Iterator[str]:
        steps = finding.trace
        if len(steps) > 1:
            yield from self._note("trace", words.trace(finding))
        if finding.paths > 1:
            yield from self._note("paths", f"{finding.paths} paths from {self.assessment.subject_label} lead here")

    def _remedy(self, finding: Finding, beside: Iterable[Finding] = ()) -> Iterator[str]:
        """Show the remedy, with the further entries of a list that findings on the same claims ask for."""
        advice = self.remedies.advice(finding)
        if not advice:
            return
        yield f"   = {self._paint('help', '32;1')}: {advice}"
        goes = finding.remedy.action, self.remedies.under(finding)
        entries = (f for f in beside if goes[1] and (f.remedy.action, self.remedies.under(f)) == goes)
        for each in {f.remedy.yaml: f for f in (finding, *entries)}.values():
            yield from self._snippet(each)

    def _goes(self, finding: Finding) -> tuple[str, bool]:
        """Return where a remedy goes: under which top-level key, and whether in the place of what is there."""
        return self.remedies.under(finding), finding.remedy.rewrites

    def _snippet(self, finding: Finding) -> Iterator[str]:
        """Show the remedy in the language of the document it is for."""
        yield from (f"         {line}" for line in self.remedies.snippet(finding).splitlines())

    # -- judgements, questions, summary ----------------------------------------------------------------------

    def _judged(self) -> Iterator[str]:
        found = [result for result in self.assessment.results if result.judgements]
        elsewhere = self.assessment.elsewhere
        if not found and not elsewhere:
            return
        yield self._paint("judgements", "1")
        for result in found:
            changed = "" if result.outcome == result.machine_outcome else f", rules alone: {result.machine_outcome}"
            yield f"  {result.requirement.id}: {result.outcome}{changed}{_disputed(result)}"
            for judgement in result.judgements:
                yield from self._judgement(judgement)
        for judgement in elsewhere:
            yield f"  {printable(judgement.requirement)}: nothing that {self.assessment.definition.title} asks for"
            yield from self._judgement(judgement)
        yield ""

    def _judgement(self, judgement: Judgement) -> Iterator[str]:
        yield from self._note(judgement.outcome, judged.words(judgement, verbose=self.options.verbose))
        for line in judged.evidence(judgement, verbose=self.options.verbose):  # whole: an address is there to be copied
            yield f"   = {self._paint('evidence', '1')}: {printable(line)}"

    def _reasons(self) -> Iterator[str]:
        """Show what decided outcomes beside rules and judgements of their own: a judgement on the whole, the scope."""
        reasons: dict[str, list[str]] = {}
        for result in self.assessment.results:
            if result.because:
                reasons.setdefault(result.because, []).append(result.requirement.id)
        for because, ids in reasons.items():
            yield f"{self._paint(because, '1')}:"
            yield from textwrap.wrap(
                ", ".join(ids), WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
            )
            yield ""

    def _open_questions(self) -> Iterator[str]:
        waiting = [result for result in self.assessment.results if words.is_open_question(result)]
        if not waiting:
            return
        yield self._paint("open questions", "1") + " that only a person can answer, by a judgement:"
        width = max(len(result.requirement.id) for result in waiting)
        for result in waiting:
            yield f"  {result.requirement.id:<{width}}  {result.requirement.label}{_disputed(result)}"
        yield ""

    def _notes(self) -> Iterator[str]:
        """Show the remarks on the input, a line each."""
        if not self.assessment.notes:
            return
        yield f"{self._paint('notes', '1')} on the input, which change no outcome:"
        for note in self.assessment.notes:
            yield f"  {reading.place(note.location)}: {printable(note.text)}"
        yield ""

    def _summary(self) -> Iterator[str]:
        a = self.assessment
        subject = f"{self._paint(printable(a.subject_label), '1')} ({a.subject_kind})"
        yield f"{subject}, assessed against the {a.definition.title} on {a.date}, terms policy {a.policy}:"
        yield f"  {self._paint(a.outcome, _VERDICTS[a.outcome])}: {words.counts(a)}"
        if a.definition.omitted:
            count, ids = len(a.definition.omitted), ", ".join(a.definition.omitted)
            are = "requirement of {} is" if count == 1 else "requirements of {} are"
            yield f"  {count} {are.format(a.definition.based_on[0])} left out: {ids}"
        for sentence in tolerated.told(self.standing):
            yield f"  {printable(sentence)}"
        if self.options.quiet:
            return
        yield f"  SPDX licence list {a.license_list} of {a.license_list_date}"
        if a.not_assessed:
            count = len(a.not_assessed)
            yield f"  {count} requirements have no rule: without judgements on them the verdict cannot be met"
            if self.options.verbose:
                yield from textwrap.wrap(
                    ", ".join(a.not_assessed), WIDTH, initial_indent="    ", subsequent_indent="    "
                )
        yield from derived.lines(a, verbose=self.options.verbose)
        results = [r for r in a.results if not self.standing.tolerates or r.requirement.id in self.standing.failing]
        open_ = [r for outcome in ("not-met", "not-evidenced") for r in results if r.outcome == outcome]
        if nothing := tolerated.nothing_counts(self.standing):
            yield nothing
        elif a.has_gaps:
            first = max((r for r in open_ if r.outcome == open_[0].outcome), key=_weight)
            yield f"Next: osaid-graph explain {first.requirement.id}"
        elif a.outcome != "met":
            question = next(result for result in a.results if words.is_open_question(result))
            yield f"No gaps found. What is left is for a person to judge: osaid-graph explain {question.requirement.id}"
        else:
            yield "No gaps found."

    def _note(self, word: str, text: str) -> Iterator[str]:
        lead = f"   = {word}: "
        first, *rest = textwrap.wrap(
            lead + printable(text), WIDTH, subsequent_indent=" " * 6, break_long_words=False, break_on_hyphens=False
        )
        yield f"   = {self._paint(word, '1')}: {first[len(lead) :]}".rstrip()
        yield from rest

    def _paint(self, text: str, code: str) -> str:
        return painted(text, code, self.options)


def _is_unsaid(finding: Finding) -> bool:
    """Tell whether a finding is that nothing is said: no claims to show, and a snippet that is simply added."""
    added = finding.remedy.action == "add" or finding.remedy.rewrites
    return finding.outcome != "not-met" and not finding.claims and added


def _alike(findings: list[Finding]) -> list[list[list[Finding]]]:
    """Return findings that rest on the same claims together, the one that tells most first; those by their rules."""
    clusters: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.focus, finding.path, finding.claims) if finding.claims else (finding.id,)
        clusters.setdefault(key, []).append(finding)
    groups: dict[tuple[str, ...], list[list[Finding]]] = {}
    for cluster in clusters.values():
        cluster.sort(key=lambda finding: -len(finding.restrictions))
        groups.setdefault(tuple(finding.rule for finding in cluster), []).append(cluster)
    order = {finding.id: number for number, finding in enumerate(findings)}
    return sorted(groups.values(), key=lambda group: order[group[0][0].id])


def _at(claim: Claim, finding: Finding) -> str:
    """Return where a claim stands, as it follows the names of who says it; the file where nothing above names it."""
    at = claim.location
    if at is None or (at.line is None and not at.field):
        return ""
    told = at.source in claim.sources or (finding.location is not None and finding.location.source == at.source)
    place = reading.place(at, source=False)
    return f" ({place})" if told else f" ({printable(at.source)}, {place})"


def _weight(result: RequirementResult) -> int:
    """Return how much the findings of a requirement tell: the one to look at next is the one that tells most."""
    return sum(1 + len(finding.restrictions) for finding in result.findings)


def _disputed(result: RequirementResult) -> str:
    return " (judgements disagree)" if result.disputed else ""
