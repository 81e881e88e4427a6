"""What is written for others to read: manifests and entries of them, pictures, the graph in other formats."""
