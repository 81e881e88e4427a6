"""Questions about a lineage that SPARQL cannot answer, by name, asked and answered like the named queries."""
