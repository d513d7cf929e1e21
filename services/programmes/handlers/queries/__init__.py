"""What may be asked of this service: one module a subject, one method a query."""
