"""``osaid-graph init``: start a description, as a template or from what other documents say."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osaid_graph.cli.output import check_output, is_stream, output_option, real, write
from osaid_graph.cli.progress import reading_progress
from osaid_graph.errors import NothingToAssessError, UsageError

if TYPE_CHECKING:
    from rdflib.term import IdentifiedNode

    from osaid_graph.graph.release import Release
    from osaid_graph.writers.claims import Claim

_FILE = "osaid.yaml"
_EXAMPLES = 5


@click.command(
    name="init",
    short_help="Start a description, empty or from other files.",
    epilog="Example: osaid-graph init --id acme/atlas-7b --name 'Atlas 7B'",
)
@click.option("--id", "id_", metavar="ID", help="What is described: an absolute IRI, or org/name on the Hub.")
@click.option("--name", metavar="NAME", help="What people call it.")
@click.option("--from", "inputs", multiple=True, metavar="INPUT", help="Fill it with what INPUT says; repeatable.")
@click.option("--full", is_flag=True, help="A template with every key of every block.")
@output_option
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(
    id_: str | None, name: str | None, inputs: tuple[str, ...], full: bool, output: str | None, force: bool
) -> int:
    """Start a description: write osaid.yaml (or FILE, or - for standard output).

    It is a template with every key explained, or, with --from, what other descriptions say, in any format that check
    reads, each statement with its source.
    """
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    target = output or _FILE
    check_output(target, inputs)
    _check_target(target, force=force)
    if inputs:
        for option, given in (("--name", name is not None), ("--full", full)):
            if given:
                raise UsageError(f"{option} is for a template", "leave it out, or leave --from out")
        text, left = _filled(inputs, id_)
    else:
        text, left = _template(id_, name, full=full), ()
    write(text, target)
    _tell_left_over(left)
    if not inputs and id_ is None:
        _tell_placeholder()
    if target != "-" and not is_stream(target):
        click.echo(f"wrote {target}", err=True)
        click.echo(f"next: osaid-graph check {target}", err=True)
    return 0


def _check_target(target: str, *, force: bool) -> None:
    """Refuse to write a manifest where none belongs, or over a file that is there.

    Raises:
        UsageError: The name is that of another format, or taken.
    """
    if target == "-" or is_stream(target):
        return
    if Path(target).suffix.casefold() not in (".yaml", ".yml"):
        raise UsageError(
            f"{target}: init writes a manifest, which is YAML", "name a file that ends in .yaml, or - for the terminal"
        )
    if real(target).exists() and not force:
        raise UsageError(f"{target}: is there already", "write over it with --force, or choose another place with -o")


def _tell_placeholder() -> None:
    from osaid_graph.writers.template import PLACEHOLDER_ID

    click.echo(f"note: {PLACEHOLDER_ID} is the template's id: replace it by yours, or give --id", err=True)


def _template(id_: str | None, name: str | None, *, full: bool) -> str:
    from osaid_graph.identity import short
    from osaid_graph.writers.template import PLACEHOLDER_ID, PLACEHOLDER_NAME, template

    if name is not None and not name.split():
        raise UsageError("--name is empty", "say what people call it, or leave --name out")
    if id_ is None:
        return template(PLACEHOLDER_ID, " ".join((name or PLACEHOLDER_NAME).split()), full=full)
    iri = _checked(id_)
    return template(id_.strip(), " ".join((name or short(iri)).split()), full=full)


def _checked(id_: str) -> str:
    """Return the IRI of an id that identifies something to others as well.

    Raises:
        UsageError: It is neither an absolute IRI nor org/name.
    """
    from osaid_graph.errors import InputError
    from osaid_graph.identity import NAMED, resolve

    expected = "give the URL people know it by, or org/name on the Hub"
    try:
        iri = resolve(id_, "models")
    except InputError as error:
        raise UsageError(f"--id: {error.message}", expected) from None
    if iri.startswith(NAMED):
        raise UsageError(f"--id {id_!r} is neither an absolute IRI nor org/name", expected)
    return iri


def _filled(inputs: tuple[str, ...], id_: str | None) -> tuple[str, tuple[Claim, ...]]:
    """Return a manifest of what the inputs say, and what it has no words for."""
    from osaid_graph.cli.release import read_release
    from osaid_graph.writers.manifest import write as write_manifest
    from osaid_graph.writers.template import SCHEMA_LINE

    try:
        with reading_progress() as progress:
            release = read_release(inputs, None, id_, progress)
    except UsageError as error:
        error.hint = error.hint.replace("--subject", "--id")
        raise
    head = (SCHEMA_LINE.removeprefix("# "), "Written by osaid-graph init from " + ", ".join(_names(release)) + ".")
    written = write_manifest(release, _subject(release, id_), head=head, hints=True)
    return written.text, written.left_over


def _names(release: Release) -> list[str]:
    return [source.name for source in release.sources]


def _subject(release: Release, id_: str | None) -> IdentifiedNode | None:
    """Return what the manifest is of; None for datasets alone.

    Raises:
        NothingToAssessError: Nothing that a manifest describes is described, or judgements without what they judge.
        UsageError: There is no such subject, or several could be meant.
    """
    from rdflib import RDF

    from osaid_graph.assessment.assess import prepare
    from osaid_graph.assessment.subject import choose
    from osaid_graph.vocab import OSAID

    graph = prepare(release)
    try:
        return choose(graph, id_)
    except UsageError as error:
        raise UsageError(error.message, error.hint.replace("--subject", "--id")) from None
    except NothingToAssessError:
        if id_ is None and (None, RDF.type, OSAID.Dataset) in graph:
            return None
        if (None, RDF.type, OSAID.Judgement) in graph:
            raise NothingToAssessError(
                "nothing to describe: judgements alone", "name the description they judge too, with another --from"
            ) from None
        raise


def _tell_left_over(left: tuple[Claim, ...]) -> None:
    """Tell on standard error what the manifest has no words for."""
    if not left:
        return
    from osaid_graph.errors import printable
    from osaid_graph.writers.manifest import counted, shown

    more = f"; the first {_EXAMPLES}" if len(left) > _EXAMPLES else ""
    click.echo(f"{counted(left)} no words in a manifest, comments at its end have them{more}:", err=True)
    for claim in left[:_EXAMPLES]:
        click.echo(f"  {printable(shown(claim))}", err=True)
