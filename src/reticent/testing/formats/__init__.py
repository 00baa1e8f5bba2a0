"""Writers of collector formats, so that any stream of events can be tried through an adapter."""
