"""What a release was built from: scope, traces, and what follows along the lineage for every node at once."""
