"""What a YAML or JSON text becomes: values that know their line, whatever notation they were written in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as written; ``plain`` tells ``~`` from ``"~"``."""

    text: str
    line: int
    column: int
    plain: bool = True

    @property
    def is_null(self) -> bool:
        """Whether the key has no value."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(slots=True)
class Sequence:
    """A list of values."""

    line: int
    column: int
    items: list[Value] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys with their values in the order written; ``keys`` has the line of each key."""

    line: int
    column: int
    values: dict[str, Value] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


Value = Scalar | Sequence | Mapping


def children(value: Value) -> list[Value]:
    """Return the values directly inside a value."""
    match value:
        case Sequence():
            return value.items
        case Mapping():
            return list(value.values.values())
    return []
