"""Questions in SPARQL to what descriptions say, what follows from it, and what an assessment found."""
