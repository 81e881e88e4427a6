"""Pictures and exchange formats of what a release was built from."""
