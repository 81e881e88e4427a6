"""What third parties say of releases: openness indexes and collections of datasets."""
