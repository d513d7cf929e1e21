"""What operators do to the whole bus: make streams and consumers, back up, restore, rebuild. No service imports it."""
