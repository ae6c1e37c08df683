"""The production server, its probes and the form of its log."""
