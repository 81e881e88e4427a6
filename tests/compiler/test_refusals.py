"""What cannot be compiled is refused: the shape, what of it, why and what to do, in one line."""

from __future__ import annotations

import pytest
from rdflib import Graph

from osaid_graph.compiler.read import read_shapes
from osaid_graph.compiler.refusal import Refused
from osaid_graph.errors import InputError

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""
NAME = "shape <https://example.org/s> "
#: What a shape with a target says -> how the refusal goes on after its name.
NOT_COMPILED = {
    "sh:sparql [ sh:select 'SELECT $this {}' ]": "has sh:sparql, which asks a query of every node by itself",
    "sh:js [ sh:jsFunctionName 'f' ]": "has sh:js, which runs a program on every node by itself",
    "sh:rule [ a sh:TripleRule ]": "has sh:rule, which is of SHACL Advanced Features",
    "sh:target [ sh:select 'SELECT ?this {}' ]": "has sh:target, which is of SHACL Advanced Features",
    "sh:minimumCount 1": "has sh:minimumCount, which is no term of SHACL Core",
    "ex:least 1": "uses <https://example.org/least>, a parameter of a constraint component of its own",
    "sh:node ex:s": "refers to itself",
    "sh:or ( [ sh:path ex:p ; sh:node ex:s ] )": "refers to itself",
    "sh:not [ sh:hasValue [] ]": "has a blank node as a value of sh:hasValue",
    "sh:targetNode []": "has a blank node as sh:targetNode",
    "sh:datatype rdfs:Datatype": "asks for the datatype rdfs:Datatype",
    "sh:minInclusive 'P1D'^^xsd:duration": "compares with ",
    "sh:minInclusive 'x'^^xsd:integer": "compares with ",
    "sh:maxExclusive 'NaN'^^xsd:double": "compares with ",
    "sh:pattern 'a(?=b)'": "has the sh:pattern 'a(?=b)' with assert",
    "sh:pattern '['": "has the sh:pattern '[' with a mistake",
    "sh:pattern 'a' ; sh:flags 'x'": "has the sh:pattern 'a' with the flag 'x'",
    "sh:path [ sh:inversePath ( ex:p ex:q ) ]": "has the inverse of a sequence as its path",
}
ILL_FORMED = {
    "sh:minCount 1": "sh:minCount needs a sh:path beside it",
    "sh:path ex:p ; sh:minCount 'many'": "the value of sh:minCount is no count",
    "sh:path ex:p ; sh:minCount 1, 2": "it has 2 values of sh:minCount",
    "sh:path ex:p, ex:q": "it has 2 values of sh:path",
    "sh:path [ ex:p ex:q ]": "is no path",
    "sh:path ( ex:p )": "a sequence of paths needs two of them",
    "a sh:PropertyShape": "a property shape needs a sh:path",
    "a sh:NodeShape ; sh:path ex:p": "a node shape has no sh:path",
    "sh:nodeKind ex:Kind": "<https://example.org/Kind> is no kind of node",
    "sh:class 'C'": "the value of sh:class is no IRI",
    "sh:in ex:list": "the value of sh:in is no list",
    "sh:or ()": "the list of sh:or is empty",
    "sh:languageIn ( 1 )": "a language of sh:languageIn is no text",
    "sh:property [ sh:class ex:C ]": "the value of sh:property is no property shape",
    "sh:node [ sh:path ex:p ]": "the value of sh:node is a property shape",
    "sh:path ex:p ; sh:qualifiedMinCount 1": "sh:qualifiedValueShape and a count of it belong together",
    "sh:path ex:p ; sh:uniqueLang 1": "sh:uniqueLang is neither true nor false",
    "sh:ignoredProperties ( ex:p )": "sh:ignoredProperties belongs to sh:closed",
    "sh:deactivated 1": "sh:deactivated is neither true nor false",
    "sh:pattern 1, 2": "it has 2 values of sh:pattern",
    "sh:not 'shape'": "is no shape",
}


def _refusal(says: str) -> Refused:
    own = "ex:Component a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ] ."
    graph = Graph().parse(data=f"{HEAD} ex:s sh:targetClass ex:C ; {says} . {own}", format="turtle")
    with pytest.raises(Refused) as caught:
        read_shapes(graph)
    return caught.value


@pytest.mark.parametrize("says", NOT_COMPILED)
def test_what_is_not_compiled_is_named_with_its_shape(says: str) -> None:
    error = _refusal(says)
    assert NAME + NOT_COMPILED[says] in error.message.replace("a part of ", "")
    assert "\n" not in error.message and error.hint
    assert isinstance(error, InputError) and error.exit_code == 3


@pytest.mark.parametrize("says", ILL_FORMED)
def test_what_is_not_well_formed_is_named_with_its_shape(says: str) -> None:
    message = _refusal(says).message
    assert f"{NAME}is not well-formed: " in message.replace("a part of ", "")
    assert ILL_FORMED[says] in message


def test_a_part_without_a_name_is_told_by_the_shape_around_it() -> None:
    assert _refusal("sh:not [ sh:sparql [] ]").message.startswith("cannot be compiled: a part of " + NAME)


def test_a_path_that_is_a_part_of_itself_is_refused() -> None:
    text = f"{HEAD} ex:s sh:targetClass ex:C ; sh:path _:p ; sh:minCount 1 . _:p sh:zeroOrMorePath _:p ."
    with pytest.raises(Refused, match="its path is a part of itself"):
        read_shapes(Graph().parse(data=text, format="turtle"))


def test_a_list_that_does_not_end_is_refused() -> None:
    text = f"{HEAD} ex:s sh:targetClass ex:C ; sh:in _:l . _:l rdf:first ex:a ; rdf:rest _:l ."
    with pytest.raises(Refused, match=r"the value of sh:in is no list"):
        read_shapes(Graph().parse(data=text, format="turtle"))


@pytest.mark.parametrize(
    "text",
    [
        "ex:s sh:targetClass ex:C ; sh:deactivated true ; sh:sparql [] .",
        "ex:s sh:targetClass ex:C ; sh:class ex:D . ex:unused sh:sparql [] .",
        "ex:s sh:targetClass ex:C ; sh:name 's' ; sh:description 'd' ; sh:order 1 ; sh:group ex:g ; ex:note 'n' .",
    ],
)
def test_what_has_no_part_in_the_results_is_no_reason_to_refuse(text: str) -> None:
    (shape,) = read_shapes(Graph().parse(data=HEAD + text, format="turtle"))
    assert str(shape.node) == "https://example.org/s"
