"""What is written for others to read: entries of manifests, and the graph in other formats."""
