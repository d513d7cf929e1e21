"""`kindred doctor`: what of a deployment can be checked from the command line, each with what to do."""
