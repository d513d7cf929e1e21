"""The rules of matching, pure: what keeps schools apart, what a group is worth, why a group is as it is."""
