"""Plans a cohort's calendar and repairs it: bit masks, exact dates for each group, local search, proofs; pure."""
