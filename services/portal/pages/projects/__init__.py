"""What can be chosen: the released entries of a form, one of them, and picking one where schools pick themselves."""
