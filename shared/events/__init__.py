"""Event contracts, one module per publisher. `catalogue.py` lists them all."""
