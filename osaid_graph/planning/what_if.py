"""What an assessment would come to if something were stated, without writing anything: changes held in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from osaid_graph.assessment.assess import Examination
from osaid_graph.errors import InputError, UsageError
from osaid_graph.graph.labels import label, name
from osaid_graph.graph.lookup import Names
from osaid_graph.planning.patches import FilePatch, applied, parse_patch
from osaid_graph.planning.statements import Assessing, Files, plan_statements
from osaid_graph.writers.keyed import add_keys, blocks_at
from osaid_graph.writers.yaml_text import TODO, scalar

#: Answers that stand for any, by the key of the manifest; an address for all others.
_EXAMPLES = {
    "license": "Apache-2.0",
    "availability": "public",
    "access": "ungated",
    "completeness": "complete",
    "technique": "machine-learning",
}
_ADDRESS = "https://example.org/as-filled-in"
_TODO = re.compile(rf"(?P<key>[\w-]+): {TODO}(?=\s|,|\}}|$)")
_MANIFEST = "osaid.yaml"


def with_patch(before: Examination, text: str, name: str) -> Files:
    """Return the files of a release with a unified diff applied, its placeholders as if they were filled in.

    Args:
        before: The assessment of the release as it is.
        text: The diff.
        name: What it is called, for messages.

    Raises:
        InputError: It is no diff, changes a file that is no input, or does not fit.
    """
    found: dict[Path, bytes] = {}
    for patch in parse_patch(text, name):
        path = _meant(before, patch, name)
        found[path] = applied(_filled(patch), path.read_bytes() if patch.name else b"", str(path))
    return found


def with_edited(before: Examination, file: str) -> Files:
    """Return an edited manifest as the content of the one manifest of a release.

    Raises:
        UsageError: The release is described by no manifest, or by several that could be meant.
        InputError: The file cannot be read.
    """
    try:
        content = Path(file).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read: {why}", "name a file", source=file) from None
    manifests = _manifests(before)
    same = [each for each in manifests if Path(each).name == Path(file).name]
    if len(manifests) != 1 and not same:
        raise UsageError("it is not clear which manifest is meant", "name the edited file as the one it stands for")
    return {Path((same or manifests)[0]).resolve(): content}


def with_statement(before: Examination, files: Files, node: str, key: str, value: str) -> Files:
    """Return the files of a release with one more key in the block of a node.

    Args:
        before: The assessment of the release as it is.
        files: What has been changed already.
        node: What a person calls the node: its IRI, a Hub id or its name.
        key: A key of its block in the manifest.
        value: The value.

    Raises:
        UsageError: There is no such node, or no manifest describes it.
        InputError: The block has the key already, or does not take it.
    """
    graph, release = before.graph, before.release
    known = {name(each): each for each in before.scope.nodes}
    iri = node if node in known else Names((name(each), label(graph, each)) for each in known.values()).find(node)
    place = release.location(known[iri]) if iri in known else None
    if place is None or place.line is None or place.source not in _manifests(before):
        raise UsageError(f"{node!r} is described by no manifest", "name a node of osaid.yaml, or write a patch")
    path = Path(place.source).resolve()
    form = release.short_form(known[iri])
    ways = blocks_at(path.read_bytes(), place.line)
    if not ways:
        raise InputError(f"no block of {node} to write in", "write a patch", source=place.source, line=place.line)
    try:
        data = add_keys(
            files.get(path) or path.read_bytes(),
            ways[0],
            {key: value},
            short=(form.key, form.value) if form else None,
        )
    except InputError as error:
        raise InputError(
            f"{key}: {scalar(value)} cannot be added to {node}: {error.message}",
            "if the block has the key, edit a copy and compare with --edited",
            source=place.source,
            line=place.line,
        ) from None
    return {**files, path: data}


def with_fixes(assessing: Assessing, before: Examination, requirements: Iterable[str]) -> Files:
    """Return the files of a release with the statements that close the gaps of requirements, filled in; all if none.

    Raises:
        UsageError: A requirement is not part of the definition, or has no gap that a statement closes.
    """
    wanted = list(requirements)
    known = before.assessment.definition.requirements
    for id_ in wanted:
        if id_ not in known:
            raise UsageError(f"no requirement {id_!r}", "osaid-graph explain lists them")
    proposal = plan_statements(assessing, before, wanted)
    if not proposal.plan.statements:
        raise UsageError("no statement closes a gap of these requirements", "osaid-graph plan shows what is left")
    return proposal.filled


def _filled(patch: FilePatch) -> FilePatch:
    """Return a patch with answers in the place of the placeholders that it adds."""
    return FilePatch(
        patch.name,
        tuple(
            (start, tuple(_TODO.sub(_answer, line) if line.startswith("+") else line for line in body))
            for start, body in patch.hunks
        ),
    )


def _answer(found: re.Match[str]) -> str:
    return f"{found['key']}: {_EXAMPLES.get(found['key'], _ADDRESS)}"


def _meant(before: Examination, patch: FilePatch, name: str) -> Path:
    """Return the file that a patch is for."""
    manifests = _manifests(before)
    if not patch.name:
        return (Path(before.assessment.inputs[0].name).parent / _MANIFEST).resolve()
    same = [each for each in manifests if each.lstrip("./") == patch.name.lstrip("./")]
    same = same or [each for each in manifests if Path(each).resolve() == Path(patch.name).resolve()]
    same = same or [each for each in manifests if Path(each).name == Path(patch.name).name]
    if len(same) != 1:
        raise InputError(f"{patch.name} is no manifest of this release", "name the description it is for", source=name)
    return Path(same[0]).resolve()


def _manifests(before: Examination) -> list[str]:
    return [source.name for source in before.assessment.inputs if source.format == _MANIFEST]
