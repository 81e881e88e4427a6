"""``osaid-graph explain``: a requirement, its words, why it matters, what is checked and how to satisfy it."""

from __future__ import annotations

import difflib
import logging
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from osaid_graph.cli.assessed import definition_option
from osaid_graph.cli.output import color_option, output_option, use_color, write
from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    from osaid_graph.model import Definition, Requirement, Rule

_WIDTH = 100


@click.command(
    name="explain",
    short_help="Explain a requirement or a rule; without ID, list them.",
    epilog="Example: osaid-graph explain data-info-labeling",
)
@click.argument("id_", required=False, metavar="[ID]")
@definition_option
@output_option
@color_option
def command(id_: str | None, version: str | None, output: str | None, color: str) -> int:
    """Explain a requirement or a rule of the definition; without ID, list the requirements."""
    from osaid_graph.validation.definition import DEFAULT_VERSION, definition

    logging.getLogger("rdflib").setLevel(logging.ERROR)
    chosen = definition(version or DEFAULT_VERSION)
    lines = _listing(chosen) if id_ is None else _explanation(chosen, id_, use_color(color) and output in (None, "-"))
    write("\n".join(lines) + "\n", output)
    return 0


def _listing(definition: Definition) -> Iterator[str]:
    yield f"{definition.title}: {len(definition.requirements)} requirements"
    width = max(len(id_) for id_ in definition.requirements)
    clause = ""
    for requirement in definition.requirements.values():
        if requirement.clause != clause:
            clause = requirement.clause
            yield ""
            yield clause.replace("-", " ")
        yield f"  {requirement.id:<{width}}  {requirement.strength:<12}  {requirement.label}"
    yield ""
    yield "Next: osaid-graph explain ID"


def _explanation(definition: Definition, asked: str, color: bool) -> Iterator[str]:
    requirement = definition.requirements.get(asked.partition(".")[0])
    if requirement is None or ("." in asked and asked not in definition.rules):
        known = [*definition.requirements, *definition.rules]
        near = difflib.get_close_matches(asked, known, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "osaid-graph explain lists them"
        raise UsageError(f"no requirement or rule {asked!r} in {definition.id}", hint)

    def bold(text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if color else text

    yield f"{bold(requirement.id)}: {requirement.label}"
    yield f"{definition.title}, clause {requirement.clause.replace('-', ' ')}, {requirement.strength}"
    yield ""
    yield from _wrapped(f"“{requirement.quote}”")
    for heading, text in (
        ("Why it matters", requirement.rationale),
        ("What is checked", requirement.definition),
        ("How to satisfy it", requirement.satisfied_by),
        ("Decision where the text is open", requirement.decision),
    ):
        if text:
            yield ""
            yield bold(heading)
            yield from _wrapped(text)
    for heading, ids in (
        ("It includes", requirement.includes),
        ("It is part of", [r.id for r in definition.requirements.values() if requirement.id in r.includes]),
        ("It limits", requirement.limits),
    ):
        if ids:
            yield ""
            yield bold(heading)
            yield from _wrapped(", ".join(id_ for id_ in definition.requirements if id_ in ids))
    rules = [
        r for r in definition.rules.values() if r.requirement == requirement.id and asked in (requirement.id, r.id)
    ]
    if rules:
        yield ""
        yield bold("Rules")
    for rule in sorted(rules, key=lambda rule: rule.id):
        yield from _rule(rule)
    yield from _without_rules(definition, requirement, bool(rules))


def _rule(rule: Rule) -> Iterator[str]:
    yield f"  {rule.id}: {rule.outcome}"
    yield from _wrapped(rule.message, "    ")
    if rule.bears_on:
        yield from _wrapped(f"counts for {', '.join(rule.bears_on)} as well", "    ")
    if rule.remedy.yaml:
        place = f" under {rule.remedy.under}:" if rule.remedy.under else ":"
        yield f"    {rule.remedy.action}{place}"
        yield from (f"      {line}" for line in rule.remedy.yaml.splitlines())


def _without_rules(definition: Definition, requirement: Requirement, has_rules: bool) -> Iterator[str]:
    """Say how a requirement is decided where rules of its own do not, or not alone."""
    if not requirement.asks_for_something:
        return
    bearing = [rule.id for rule in definition.rules.values() if requirement.id in rule.bears_on]
    if bearing:
        yield ""
        yield from _wrapped(f"These rules count here as well: {', '.join(bearing)}", "")
    if requirement.settled_by == "judgement":
        yield ""
        yield "It is met only by a recorded judgement: osaid-graph judge records one."
    elif not has_rules:
        yield ""
        yield "No rule decides it: " + (
            "its outcome follows from its parts."
            if requirement.includes
            else "nothing can fail it."
            if requirement.strength == "may"
            else "a judgement may."
            if "judgement" in requirement.checks
            else "it is not assessed by this version of osaid-graph."
        )


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
