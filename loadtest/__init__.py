"""Load on a running server: trace replay and living traffic, through its public doors only."""
