"""The only writer of queue state: one Lua script a verb, over Redis."""
