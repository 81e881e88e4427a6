"""The smallest set of statements that closes every gap of one release which a statement can close, as a patch.

Each statement is the remedy of a finding, written where the manifest describes the node, with ``TODO`` for the answers.
Nothing is taken on trust: the statements are written with examples for answers, the release is assessed again, and a
gap that is still there is told as not closed. A statement that another may make needless is left out on trial, and for
good where that leaves no gap.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from osaid_graph.assessment.assess import Examination, examine
from osaid_graph.errors import InputError
from osaid_graph.graph.load import load
from osaid_graph.planning.drafts import Draft, drafts_of, home_of, may_be_spared
from osaid_graph.planning.gaps import findings_by_gap, gaps_of, key_of, questions_of
from osaid_graph.planning.patches import unified
from osaid_graph.plans import Gap, Statement, StatementPlan
from osaid_graph.readers.manifest.keys import BLOCKS, MANIFEST
from osaid_graph.validation.definition import DEFAULT_VERSION
from osaid_graph.writers.entries import add_entry
from osaid_graph.writers.keyed import add_keys, blocks_at, entry_called, has_key, replace_text
from osaid_graph.writers.yaml_text import Written

_MANIFEST = "osaid.yaml"
#: Why no statement closes a gap, by the kind of effort it needs.
_WHY = {
    "documentation": "more than a statement closes it: osaid-graph check shows what to write",
    "contradiction": "sources disagree: one of them has to give way",
    "disclosure": "it is said not to be disclosed: whoever keeps it has to disclose it",
    "release": "what is stated stands against it: that has to change first",
    "relicensing": "the terms stand against it: only the owner can change them",
    "judgement": "a reviewer has judged it",
}
Files = Mapping[Path, bytes]


@dataclass(frozen=True, slots=True)
class Assessing:
    """How a release is read and assessed, over and over with other content of its files."""

    inputs: tuple[str, ...]
    subject: str | None = None
    terms: str | None = None
    version: str = DEFAULT_VERSION
    today: datetime.date | None = None

    def examined(self, files: Files | None = None) -> Examination:
        """Return the assessment with some content in the place of that of files, which need not exist.

        Raises:
            OsaidError: As of :func:`~osaid_graph.graph.load.load` and
                :func:`~osaid_graph.assessment.assess.examine`.
        """
        files = files or {}
        known = {Path(name).resolve() for name in self.inputs}
        new = [str(path) for path in files if not path.exists() and path not in known]
        release = load([*self.inputs, *new], instead=files, subject=self.subject)
        return examine(release, subject=self.subject, terms=self.terms, version=self.version, today=self.today)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan with the content of the files it changes, once with ``TODO`` and once as if filled in."""

    plan: StatementPlan
    blank: Files
    filled: Files


def plan_statements(
    assessing: Assessing, before: Examination | None = None, requirements: Iterable[str] = ()
) -> Proposal:
    """Return the statements to write for one release.

    Args:
        assessing: How it is read and assessed.
        before: The assessment as it is, if there is one already.
        requirements: Only what keeps these from being met; all that bind if empty.

    Raises:
        OsaidError: The release cannot be read or assessed.
    """
    before = before or assessing.examined()
    writer = _Writer(assessing, before)
    drafts, failed = writer.placed(set(requirements))
    drafts = writer.without_needless(drafts)
    blank, filled = writer.files(drafts, filled=False), writer.files(drafts, filled=True)
    open_ = {(g.node, g.predicate, g.role) for g in gaps_of(assessing.examined(filled))} if drafts else None
    gaps = {(gap.node, gap.predicate, gap.role): gap for gap in gaps_of(before)}
    left = [
        (
            gap,
            failed.get(key)
            or _WHY.get(gap.kind)
            or "more than a statement closes it: osaid-graph check shows what to write",
        )
        for key, gap in gaps.items()
        if open_ is None or key in open_
    ]
    order = {id_: at for at, id_ in enumerate(before.assessment.definition.requirements)}
    drafts.sort(key=lambda draft: min(order[finding.requirement] for finding in draft.findings))
    statements = tuple(writer.statement(draft, gaps) for draft in drafts)
    plan = StatementPlan(
        before.assessment.subject,
        before.assessment.subject_label,
        statements,
        tuple(left),
        questions_of(before),
        "".join(unified(writer.shown(path), writer.content(path), data) for path, data in blank.items()),
    )
    return Proposal(plan, blank, filled)


