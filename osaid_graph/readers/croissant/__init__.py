"""Croissant: descriptions of datasets in JSON-LD."""
