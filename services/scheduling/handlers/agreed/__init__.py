"""Days that the named people of a placement agree: facts, commands, queries and timers."""
