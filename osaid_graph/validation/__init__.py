"""The definition and its rules, loaded from ``ontology/definition`` and ``shapes``, and run by pySHACL."""
