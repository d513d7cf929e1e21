"""How actions stand: for who owns, reads or leads them, and for the coordinator."""
