"""What a list of models and a list of datasets of the Hub look like in numbers; several pairs stand side by side.

The numbers are those that the generator of invented hubs follows, so that one can be held against the real lists:

    python benchmarks/shape_of_a_hub.py models.jsonl.gz datasets.jsonl.gz [made/models.jsonl made/datasets.jsonl]

Exponents are of a discrete power law by maximum likelihood, in the approximation of Clauset, Shalizi and Newman (2009,
eq. 3.7). The depth of a model is the longest chain of bases behind it; circles are not walked twice.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a list, packed or not."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        yield from map(json.loads, lines)


class Things:
    """What the records of one list say of licences, days and what the things were made from."""

    def __init__(self, found: Iterable[dict[str, Any]], prefixes: dict[str, str]) -> None:
        self.license: dict[str, str] = {}
        self.created: dict[str, str] = {}
        self.links: dict[str, dict[str, tuple[str, ...]]] = {kind: {} for kind in prefixes}
        for record in found:
            tags = [tag.partition(":")[::2] for tag in record["tags"] if ":" in tag]
            name = record["id"]
            self.license[name] = next((value for key, value in tags if key == "license"), "")
            self.created[name] = record["createdAt"]
            for kind, prefix in prefixes.items():
                values = dict.fromkeys(_source(value) for key, value in tags if key == prefix)
                if values:
                    self.links[kind][name] = tuple(values)


def _source(text: str) -> str:
    relation, colon, name = text.partition(":")
    return name if colon and relation in ("finetune", "adapter", "quantized", "merge") else text


def exponent(counts: Collection[int], smallest: int) -> float:
    """Return the exponent of a power law from ``smallest`` on."""
    tail = [count for count in counts if count >= smallest]
    return 1 + len(tail) / sum(math.log(count / (smallest - 0.5)) for count in tail) if tail else math.nan


def depths(bases: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Return the depth of every model that has a base."""
    found: dict[str, int] = {}
    for start in bases:
        path = [start]
        while path:
            node = path[-1]
            open_ = [base for base in bases.get(node, ()) if base in bases and base not in found and base not in path]
            if open_:
                path.append(open_[0])
                continue
            found[node] = 1 + max((found.get(base, 0) for base in bases[node]), default=0)
            path.pop()
    return found


def shape(models: Iterable[dict[str, Any]], datasets: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Return the numbers by what they tell; shares are from 0 to 1."""
    made = Things(models, {"base": "base_model", "data": "dataset"})
    data = Things(datasets, {})
    bases, used = made.links["base"], made.links["data"]
    edges = [(child, base) for child, found in bases.items() for base in found]
    uses = [(child, each) for child, found in used.items() for each in found]
    known = [(child, base) for child, base in edges if base in made.license and child != base]
    known_uses = [(child, each) for child, each in uses if each in data.license]
    licensed = [(child, base) for child, base in known if made.license[base]]
    number, derived = len(made.license), len(bases)
    return {
        "models": number,
        "datasets per model": len(data.license) / number,
        "models with a base": derived / number,
        "models with data": len(used) / number,
        "models with either": len(bases.keys() | used.keys()) / number,
        "models with a licence": sum(map(bool, made.license.values())) / number,
        "datasets with a licence": sum(map(bool, data.license.values())) / len(data.license),
        "one base, of derived models": sum(len(found) == 1 for found in bases.values()) / derived,
        "one dataset, of models with data": sum(len(found) == 1 for found in used.values()) / len(used),
        "bases per derived model": len(edges) / derived,
        "datasets per model with data": len(uses) / len(used),
        "bases that are missing": sum(base not in made.license for _, base in edges) / len(edges),
        "data that is missing": sum(each not in data.license for _, each in uses) / len(uses),
        **_use(Counter(base for _, base in edges).values(), Counter(each for _, each in uses).values(), number),
        **_depth(bases),
        "self-loops, of bases": sum(child == base for child, base in edges) / len(edges),
        "older than a base": sum(made.created[child] < made.created[base] for child, base in known) / len(known),
        "older than data": sum(made.created[child] < data.created[each] for child, each in known_uses)
        / len(known_uses),
        "licence kept": sum(made.license[child] == made.license[base] for child, base in licensed) / len(licensed),
        "licence dropped": sum(not made.license[child] for child, _ in licensed) / len(licensed),
        "licensed, of bases by child": len(licensed) / len(known),
    }


def _use(children: Collection[int], users: Collection[int], models: int) -> dict[str, float]:
    return {
        "bases of one child": sum(count == 1 for count in children) / len(children),
        "exponent of children, from 6": exponent(children, 6),
        "most children, of all models": max(children) / models,
        "data used once": sum(count == 1 for count in users) / len(users),
        "exponent of uses of data, from 2": exponent(users, 2),
    }


def _depth(bases: dict[str, tuple[str, ...]]) -> dict[str, float]:
    level = Counter(depths(bases).values())
    return {
        **{f"depth {depth}, of derived models": level[depth] / len(bases) for depth in (1, 2, 3, 4)},
        "depth over 5, of derived models": sum(count for depth, count in level.items() if depth > 5) / len(bases),
        "greatest depth": max(level),
    }


def main() -> None:
    """Print a table, a column for each pair of lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", nargs="+", type=Path, metavar="LIST", help="a list of models, one of datasets, ...")
    lists = parser.parse_args().lists
    if len(lists) % 2:
        parser.error("name a list of datasets after each list of models")
    pairs = list(zip(lists[::2], lists[1::2], strict=True))
    shapes = [shape(records(models), records(datasets)) for models, datasets in pairs]
    print("| | " + " | ".join(str(models.parent) for models, _ in pairs) + " |\n|---|" + "--:|" * len(pairs))
    for name in shapes[0]:
        print(f"| {name} | " + " | ".join(f"{each[name]:,.4g}" for each in shapes) + " |")


if __name__ == "__main__":
    main()
