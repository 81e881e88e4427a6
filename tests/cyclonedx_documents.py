"""CycloneDX documents as tests look at them: held to the schema of their version, and to the references they make."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
from bom_exports import JUDGED, read_back, written
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from exported import FAMILY, ROOT

from osaid_graph.writers.material import Material

NAMES = ["cyclonedx", "cyclonedx-1.7"]
VERSIONS = {"cyclonedx": SchemaVersion.V1_6, "cyclonedx-1.7": SchemaVersion.V1_7}
MIXTRAL = ROOT / "data" / "releases" / "mixtral-8x7b.yaml"
TUNED = "https://huggingface.co/acme/tuned"
#: Assessed: one with gaps, one with judgements, one of several models.
ASSESSED = {MIXTRAL: None, JUDGED: None, FAMILY: TUNED}


@pytest.fixture(autouse=True, scope="module")
def each_address_is_checked_once() -> Iterator[None]:
    """Keep the verdicts on addresses: a grammar checks them, which is nine tenths of a validation."""
    with pytest.MonkeyPatch.context() as patch:
        check = getattr(jsonschema._format, "_rfc3987_is_valid_syntax", None)
        if check is not None:
            patch.setattr(jsonschema._format, "_rfc3987_is_valid_syntax", cache(check))
        yield


@cache
def _validator(name: str) -> JsonStrictValidator:
    return JsonStrictValidator(VERSIONS[name])


def checked(name: str, document: str) -> dict[str, Any]:
    """Hold a document to the schema, its references to what it has, and return it."""
    error = _validator(name).validate_str(document)
    assert error is None, str(error)
    found: dict[str, Any] = json.loads(document)
    refs = [each["bom-ref"] for each in blocks(found) if "bom-ref" in each]
    assert sorted(refs) == sorted({*refs})
    assert {*_references(found)} <= {*refs}
    return found


def blocks(value: object) -> Iterator[dict[str, Any]]:
    """Yield every object in a document."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from blocks(each)
    elif isinstance(value, list):
        for each in value:
            yield from blocks(each)


def _references(document: dict[str, Any]) -> Iterator[str]:
    """Yield every reference that a document makes."""
    single = ("ref", "assessor", "requirement", "target", "parent", "attributedTo")
    several = ("dependsOn", "dependencies", "claims", "counterClaims", "evidence", "mitigationStrategies")
    for block in blocks(document):
        yield from (block[key] for key in single if isinstance(block.get(key), str))
        yield from (each for key in several for each in block.get(key, ()) if isinstance(each, str))


def document_of(material: Material, name: str = "cyclonedx") -> dict[str, Any]:
    """Return the document of a material, which is read back to the letter where it holds no assessment."""
    document = checked(name, written(name, material))
    if material.examination is None:
        assert read_back(name, json.dumps(document)) == material.carried
    return document
