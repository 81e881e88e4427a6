"""Costs and weights from a CSV file: what a node or a requirement costs to settle, what a release is worth."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from osaid_graph.errors import InputError
from osaid_graph.identity import resolve
from osaid_graph.planning.backlog import Backlog, Task
from osaid_graph.readers.limits import MAX_BYTES

#: Characters of a number: enough for any effort, too few to make exact arithmetic slow.
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class PriceList:
    """Numbers by node and by requirement; what is not listed has 1.

    A node's own number goes before that of a requirement; of several requirements the largest counts.
    """

    nodes: dict[str, Fraction]
    requirements: dict[str, Fraction]

    def cost(self, task: Task) -> Fraction:
        """Return what a piece of effort costs."""
        if task.node in self.nodes:
            return self.nodes[task.node]
        found = [self.requirements[id_] for id_ in task.requirements if id_ in self.requirements]
        return max(found, default=Fraction(1))

    def weight(self, release: str) -> Fraction:
        """Return what it is worth to free a release."""
        return self.nodes.get(release, Fraction(1))

    def unused(self, backlog: Backlog) -> tuple[str, ...]:
        """Return the nodes and requirements that neither a task nor a release of a backlog has, sorted."""
        tasks = [backlog.task(each) for each in {each for found in backlog.waiting.values() for each in found}]
        nodes = {task.node for task in tasks} | set(map(backlog.node, backlog.waiting))
        ids = {id_ for task in tasks for id_ in task.requirements}
        return tuple(sorted([*(set(self.nodes) - nodes), *(set(self.requirements) - ids)]))


def read_prices(name: str, number: str, is_requirement: Callable[[str], bool] = lambda _: False) -> PriceList:
    """Read a file of prices: a header with ``node`` (or ``requirement``) and ``number``, and a line for each.

    Args:
        name: The file, UTF-8, with commas (RFC 4180).
        number: The name of the column with the number: ``cost`` or ``weight``.
        is_requirement: Tells whether an id is that of a requirement; a file may list them in the column ``node`` too.

    Raises:
        InputError: It cannot be read, has no such columns, or a line has no number above zero or is there twice.
    """
    rows = csv.reader(io.StringIO(_text(name), newline=""), strict=True)
    prices = PriceList({}, {})
    try:
        header = [cell.strip().casefold() for cell in next(rows, [])]
        columns = [column for column in ("node", "requirement") if column in header]
        if number not in header or not columns:
            hint = f"start with a line such as: node,{number}"
            raise InputError(f"no columns node and {number}", hint, source=name, line=1)
        for row in rows:
            if any(cell.strip() for cell in row):
                _add(prices, dict(zip(header, row, strict=False)), number, is_requirement, name, rows.line_num)
    except csv.Error as error:
        raise InputError(
            f"not CSV: {error}", "quote cells that hold a comma", source=name, line=rows.line_num
        ) from None
    return prices


def _add(
    prices: PriceList,
    row: dict[str, str],
    number: str,
    is_requirement: Callable[[str], bool],
    name: str,
    line: int,
) -> None:
    node, requirement = row.get("node", "").strip(), row.get("requirement", "").strip()
    if bool(node) == bool(requirement):
        raise InputError("a line names one node or one requirement", "leave the other empty", source=name, line=line)
    if node and is_requirement(node):
        node, requirement = "", node
    if requirement and not is_requirement(requirement):
        hint = "osaid-graph explain lists the requirements"
        raise InputError(f"no requirement {requirement!r}", hint, source=name, line=line)
    try:
        key = requirement or _node(node)
    except InputError as error:
        raise InputError(error.message, error.hint, source=name, line=line) from None
    kept = prices.requirements if requirement else prices.nodes
    if key in kept:
        raise InputError(f"{requirement or node} is there twice", "keep one line", source=name, line=line)
    kept[key] = _number(row.get(number, "").strip(), number, name, line)


def _node(name: str) -> str:
    """Return the IRI of a node; a Hub id is that of a model, or with ``datasets/`` before it of a dataset."""
    if name.startswith("_:"):
        return name
    data = name.removeprefix("datasets/")
    return resolve(name, "models") if data == name else resolve(data, "datasets")


def _number(text: str, what: str, name: str, line: int) -> Fraction:
    try:
        value = Fraction(text) if len(text) <= _LONGEST and "e" not in text.casefold() else Fraction(0)
    except (ValueError, ZeroDivisionError):
        value = Fraction(0)
    if value <= 0:
        raise InputError(f"the {what} {text!r} is no number above zero", "write 2, 0.5 or 1/3", source=name, line=line)
    return value


def _text(name: str) -> str:
    try:
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(
            f"cannot be read: {getattr(error, 'strerror', None) or error}", "name a file", source=name
        ) from None
    if len(data) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES:,} bytes", "list fewer nodes", source=name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("not UTF-8", "save it as UTF-8", source=name) from None
