"""The columns of a listing: what each file has, and which of them says what, by well-known names or as it is told."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, get_args

from osaid_graph.errors import InputError, UsageError
from osaid_graph.resources import root

Role = Literal["location", "license", "source", "digest", "bytes", "date"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
#: What the values of a column are, as far as it matters here.
Values = Literal["text", "number", "day", "list", "bytes", "other"]
#: What the values of a column must be for it to have a role.
_FITS: Final[Mapping[Role, tuple[Values, ...]]] = {
    "location": ("text", "list"),
    "license": ("text", "list"),
    "source": ("text", "list", "number"),
    "digest": ("text", "bytes"),
    "bytes": ("number", "text"),
    "date": ("day", "text", "number"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one file: the names that lead to it, and what its values are.

    ``type`` is that of the outermost column as the file has it, since files are read together where these are the same.
    """

    path: tuple[str, ...]
    values: Values
    type: str = ""

    @property
    def name(self) -> str:
        """Its name, dotted where it is a field of another."""
        return ".".join(self.path)

    @property
    def key(self) -> str:
        """What is the same in all spellings of its name."""
        return self.name.casefold()


@dataclass(frozen=True, slots=True)
class Convention:
    """A name by which a column is known to have a role, whose convention that is, and where it is written.

    ``base`` is what its values are relative to where they are no addresses, ``digest`` their algorithm; both may be
    empty.
    """

    role: Role
    name: str
    whose: str
    says: str
    base: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The column of a role in all files, by its key; ``convention`` is what is known of columns of that name."""

    role: Role
    key: str
    name: str
    convention: Convention | None
    given: bool = False


@cache
def conventions() -> tuple[Convention, ...]:
    """Return the names that columns are known by, the preferred first in each role (``data/listings/columns.yaml``)."""
    import yaml

    document = yaml.safe_load((root() / "data" / "listings" / "columns.yaml").read_text("utf-8"))
    pages: dict[str, str] = document["conventions"]
    return tuple(
        Convention(role, row["name"], row["from"], pages[row["from"]], row.get("base", ""), row.get("digest", ""))
        for role in ROLES
        for row in document["roles"][role]
    )


def union(files: Iterable[Iterable[Column]]) -> dict[str, list[Column]]:
    """Return the columns of all files by their key, each in the forms that it has in them."""
    found: dict[str, list[Column]] = {}
    for columns in files:
        for column in columns:
            forms = found.setdefault(column.key, [])
            if column not in forms:
                forms.append(column)
    return found


def choose(columns: dict[str, list[Column]], given: Mapping[Role, str]) -> dict[Role, Chosen]:
    """Return which column has which role: as given, else by the first name that is known for it; one role a column.

    Args:
        columns: All columns of the listing (:func:`union`).
        given: Names of columns by role; an empty one says that there is none.

    Raises:
        UsageError: There is no such column, or what it holds does not fit.
        InputError: No column can be a location.
    """
    found: dict[Role, Chosen] = {}
    for role, name in given.items():
        if name:
            key = pick(columns, name, _FITS[role], f"a column for {role}")
            found[role] = Chosen(role, key, columns[key][0].name, _known(role, key), given=True)
    for convention in conventions():
        if convention.role in found or convention.role in given:
            continue
        key = _called(convention.name, convention.role, columns, {each.key for each in found.values()})
        if key:
            found[convention.role] = Chosen(convention.role, key, columns[key][0].name, convention)
    if "location" not in found:
        names = ", ".join(forms[0].name for forms in list(columns.values())[:8]) + (", ..." if len(columns) > 8 else "")
        hint = "say which column tells where to obtain what a row lists: --column location=NAME"
        raise InputError(f"no column is known to be a location; columns: {names or 'none'}", hint)
    return found


def pick(columns: dict[str, list[Column]], name: str, fits: Iterable[Values], what: str) -> str:
    """Return the key of a column that is called by its name.

    Raises:
        UsageError: There is no such column, or its values are not what they must be.
    """
    key = name.casefold()
    if key not in columns:
        near = difflib.get_close_matches(key, columns, n=1)
        names = ", ".join(forms[0].name for forms in columns.values())
        hint = f"did you mean {columns[near[0]][0].name}?" if near else f"columns: {names[:400]}"
        raise UsageError(f"{what}: there is no column {name!r}", hint)
    wrong = [column.values for column in columns[key] if column.values not in fits]
    if wrong:
        known = "name one that holds texts, or a field of it: metadata.url"
        raise UsageError(f"{what}: {name!r} holds {_WORDS[wrong[0]]}", known)
    return key


_WORDS: Final[Mapping[Values, str]] = {
    "text": "texts",
    "number": "numbers",
    "day": "dates",
    "list": "lists",
    "bytes": "bytes",
    "other": "neither texts nor numbers",
}


def _called(name: str, role: Role, columns: dict[str, list[Column]], taken: set[str]) -> str:
    """Return the key of the column of a name: one by itself before a field of others, the shallowest first.

    A dot in the name of a column counts as well: tools that flatten nested columns call them so.
    """
    named = [
        key
        for key, forms in columns.items()
        if key not in taken and key.rpartition(".")[2] == name and all(column.values in _FITS[role] for column in forms)
    ]
    return min(named, key=lambda key: key.count("."), default="")


def _known(role: Role, key: str) -> Convention | None:
    """Return what is known of a column that was given: its base or algorithm go with its name."""
    last = key.rpartition(".")[2]
    return next((each for each in conventions() if each.role == role and each.name == last), None)


def of_arrow(schema: Any) -> tuple[Column, ...]:
    """Return the columns of an Arrow schema, fields of nested ones after them."""
    return tuple(column for field in schema for column in _fields(field, (), str(field.type)))


def _fields(field: Any, before: tuple[str, ...], type_: str) -> Iterable[Column]:
    from pyarrow import types

    path = (*before, field.name)
    if types.is_struct(field.type):
        for inner in field.type:
            yield from _fields(inner, path, type_)
    else:
        yield Column(path, _values(field.type, types), type_)


def _values(type_: Any, types: Any) -> Values:
    if types.is_dictionary(type_):
        return _values(type_.value_type, types)
    if types.is_list(type_) or types.is_large_list(type_) or types.is_fixed_size_list(type_):
        return "list" if _values(type_.value_type, types) == "text" else "other"
    if types.is_string(type_) or types.is_large_string(type_):
        return "text"
    if types.is_integer(type_) or types.is_floating(type_) or types.is_decimal(type_):
        return "number"
    if types.is_date(type_) or types.is_timestamp(type_):
        return "day"
    if types.is_binary(type_) or types.is_large_binary(type_) or types.is_fixed_size_binary(type_):
        return "bytes"
    return "other"
