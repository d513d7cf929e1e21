"""Visits and cohort events: who is invited, what an answer means, drafts, repairs, and what changes them."""