class _Writer:
    """Writes drafts into the files of a release."""

    def __init__(self, assessing: Assessing, before: Examination) -> None:
        self.assessing = assessing
        self.before = before
        sources = before.assessment.inputs
        self.manifests = {source.name: Path(source.name).resolve() for source in sources if source.format == _MANIFEST}
        first = next(iter(self.manifests.values()), None)
        beside = Path(sources[0].name) if sources and sources[0].name != "<stdin>" else Path(_MANIFEST)
        self.main = first or (beside.parent / _MANIFEST).resolve()
        if first is None and self.main.exists():
            self.main = self.main.with_name("osaid-plan.yaml")
        self.names = {path: name for name, path in self.manifests.items()}

    def content(self, path: Path) -> bytes:
        """Return what a file holds; nothing for one that is not there."""
        return path.read_bytes() if path in self.names else b""

    def shown(self, path: Path) -> str:
        """Return what a file is called in the patch; empty for a file that is new, behind its name."""
        return self.names.get(path) or ""

    # -- which -------------------------------------------------------------------------------------------------

    def placed(self, requirements: Collection[str]) -> tuple[list[Draft], dict[tuple[str, str, str], str]]:
        """Return the drafts that have a place in a manifest, and of the gaps of all others why they have none."""
        gaps = [gap for gap in gaps_of(self.before) if gap.kind == "documentation"]
        wanted = [gap for gap in gaps if not requirements or not set(requirements).isdisjoint(gap.requirements)]
        closable = {(gap.node, gap.predicate, gap.role) for gap in wanted}
        found = findings_by_gap(self.before)
        findings = [finding for key, of in found.items() if key in closable for finding in of]
        order = {id_: at for at, id_ in enumerate(self.before.assessment.definition.requirements)}
        findings.sort(key=lambda finding: (order[finding.requirement], finding.focus_label, finding.id))
        placed: list[Draft] = []
        failed: dict[tuple[str, str, str], str] = {}
        files: dict[Path, bytes] = {}
        for draft in sorted(drafts_of(findings), key=_as_written):
            try:
                files = self._written(draft, files, filled=True)
                placed.append(draft)
            except InputError as error:
                for finding in draft.findings:
                    failed[key_of(self.before, finding)] = f"{error.message}: {error.hint}"
        return placed, failed

    def without_needless(self, drafts: list[Draft]) -> list[Draft]:
        """Return the drafts without those that leave no gap where they are left out."""
        for draft in [draft for draft in drafts if may_be_spared(self.before, draft)]:
            others = [other for other in drafts if other is not draft]
            closed = {key_of(self.before, finding) for finding in draft.findings}
            after = self.assessing.examined(self.files(others, filled=True))
            if closed.isdisjoint(findings_by_gap(after)):
                drafts = others
        return drafts

    # -- where -------------------------------------------------------------------------------------------------

    def files(self, drafts: list[Draft], *, filled: bool) -> dict[Path, bytes]:
        """Return the content of the files that some drafts change."""
        files: dict[Path, bytes] = {}
        for draft in sorted(drafts, key=_as_written):
            files = self._written(draft, files, filled=filled)
        return files

    def _written(self, draft: Draft, files: Mapping[Path, bytes], *, filled: bool) -> dict[Path, bytes]:
        keys = draft.keys if filled else draft.blank()
        if draft.instead:
            return self._replaced(draft, files, filled=filled)
        place = self.before.release.location(draft.node)
        path = self.manifests.get(place.source) if place else None
        if draft.under:
            return self._under(path or self.main, draft.under, keys, files)
        if path is None or place is None or place.line is None:
            return self._at_home(draft, keys, files)
        data = files.get(path, self.content(path))
        form = self.before.release.short_form(draft.node)
        short = (form.key, form.value) if form else None
        for way in blocks_at(self.content(path), place.line):
            top = MANIFEST[str(way[0])].block
            try:
                return {**files, path: add_keys(data, way, keys, _notes(top, keys), short=short)}
            except (InputError, LookupError):
                continue
        raise InputError(f"no block of {draft.findings[0].focus_label} to write in", "write it where it is described")

    def _replaced(self, draft: Draft, files: Mapping[Path, bytes], *, filled: bool) -> dict[Path, bytes]:
        """Write a draft in the place of the one value that is at fault."""
        (finding, *_) = draft.findings
        places = {(claim.value, claim.location) for claim in finding.claims if claim.location}
        if len(places) == 1 and len(draft.keys) == 1:
            old, place = next(iter(places))
            path = self.manifests.get(place.source) if place else None
            new = next(iter((draft.keys if filled else draft.blank()).values()))
            if path is not None and place is not None and place.line is not None and isinstance(new, str):
                for at in range(place.line, place.line + 4):  # the value may stand in a block of its own
                    try:
                        data = files.get(path, self.content(path))
                        return {**files, path: replace_text(data, at, old, new)}
                    except InputError:
                        continue
        raise InputError("what is at fault has to give way", "write the remedy of osaid-graph check in its place")

    def _under(
        self, path: Path, key: str, keys: Mapping[str, Written], files: Mapping[Path, bytes]
    ) -> dict[Path, bytes]:
        data = files.get(path, self.content(path) or self._head())
        if key in ("parameters", "model", "system"):
            if has_key(data, key):
                return {**files, path: add_keys(data, (key,), keys, _notes(key, keys))}
            return {**files, path: add_keys(data, (), {key: dict(keys)}, _notes(key, keys))}
        return {**files, path: add_entry(data, key, keys).data}

    def _at_home(self, draft: Draft, keys: Mapping[str, Written], files: Mapping[Path, bytes]) -> dict[Path, bytes]:
        """Write a draft into an entry of its own for a node that no manifest describes."""
        home = home_of(self.before, draft.node)
        if home is None:
            raise InputError(f"{draft.findings[0].focus_label} has no name", "write it where it is described")
        key, listed, start = home
        path = self.main
        data = files.get(path, self.content(path) or self._head())
        if listed:
            way = entry_called(data, key, str(draft.node))
            if way is not None:
                return {**files, path: add_keys(data, way, keys)}
        elif str(draft.node) == self.before.assessment.subject or has_key(data, key):
            return self._under(path, key, keys, files)
        return self._under(path, key, {**start, **keys}, files)

    def _head(self) -> bytes:
        """Return a new manifest with what is assessed and nothing else."""
        assessment = self.before.assessment
        named: dict[str, Written] = {"id": assessment.subject, "name": assessment.subject_label}
        return add_keys(b"", (), {assessment.subject_kind: named})

    # -- words -------------------------------------------------------------------------------------------------

    def statement(self, draft: Draft, gaps: Mapping[tuple[str, str, str], Gap]) -> Statement:
        """Return a draft as the statement that is shown."""
        keys = dict.fromkeys(key_of(self.before, finding) for finding in draft.findings)
        alone = self.files([draft], filled=False)
        (path, data), *_ = alone.items()
        old = self.content(path).splitlines()
        new = data.splitlines()
        first = next((at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), len(old))
        added = new[first : first + max(1, len(new) - len(old))]
        text = "\n".join(line.decode("utf-8", "replace").rstrip() for line in added)
        return Statement(tuple(gaps[key] for key in keys), self.names.get(path) or str(path), first + 1, text)


def _as_written(draft: Draft) -> tuple[bool, bool]:
    """Return when a draft is written: what moves no line goes first, and what makes a list of a block last."""
    return not draft.instead, bool(draft.under)


def _notes(block: str, keys: Mapping[str, Written]) -> dict[str, str]:
    """Return what the keys of a block mean."""
    known = BLOCKS.get(block, {})
    return {key: known[key].meaning for key in keys if key in known}
