"""The author's desk: what a rule file is checked, tested, compared and mutated by."""
