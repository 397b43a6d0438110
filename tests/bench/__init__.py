"""Measurements, driven by `make bench`; never part of the suite."""
