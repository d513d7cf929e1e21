"""The improvement model of a trust in the town: its template stands here until everything that it needs is built."""
