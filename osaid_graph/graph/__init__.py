"""The release as a graph: documents read together, one named graph each, with every statement's place and source."""
