"""What is dated: one visit, what a disruption would do, days that people agree between themselves."""
