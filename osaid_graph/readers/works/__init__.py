"""Research objects and software: RO-Crate, CodeMeta, CITATION.cff."""
