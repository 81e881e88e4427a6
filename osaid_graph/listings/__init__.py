"""Listings of training data, a document or shard a row: what they say of where the data is and under which terms."""
