"""Named queries: a file of SPARQL each in ``data/queries/``, with what a person needs to know at its head.

The head is lines of comment of their own, ``#+ key: value``, so that the file stays SPARQL that any engine reads::

    #+ summary: What a model or dataset was made from
    #+ question: 1
    #+ param: node node the model or dataset
    #+ column: source what it was made from

``param`` is a variable, its type and words for it, ``default`` a variable and the value it has if none is given,
``column`` a variable and words; ``description`` goes on over several lines. ``needs: findings`` says that the releases
are to be assessed first, ``example`` names inputs and values that it can be tried with. ``command`` is the command that
answers the question from the lineage alone, however large that is, with ``{variable}`` for the value of a parameter::

    #+ command: impact {node}
"""

from __future__ import annotations

import difflib
import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast, get_args

from osaid_graph.errors import ResourceError, UsageError
from osaid_graph.query.gate import Form, checked
from osaid_graph.query.terms import PREFIXES
from osaid_graph.query.tokens import tokens
from osaid_graph.resources import root

Kind = Literal["node", "date", "integer", "text", "licence", "property"]

#: What findings and outcomes are made of, in the words of the Turtle report, as a query may write them.
_OF_FINDINGS: Final = frozenset(
    word
    for prefix, names in {
        "sh": (
            *("ValidationReport", "ValidationResult", "result", "conforms"),
            *("focusNode", "resultMessage", "resultSeverity", "sourceShape", "value"),
        ),
        "earl": ("Assertion",),
    }.items()
    for name in names
    for word in (f"{prefix}:{name}", f"<{PREFIXES[prefix]}{name}>")
)
#: The competency questions that a query may say it answers.
QUESTIONS: Final = range(1, 28)
_LINE = re.compile(r"#\+\s*(?P<key>[a-z]*)\s*(?P<colon>:?)\s*(?P<value>.*?)\s*")
_ONCE: Final = ("summary", "question", "needs", "example", "command")
_MANY: Final = ("description", "param", "default", "column")
_NAME: Final = re.compile(r"[A-Za-z]\w*")
_PLACE: Final = re.compile(r"\{(.*?)\}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query asks of whoever runs it: the name of a variable, its type, words for it and a default, if any."""

    name: str
    kind: Kind
    words: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with its head; ``columns`` are names and words of what it selects."""

    name: str
    text: str
    form: Form
    summary: str = ""
    description: str = ""
    questions: tuple[int, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    needs_findings: bool = False
    example: str = ""
    command: str = ""

    @property
    def names_findings(self) -> bool:
        """Whether it names what findings or outcomes are made of, whatever its head says."""
        return any(token.text in _OF_FINDINGS for token in tokens(self.text))

    @property
    def sparql(self) -> str:
        """The query without its head."""
        return "\n".join(line for line in self.text.splitlines() if not line.startswith("#+")).strip() + "\n"

    def from_lineage(self, values: Mapping[str, str], inputs: Iterable[str]) -> str:
        """Return the command that answers the question from the lineage, as a shell takes it; empty for none."""
        if not self.command:
            return ""
        filled = _PLACE.sub(lambda place: shlex.quote(values.get(place[1], "")), self.command)
        return " ".join(["osaid-graph", filled, *map(shlex.quote, inputs)])


def named_queries() -> tuple[str, ...]:
    """Return the names of all queries that are shipped, sorted."""
    folder = root() / "data" / "queries"
    return tuple(sorted(file.name.removesuffix(".rq") for file in folder.iterdir() if file.name.endswith(".rq")))


def named_query(name: str) -> NamedQuery:
    """Return the query of that name.

    Raises:
        UsageError: There is none; the nearest is offered.
    """
    if name not in named_queries():
        near = difflib.get_close_matches(name.casefold(), named_queries(), n=1)
        hint = f"did you mean {near[0]}?" if near else "osaid-graph query lists what there is"
        if "{" in name:
            hint = "a query of your own is given with --sparql, or as a file with -f"
        raise UsageError(f"no query {name!r}", hint)
    return _shipped(name)


@cache
def _shipped(name: str) -> NamedQuery:
    text = (root() / "data" / "queries" / f"{name}.rq").read_text("utf-8")
    try:
        return read_query(text, name, f"{name}.rq")
    except UsageError as error:
        raise ResourceError(str(error), error.hint) from None


def query_of_file(path: str) -> NamedQuery:
    """Return the query in a file, which may have a head.

    Raises:
        UsageError: The file cannot be read, its head is wrong, or it is no query that may run.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UsageError(
            f"{path}: no such file", "name a file of SPARQL with -f, or a query: osaid-graph query"
        ) from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 at byte {error.start + 1}", "save it as UTF-8") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{path}: cannot be read: {why}", "name a file of SPARQL") from None
    return read_query(text, path, path)


