"""Predictions and traces: numpy only, no server."""
