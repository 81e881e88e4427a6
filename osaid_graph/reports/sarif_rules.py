"""The rules of a definition, and its requirements as a taxonomy, as SARIF describes them (sections 3.19 and 3.49)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from osaid_graph.model import Assessment, FindingOutcome, Requirement, RequirementResult, Rule
from osaid_graph.reports.words import lines, plain, web_link

#: Kind and level of a result by its outcome (sections 3.27.9 and 3.27.10).
KINDS: Final[dict[FindingOutcome, tuple[str, str]]] = {
    "not-met": ("fail", "error"),
    "not-evidenced": ("fail", "warning"),
    "needs-judgement": ("review", "none"),
    "recommendation": ("fail", "note"),
}


def message(text: str) -> dict[str, str]:
    r"""Return a message (section 3.11) whose data are neither a placeholder ``{0}`` nor an embedded link ``[x](1)``.

    >>> message("a [b](javascript:c) {0}")["text"]
    'a \\[b\\](javascript:c) {{0}}'
    """
    shown = plain(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return {"text": shown.replace("{", "{{").replace("}", "}}")}


class Rules:
    """The rules of an assessment that have results, those that ask a person, and the taxonomy of the definition."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        definition = assessment.definition
        self._taxa = [r for r in definition.requirements.values() if r.asks_for_something]
        self._taxon = {requirement.id: number for number, requirement in enumerate(self._taxa)}
        self._used = [definition.rules[id_] for id_ in sorted({finding.rule for finding in assessment.findings})]
        self._index = {rule.id: number for number, rule in enumerate(self._used)}
        self._name = plain(definition.title)

    def driver(self, questions: Iterable[RequirementResult]) -> dict[str, Any]:
        """Return the tool with its rules; a question for a person is a rule with the id of its requirement."""
        rules = [self._rule(rule) for rule in self._used]
        for result in questions:
            self._index[result.requirement.id] = len(rules)
            rules.append(self._question(result.requirement))
        return {
            "name": "osaid-graph",
            "version": self._assessment.tool_version,
            "semanticVersion": self._assessment.tool_version,
            "supportedTaxonomies": [{"name": self._name, "index": 0}],
            "rules": rules,
        }

    def reference(self, id_: str) -> dict[str, Any]:
        """Return what a result calls its rule by; after :meth:`driver`."""
        return {"ruleId": id_, "ruleIndex": self._index[id_]}

    def taxon(self, requirement: str) -> dict[str, Any]:
        """Return a reference to a requirement."""
        return {
            "id": requirement,
            "index": self._taxon[requirement],
            "toolComponent": {"name": self._name, "index": 0},
        }

    def taxonomy(self) -> dict[str, Any]:
        """Return the requirements of the definition."""
        definition = self._assessment.definition
        found: dict[str, Any] = {
            "name": self._name,
            "version": plain(definition.version),
            "shortDescription": {"text": self._name},
            "isComprehensive": True,
            "taxa": [
                {
                    "id": requirement.id,
                    "shortDescription": {"text": plain(requirement.label)},
                    "fullDescription": {"text": plain(requirement.quote or requirement.label)},
                    "properties": {"clause": requirement.clause, "strength": requirement.strength},
                }
                for requirement in self._taxa
            ],
        }
        if address := web_link(definition.source):
            found["informationUri"] = address
        return found

    def _rule(self, rule: Rule) -> dict[str, Any]:
        requirement = self._assessment.definition.requirements[rule.requirement]
        relations = [(rule.requirement, "superset")] + [(each, "relevant") for each in rule.bears_on]
        return {
            **self._described(rule.id, rule.message, requirement),
            "help": _help(requirement, rule.remedy.yaml),
            "defaultConfiguration": {"level": KINDS[rule.outcome][1]},
            "relationships": [
                {"target": self.taxon(id_), "kinds": [kind]} for id_, kind in relations if id_ in self._taxon
            ],
        }

    def _question(self, requirement: Requirement) -> dict[str, Any]:
        return {
            **self._described(requirement.id, f"{requirement.label}, for a person to judge", requirement),
            "help": _help(requirement, ""),
            "defaultConfiguration": {"level": "none"},
            "relationships": [{"target": self.taxon(requirement.id), "kinds": ["equal"]}],
        }

    def _described(self, id_: str, sentence: str, requirement: Requirement) -> dict[str, Any]:
        return {
            "id": id_,
            "name": _name(id_),
            "shortDescription": {"text": plain(sentence)},
            "fullDescription": {"text": f"{plain(sentence)}: “{plain(requirement.quote)}”"},
            "properties": {
                "requirement": requirement.id,
                "strength": requirement.strength,
                "clause": requirement.clause,
                "tags": ["open-source-ai", requirement.clause],
            },
        }


def _name(id_: str) -> str:
    """Return the name of a rule, which must not be its id (section 3.49.7) and is one word in the common style.

    >>> _name("code-license.conflicting")
    'CodeLicenseConflicting'
    """
    return "".join(part.capitalize() for part in id_.replace(".", "-").split("-"))


def _help(requirement: Requirement, snippet: str) -> dict[str, str]:
    """Return what the definition says and how to close the gap, as text and as Markdown.

    Both are of the definition or the profile that was asked for, and nothing of the release.
    """
    asks = f"{plain(requirement.id)} ({requirement.strength}): “{plain(requirement.quote)}”"
    satisfied = plain(requirement.satisfied_by)
    text = [asks, *([satisfied] if satisfied else [])]
    marked = [f"**{plain(requirement.id)}** ({requirement.strength})", f"> {plain(requirement.quote)}", *text[1:]]
    if snippet:
        text.append(f"In osaid.yaml:\n{lines(snippet)}")
        marked.append(f"In `osaid.yaml`:\n\n```yaml\n{lines(snippet)}\n```")
    marked.append(f"`osaid-graph explain {plain(requirement.id)}` tells more.")
    return {"text": "\n\n".join(text), "markdown": "\n\n".join(marked)}
