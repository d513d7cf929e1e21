"""Enrolment: the rules a school's part in a programme must keep, and the file coordinators send many of them in."""
