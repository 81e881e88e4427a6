"""What the elements of an SPDX 3 document are in an AI release."""

from __future__ import annotations

from dataclasses import dataclass, field

from rdflib import URIRef


@dataclass(slots=True)
class Roles:
    """What the elements of a document are in an AI release, and the node each has been given."""

    #: Models and systems -> what stands for what was learned in them.
    made: dict[str, URIRef] = field(default_factory=dict)
    systems: set[str] = field(default_factory=set)
    #: Files of weights -> the parameters that they are.
    weights: dict[str, URIRef] = field(default_factory=dict)
    data: dict[str, URIRef] = field(default_factory=dict)
    code: dict[str, URIRef] = field(default_factory=dict)
    documents: dict[str, URIRef] = field(default_factory=dict)
    settings: dict[str, URIRef] = field(default_factory=dict)
