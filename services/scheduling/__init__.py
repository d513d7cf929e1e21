"""Dates: calendars, visits, cohort events, answers; plans them, explains them, changes as little as possible."""
