"""The assessment as an entity of a crate: a review of the subject with its outcome and what it was held against."""

from __future__ import annotations

from osaid_graph.writers.material import Material
from osaid_graph.writers.ro_crate.entities import Entities
from osaid_graph.writers.ro_crate.things import Things

_REVIEW, _OUTCOME = "#assessment", "#assessment-outcome"


def write_report(material: Material, entities: Entities, things: Things) -> list[str]:
    """Write the assessment, if there is one of something in the crate; return the ids of what is to be mentioned."""
    if material.examination is None or material.subject not in things.written:
        return []
    assessment = material.examination.assessment
    definition = assessment.definition
    entities.add(str(definition.iri), "CreativeWork").update(
        {"name": definition.title, "version": definition.version, "url": definition.source}
    )
    counts = ", ".join(f"{count} {outcome}" for outcome, count in assessment.summary.items())
    entities.add(_OUTCOME, "Rating").update(
        {
            **{"name": assessment.outcome, "ratingValue": assessment.outcome},
            "ratingExplanation": f"requirements that bind: {counts}",
        }
    )
    entities.add(_REVIEW, "Review").update(
        {
            "name": f"Assessment of {assessment.subject_label} against {definition.title}",
            "itemReviewed": {"@id": str(material.subject)},
            "reviewRating": {"@id": _OUTCOME},
            "isBasedOn": {"@id": str(definition.iri)},
            "datePublished": assessment.date,
            "reviewAspect": f"terms policy: {assessment.policy}",
        }
    )
    return [_REVIEW]
