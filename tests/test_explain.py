"""``explain`` has something to say about every requirement and every rule."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from osaid_graph.cli.explain import command
from osaid_graph.validation.definition import definition


def explain(*arguments: str) -> str:
    result = CliRunner().invoke(command, arguments, standalone_mode=False, catch_exceptions=False)
    return result.stdout


@pytest.mark.parametrize("id_", definition().requirements)
def test_a_requirement_is_explained_with_its_words_and_rules(id_: str) -> None:
    requirement = definition().requirements[id_]
    text = explain(id_)
    flat = " ".join(text.split())
    assert text.startswith(f"{id_}: {requirement.label}\n")
    assert f"“{' '.join(requirement.quote.split())}”" in flat
    assert " ".join(requirement.definition.split()) in flat
    rules = [rule.id for rule in definition().rules.values() if rule.requirement == id_]
    assert all(f"{rule}: " in text for rule in rules)
    asks = requirement.strength not in ("def", "note")
    judged = requirement.settled_by == "judgement"
    assert ("No rule decides it" in text) == (not rules and asks and not judged)
    assert ("It is met only by a recorded judgement" in text) == judged
    bearing = [rule.id for rule in definition().rules.values() if id_ in rule.bears_on]
    assert all(rule in flat for rule in bearing)
    assert all(part in flat for part in requirement.includes)
    if requirement.decision:
        assert " ".join(requirement.decision.split()) in flat


@pytest.mark.parametrize("id_", definition().rules)
def test_a_rule_is_explained_alone(id_: str) -> None:
    text = explain(id_)
    assert f"  {id_}: {definition().rules[id_].outcome}" in text
    others = [r for r in definition().rules if r != id_ and r.startswith(id_.partition(".")[0] + ".")]
    assert not any(f"  {other}: " in text for other in others)


def test_the_list_names_every_requirement_under_its_clause() -> None:
    text = explain()
    assert [id_ for id_ in definition().requirements if f"  {id_} " not in text] == []
    assert "\ndata information\n" in text
