"""A trust improves its schools: duties ticked off by weeks, visits, reviews, attention, and a page for the board."""
