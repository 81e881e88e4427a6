"""The assessment as one HTML file that needs no network, no script and no mouse, and that prints.

Its own policy (CSP 3) lets nothing run or be loaded: not even a style but the one of the page, told by its digest. An
outcome is told by a word and a sign as well as by colour.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from osaid_graph.identity import short
from osaid_graph.model import Assessment, Finding, RequirementResult
from osaid_graph.reports import RenderOptions, derived, judged, reading, tolerated, traces, words
from osaid_graph.reports.html_finding import Findings
from osaid_graph.reports.html_text import element, items, link, text
from osaid_graph.sources import Source
from osaid_graph.standing import Standing
from osaid_graph.writers.lineage_svg import render as drawn
from osaid_graph.writers.style import style

SIGNS: Final = {"met": "✓", "not-met": "✕", "not-evidenced": "?", "needs-judgement": "…", "not-applicable": "–"}  # noqa: RUF001


def render(assessment: Assessment, options: RenderOptions) -> str:
    """Return the page."""
    title = f"{words.plain(assessment.subject_label)}: {words.verdict(assessment)}"
    sections = {key: content for key, content in _sections(assessment).items() if content}
    contents = items([f'<a href="#{_anchor(name)}">{name}</a>' for name in sections])
    main = "\n".join(
        f'<section aria-labelledby="{_anchor(name)}">\n<h2 id="{_anchor(name)}">{name}</h2>\n{content}\n</section>'
        for name, content in sections.items()
    )
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{text(title)}</title>\n<style>{_style()}</style>\n</head>\n<body>",
            '<a class="skip" href="#main">Skip to the report</a>',
            f"<header>\n{_head(assessment)}\n</header>",
            f'<nav aria-label="Contents">{contents}</nav>',
            f'<main id="main" tabindex="-1">\n{main}\n</main>',
            f"<footer><p>{_foot(assessment)}</p></footer>\n</body>\n</html>\n",
        ]
    )


@cache
def _style() -> str:
    return "\n" + style("osaid_graph.reports", "html.css")


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _anchor(name: str) -> str:
    return name.lower().replace(" ", "-")


def _sections(assessment: Assessment) -> dict[str, str]:
    """Return the sections by their headings, those that have nothing to say empty."""
    findings = Findings(assessment)
    articles = "\n".join(findings.article(finding) for finding in tolerated.first(assessment))
    return {
        "Outcome by requirement": "\n".join(_tables(assessment)),
        "Where the gaps lie": _picture(assessment),
        "Waivers of gaps": _waivers(assessment),
        "Since the baseline": _since(Standing(assessment)),
        "Findings": articles or "<p>No rule found a gap.</p>",
        "For a person to judge": _questions(assessment),
        "Judgements": _judgements(assessment),
        "Labels of others": _labels(assessment),
        "Notes on the input": items(
            [f"{element('code', text(reading.place(n.location)))}: {text(n.text)}" for n in assessment.notes]
        ),
        "Sources": _sources(assessment),
    }


def _waivers(assessment: Assessment) -> str:
    lines = items([text(tolerated.described(waiver)) for waiver in assessment.waivers])
    return f"<p>They change no outcome.</p>{lines}" if lines else ""


def _since(standing: Standing) -> str:
    """Return the gaps that are new, with links to them, and those that are gone."""
    new = [_to(finding, tolerated.line(finding)) for finding in standing.gaps("new")]
    gone = [text(tolerated.line(former)) for former in standing.gone_gaps]
    lists = (("New", new), ("Gone", gone))
    return "".join(f"<h3>{name}</h3>{items(lines)}" for name, lines in lists if lines)


def _head(assessment: Assessment) -> str:
    a = assessment
    mark = element("span", text(words.verdict(a)), class_=f"mark {a.outcome}")
    binding = " ".join(
        element("li", f"{element('span', SIGNS[outcome], aria_hidden='true')} <b>{count}</b> {words.COUNTED[outcome]}")
        for outcome, count in a.summary.items()
    )
    return (
        f"<h1>{text(a.subject_label)} {mark}</h1>\n"
        f"<p>{link(short(a.subject), a.subject)} ({text(a.subject_kind)}), assessed against the "
        f'{link(a.definition.title, a.definition.source)} on <time datetime="{text(a.date)}">{text(a.date)}</time>, '
        f"terms policy {text(a.policy)}.</p>\n"
        '<p id="counts">Requirements that bind, by outcome:</p>\n'
        f'<ul class="counts" aria-labelledby="counts">{binding}</ul>'
        + "".join(f"\n<p>{text(sentence)}</p>" for sentence in _tolerated(a))
    )


def _tolerated(assessment: Assessment) -> Iterator[str]:
    standing = Standing(assessment)
    yield from (f"{sentence[0].upper()}{sentence[1:]}." for sentence in tolerated.told(standing))
    yield from filter(None, [tolerated.nothing_counts(standing)])


def _tables(assessment: Assessment) -> Iterator[str]:
    """Yield a table for each part of the definition."""
    columns = ("Requirement", "Outcome", "What it asks", "Findings")
    parts = words.open_parts(assessment)
    for name, results in words.by_clause(assessment):
        yield _table(name, columns, [_row(result, parts.get(result.requirement.id, ())) for result in results])


def _table(caption: str, columns: tuple[str, ...], rows: list[str]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    body = "\n".join(rows)
    return (
        f"<table>\n<caption>{text(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _row(result: RequirementResult, parts: Sequence[str]) -> str:
    requirement = result.requirement
    outcome = f"{SIGNS[result.outcome]} {words.COUNTED[result.outcome]}"
    told = element("span", text(outcome), class_=f"mark {result.outcome}")
    if not requirement.binding:
        told += f" <small>does not bind ({text(requirement.strength)})</small>"
    if result.machine_outcome != result.outcome:
        told += f" <small>rules alone: {words.COUNTED[result.machine_outcome]}</small>"
    if because := words.because(result):
        told += f" <small>{text(because)}</small>"
    links = items([_to(f, f"{f.focus_label}: {f.message}") for f in result.findings])
    if result.bearing:
        links += f"<small>bears on it: {', '.join(_to(f, f.focus_label) for f in result.bearing)}</small>"
    if parts:
        to = (f'<a href="#requirement-{text(part)}">{text(part)}</a>' for part in parts)
        links += f"<small>{words.COUNTED[result.outcome]} in its parts: {', '.join(to)}</small>"
    name = f"{element('code', text(requirement.id))}<br>{text(requirement.label)}"
    return (
        f'<tr id="requirement-{text(requirement.id)}"><th scope="row">{name}</th><td>{told}</td>'
        f"<td>“{text(requirement.quote)}”</td><td>{links}</td></tr>"
    )


def _to(finding: Finding, label: str) -> str:
    return element("a", text(label), href=f"#finding-{finding.id}")


def _picture(assessment: Assessment) -> str:
    picture = traces.picture(assessment)
    if picture is None:
        return ""
    note = f"<figcaption>{text(picture.description)} Every trace is also told below, with its finding.</figcaption>"
    sheet = element(
        "div", drawn(picture, within_page=True), class_="sheet", tabindex="0", role="region", aria_label=picture.title
    )
    return element("figure", sheet + note)


def _questions(assessment: Assessment) -> str:
    found = [result.requirement for result in assessment.results if words.is_open_question(result)]
    lines = [f'<a href="#requirement-{text(r.id)}">{text(r.id)}</a>: {text(r.label)}' for r in found]
    return f"<p>Only a person can answer these, by a judgement.</p>{items(lines)}" if lines else ""


def _judgements(assessment: Assessment) -> str:
    entries = [(judgement, result.requirement.id) for result in assessment.results for judgement in result.judgements]
    entries += [(judgement, judgement.requirement) for judgement in assessment.elsewhere]
    lines = []
    for judgement, requirement in entries:
        evidence = items([link(each.url, each.url) for each in judgement.evidence])
        said = text(judged.words(judgement, verbose=True))
        lines.append(f"{element('code', text(requirement))} <b>{text(judgement.outcome)}</b>: {said}{evidence}")
    return items(lines)


def _labels(assessment: Assessment) -> str:
    if not assessment.derived:
        return ""
    lines = [text(line) for line in derived.summaries(assessment)]
    return f"<p>{text(derived.HEADING.capitalize())}.</p>{items(lines)}"


def _sources(assessment: Assessment) -> str:
    columns = ("Document", "Format", "SHA-256", "Put right while reading")
    return _table("What was read", columns, [_source(source) for source in assessment.inputs])


def _source(source: Source) -> str:
    repairs = items([text(repair.text) for repair in source.repairs])
    return (
        f'<tr><th scope="row">{link(source.name, source.name)}</th><td>{text(source.format)}</td>'
        f"<td><code>{text(source.sha256)}</code></td><td>{repairs}</td></tr>"
    )


def _foot(assessment: Assessment) -> str:
    a = assessment
    return (
        f"Written by osaid-graph {text(a.tool_version)}. SPDX licence list {text(a.license_list)} of "
        f"{text(a.license_list_date)}. A report of what descriptions say, and no legal advice."
    )
