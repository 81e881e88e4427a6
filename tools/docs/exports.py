"""``docs/exports.md``: the formats that are written, and how much of a shipped release each carries."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from osaid_graph.assessment.assess import Examination, examine
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.writers import WRITERS, writer
from osaid_graph.writers.material import Loss, Material
from tools.docs.assessed import DAY
from tools.docs.markdown import code, page, prose, table

#: The release that is exported to count what is carried.
EXPORTED: Final = Path(__file__).resolve().parents[2] / "data" / "releases" / "smollm3-3b.yaml"
#: The one of its datasets that a format takes that describes one.
DATASET: Final = "HuggingFaceFW/fineweb-edu"
#: Losses that are named for a format.
_NAMED: Final = 4
_ASSESSMENT: Final = {"needs": "is what it holds", "shows": "is shown", "ignores": ""}
#: Formats that are read as well; what they carry comes back as it was, which tests hold for every shipped release.
_READ: Final = frozenset(
    ("croissant", "ro-crate", "prov-json", "prov-jsonld", "prov-n", "prov-trig", "spdx3", "cyclonedx", "cyclonedx-1.7")
)
_HEAD: Final = """# Formats that are written

`osaid-graph export INPUT... --to FORMAT` writes what the INPUTs say together in another format, and tells on standard
error what that format could not carry: by property, how many statements, one of them as an example, and what was kept
in their place. `--quiet` leaves that out. In a notebook, `export()` returns the document and the losses.

A writer enters every statement that it writes into a ledger; what was stated and is not in it is lost. For formats that
are read here as well, tests hold for every shipped release that reading back what was written gives exactly the
statements in the ledger. Standard formats are validated in tests with the validator or schema of the standard.

A file that is there is replaced only with `--force`, an input never, and every file is written whole or not at all. The
same inputs give the same bytes; nothing in them tells when they were written, but for the day of the assessment
(`--date`)."""
_NOTES: Final = """## Notes on formats

- **Assessment.** Where there is one, CycloneDX holds the definition as a standard and the outcomes as declarations and
  attestations, EARL an assertion for each requirement and judgement, RO-Crate a review, pictures and graphs the number
  of gaps of each node. With several releases in the INPUTs, `--subject` names the one that is assessed.
- **One thing of many.** Croissant describes one dataset: the only one, the one that all others lead to, or that of
  `--subject`.
- **Kept more generally.** PROV-JSON and PROV-N say an edge as a PROV relation with our property as its `prov:type`;
  SPDX knows one kind of derivation between data.
- **Mermaid.** Everything is written; Mermaid itself draws 500 edges and 50,000 characters unless it is told to draw
  more, and GitHub less. A comment at the head says so when that is passed.
- **CSV.** A text that a spreadsheet would take for a formula has an apostrophe before it (OWASP); ids never have one.
- **PROV-N** has no escapes for characters that do not print: it is for files, not for terminals."""


def exports_page() -> str:
    """Return the page."""
    release = load([str(EXPORTED)])
    examination = examine(release, today=DAY)
    rows = [_row(name, release, examination) for name in WRITERS]
    carried = (
        "## What each carries of a release\n\n"
        f"Of the statements of `data/releases/{EXPORTED.name}`, with the datasets that it imports."
    )
    head = ("`--to`", "format", "suffix", "read back", "the assessment", "carried", "most of what is lost")
    return page(_HEAD, carried, table(head, rows), _NOTES)


def _row(name: str, release: Release, examination: Examination) -> tuple[str, ...]:
    module = writer(name)
    material = Material(release, None if module.ASSESSED == "ignores" else examination, DATASET)
    module.write(material)
    losses = material.losses()
    whole = len(material.release.graph)
    kept = whole - sum(loss.count for loss in losses)
    return (
        code(name),
        prose(module.TITLE),
        code(module.SUFFIX),
        "yes" if name in _READ else "",
        _ASSESSMENT[module.ASSESSED],
        f"{kept} of {whole}",
        ", ".join(_lost(material, loss) for loss in losses[:_NAMED]) + (", ..." if len(losses) > _NAMED else ""),
    )


def _lost(material: Material, loss: Loss) -> str:
    kept = f" (kept as {code(loss.kept)})" if loss.kept else ""
    return f"{code(material.in_short(loss.predicate))} {loss.count}{kept}"