def read_query(text: str, name: str, source: str = "") -> NamedQuery:
    """Return a query and its head.

    Args:
        text: The SPARQL with its head.
        name: What the query is called.
        source: The file, to be named where something is wrong.

    Raises:
        UsageError: The head says something that is not known or twice, or of a variable that the query does not have;
            or it is no query that may run. ``source`` and ``line`` are set.
    """
    head = _Head(text, source)
    form = checked(text, source)
    variables = {token.text[1:] for token in tokens(text) if token.kind == "variable"}
    parameters = head.parameters(variables)
    return NamedQuery(
        name=name,
        text=text,
        form=form,
        summary=head.one("summary"),
        description=" ".join(value for _, value in head.found["description"]),
        questions=head.questions(),
        parameters=parameters,
        columns=tuple(head.named("column", variables).items()),
        needs_findings=head.needs_findings(),
        example=head.one("example"),
        command=head.command(parameters),
    )


class _Head:
    """The lines at the head of a query."""

    def __init__(self, text: str, source: str) -> None:
        self.source = source
        self.found: Mapping[str, list[tuple[int, str]]] = defaultdict(list)
        for number, line in enumerate(text.splitlines(), 1):
            if not line.startswith("#+"):
                continue
            match = _LINE.fullmatch(line)
            if match is None or not match["colon"]:
                raise self.wrong(
                    number,
                    "a line of the head without a key",
                    f"write #+ key: value; keys: {', '.join((*_ONCE, *_MANY))}",
                )
            key = match["key"]
            if key not in (*_ONCE, *_MANY):
                near = difflib.get_close_matches(key, (*_ONCE, *_MANY), n=1)
                hint = f"did you mean {near[0]}?" if near else f"keys: {', '.join((*_ONCE, *_MANY))}"
                raise self.wrong(number, f"no key {key!r} of a query's head", hint)
            if key in _ONCE and self.found[key]:
                raise self.wrong(number, f"{key} is given twice", "keep one")
            self.found[key].append((number, match["value"]))

    def wrong(self, line: int, what: str, hint: str) -> UsageError:
        return UsageError(what, hint, source=self.source, line=line)

    def one(self, key: str) -> str:
        return self.found[key][0][1] if self.found[key] else ""

    def questions(self) -> tuple[int, ...]:
        for line, value in self.found["question"]:
            numbers = re.split(r"[\s,]+", value)
            if not all(number.isascii() and number.isdigit() and int(number) in QUESTIONS for number in numbers):
                raise self.wrong(line, f"no question {value!r}", f"questions are numbers from 1 to {QUESTIONS[-1]}")
            return tuple(map(int, numbers))
        return ()

    def needs_findings(self) -> bool:
        for line, value in self.found["needs"]:
            if value != "findings":
                raise self.wrong(line, f"a query cannot need {value!r}", "needs: findings, or leave it out")
            return True
        return False

    def command(self, parameters: tuple[Parameter, ...]) -> str:
        known = {parameter.name for parameter in parameters}
        for line, value in self.found["command"]:
            for name in _PLACE.findall(value):
                if name not in known:
                    raise self.wrong(line, f"command {name!r} is no parameter", f"add a param {name}, or leave it out")
        return self.one("command")

    def named(self, key: str, variables: set[str]) -> dict[str, str]:
        """Return the rest of each line of a key by the variable it starts with."""
        found: dict[str, str] = {}
        for line, value in self.found[key]:
            name, _, rest = value.partition(" ")
            if not _NAME.fullmatch(name):
                raise self.wrong(line, f"{key} {name!r} is no name of a variable", f"write #+ {key}: name ...")
            if name not in variables:
                raise self.wrong(line, f"{key} {name!r} is no variable of the query", f"use ?{name}, or leave it out")
            if name in found:
                raise self.wrong(line, f"{key} {name!r} is given twice", "keep one")
            found[name] = rest.strip()
        return found

    def parameters(self, variables: set[str]) -> tuple[Parameter, ...]:
        defaults = self.named("default", variables)
        found = []
        for (name, rest), (line, _) in zip(self.named("param", variables).items(), self.found["param"], strict=True):
            kind, _, words = rest.partition(" ")
            if kind not in get_args(Kind):
                near = difflib.get_close_matches(kind, get_args(Kind), n=1)
                guess = f"did you mean {near[0]}? " if near else ""
                hint = f"{guess}types: {', '.join(get_args(Kind))}"
                raise self.wrong(line, f"parameter {name!r} is of no known type: {kind!r}", hint)
            found.append(Parameter(name, cast(Kind, kind), words.strip(), defaults.pop(name, None)))
        if defaults:
            line = next(number for number, value in self.found["default"] if value.split(" ")[0] in defaults)
            raise self.wrong(line, f"a default of {next(iter(defaults))!r}, which is no parameter", "add a param")
        return tuple(found)
