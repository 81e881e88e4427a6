"""The same queries on an endpoint: SPARQL 1.1 Protocol, the one part of the package that opens connections."""
