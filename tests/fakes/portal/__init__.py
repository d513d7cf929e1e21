"""The portal's ports in memory."""
