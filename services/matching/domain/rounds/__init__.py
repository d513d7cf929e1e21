"""Rounds in which people are placed to things in other schools: who may go where, what stands, who waits. Pure."""
