"""What a link opens, who may see what, and how a form is read: pure rules of the portal."""
