"""Plans a cohort's calendar and repairs it: days as bit masks, the exact dates of each group, proofs; pure."""
