"""The invented hub as its API lists it: one JSON record a line, of models and of datasets.

The form is that of the lists of 2024, with one thing of today: ``base_model:`` is followed by a tag that tells how.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

from generator.dice import Dice, Table
from generator.world import Dataset, Model

#: Library and formats of weights as tags, with how many models had both: see :mod:`generator.measured`.
_FORMATS: Final = Table(
    {
        (None, ()): 269_158,
        ("transformers", ("pytorch",)): 145_993,
        ("transformers", ("safetensors",)): 142_114,
        ("peft", ("safetensors",)): 19_308,
        ("diffusers", ()): 16_281,
        ("stable-baselines3", ()): 15_931,
        ("transformers", ()): 14_938,
        ("peft", ()): 12_352,
        ("diffusers", ("safetensors",)): 10_852,
        ("transformers", ("pytorch", "safetensors")): 10_798,
        (None, ("safetensors",)): 10_703,
        (None, ("gguf",)): 10_390,
        ("transformers", ("gguf",)): 10_031,
        ("ml-agents", ("onnx",)): 7_871,
        ("transformers", ("tf",)): 7_712,
        ("transformers", ("jax", "pytorch")): 4_217,
        ("tf-keras", ("tf-keras",)): 3_142,
    }
)
_TASKS: Final = Table(
    {
        "": 355_152,
        "text-generation": 119_948,
        "text-classification": 66_178,
        "reinforcement-learning": 44_266,
        "text2text-generation": 30_921,
        "text-to-image": 27_896,
        "token-classification": 18_732,
        "automatic-speech-recognition": 18_649,
        "image-classification": 13_311,
        "fill-mask": 12_609,
    }
)
_WORDS: Final = ("en", "tensorboard", "generated_from_trainer", "model-index", "conversational", "custom_code", "4-bit")
_SIZES: Final = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M")
_FORMS: Final = ("parquet", "json", "csv", "imagefolder", "audiofolder")
_GATED: Final[Table[str | bool]] = Table({False: 170_219, "auto": 2_601, "manual": 2_180})
_DOWNLOADS: Final = (0, 0, 0, 0, 1, 1, 2, 3, 8, 15)


def model_record(model: Model, seed: int, revision: int = 0) -> dict[str, Any]:
    """Return the record of a model; see :func:`record`."""
    dice = Dice(seed, "model record", model.number)
    library, formats = _FORMATS.draw(dice)
    task = _TASKS.draw(dice)
    tags = [*([library] if library else ()), *formats, *([task] if task else ())]
    tags.extend(word for word in _WORDS if dice.hits(0.08))
    for base in model.bases:
        tags.extend((f"base_model:{base.name}", f"base_model:{base.relation}:{base.name}"))
    tags.extend(f"dataset:{each.name}" for each in model.data)
    if dice.hits(0.13):
        tags.append(f"arxiv:{2004 + dice.below(400)}.{dice.below(20_000):05d}")
    license_ = model.license
    downloads, likes = dice.one_of(_DOWNLOADS), int(dice.random() ** 40 * 50)
    if revision:
        again = Dice(seed, "model revised", model.number, revision)
        downloads += again.below(1_000)
        license_ = ("" if license_ else "apache-2.0") if again.hits(0.2) else license_
    if license_:
        tags.append(f"license:{license_}")
    tags.extend(("endpoints_compatible", "region:us") if formats else ("region:us",))
    said: dict[str, Any] = {"id": model.name, "tags": tags, "createdAt": moment(model.created)}
    said |= {"downloads": downloads, "likes": likes}
    return said | ({"pipeline_tag": task} if task else {}) | ({"library_name": library} if library else {})


def dataset_record(dataset: Dataset, seed: int, revision: int = 0) -> dict[str, Any]:
    """Return the record of a dataset; see :func:`record`."""
    dice = Dice(seed, "dataset record", dataset.number)
    tags = [f"task_categories:{_TASKS.draw(dice) or 'other'}"] if dice.hits(0.16) else []
    if dice.hits(0.43):
        tags.append("language:en")
    license_ = dataset.license
    downloads, likes = dice.one_of(_DOWNLOADS), int(dice.random() ** 40 * 50)
    if revision:
        again = Dice(seed, "dataset revised", dataset.number, revision)
        downloads += again.below(1_000)
        license_ = ("" if license_ else "mit") if again.hits(0.2) else license_
    if license_:
        tags.append(f"license:{license_}")
    if dice.hits(0.74):
        tags.append(f"size_categories:{dice.one_of(_SIZES)}")
        tags.extend((f"format:{dice.one_of(_FORMS)}", "modality:text", "library:datasets", "library:mlcroissant"))
    if dataset.source is not None:
        tags.append(f"source_datasets:extended|{dataset.source.name}")
    elif dataset.source_word:
        tags.append(f"source_datasets:{dataset.source_word}")
    tags.append("region:us")
    changed = dataset.created + int(dice.random() ** 3 * 10_000_000) + 1_000_000 * revision
    return {
        "id": dataset.name,
        "author": dataset.name.partition("/")[0],
        "tags": tags,
        "createdAt": moment(dataset.created),
        "lastModified": moment(changed),
        "downloads": downloads,
        "likes": likes,
        "gated": _GATED.draw(dice),
        "disabled": False,
    }


def record(thing: Dataset | Model, seed: int, revision: int = 0) -> dict[str, Any]:
    """Return the record of a model or dataset; a later ``revision`` has other counts, and now and then another licence.

    The record of revision 0 has the licence of the world.
    """
    return model_record(thing, seed, revision) if isinstance(thing, Model) else dataset_record(thing, seed, revision)


def line(thing: Dataset | Model, seed: int, revision: int = 0) -> str:
    """Return the line of a model or dataset in its list, with its end."""
    return json.dumps(record(thing, seed, revision), separators=(",", ":")) + "\n"


def moment(seconds: int) -> str:
    """Return a moment as the Hub writes it.

    >>> moment(1_646_263_744)
    '2022-03-02T23:29:04.000Z'
    """
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
