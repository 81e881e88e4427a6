"""The server: what a corpus says and what was found in it, for browsers and programs (``osaid-graph serve``)."""
