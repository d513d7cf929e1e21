"""A partnership of heads: they coach each other, vote on themes, and share what their schools find out."""
