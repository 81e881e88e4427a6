"""PROV in its own notations, JSON and N."""
