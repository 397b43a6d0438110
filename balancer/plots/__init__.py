"""Plots for people, drawn by matplotlib as SVG: on /planner and from `balancer backtest`."""
