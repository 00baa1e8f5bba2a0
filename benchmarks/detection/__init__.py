"""How much of what people type is found, how much is lost by mistake, beside others: ``python -m benchmarks.detection``."""
