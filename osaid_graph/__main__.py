"""``python -m osaid_graph``: the same command as ``osaid-graph``."""

from osaid_graph.cli import main

if __name__ == "__main__":
    main()
