"""A course of sessions in the town: its dates, its people, and who came."""
