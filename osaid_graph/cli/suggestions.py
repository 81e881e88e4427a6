"""The values that a word of the command line may have, by what stands for them in the help (its metavar)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from osaid_graph.lineage.index import Lineage
    from osaid_graph.query.library import Parameter

#: A value, and words for it.
Value = tuple[str, str]
#: Seconds and bytes of INPUTs that finding their nodes may take: nobody waits longer for a completion.
_PATIENCE: Final = 2.0
_LARGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What is completed.

    Attributes:
        context: The command, with what was given to it so far.
        parameter: The option or argument that the word belongs to.
        word: What is there of the word.
        given: How many values of the same option stand before it.
        behind: The words behind it.
    """

    context: click.Context
    parameter: click.Parameter
    word: str
    given: int
    behind: tuple[str, ...]

    @property
    def arguments(self) -> tuple[str, ...]:
        """What was given as NAME and INPUTs."""
        return tuple(self.context.params.get("arguments") or ())

    @property
    def is_named(self) -> bool:
        """Whether the command still waits for the NAME of what it runs."""
        own = self.context.params.get("file") or self.context.params.get("sparql")
        return not self.arguments and not own


def suggested(asked: Asked) -> list[CompletionItem[str]]:
    """Return the values that begin with what is there of a word; none where click knows them, or nobody does."""
    metavar = asked.parameter.metavar or ""
    find = _BY_NAME.get((metavar, asked.parameter.name or "")) or _BY_METAVAR.get(metavar)
    return find(asked) if find is not None else []


def _beginning(asked: Asked, values: Iterable[Value]) -> list[CompletionItem[str]]:
    from osaid_graph.errors import printable

    return [
        CompletionItem(value, help=printable(words) or None) for value, words in values if value.startswith(asked.word)
    ]


def _plain(values: Callable[[], Iterable[Value]]) -> Callable[[Asked], list[CompletionItem[str]]]:
    return lambda asked: _beginning(asked, values())


def _in_list(values: Callable[[], Iterable[Value]]) -> Callable[[Asked], list[CompletionItem[str]]]:
    """Return what completes the last of several words with commas between them."""

    def find(asked: Asked) -> list[CompletionItem[str]]:
        before = asked.word[: asked.word.rfind(",") + 1]
        return _beginning(asked, ((before + value, words) for value, words in values()))

    return find


def _files(asked: Asked) -> list[CompletionItem[str]]:
    return [CompletionItem(asked.word, "file")]


def _folders(asked: Asked) -> list[CompletionItem[str]]:
    return [CompletionItem(asked.word, "dir")]


def _versions(asked: Asked) -> list[CompletionItem[str]]:
    from osaid_graph.validation.definition import versions

    return _beginning(asked, ((version, "") for version in versions())) or _folders(asked)


def _requirements(asked: Asked) -> list[CompletionItem[str]]:
    """Return the requirements of the version that is asked about."""
    from osaid_graph.validation.definition import DEFAULT_VERSION, definition, definitions_in, requirements, selected
    from osaid_graph.vocab import token

    version = asked.context.params.get("version") or DEFAULT_VERSION
    shipped = {token(iri): iri for iri in definitions_in(requirements())}
    known = selected(requirements(), shipped[version]) if version in shipped else definition(version).requirements
    return _beginning(asked, ((each.id, each.label) for each in known.values()))


def _explained(asked: Asked) -> list[CompletionItem[str]]:
    """Return requirements; rules only where a dot tells that one is meant, since these take longer to read."""
    if "." not in asked.word:
        return _requirements(asked)
    from osaid_graph.validation.definition import DEFAULT_VERSION, definition

    rules = definition(asked.context.params.get("version") or DEFAULT_VERSION).rules
    return _beginning(asked, ((rule.id, rule.message) for rule in rules.values()))


def _policies() -> Iterator[Value]:
    from osaid_graph.terms.policy import policies

    return ((policy.id, "") for policy in policies())


