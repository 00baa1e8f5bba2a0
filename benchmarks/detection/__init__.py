"""How much of what people type is found, and how much is lost by mistake: ``python -m benchmarks.detection``."""
