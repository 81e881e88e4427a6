"""What invented models and datasets are called: a name for every number, in the form of ids of the Hub."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from generator.dice import Dice

_OWNERS: Final = ("boreal", "cedar", "delta", "ember", "fjord", "glade", "harbor", "isle", "juniper", "karst", "larch")
_KINDS: Final = ("labs", "ai", "research", "nlp", "group", "works", "institute", "team")
_MODELS: Final = ("aurora", "beacon", "cirrus", "drift", "equinox", "falcata", "glacier", "heron", "ibis", "junco")
_SIZES: Final = ("350m", "1b", "2.7b", "3b", "7b", "8x7b", "13b", "34b", "70b", "base", "large", "small")
_TUNES: Final = ("", "-instruct", "-chat", "-lora", "-gguf", "-dpo", "-code", "-v2")
_DATA: Final = ("corpus", "pile", "crawl", "dialogues", "questions", "captions", "papers", "forum", "speech", "news")
_SETS: Final = ("en", "multi", "clean", "dedup", "raw", "filtered", "synthetic", "2023")
#: Of the names of data that is not there, the share that have no owner, as the first data of the Hub had none.
_WITHOUT_OWNER: Final = 0.5


def _owner(dice: Dice, number: int) -> str:
    """Return the account of a thing; the first accounts have most."""
    account = int((number // 3 + 1) * dice.random() ** 2)
    return f"{_OWNERS[account % len(_OWNERS)]}-{_KINDS[account // 11 % len(_KINDS)]}-{account:x}"


@lru_cache(maxsize=1 << 16)
def model_name(seed: int, number: int) -> str:
    """Return the id of a model; no two have the same."""
    dice = Dice(seed, "name of model", number)
    name = f"{dice.one_of(_MODELS)}-{dice.one_of(_SIZES)}{dice.one_of(_TUNES)}"
    return f"{_owner(dice, number)}/{name}-{number:05x}"


@lru_cache(maxsize=1 << 16)
def dataset_name(seed: int, number: int) -> str:
    """Return the id of a dataset; no two have the same."""
    dice = Dice(seed, "name of dataset", number)
    return f"{_owner(dice, number)}/{dice.one_of(_DATA)}-{dice.one_of(_SETS)}-{number:05x}"


@lru_cache(maxsize=1 << 16)
def missing_base(seed: int, number: int) -> str:
    """Return a name of a model that is not there: it was renamed, or taken away."""
    dice = Dice(seed, "missing base", number)
    return f"gone-{_OWNERS[dice.below(len(_OWNERS))]}/{dice.one_of(_MODELS)}-{dice.one_of(_SIZES)}-{number:05x}"


@lru_cache(maxsize=1 << 16)
def missing_dataset(seed: int, number: int) -> str:
    """Return a name of data that is not there."""
    dice = Dice(seed, "missing dataset", number)
    name = f"{dice.one_of(_DATA)}-{dice.one_of(_SETS)}-{number:05x}"
    return name if dice.hits(_WITHOUT_OWNER) else f"gone-{_OWNERS[dice.below(len(_OWNERS))]}/{name}"
