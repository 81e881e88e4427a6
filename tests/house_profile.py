"""The smallest profile, to be changed by tests."""

from __future__ import annotations

from pathlib import Path

HEAD = """@prefix def: <https://w3id.org/osaid-graph/definition#> .
@prefix my: <https://example.org/my#> .
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
DEFINITION = (
    HEAD
    + """my:house a osaid:Definition ; dcterms:title "House rules" ; dcat:version "1" ; osaid:basedOn def:1.0-rc1 ;
    osaid:wording [ a osaid:Wording ; osaid:requirement my:named ; osaid:quote "Name it" ] .
my:named a osaid:Requirement ; rdfs:label "named" ; skos:definition "It has a name." ;
    osaid:clause code:freedoms ; osaid:strength code:must ;
    osaid:check code:structure ; osaid:appliesTo osaid:AISystem .
"""
)
SHAPES = (
    HEAD
    + """my:named.absent a sh:PropertyShape ; osaid:requirement my:named ; osaid:onSubject true ;
    sh:targetClass osaid:AISystem ; sh:path dcterms:title ; sh:minCount 1 ;
    sh:message "it has no name" .
"""
)
REWORDED = DEFINITION.replace(
    "osaid:wording [",
    'osaid:wording [ a osaid:Wording ; osaid:requirement req:code-training ; osaid:quote "All of it" ; {} ] , [',
)


def profile(folder: Path, definition_text: str = DEFINITION, shapes_text: str = SHAPES) -> str:
    folder.mkdir(exist_ok=True)
    (folder / "definition.ttl").write_text(definition_text, "utf-8")
    (folder / "shapes.ttl").write_text(shapes_text, "utf-8")
    return str(folder)
