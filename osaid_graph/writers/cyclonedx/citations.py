"""Citations of CycloneDX 1.7: which source says which fields of a component, and when it was looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from osaid_graph.identity import is_url
from osaid_graph.writers.cyclonedx.components import Components, Part
from osaid_graph.writers.material import Material
from osaid_graph.writers.moment import FIXED, is_day, midnight, moment

Fields = dict[str, object]


def cite(material: Material, document: Fields, components: Components) -> None:
    """Add citations to a document, and the sources they name as components of type "file".

    A citation has a moment, which is the day a source was retrieved where that is stated, else that of the document.
    """
    said: dict[str, list[str]] = {}
    for part, base in _placed(document, components):
        for path, triple in part.said:
            for source in material.release.attributed_to(triple) if path else ():
                said.setdefault(source, []).append(base + path)
    if not said:
        return
    records = material.release.source_records()
    listed = document["components"] if isinstance(document.get("components"), list) else []
    assert isinstance(listed, list)  # noqa: S101 - for the type checker
    citations: list[Fields] = []
    for source in sorted(said):
        found = records.get(source, ())
        listed.append(_source(material, source, next((each.title for each in found if each.title), "")))
        days = sorted(each.retrieved for each in found if is_day(each.retrieved))
        when = midnight(days[-1]) if days else moment(material)
        pointers = list(dict.fromkeys(said[source]))
        unknown: Fields = {"note": "nobody states when"} if when == FIXED else {}
        citations.append({"pointers": pointers, "timestamp": when, "attributedTo": _ref(source), **unknown})
    document["components"] = listed
    document["citations"] = citations


def _placed(document: Fields, components: Components) -> Iterator[tuple[Part, str]]:
    """Yield the components with the JSON pointer to each."""
    parts = {id(part.fields): part for part in components.parts.values()}
    metadata = document["metadata"]
    subject = metadata.get("component") if isinstance(metadata, dict) else None
    waiting = [(subject, "/metadata/component")] if subject is not None else []
    waiting += _numbered(document.get("components"), "")
    while waiting:
        fields, base = waiting.pop(0)
        part = parts.get(id(fields))
        if part is not None:
            yield part, base
            waiting += _numbered(part.fields.get("components"), base)


def _numbered(listed: object, base: str) -> list[tuple[object, str]]:
    found = listed if isinstance(listed, list) else []
    return [(fields, f"{base}/components/{number}") for number, fields in enumerate(found)]


def _source(material: Material, source: str, title: str) -> Fields:
    """Return a source as a component: a page at its address, or a description with the digest of its bytes."""
    fields: Fields = {"type": "file", "bom-ref": _ref(source), "name": title or source}
    if is_url(source):
        fields["externalReferences"] = [{"type": "website", "url": source}]
    digests = [each.sha256 for each in material.release.sources if each.name == source]
    if digests:
        fields["hashes"] = [{"alg": "SHA-256", "content": digests[0]}]
    return fields


def _ref(source: str) -> str:
    return f"source:{hashlib.sha256(source.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
