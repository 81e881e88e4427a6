"""``osaid.yaml``: the reader, and the table of keys that the writer and the schema follow as well."""
