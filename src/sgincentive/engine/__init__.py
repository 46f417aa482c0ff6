"""The engine: from a checked scheme and the facts of a subject to a decision."""
