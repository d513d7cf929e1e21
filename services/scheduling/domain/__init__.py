"""The rules and decisions of scheduling; pure, with the time as an argument."""
