"""What the JSON API takes and gives beside what pages show: problems, parameters, lists and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

from osaid_graph.server.matrix import Row


@dataclass(eq=False)
class Problem(Exception):
    """Why there is no answer: a problem detail (RFC 9457) without a type, whose title is that of its status.

    Attributes:
        status: The status of the answer.
        detail: What is wrong.
        hint: What to do.
        title: What the status is called.
    """

    status: int
    detail: str
    hint: str = ""
    title: str = field(init=False)

    def __post_init__(self) -> None:
        self.title = HTTPStatus(self.status).phrase


class Later(Problem):
    """A problem that may be gone when one asks again in a while."""


@dataclass(frozen=True, slots=True)
class About:
    """What is served: how many releases were assessed, against what, by which terms policy, and on which day."""

    releases: int
    definition: str
    policy: str
    day: str
    tool: str
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Releases:
    """A page of releases: their outcomes in the order of ``requirements``, and how many there are on all pages."""

    requirements: tuple[str, ...]
    total: int
    page: int
    size: int
    releases: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many releases have which outcome of a requirement."""

    requirement: str
    label: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Question:
    """A named query: what it answers, the form of its answer, and what it takes, with words for it."""

    name: str
    summary: str
    form: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address.

    Attributes:
        name: Its name.
        words: Words for it.
        values: Its values, if they can be listed.
        required: Whether it is needed.
        beside: The one without which it means nothing.
        integer: Whether it is a number.
        least: The least of these.
        most: The greatest.
    """

    name: str
    words: str
    values: tuple[str, ...] = ()
    required: bool = False
    beside: str = ""
    integer: bool = False
    least: int = 0
    most: int = 999_999_999

    def takes(self, text: str) -> bool:
        """Tell whether a text is one of its numbers."""
        is_number = text.isascii() and text.isdigit() and len(text) < 10
        return is_number and self.least <= int(text) <= self.most
