"""Writers of foreign formats: what a recorder would have written of native events, for tests of the adapters."""
