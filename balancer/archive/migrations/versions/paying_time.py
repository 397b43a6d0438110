"""Legs know how much of their service was payment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was archived before stays without."""
    op.add_column("legs", sa.Column("paying_ms", sa.BigInteger))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("legs", "paying_ms")
