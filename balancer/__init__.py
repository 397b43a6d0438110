"""A real-time queue balancer for a city's administrative service centre."""
