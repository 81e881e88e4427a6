"""A former report as a baseline: what it must hold, and whether an assessment can be compared with it.

A finding is known by its id, which is made of rule, node and value: another line, order or wording is the same finding.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from osaid_graph.errors import InputError
from osaid_graph.identity import shortened
from osaid_graph.model import Assessment, asks_a_person
from osaid_graph.sources import Location
from osaid_graph.tolerated import Baseline, FormerFinding

#: Bytes of a report that is read: one of 20,000 findings has some 60 MB.
MAX_BYTES: Final = 256 * 1024 * 1024
_HINT: Final = "write it with osaid-graph check -F json -o FILE"
_MAJOR: Final = re.compile(r"1\.[0-9]+", re.ASCII)
#: What Python calls the values of JSON -> what people do.
_KINDS: Final = {dict: "a block of keys", list: "a list", str: "a text", bool: "true or false", type(None): "null"}


def with_baseline(assessment: Assessment, data: bytes, name: str) -> Assessment:
    """Return an assessment beside a former report on the same subject. No outcome changes.

    Args:
        assessment: The assessment.
        data: The former report, as JSON (``data/schema/report.schema.json``, any version 1).
        name: What it is called in messages.

    Raises:
        InputError: It is no such report, or nothing in the two can be compared: another subject, or a definition that
            shares no rule.
    """
    report = _Report(data, name)
    baseline = report.baseline(assessment)
    _refuse_another_subject(assessment, baseline)
    rules = assessment.definition.rules
    if baseline.findings and not any(finding.rule in rules for finding in baseline.findings):
        raise InputError(
            f"a baseline by {shortened(baseline.definition)}, none of whose rules {assessment.definition.id} has",
            "assess against that definition, or write another baseline",
            source=name,
        )
    return dataclasses.replace(
        assessment, baseline=dataclasses.replace(baseline, remarks=tuple(_remarks(assessment, baseline)))
    )


def _refuse_another_subject(assessment: Assessment, baseline: Baseline) -> None:
    """Raise unless both are on one subject; of one without an IRI, whose label hangs on what is said, by its name."""
    without_iri = assessment.subject.startswith("_:") and baseline.subject.startswith("_:")
    if assessment.subject == baseline.subject:
        return
    if not (without_iri and assessment.subject_label == baseline.subject_label):
        raise InputError(
            f"a baseline on {shortened(baseline.subject)}, not on {shortened(assessment.subject)}",
            "name that with --subject, or write a baseline for this subject",
            source=baseline.source,
        )


def _remarks(assessment: Assessment, baseline: Baseline) -> Iterator[str]:
    """Yield what differs between the two beside what was found."""
    if baseline.definition != assessment.definition.id:
        yield f"it was assessed against {baseline.definition}, and this against {assessment.definition.id}"
    if baseline.policy != assessment.policy:
        yield f"it was assessed under the terms policy {baseline.policy}, and this under {assessment.policy}"
    if baseline.subject != assessment.subject:
        yield "the subject has no IRI: what is found on it is new wherever its description has changed"
    if baseline.date > assessment.date:
        yield f"it is of {baseline.date}, later than this"


class _Report:
    """A report in JSON, of which every value that is used is looked at before it is."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.digest = hashlib.sha256(data).hexdigest()
        self.values = self._parsed(data)

    def baseline(self, assessment: Assessment) -> Baseline:
        """Return what the report says.

        Raises:
            InputError: It lacks something, or something in it is of the wrong kind.
        """
        self._check_format()
        subject = self._block(self.values, "subject", "")
        requirements = list(self._entries("requirements"))
        return Baseline(
            source=self.name,
            sha256=self.digest,
            date=self._date(),
            definition=self._text(self._block(self.values, "definition", ""), "id", "definition"),
            policy=self._text(self._block(self.values, "terms_policy", ""), "id", "terms_policy"),
            subject=self._text(subject, "id", "subject"),
            subject_label=self._text(subject, "label", "subject"),
            findings=tuple(self._finding(entry, where) for entry, where in self._entries("findings")),
            outcomes=frozenset(
                (self._text(entry, "id", where), self._text(entry, "outcome", where)) for entry, where in requirements
            ),
            questions=frozenset(
                self._text(entry, "id", where)
                for entry, where in requirements
                if self._is_question(assessment, entry, where)
            ),
        )

    def _is_question(self, assessment: Assessment, entry: dict[str, Any], where: str) -> bool:
        requirement = assessment.definition.requirements.get(self._text(entry, "id", where))
        outcome, disputed = self._text(entry, "outcome", where), entry.get("disputed") is True
        if requirement is None:  # of another version: what it includes is not known
            return outcome == "needs-judgement" and not entry.get("includes")
        return asks_a_person(requirement, outcome, disputed=disputed)

    def _finding(self, entry: dict[str, Any], where: str) -> FormerFinding:
        keys = ("id", "rule", "requirement", "outcome", "focus", "focus_label", "message")
        said = {key: self._text(entry, key, where) for key in keys}
        return FormerFinding(**said, location=self._location(entry, where))

    def _location(self, entry: dict[str, Any], where: str) -> Location | None:
        found = entry.get("location")
        if found is None:
            return None
        place = self._block(entry, "location", where)
        line = place.get("line")
        return Location(
            self._text(place, "source", f"{where}.location"),
            int(line) if isinstance(line, int) and not isinstance(line, bool) and line > 0 else None,
            str(place.get("field") or ""),
        )

    # -- values of the wrong kind ----------------------------------------------------------------------------

    def _parsed(self, data: bytes) -> dict[str, Any]:
        if len(data) > MAX_BYTES:
            raise self._wrong(f"larger than {MAX_BYTES // (1024 * 1024)} MiB, the limit for a baseline")
        try:
            values = json.loads(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise self._wrong("not UTF-8, and so no report in JSON") from None
        except json.JSONDecodeError as error:
            raise InputError(f"not valid JSON: {error.msg}", _HINT, source=self.name, line=error.lineno) from None
        except RecursionError:
            raise self._wrong("JSON that is nested too deeply for a report") from None
        except ValueError:  # a number of more digits than Python reads
            raise self._wrong("a number of too many digits for a report") from None
        if not isinstance(values, dict):
            raise self._wrong(f"no report: expected a block of keys, found {_kind(values)}")
        return values

    def _check_format(self) -> None:
        tool = self.values.get("tool")
        if not isinstance(tool, dict) or tool.get("name") != "osaid-graph" or "findings" not in self.values:
            raise self._wrong("no report of osaid-graph check in JSON")
        version = self._text(self.values, "schema_version", "")
        if not _MAJOR.fullmatch(version):
            raise self._wrong(f"a report of format {shortened(version)}, expected 1.x")

    def _date(self) -> str:
        text = self._text(self.values, "date", "")
        try:
            return datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            raise self._wrong(f"'date' is no day: {shortened(text)!r}") from None

    def _entries(self, key: str) -> Iterator[tuple[dict[str, Any], str]]:
        found = self.values.get(key)
        if not isinstance(found, list):
            raise self._wrong(_expected(key, "a list", self.values, key))
        for number, entry in enumerate(found):
            if not isinstance(entry, dict):
                raise self._wrong(f"'{key}[{number}]' must be a block of keys, found {_kind(entry)}")
            yield entry, f"{key}[{number}]"

    def _block(self, holder: dict[str, Any], key: str, where: str) -> dict[str, Any]:
        found = holder.get(key)
        if not isinstance(found, dict):
            raise self._wrong(_expected(f"{where}.{key}".lstrip("."), "a block of keys", holder, key))
        return found

    def _text(self, holder: dict[str, Any], key: str, where: str) -> str:
        found = holder.get(key)
        if not isinstance(found, str) or not found:
            raise self._wrong(_expected(f"{where}.{key}".lstrip("."), "a text", holder, key))
        return found

    def _wrong(self, message: str) -> InputError:
        return InputError(message, _HINT, source=self.name)


def _expected(path: str, what: str, holder: dict[str, Any], key: str) -> str:
    if key not in holder:
        return f"a report without {path!r}"
    return f"{path!r} must be {what}, found {_kind(holder[key])}"


def _kind(value: object) -> str:
    return "an empty text" if value == "" else _KINDS.get(type(value), "a number")
