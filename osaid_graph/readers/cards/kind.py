"""Whether a Markdown file is a card of the Hugging Face Hub, and of a model or of a dataset.

Both are a ``README.md`` with YAML before it, and the Hub knows which it is by the repository alone. The keys of the
front matter decide; where they are common to both, the title does; and where nothing tells them apart, as with
``license`` alone, it is a model card, since that is what such a README in a repository of the Hub mostly is. A README
with neither keys of the Hub nor a title that says so is no card.
"""

from __future__ import annotations

import re
from itertools import islice

from osaid_graph.readers.cards.markdown import named


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Bytes at the head of a file that are looked at.
_HEAD = 256 * 1024
_MODEL = _words(
    "base_model base_model_relation library_name pipeline_tag model-index model_index inference widget metrics "
    "datasets new_version model_name model_creator model_type quantized_by prompt_template co2_eq_emissions"
)
_DATASET = _words(
    "annotations_creators language_creators source_datasets task_categories task_ids size_categories multilinguality "
    "configs dataset_info pretty_name paperswithcode_id train-eval-index license_details language_bcp47 viewer "
    "licenses"
)
#: What both have. Those that tell make a card of what has nothing else.
_BOTH = _words(
    "license gated language license_name license_link languages tags thumbnail extra_gated_prompt extra_gated_fields "
    "extra_gated_heading extra_gated_description extra_gated_button_content extra_gated_eu_disallowed"
)
_TELLING = frozenset(("license", "gated", "language"))
#: Keys of other things that begin a README in the same way: Spaces of the Hub, pages of site generators, our
#: own manifest.
_FOREIGN = _words(
    "sdk sdk_version app_file app_port emoji colorFrom colorTo layout permalink slug sidebar_position sidebar_label "
    "categories draft weight date url aliases system parameters code training-data data-information judgements "
    "imports"
)
_KEY = re.compile(r"[\"']?([A-Za-z_][\w-]*)[\"']?[ \t]*:(?:\s|$)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
#: Headings of the template for dataset cards, of which no other document has two.
_TEMPLATE = frozenset(
    ("dataset description", "dataset structure", "dataset creation", "dataset summary", "curation rationale")
)
#: How the template for dataset cards ends, which some cards have left as all there is.
_THANKS = "for adding this dataset"


def kind(data: bytes) -> str:
    """Return what a file is a card of, ``models`` or ``datasets``; empty where it is no card."""
    if b"\0" in data[:8192]:
        return ""
    lines = data[:_HEAD].decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
    keys, body = _split(lines)
    titles = [named(match[1]) for line in body if (match := _HEADING.match(line))]
    titled = _titled(titles)
    model, dataset = len(keys & _MODEL), len(keys & _DATASET)
    if keys & _FOREIGN and not (titled and model + dataset):
        return ""
    if model != dataset:
        return "models" if model > dataset else "datasets"
    if model or titled:
        return titled or "models"
    if not keys and any(_THANKS in line for line in body):
        return "datasets"
    return "models" if keys & _TELLING and keys <= _BOTH else ""


def _split(lines: list[str]) -> tuple[set[str], list[str]]:
    """Return the keys of the front matter and the lines of the body outside of code."""
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    keys: set[str] = set()
    end = start
    if start < len(lines) and lines[start].rstrip() == "---":
        inside = enumerate(islice(lines, start + 1, None), start + 1)
        end = next((number for number, line in inside if line.rstrip() == "---"), -1)
        if end < 0:  # nobody closed it: a heading does, in Markdown; in YAML it is a comment, and no card
            inside = enumerate(islice(lines, start + 1, None), start + 1)
            end = next((number for number, line in inside if re.match(r"#{1,6} \S", line)), -1)
            below = {match[1] for line in lines[end + 1 :] if (match := _KEY.match(line))}
            end = -1 if below & (_FOREIGN | _MODEL | _DATASET | _BOTH) else end
        if end < 0:
            return set(), []
        keys = {match[1] for line in lines[start + 1 : end] if (match := _KEY.match(line))}
    body: list[str] = []
    fenced = False
    for line in lines[end:]:
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced:
            body.append(line)
    return keys, body


def _titled(titles: list[str]) -> str:
    """Return what the first heading says that it is a card of, or the headings of the template."""
    first = titles[0] if titles else ""
    if first.startswith(("dataset card", "data card")) or first.endswith("dataset card"):
        return "datasets"
    if first.startswith("model card for") or first.endswith("model card"):
        return "models"
    return "datasets" if len(_TEMPLATE & set(titles)) > 1 else ""
