"""Whether a school takes part: what it says, the rules it keeps to, and what was decided, each with reason and day."""
