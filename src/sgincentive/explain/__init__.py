"""From decisions to words and JSON: sentences of nodes, findings and whole decisions."""
