"""Why groups have no dates, and what is proven about it."""
