"""Every licence id of the Hugging Face Hub, decided for code, data information and parameters."""

from __future__ import annotations

import json

import pytest

from osaid_graph.resources import root
from osaid_graph.terms import Element, evaluate, normalise, policy

SCANCODE = "LicenseRef-scancode-"
OSAID = "LicenseRef-osaid-"

OPEN_SOURCE = {
    "afl-3.0": "AFL-3.0",
    "agpl-3.0": "AGPL-3.0-only",
    "apache-2.0": "Apache-2.0",
    "artistic-2.0": "Artistic-2.0",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "bsl-1.0": "BSL-1.0",
    "ecl-2.0": "ECL-2.0",
    "epl-1.0": "EPL-1.0",
    "epl-2.0": "EPL-2.0",
    "eupl-1.1": "EUPL-1.1",
    "eupl-1.2": "EUPL-1.2",
    "gpl-2.0": "GPL-2.0-only",
    "gpl-3.0": "GPL-3.0-only",
    "isc": "ISC",
    "lgpl-2.1": "LGPL-2.1-only",
    "lgpl-3.0": "LGPL-3.0-only",
    "lppl-1.3c": "LPPL-1.3c",
    "mit": "MIT",
    "mpl-2.0": "MPL-2.0",
    "ms-pl": "MS-PL",
    "ncsa": "NCSA",
    "ofl-1.1": "OFL-1.1",
    "osl-3.0": "OSL-3.0",
    "postgresql": "PostgreSQL",
    "unlicense": "Unlicense",
    "zlib": "Zlib",
}
OPEN_TERMS = {
    "cc-by-2.0": "CC-BY-2.0",
    "cc-by-2.5": "CC-BY-2.5",
    "cc-by-3.0": "CC-BY-3.0",
    "cc-by-4.0": "CC-BY-4.0",
    "cc-by-sa-3.0": "CC-BY-SA-3.0",
    "cc-by-sa-4.0": "CC-BY-SA-4.0",
    "cc0-1.0": "CC0-1.0",
    "cdla-permissive-1.0": "CDLA-Permissive-1.0",
    "cdla-permissive-2.0": "CDLA-Permissive-2.0",
    "cdla-sharing-1.0": "CDLA-Sharing-1.0",
    "odbl": "ODbL-1.0",
    "odc-by": "ODC-By-1.0",
    "openmdw-1.0": "OpenMDW-1.0",
    "openmdw-1.1": OSAID + "openmdw-1.1",
    "pddl": "PDDL-1.0",
}
#: With the freedoms each restricts: u(se), s(tudy), m(odify), (s)h(are).
NOT_APPROVED = {
    "apple-amlr": (OSAID + "apple-amlr", "umh"),
    "apple-ascl": (OSAID + "apple-ascl", ""),
    "bigcode-openrail-m": (SCANCODE + "bigcode-open-rail-m-v1", "umh"),
    "bigscience-bloom-rail-1.0": (SCANCODE + "bigscience-rail-1.0", "umh"),
    "bigscience-openrail-m": (SCANCODE + "bigscience-open-rail-m", "umh"),
    "bsd-3-clause-clear": ("BSD-3-Clause-Clear", ""),
    "c-uda": ("C-UDA-1.0", "umh"),
    "cc-by-nc-2.0": ("CC-BY-NC-2.0", "umh"),
    "cc-by-nc-3.0": ("CC-BY-NC-3.0", "umh"),
    "cc-by-nc-4.0": ("CC-BY-NC-4.0", "umh"),
    "cc-by-nc-nd-3.0": ("CC-BY-NC-ND-3.0", "umh"),
    "cc-by-nc-nd-4.0": ("CC-BY-NC-ND-4.0", "umh"),
    "cc-by-nc-sa-2.0": ("CC-BY-NC-SA-2.0", "umh"),
    "cc-by-nc-sa-3.0": ("CC-BY-NC-SA-3.0", "umh"),
    "cc-by-nc-sa-4.0": ("CC-BY-NC-SA-4.0", "umh"),
    "cc-by-nd-4.0": ("CC-BY-ND-4.0", "mh"),
    "creativeml-openrail-m": (SCANCODE + "stable-diffusion-2022-08-22", "umh"),
    "deepfloyd-if-license": (OSAID + "deepfloyd-if", "umh"),
    "etalab-2.0": ("etalab-2.0", ""),
    "fair-noncommercial-research-license": (OSAID + "fair-nc-research-1", "u"),
    "gemma": (SCANCODE + "gemma-tou-2025-03-24", "umh"),
    "grok2-community": (OSAID + "grok2-community", "u"),
    "h-research": (OSAID + "h-research", ""),
    "intel-research": (OSAID + "intel-research", ""),
    "lgpl-lr": ("LGPLLR", ""),
    "llama2": (SCANCODE + "llama-2-license-2023", "umh"),
    "llama3": (OSAID + "llama3", "umh"),
    "llama3.1": (SCANCODE + "llama-3.1-license-2024", "umh"),
    "llama3.2": (SCANCODE + "llama-3.2-license-2024", "umh"),
    "llama3.3": (SCANCODE + "llama-3.3-license-2024", "umh"),
    "llama4": (SCANCODE + "llama-4-license-2025", "umh"),
    "openrail++": (SCANCODE + "bigscience-open-rail-m2", "umh"),
    "wtfpl": ("WTFPL", ""),
}
UNKNOWN = {"bsd", "cc", "gfdl", "gpl", "lgpl", "openrail", "other", "unknown"}
ELEMENTS: tuple[Element, ...] = ("code", "data-information", "parameters", "dataset")
LETTER = {"use": "u", "study": "s", "modify": "m", "share": "h"}


