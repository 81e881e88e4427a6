"""A corpus: many descriptions on disk as open tables, assessed together and followed over time."""
