"""Which obligations an edge of a lineage hands on, from what was used to what was made from it.

========================= ========================================================================================
route                     what is handed on
========================= ========================================================================================
``copy``                  All. What was made holds the work or parts of it, changed or not: fine-tuned, quantised,
                          merged, a subset, filtered, a part of a whole, or derived in a way nobody says. An adapter
                          too: it holds no weights of its base, yet is of use with it only, and the terms of models
                          that say what a derivative is count it in.
``training``              From data to what was trained on them. Whether a model is an adaptation of its data is an
                          open question of law: nothing under the policy ``permissive``, all under ``cautious``, but
                          for terms that themselves leave results free (CDLA, C-UDA).
``outputs``               From a model to data it made, or to a model that learnt from it (distilled): under
                          ``permissive`` what the terms themselves extend to outputs (OpenRAIL, Gemma, the name of
                          Llama 3.1 and later), under ``cautious`` all.
``measuring``             Nothing: data used to evaluate or validate are no part of what was made.
========================= ========================================================================================

``cautious`` is what is asked by default, because who asks wants to know what may bind; every result tells whether it
holds under ``permissive`` too. Neither is advice on the law.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from osaid_graph.errors import UsageError
from osaid_graph.lineage.edges import derivations
from osaid_graph.lineage.index import Lineage, properties
from osaid_graph.terms.obligations import Obligation
from osaid_graph.vocab import OSAID

Stance = Literal["cautious", "permissive"]
STANCES: Final[tuple[Stance, ...]] = ("cautious", "permissive")
COPY, TRAINING, OUTPUTS, MEASURING = "copy", "training", "outputs", "measuring"


def stance(name: str) -> Stance:
    """Return the policy of a name.

    Raises:
        UsageError: There is none.
    """
    for known in STANCES:
        if name == known:
            return known
    raise UsageError(f"there is no policy {name!r} for obligations", f"policies: {', '.join(STANCES)}")


@cache
def _route_of(prop: int) -> str:
    iri = properties()[prop]
    if iri in (OSAID.evaluatedOn, OSAID.validatedOn):
        return MEASURING
    if iri == OSAID.trainedOn:
        return TRAINING
    return OUTPUTS if iri == OSAID.distilledFrom else COPY


@cache
def _general() -> int:
    return properties().index(derivations()[-1])


def route(lineage: Lineage, made: int, used: int, prop: int) -> str:
    """Return the route of an edge from what was used to what was made, by the number of its property.

    Where only ``osaid:derivedFrom`` is said, the classes tell: data from a model are its outputs, a model from data
    was trained on them.
    """
    if prop == _general():
        if lineage.is_data(made) and lineage.is_trained(used):
            return OUTPUTS
        if lineage.is_trained(made) and lineage.is_data(used):
            return TRAINING
    return _route_of(prop)


def passes(way: str, obligation: Obligation, policy: Stance) -> bool:
    """Tell whether an obligation is handed on over a route under a policy."""
    if way == COPY:
        return True
    if way == TRAINING:
        return policy == "cautious" and not obligation.results_free
    return way == OUTPUTS and (obligation.outputs or policy == "cautious")
