"""The lineage as it is looked at: a picture, and a page around it."""
