"""A newer template for a programme that runs: what differs, what of it is still taken over, and why not the rest."""
