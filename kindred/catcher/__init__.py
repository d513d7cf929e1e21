"""A mail catcher for the demo: takes every mail, delivers none, shows them on a page and by Mailpit's API paths."""
