"""Where a judgement goes and what it changes: the file written in memory, read back and assessed, then handed over."""

from __future__ import annotations

import datetime
import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from osaid_graph.assessment.assess import assess
from osaid_graph.assessment.producer import producers
from osaid_graph.cli.contents import telling_contents
from osaid_graph.cli.judgement_options import judgeable
from osaid_graph.cli.output import real, real_if_any, write
from osaid_graph.errors import InputError, UsageError, printable
from osaid_graph.graph.load import STDIN, display_name, load, located
from osaid_graph.graph.release import Release
from osaid_graph.model import Assessment
from osaid_graph.reports import RenderOptions, render
from osaid_graph.sources import Location
from osaid_graph.validation.definition import DEFAULT_VERSION
from osaid_graph.writers.entries import add_entry
from osaid_graph.writers.judgement import Draft, subject_of

_KEY = "judgements"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A judgement that was checked, where it will stand and what changes by it.

    ``old`` is what the file held (None without one), ``data`` what it will hold; ``yaml`` is the judgement as a
    manifest of its own would hold it; ``change`` the outcome of its requirement before and after, ``verdict`` that of
    the subject.
    """

    old: bytes | None
    data: bytes
    line: int
    yaml: str
    change: str
    verdict: str
    warnings: tuple[str, ...]


class Recording:
    """The release that is judged, its assessment before, and the manifest that a judgement is written into.

    Args:
        inputs: The files that describe the release.
        into: The manifest to write into, None for the first of the inputs that is one.
        subject: What is judged, as :func:`~osaid_graph.assessment.assess.assess` takes it.
        version: The id of a version of the definition, None for the default.
        today: The day, which no judgement may be dated after.
        notify: Told in a sentence when the first assessment will take more than a second or two.

    Raises:
        UsageError: Standard input is an input, no input is a manifest and none is named, or ``into`` cannot be one.
        OsaidError: The release cannot be read or assessed.
    """

    def __init__(
        self,
        inputs: tuple[str, ...],
        into: str | None,
        subject: str | None,
        version: str | None,
        today: datetime.date,
        notify: Callable[[str], None] | None = None,
    ) -> None:
        if STDIN in inputs:
            raise UsageError("judge reads no description from standard input", "name a file")
        self.subject, self.version, self.today = subject, version or DEFAULT_VERSION, today
        self.files = inputs
        if into is not None:
            _check_into(into)
            listed = {real_if_any(name) for name in inputs}
            self.files = inputs if real(into) in listed else (*inputs, into)
            if Path(into).is_dir():  # now that it is known to be a name that a file can have
                raise InputError("a folder, not a file", "name a file in it", source=display_name(into))
        self.release = load(self.files if into is None or Path(into).exists() else inputs, subject=subject)
        named = self._manifests() if into is None else [into]
        if not named:
            first = Path(located(inputs[0])[1])
            beside = display_name(str((first if first.is_dir() else first.parent) / f"{_KEY}.yaml"))
            raise UsageError("no input is a manifest that a judgement can go into", f"name one: --into {beside}")
        self.target = named[0]
        self.shown = display_name(self.target)
        with telling_contents(self.release):
            self.before = self._assessed(self.release, notify)

    def _manifests(self) -> list[str]:
        """Return the manifests among the inputs, and in the folders among them; not those that others import."""
        manifests = {source.name for source in self.release.sources if source.format == "osaid.yaml"}
        found: list[str] = []
        for name in self.files:
            folder = Path(located(name)[1])
            inside = sorted(str(path) for path in folder.iterdir()) if folder.is_dir() else [name]
            found += [each for each in inside if display_name(each) in manifests]
        return found

    def check(self, draft: Draft) -> Recorded:
        """Return a judgement as it will stand in the file, after reading and assessing that in memory.

        Raises:
            UsageError: The requirement cannot be judged, or the same reviewer has judged it on the same day.
            InputError: The file has no place for it.
        """
        judgeable(self.before.definition, draft.requirement)
        self._refuse_second(draft)
        old = self._content()
        start = self._head().encode("utf-8") if old is None else old
        by_default = subject_of(start) == self.before.subject or self.before.subject.startswith("_:")
        entry = replace(draft, subject="" if by_default else self.before.subject).entry()
        try:
            edited = add_entry(start, _KEY, entry)
        except InputError as error:
            error.source = self.shown
            raise
        instead = {Path(self.target).resolve(): edited.data}
        after = self._assessed(load(self.files, instead=instead, subject=self.subject))
        if not _counts(after, draft):
            raise UsageError(
                f"the judgement would not count: {self.shown} describes another subject, and this one has no IRI",
                "give the subject an IRI, or name a file of judgements alone with --into",
            )
        outcomes = [_outcome(assessment, draft.requirement) for assessment in (self.before, after)]
        return Recorded(
            old=old,
            data=edited.data,
            line=edited.line,
            yaml=add_entry(b"", _KEY, entry).data.decode("utf-8"),
            change=f"  {draft.requirement}: {' -> '.join(outcomes)}",
            verdict=render(after, "text", RenderOptions(quiet=True)),
            warnings=tuple(self._warnings(draft)),
        )

    def save(self, recorded: Recorded) -> None:
        """Write the file, whole or not at all.

        Raises:
            UsageError: It has changed since it was read, or cannot be written.
        """
        if self._content() != recorded.old:
            raise UsageError(f"{self.shown} has changed meanwhile", "nothing was written; judge again")
        write(recorded.data.decode("utf-8"), self.target, "--into")

    def _content(self) -> bytes | None:
        path = Path(self.target)
        return path.read_bytes() if path.exists() else None

    def _assessed(self, release: Release, notify: Callable[[str], None] | None = None) -> Assessment:
        return assess(release, subject=self.subject, version=self.version, today=self.today, notify=notify)

    def _refuse_second(self, draft: Draft) -> None:
        for result in self.before.results:
            for judgement in result.judgements if result.requirement.id == draft.requirement else ():
                same = judgement.counted and judgement.date == draft.date
                if same and judgement.by.casefold() == draft.by.casefold():
                    raise UsageError(
                        f"{judgement.by} has judged {draft.requirement} on {draft.date} already: {judgement.outcome}",
                        f"edit that judgement{_at(judgement.location)}, or give another --date",
                    )

    def _warnings(self, draft: Draft) -> Iterable[str]:
        names = {name.casefold() for name in producers(self.release, self.before.subject)}
        if draft.independent and {draft.affiliation.casefold(), draft.by.casefold()} & names:
            who = draft.affiliation or draft.by
            yield f"{who} is the producer, and the judgement says that the reviewer is independent of it"

    def _head(self) -> str:
        """Return the two lines of comment that say what a file of judgements is."""
        files = " ".join(shlex.quote(display_name(name)) for name in self.files)
        return (
            f"# Judgements on {printable(self.before.subject_label)}, recorded by reviewers beside its description.\n"
            f"# Read both together: osaid-graph check {files}\n"
        )


def _check_into(into: str) -> None:
    path, shown = Path(into), display_name(into)
    if path.suffix.casefold() not in (".yaml", ".yml"):
        raise UsageError(f"--into {shown}: a judgement is written into a manifest", "name a file that ends in .yaml")
    if not path.parent.is_dir():
        raise UsageError(f"--into {shown}: no such folder", "make it, or name another file")


def _counts(assessment: Assessment, draft: Draft) -> bool:
    """Tell whether a judgement is among those that count."""
    return any(
        judgement.counted and (judgement.by, judgement.date, judgement.reason) == (draft.by, draft.date, draft.reason)
        for result in assessment.results
        for judgement in result.judgements
        if result.requirement.id == draft.requirement
    )


def _outcome(assessment: Assessment, id_: str) -> str:
    return next((result.outcome for result in assessment.results if result.requirement.id == id_), "not assessed")


def _at(place: Location | None) -> str:
    if place is None:
        return ""
    return f" in {place.source}" + (f":{place.line}" if place.line else "")
