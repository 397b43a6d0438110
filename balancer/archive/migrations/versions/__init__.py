"""One module a step; the newest is the schema that `balancer.archive.tables` describes."""
