"""What sources of a corpus are called: documents of one name, all but the first, by their path."""

from __future__ import annotations

from typing import Final

#: The live sources, those of a document with its name in ``name``.
NAMED_SOURCES: Final = (
    "(SELECT s.source, s.document, d.origin, s.graph, s.format, s.sha256, s.url, s.title, s.retrieved, d.name, "
    "d.graph AS document_graph FROM sources AS s JOIN (SELECT document, origin, graph, CASE WHEN ROW_NUMBER() OVER "
    "(PARTITION BY name ORDER BY origin, document) = 1 THEN name ELSE path END AS name FROM sources "
    "WHERE source = document) AS d ON d.document = s.document)"
)
#: Of these, who is said to state what a source says: the URL it is attributed to, its named graph, or the document.
ATTRIBUTED: Final = "CASE WHEN s.url <> '' THEN s.url WHEN s.source = s.document THEN s.name ELSE s.graph END"
