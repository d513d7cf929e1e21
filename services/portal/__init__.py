"""Pages and links: what people see and do. What is stated in forms goes to its owner."""
