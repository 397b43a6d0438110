"""From the event log to every open browser."""
