"""A cohort as one page to look at: a map of its groups, how well needs are covered, who waits and why."""