def _formats() -> Iterator[Value]:
    from osaid_graph.readers import formats

    return ((name, each.summary) for name, each in formats().items())


def _targets() -> Iterator[Value]:
    from osaid_graph.writers import WRITERS

    return ((name, "") for name in WRITERS)


def _edges() -> Iterator[Value]:
    from osaid_graph.lineage.index import properties
    from osaid_graph.vocab import token

    return ((token(each), "") for each in properties())


def _gaps() -> Iterator[Value]:
    from osaid_graph.assessment.artifact_gaps import FINDINGS, NONE
    from osaid_graph.lineage.gaps import CRITERIA

    yield FINDINGS, "what an assessment finds"
    yield from ((criterion.name, criterion.asks) for criterion in CRITERIA)
    yield NONE, "nothing is marked"


def _gaps_to_close() -> Iterator[Value]:
    return (each for each in _gaps() if each[0] != "none")


def _roles() -> Iterator[Value]:
    from osaid_graph.listings.columns import ROLES

    return ((f"{role}=", "") for role in ROLES)


def _availabilities() -> Iterator[Value]:
    from osaid_graph.vocab import CODELISTS

    return ((word, "") for word in CODELISTS["Availability"])


def _names_or_files(asked: Asked) -> list[CompletionItem[str]]:
    """Return the queries or analyses that are shipped where one can stand, else files."""
    return (_beginning(asked, _names(asked.context)) if asked.is_named else []) or _files(asked)


def _names(context: click.Context) -> Iterator[Value]:
    if context.info_name == "analyze":
        from osaid_graph.analyses.catalogue import analyses

        return ((each.name, each.summary) for each in analyses().values())
    from osaid_graph.query.library import named_queries, named_query

    return ((name, named_query(name).summary) for name in named_queries())


def _settings(asked: Asked) -> list[CompletionItem[str]]:
    """Return the names of parameters; behind one that takes a node, the nodes of the INPUTs."""
    parameters = {each.name: each for each in _parameters(asked)}
    name, equals, _ = asked.word.partition("=")
    if not equals:
        return _beginning(asked, ((f"{each.name}=", each.words) for each in parameters.values()))
    if name not in parameters or parameters[name].kind != "node":
        return []
    return _beginning(asked, ((f"{name}={node}", words) for node, words in _nodes_named(asked)))


def _parameters(asked: Asked) -> tuple[Parameter, ...]:
    from osaid_graph.query.library import named_query, query_of_file

    if file := asked.context.params.get("file"):
        return query_of_file(file).parameters
    if not asked.arguments:
        return ()
    if asked.context.info_name == "analyze":
        from osaid_graph.analyses.catalogue import analysis

        return analysis(asked.arguments[0]).parameters
    return named_query(asked.arguments[0]).parameters


def _stated(asked: Asked) -> list[CompletionItem[str]]:
    """Return what a statement is made of: a node, then a key of its block; the value is free."""
    if asked.given == 0:
        return _beginning(asked, _nodes_named(asked))
    if asked.given == 1:
        from osaid_graph.readers.manifest.keys import BLOCKS

        return _beginning(asked, sorted({(key, "") for keys in BLOCKS.values() for key in keys}))
    return []


def _evidence(asked: Asked) -> list[CompletionItem[str]]:
    return _files(asked) if asked.given == 1 else []


def _subjects(asked: Asked) -> list[CompletionItem[str]]:
    """Return what can be assessed of the INPUTs."""
    from osaid_graph.identity import resolve, short

    if (corpus := _corpus(asked)) is not None:
        from osaid_graph.cli.suggested_releases import assessed

        return _beginning(asked, assessed(corpus, asked.word))
    found: list[Value] = [(word, f"the {word} described") for word in ("system", "model", "parameters")]
    lineage = _lineage(asked)
    for number, iri in enumerate(lineage.columns.iris) if lineage is not None else ():
        if lineage is not None and lineage.is_trained(number):
            name = short(iri)
            found.append(
                (name if name.count("/") == 1 and resolve(name, "models") == iri else iri, lineage.label(number))
            )
    return _beginning(asked, found)


