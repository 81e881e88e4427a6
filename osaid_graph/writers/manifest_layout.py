"""The entries of a manifest as lines: short forms, sources where they differ from what stands around, hints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from osaid_graph.readers.manifest.keys import (
    BLOCKS,
    DATASET_DERIVATIONS,
    LONG_DERIVATIONS,
    MANIFEST,
    PARAMETER_DERIVATIONS,
    Accepts,
)
from osaid_graph.writers.claims import SourceMentions
from osaid_graph.writers.manifest_blocks import Block, Item, keys_of
from osaid_graph.writers.yaml_layout import Section, Yaml, comment, entry

#: Keys whose absence tells nothing: names of a node, and other ways to write what another key says.
_UNASKED = ("id", "source", "comment", "not-disclosed", "not-applicable", *LONG_DERIVATIONS)

#: Keys whose entries do not take the source of the file: who describes a release does not say what its reviewers say,
#: and a waiver is of who writes the file.
_OWN_SOURCE = ("judgements", "waivers")


#: Top-level keys whose absence tells nothing.
_UNHINTED = ("model", "datasets", "waivers")


class Layout:
    """The lines of a manifest from its entries."""

    def __init__(self, entries: dict[str, list[Item | Block]], mentions: SourceMentions, *, hints: bool) -> None:
        self.entries = entries
        self.mentions = mentions
        self.hints = hints
        inherit = (values for name, values in entries.items() if name not in _OWN_SOURCE)
        self.default = _commonest([value for values in inherit for value in values])

    def lines(self) -> Iterator[str]:
        """Yield the lines, a blank one between the top-level keys."""
        if self.default:
            yield from entry("source", self.mentions.mention(self.default))
            yield ""
        for name, key in MANIFEST.items():
            if name in self.entries:
                default = "" if name in _OWN_SOURCE else self.default
                yield from entry(name, self._value(key.accepts, self.entries[name], default))
                yield ""
        if self.hints:
            asked = [name for name in MANIFEST if name not in (*self.entries, "imports", "source", *_UNHINTED)]
            yield from (line for name in asked for line in comment(f"nothing said: {name} ({MANIFEST[name].meaning})"))

    def _value(self, accepts: Accepts, values: list[Item | Block], default: str) -> Yaml:
        listed = [self._shown(value, default) for value in values]
        if len(listed) == 1 and accepts not in (Accepts.BLOCKS, Accepts.DATASETS):
            return listed[0]
        if len(listed) == 1 and isinstance(listed[0], str) and not isinstance(values[0], Block):
            return listed[0] if listed[0] == "not-disclosed" else listed
        return listed

    def _shown(self, value: Item | Block, default: str) -> Yaml:
        if isinstance(value, Block):
            return self._document(value, default) or self._section(value, default)
        known = value.source == default and not self.mentions.waits(value.source)
        if value.long is None or not value.source or known:
            return value.short
        return {**value.long, "source": self.mentions.mention(value.source)}

    def _document(self, block: Block, default: str) -> Yaml | None:
        """Return the address of data information of which it is all that is said."""
        if block.name != "data-information" or set(block.entries) != {"document"} or self.hints:
            return None
        (place, *more) = block.entries["document"]
        if more or not isinstance(place, Item) or not isinstance(place.short, str) or place.short == "not-disclosed":
            return None
        return place.short if block.source == place.source == default else None

    def _section(self, block: Block, default: str) -> Section:
        section = Section()
        source = self.mentions.mention(block.source) if block.source and block.source != default else None
        for name in BLOCKS[block.name]:
            if name == "source" and source is not None:
                section[name] = source
            elif name in block.entries:
                shown = _joined([self._shown(value, block.source) for value in block.entries[name]])
                words_ = BLOCKS[block.name][name].accepts in (Accepts.WORDS, Accepts.REFERENCES, Accepts.DERIVATIONS)
                section[name] = shown[0] if len(shown) == 1 and not words_ else shown
        if self.hints and (silent := self._unsaid(block)):
            section.comments.append("nothing said: " + ", ".join(silent))
        return section

    def _unsaid(self, block: Block) -> list[str]:
        if block.name in ("judgement", "waiver"):
            return []
        shown = {name for name, _ in keys_of(block.name).values()} - {"version"}
        return [n for n in BLOCKS[block.name] if n in shown and n not in block.entries and n not in _UNASKED]


def _joined(shown: list[Yaml]) -> list[Yaml]:
    """Return the values of a key; derivations of one kind and source together: ``{filtered: [a, b]}``."""
    joined: list[Yaml] = []
    for value in shown:
        same = next((other for other in joined if _same_kind(other, value)), None)
        if isinstance(same, dict) and isinstance(value, dict):
            kind = next(iter(value))
            before = same[kind]
            same[kind] = [*(before if isinstance(before, list) else [before]), value[kind]]
        else:
            joined.append(dict(value) if isinstance(value, dict) and not isinstance(value, Section) else value)
    return joined


def _same_kind(one: Yaml, other: Yaml) -> bool:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    kind = next(iter(one), "")
    known = kind in DATASET_DERIVATIONS or kind in PARAMETER_DERIVATIONS
    return known and list(one) == list(other) and one.get("source") == other.get("source")


def _commonest(values: list[Item | Block]) -> str:
    """Return the source that most entries have; none where one has no source but the file."""
    if any(value.speaks_for_file() if isinstance(value, Block) else not value.source for value in values):
        return ""
    counts = Counter(value.source for value in values)
    return max(counts, key=lambda source: counts[source]) if counts else ""
