"""Full descriptions of datasets, with the gaps that are planted into them."""

from __future__ import annotations

from typing import Final

from generator.dice import Dice, Table
from generator.document import DATE, HUB, Document, text
from generator.gaps import DATASET_FIELDS, FOUND_AS, Answer, Care
from generator.world import Reference

#: Classes of availability; ``open`` and ``public`` ask for a place, the others for more.
_CLASSES: Final = Table({"public": 0.6, "open": 0.15, "obtainable": 0.13, "unshareable": 0.12})
#: The licence of the data itself, of which the definition asks nothing.
_LICENSES: Final = ("cc-by-4.0", "cc0-1.0", "odc-by", "cc-by-nc-4.0", "mit")
_WORDS: Final = {
    "provenance": ("pages of {n:,} sites", "dumps of {n:,} archives", "the reports of {n:,} stations"),
    "scope": ("{n:,} languages, 2010 to 2022", "{n:,} domains, 1998 to 2023", "letters of {n:,} writers"),
    "characteristics": ("{n:,} thousand documents, JSON lines", "{n:,} shards, Parquet", "{n:,} hours, FLAC"),
    "obtained": ("taken from a crawl of {n:,} days", "handed over by {n:,} owners", "bought under an agreement"),
    "selection": ("texts of more than {n:,} words", "the {n:,} best by perplexity", "owners who agreed"),
    "labeling": ("by {n:,} readers, two each", "by rules, checked on {n:,} samples", "topics by a classifier"),
    "cleaning": ("{n:,} duplicates were removed", "names of {n:,} people were replaced", "lines of menus removed"),
}
_WHY_NOT: Final = {
    "selection": "every record was kept",
    "labeling": "texts without labels",
    "cleaning": "stored as it came",
}


def data_page(name: str) -> str:
    """Return the page of a dataset."""
    return f"{HUB}datasets/{name}"


def describe(page: Document, name: str, derived: list[tuple[str, str]], dice: Dice, care: Care) -> None:
    """Describe a dataset.

    Args:
        page: The document that does.
        name: Its id.
        derived: What it was made from: property and the page of the other.
        dice: Decides all that is left open.
        care: How likely gaps are.
    """
    node = data_page(name)
    page.typed(node, "Dataset")
    page.text_of(node, "title", name)
    page.text_of(node, "version", f"{1 + dice.below(4)}.{dice.below(10)}")
    page.link(node, "publisher", f"{HUB}{name.partition('/')[0]}")
    page.say(node, "issued", f'"2023-{1 + dice.below(12):02d}-{1 + dice.below(28):02d}"^^<{DATE}>')
    page.text_of(node, "license", dice.one_of(_LICENSES))
    if dice.hits(care.gap / 4):
        page.text_of(node, "license", "odbl-1.0")
        page.plant("data-list-public.conflicting-terms", node)
    page.text_of(node, "processing", f"split into pieces of {1 + dice.below(4_000):,} words")
    for prop, target in derived:
        page.link(node, prop, target)
    for field, (requirement, waivable) in DATASET_FIELDS.items():
        answer = care.answer(dice, waivable=waivable)
        words = dice.one_of(_WORDS[field]).format(n=2 + dice.below(5_000))
        page.answer(node, field, answer, text(words), _WHY_NOT.get(field, ""))
        if answer in FOUND_AS and not (field == "provenance" and answer == "absent" and derived):
            page.plant(f"{requirement}.{FOUND_AS[answer]}", node)
    _availability(page, node, dice, care)


def refer(page: Document, reference: Reference) -> str:
    """Return the page of a dataset that is referred to; one that is not there has to be found."""
    node = data_page(reference.name)
    if reference.number is None:
        page.plant("data-info-all-data-described.unresolved", node)
    return node


def _availability(page: Document, node: str, dice: Dice, care: Care) -> None:
    word, answer = _CLASSES.draw(dice), care.answer(dice)
    if answer == "absent":
        page.plant("data-list-public.absent", node)
        return
    if answer == "refused":
        page.say(node, "availability", page.blank("NotDisclosed"))
        page.plant("data-list-public.not-disclosed", node)
        return
    if answer == "conflicting":
        word = "public"
        page.code(node, "availability", "open")
        page.plant("data-list-public.conflicting", node)
    page.code(node, "availability", word)
    if word == "unshareable":
        reason = "lent on the condition that it stays with its owners"
        _asked(page, node, "unshareableReason", "data-info-unshareable-described", text(reason), care.answer(dice))
        return
    where = "data-list-third-party-where" if word == "obtainable" else "data-list-public-where"
    _asked(page, node, "location", where, f"<{node}>", care.answer(dice))
    if word == "obtainable":
        house = text(f"House {dice.below(90)}")
        _asked(page, node, "obtainableFrom", "data-list-third-party", house, care.answer(dice))
        fee = text(f"{dice.below(900)} EUR")
        _asked(page, node, "fee", "data-list-third-party-fee", fee, care.answer(dice, waivable=True))
    elif dice.hits(care.gap / 4):
        page.say(node, "withdrawn", '"2024-03-01"^^<' + DATE + ">")
        page.plant("data-list-public-where.withdrawn", node)


def _asked(page: Document, node: str, prop: str, requirement: str, term: str, answer: Answer) -> None:
    page.answer(node, prop, answer, term, "sent free of charge on request")
    if answer in FOUND_AS:
        page.plant(f"{requirement}.{FOUND_AS[answer]}", node)
