"""The rules of a requirement on its page, and the fixtures that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from osaid_graph.model import Definition, Requirement, Rule
from tools.docs.answers import property_link
from tools.docs.markdown import code, fenced, link, prose, slug, table

FIXTURES = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "rules"

_EXPECTED = re.compile(r"^# expect: +(.+)$", re.MULTILINE)


def own_rules(id_: str, definitions: Sequence[Definition]) -> Iterator[str]:
    """Yield a section for each rule of a requirement, or why there is none."""
    rules = sorted(_rules(definitions), key=lambda rule: rule.id)
    own = [rule for rule in rules if rule.requirement == id_]
    for rule in own:
        yield from _rule(rule, definitions)
    if not own:
        requirement = next(d.requirements[id_] for d in definitions if id_ in d.requirements)
        bearing = any(id_ in rule.bears_on for rule in rules)
        yield "It has no rule of its own: " + _decided_without(requirement, bearing=bearing)


def _decided_without(requirement: Requirement, *, bearing: bool) -> str:
    """Return how a requirement that has no rule of its own comes out."""
    if requirement.strength in ("def", "note"):
        return "it asks for nothing."
    if bearing:
        return "rules of others count here as well."
    if requirement.includes:
        return "its outcome follows from its parts."
    if requirement.strength == "may":
        return "nothing can fail it."
    if "judgement" in requirement.checks:
        return "it is met only by a recorded judgement."
    return "it is listed as not assessed until a judgement on it is recorded."


def counted_here(id_: str, definitions: Sequence[Definition]) -> Iterator[str]:
    """Yield the list of the rules of other requirements whose findings count for this one as well."""
    others = [rule for rule in _rules(definitions) if id_ in rule.bears_on]
    if others:
        yield "Findings of these rules of other requirements count here as well:"
        yield "\n".join(
            f"- {link(code(rule.id), f'{rule.requirement}.md#{slug(rule.id)}')}: {prose(rule.message)}"
            for rule in sorted(others, key=lambda rule: rule.id)
        )


def fixtures(id_: str) -> Iterator[str]:
    """Yield the table of the graphs that the rules of a requirement are tested with, and what they find in each."""
    files = sorted((FIXTURES / id_).glob("*.ttl"))
    if not files:
        return
    yield "## Fixtures"
    yield "Small graphs that hold the rules to exactly these findings:"
    rows = []
    for file in files:
        expected = [line for line in _EXPECTED.findall(file.read_text("utf-8")) if line.strip() != "nothing"]
        told = [_finding(id_, line) for line in expected]
        path = f"../../tests/fixtures/rules/{id_}/{file.name}"
        rows.append([link(code(file.name), path), "<br>".join(told) or "nothing"])
    yield table(["graph", "findings"], rows)


def _finding(id_: str, line: str) -> str:
    why, _, focus = line.strip().partition(" ")
    return link(code(f"{id_}.{why}"), f"#{slug(f'{id_}.{why}')}") + (f" on {code(focus)}" if focus else "")


def _rule(rule: Rule, definitions: Sequence[Definition]) -> Iterator[str]:
    yield f"### {rule.id}"
    having = [version.version for version in definitions if rule.id in version.rules]
    only = f", in version {prose(', '.join(having))} alone" if len(having) < len(definitions) else ""
    yield f"**{rule.outcome}**{only}: {prose(rule.message)}"
    notes = [f"It is about {property_link(rule.property)}."]
    if rule.on_subject:
        notes.append("It is asked of the subject and of the models it derives from, not of their parts.")
    if rule.bears_on:
        others = ", ".join(link(code(id_), f"{id_}.md") for id_ in rule.bears_on)
        notes.append(f"Its findings count for {others} as well.")
    yield " ".join(notes)
    remedy = rule.remedy
    action = "To close it, replace the statement at fault" if remedy.action == "replace" else "To close it, add"
    place = f" under {code(remedy.under)}" if remedy.under else ""
    if remedy.yaml:
        yield f"{action}{place}{' with' if remedy.action == 'replace' else ''}:"
        yield fenced("yaml", remedy.yaml)
    if remedy.turtle:
        yield "or, in Turtle" + (", where `{focus}` is the node:" if "{focus}" in remedy.turtle else ":")
        yield fenced("turtle", remedy.turtle)


def _rules(definitions: Sequence[Definition]) -> list[Rule]:
    """Return the rules of all versions, each once."""
    return list({rule.id: rule for version in definitions for rule in version.rules.values()}.values())
