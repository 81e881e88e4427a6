"""The compiler: rules in SHACL as plans of SQL that look at all nodes at once."""
