"""People, whatever programme they are in: found, handed over, corrected, erased."""
