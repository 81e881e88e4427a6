"""Licence expressions, the freedoms that licences restrict, and what a named policy takes as approved.

Nothing here knows of graphs or files beyond ``data/licenses/``: a text goes in, an evaluation comes out.
"""

from osaid_graph.terms.catalogue import (
    FREEDOMS,
    Freedom,
    LicenseCatalogue,
    LicenseFacts,
    Restriction,
    Token,
    catalogue,
    license_iri,
)
from osaid_graph.terms.evaluate import TermsEvaluation, TermsStatus, evaluate, normalise
from osaid_graph.terms.policy import DEFAULT_POLICY, AcceptedTerms, Element, Policy, policies, policy

__all__ = [
    "DEFAULT_POLICY",
    "FREEDOMS",
    "AcceptedTerms",
    "Element",
    "Freedom",
    "LicenseCatalogue",
    "LicenseFacts",
    "Policy",
    "Restriction",
    "TermsEvaluation",
    "TermsStatus",
    "Token",
    "catalogue",
    "evaluate",
    "license_iri",
    "normalise",
    "policies",
    "policy",
]
