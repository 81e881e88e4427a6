"""The lineage as a network of nodes and edges, in the formats of graph tools, diagram languages and tables."""
