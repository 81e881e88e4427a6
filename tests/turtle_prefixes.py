"""The prefixes that Turtle in tests is written with."""

PREFIXES = """
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix def: <https://w3id.org/osaid-graph/definition#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
