"""An invented hub of models and datasets, of any size, in the distributions that were measured on the real one.

The same seed gives the same bytes, on every machine and version of Python. The same world can be written in two ways:

- as lists of records as the Hub's API gives them (:mod:`generator.hub_lists`), little of each of very many;
- as full descriptions in the words of the ontology (:mod:`generator.shards`), some 250 statements a release, into
  which gaps are planted that are known one by one (:mod:`generator.gaps`).

    python benchmarks/generator hub FOLDER --releases 100000 [--seed 1]
    python benchmarks/generator described FOLDER --releases 1000 [--seed 1]
    python benchmarks/generator described FOLDER --releases 1000 --change 0.01
"""
