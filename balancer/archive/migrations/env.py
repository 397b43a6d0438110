"""Alembic's environment: runs the steps on the connection and in the transaction of `database.upgrade`."""

from __future__ import annotations

from alembic import context

from balancer.archive.tables import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
