"""An assessment as statements of RDF: what the Turtle report holds, and what queries ask about findings."""
