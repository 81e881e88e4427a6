"""What was measured on the lists of the real Hub of July 2024: 760,000 models and 175,000 datasets.

Counts are of that snapshot, unless something else is said. They were taken with ``benchmarks/shape_of_a_hub.py``, which
prints the same of a generated hub. Two things are of a later Hub, whose tags tell how a model derives from its base:
the mix of relations (July 2025, notebooks of ``bendlaufer/ai-ecosystem``).
"""

from __future__ import annotations

from typing import Final

#: Datasets to a model.
DATASETS_PER_MODEL: Final = 175_000 / 760_000

#: The share of models that name a base; and that name data, with a base and without one.
WITH_BASE: Final = 117_155 / 760_000
WITH_DATA_AND_BASE: Final = 25_032 / 117_155
WITH_DATA_ALONE: Final = (75_881 - 25_032) / (760_000 - 117_155)

#: How many bases a derived model names, and how many datasets one that names any: number -> models.
BASES: Final = {1: 111_629, 2: 3_905, 3: 792, 4: 347, 5: 175, 6: 136, 7: 44, 8: 28, 9: 33, 10: 24, 14: 40, 53: 2}
DATA: Final = {
    **{1: 65_751, 2: 5_089, 3: 1_636, 4: 1_033, 5: 455, 6: 302, 7: 248, 8: 323, 9: 99, 10: 167},
    **{12: 100, 14: 70, 20: 150, 30: 190, 40: 260, 50: 5, 137: 1, 267: 4},
}

#: The share of references that name nothing in the lists.
MISSING_BASE: Final = 21_248 / 126_650
MISSING_DATA: Final = 53_072 / 118_537
#: Of those to data, the share that are words of a loader, or left over from a template.
PLACEHOLDERS: Final = {"imagefolder": 4_224, "generator": 2_056, "updated": 428, "original": 428, "audiofolder": 263}
PLACEHOLDER: Final = 7_529 / 53_072

#: Of the references to bases that are there, the share to such as are derived themselves, beside checkpoint series.
TO_DERIVED: Final = 0.11
#: Uses of a thing: the shares of 1 to 5, the exponent from 6 on, and the largest as a share of all models.
ROOTS: Final = ((0.408, 0.173, 0.106, 0.073, 0.044), 1.87, 0.006)
DERIVED: Final = ((0.42, 0.22, 0.11, 0.06, 0.045), 2.17, 0.0006)
MISSING_BASES: Final = ((0.519, 0.164, 0.087, 0.056, 0.033), 1.92, 0.006)
DATASETS: Final = ((0.695, 0.098, 0.044, 0.03, 0.022), 1.75, 0.0018)
MISSING_DATASETS: Final = ((0.71, 0.098, 0.037, 0.028, 0.02), 1.72, 0.003)

#: Checkpoint series: each a chain of models, every one made from the one before. Length -> weight.
SERIES: Final = 230 / 760_000
SERIES_LENGTHS: Final = {
    **dict.fromkeys(range(5, 16), 1.0),
    16: 3.0,
    17: 4.0,
    18: 3.0,
    **dict.fromkeys(range(19, 41), 0.15),
}
#: Models that name themselves as their base, of those with a base; and small circles of models: one in so many models.
SELF_LOOP: Final = 665 / 126_650
CIRCLE_EVERY: Final = 100_000

#: Licence tags: the share that has one, by what else is said; and for a derived model, by what its base has.
LICENSED_ROOT: Final = 0.267
LICENSED_WITH_DATA: Final = 0.85
LICENSED_MISSING_BASE: Final = 0.62
LICENSED_UNLICENSED_BASE: Final = 1_399 / (1_399 + 10_165)
LICENSED_BASE: Final = 0.89
KEPT: Final = 62_336 / (74_747 + 18_426)
DROPPED: Final = 18_426 / (74_747 + 18_426)
LICENSED_DATASET: Final = 48_356 / 175_000
LICENSES: Final = {
    **{"apache-2.0": 119_537, "mit": 51_208, "openrail": 30_097, "creativeml-openrail-m": 20_369, "other": 16_447},
    **{"cc-by-nc-4.0": 8_366, "llama2": 6_176, "unknown": 4_421, "cc-by-4.0": 4_268, "llama3": 3_330},
    **{"openrail++": 3_282, "afl-3.0": 2_492, "cc-by-nc-sa-4.0": 2_320, "cc-by-sa-4.0": 1_755, "gpl-3.0": 1_752},
    **{"gemma": 1_199, "cc": 1_130, "artistic-2.0": 867, "bsd-3-clause": 855, "bigscience-openrail-m": 802},
    **{"cc-by-nc-nd-4.0": 653, "bigcode-openrail-m": 585, "agpl-3.0": 475, "cc0-1.0": 428, "unlicense": 381},
}
DATASET_LICENSES: Final = {
    **{"mit": 13_512, "apache-2.0": 12_384, "openrail": 5_501, "cc-by-4.0": 2_703, "unknown": 2_197, "other": 1_862},
    **{"cc-by-sa-4.0": 1_275, "cc-by-nc-4.0": 1_024, "cc-by-nc-sa-4.0": 954, "cc0-1.0": 814, "cc": 786},
}
#: What a licence became on the way from a base to what was made from it, where it changed.
CHANGES: Final = {
    "llama2": {"apache-2.0": 2_429, "other": 132},
    "openrail++": {"creativeml-openrail-m": 1_340, "other": 547, "mit": 497, "apache-2.0": 93},
    "mit": {"apache-2.0": 907, "other": 341},
    "other": {"apache-2.0": 487, "mit": 328, "llama3": 129, "openrail++": 101, "cc-by-nc-4.0": 73},
    "llama3": {"other": 484, "apache-2.0": 336},
    "cc-by-nc-4.0": {"apache-2.0": 436, "llama3": 109, "other": 68, "cc-by-4.0": 60},
    "apache-2.0": {"cc-by-nc-4.0": 368, "other": 330, "mit": 272, "cc-by-4.0": 66, "llama3": 61},
    "gemma": {"other": 276, "apache-2.0": 144},
    "creativeml-openrail-m": {"other": 94, "gpl-3.0": 76, "openrail": 66, "mit": 63},
}
#: How models derive from their bases (July 2025).
RELATIONS: Final = {"finetune": 189_391, "adapter": 241_417, "quantized": 101_921, "merge": 26_000}

#: Edges whose lower end is older than its upper: the day is that of the upload.
OLDER_THAN_BASE: Final = 282 / 104_737
OLDER_THAN_DATA: Final = 3_304 / 65_465

#: The first day of the Hub's records, on which all that is older than they stands, with its share; and the last.
FIRST: Final = "2022-03-02T23:29:04"
LAST: Final = "2024-07-15T12:00:00"
ON_FIRST: Final = 29_993 / 760_000
#: A share of all models is there after this power of the same share of the time.
GROWTH: Final = 2.3

#: Datasets that name a source, and of these the words that name none.
WITH_SOURCE: Final = 3_565 / 175_000
SOURCE_WORDS: Final = {"original": 2_196, "extended": 668, "": 1_297}
