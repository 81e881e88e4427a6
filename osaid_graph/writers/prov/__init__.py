"""A release as provenance: what each source says as a bundle of PROV, in RDF and in the notations of PROV."""
