"""``make bench-engines``: the engines of matching and scheduling beside their peers, in one run, written down."""
