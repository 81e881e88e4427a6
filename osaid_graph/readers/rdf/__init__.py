"""RDF in its notations, and what readers of JSON-LD formats share: expansion with lines, contexts, descriptions."""
