"""One module a command; each holds `command`, which `balancer.cli` mounts."""