def _nodes(asked: Asked) -> list[CompletionItem[str]]:
    return _beginning(asked, _nodes_named(asked))


def _nodes_named(asked: Asked) -> Iterator[Value]:
    """Yield the models and data of the INPUTs by their shortest names that are not those of others."""
    from osaid_graph.errors import UsageError
    from osaid_graph.identity import short

    if (corpus := _corpus(asked)) is not None:
        from osaid_graph.cli.suggested_releases import assessed

        yield from assessed(corpus, asked.word.rpartition("=")[2])
        return
    lineage = _lineage(asked)
    if lineage is None:
        return
    for number, iri in enumerate(lineage.columns.iris):
        name = short(iri)
        try:
            yield name if lineage.find(name) == number else iri, lineage.label(number)
        except UsageError:
            yield iri, lineage.label(number)


def _corpus(asked: Asked) -> str | None:
    """Return the corpus on the line; None where there is none."""
    from osaid_graph.corpus_folder import is_corpus

    words = (*_inputs(asked), *filter(None, (asked.context.params.get("corpus"),)))
    return next((word for word in map(str, words) if is_corpus(Path(word))), None)


def _lineage(asked: Asked) -> Lineage | None:
    """Return the lineage of the INPUTs on the line; None where there are none, or reading them takes too long."""
    inputs = _inputs(asked)
    found: list[Lineage] = []

    def read() -> None:
        from osaid_graph.cli.reading import read_lineage

        found.append(read_lineage(inputs, asked.context.params.get("read_as"), None).lineage)

    if not inputs or sum(map(_size, inputs)) > _LARGEST:
        return None
    thread = threading.Thread(target=_quietly, args=(read,), daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    return found[0] if found else None


def _quietly(read: Callable[[], None]) -> None:
    try:
        read()
    except Exception:  # what is wrong with an INPUT is told when the command is run
        return


def _inputs(asked: Asked) -> tuple[str, ...]:
    """Return the INPUTs on the line, before the word and behind it, that are files or folders."""
    given = asked.context.params
    own = asked.arguments if given.get("file") or given.get("sparql") else asked.arguments[1:]
    words = (*(given.get("inputs") or ()), *own, *(given.get("shared") or ()), *asked.behind)
    return tuple(word for word in words if word and Path(word.partition("=")[2] or word).exists())


def _size(name: str) -> int:
    """Return the bytes of an INPUT."""
    path = Path(name.partition("=")[2] or name)
    return sum(each.stat().st_size for each in (path.iterdir() if path.is_dir() else (path,)) if each.is_file())


_BY_METAVAR: Final[dict[str, Callable[[Asked], list[CompletionItem[str]]]]] = {
    "FILE": _files,
    "INPUT": _files,
    "INPUT...": _files,
    "[INPUT]...": _files,
    "OLD NEW | INPUT...": _files,
    "FILE|DIR...": _files,
    "DIR": _folders,
    "DIR|URL": _folders,
    "NODE": _nodes,
    "NODE KEY VALUE": _stated,
    "URL FILE": _evidence,
    "[ID]": _explained,
    "REQUIREMENT": _requirements,
    "POLICY": _plain(_policies),
    "VERSION|DIR": _versions,
    "FORMAT": _plain(_formats),
    "EDGE,...": _in_list(_edges),
    "KIND,...": _in_list(_gaps),
    "ROLE=NAME": _plain(_roles),
    "[NAME] [INPUT]...": _names_or_files,
}
#: What a name of a parameter says that its metavar leaves open.
_BY_NAME: Final[dict[tuple[str, str], Callable[[Asked], list[CompletionItem[str]]]]] = {
    ("NODE", "subject"): _subjects,
    ("FORMAT", "target"): _plain(_targets),
    ("ID", "requirement"): _requirements,
    ("NAME=VALUE", "given"): _settings,
    ("WORD", "availability"): _plain(_availabilities),
}