def test_the_table_is_the_whole_list_of_the_hub() -> None:
    aliases = json.loads((root() / "data" / "licenses" / "aliases.json").read_text(encoding="utf-8"))
    ids = [*OPEN_SOURCE, *OPEN_TERMS, *NOT_APPROVED, *UNKNOWN]
    assert len(ids) == 83
    assert sorted(ids) == sorted(aliases["hub"]["ids"])


@pytest.mark.parametrize("text", OPEN_SOURCE)
def test_open_source_licences_are_approved_for_everything(text: str) -> None:
    for name in ("strict", "osd-conformant", "free-by-nature"):
        for element in ELEMENTS:
            result = evaluate(text, element, policy(name))
            assert (result.expression, result.status, result.restrictions) == (
                OPEN_SOURCE[text],
                "approved",
                (),
            )
            assert result.reason == f"{OPEN_SOURCE[text]} is OSI-approved"


@pytest.mark.parametrize("text", OPEN_TERMS)
def test_open_terms_are_approved_for_data_information_and_parameters(text: str) -> None:
    for name in ("osd-conformant", "free-by-nature"):
        for element in ELEMENTS[1:]:
            result = evaluate(text, element, policy(name))
            assert (result.expression, result.status, result.restrictions) == (
                OPEN_TERMS[text],
                "approved",
                (),
            )
            assert f"by the policy {name}: " in result.reason
        assert evaluate(text, "code", policy(name)).status == "not-approved"
    for element in ELEMENTS:
        assert evaluate(text, element, policy("strict")).status == "not-approved"


@pytest.mark.parametrize("text", NOT_APPROVED)
def test_other_licences_are_not_approved_and_restrict_what_was_verified(text: str) -> None:
    expression, letters = NOT_APPROVED[text]
    for name in ("strict", "osd-conformant", "free-by-nature"):
        for element in ELEMENTS:
            result = evaluate(text, element, policy(name))
            assert (result.expression, result.status) == (expression, "not-approved")
            assert {LETTER[each.freedom] for each in result.restrictions} == set(letters)
            assert all(each.license == expression for each in result.restrictions)
            assert ("restricts" in result.reason) == bool(letters)


@pytest.mark.parametrize("text", sorted(UNKNOWN))
def test_families_and_other_are_unknown(text: str) -> None:
    assert normalise(text) is None
    for name in ("strict", "osd-conformant", "free-by-nature"):
        for element in ELEMENTS:
            result = evaluate(text, element, policy(name))
            assert (result.expression, result.status, result.licenses, result.restrictions) == (
                None,
                "unknown",
                (),
                (),
            )
            assert result.reason
