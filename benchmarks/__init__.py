"""How fast sgincentive answers, next to hand-written Python: ``python -m benchmarks``."""
