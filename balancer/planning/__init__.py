"""The planner's bench: questions about coming days, answered from the archive in a process of its own."""
