"""The audit: who did what, tied into a chain of hashes, and where each city's chain ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    texts = ("epoch", "actor", "role", "type", "detail", "hash")
    maybe = ("branch", "desk", "ticket", "number")
    op.create_table(
        "audit",
        sa.Column("city", sa.String, primary_key=True, autoincrement=False),
        sa.Column("entry", sa.BigInteger, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("offset", "at", "real")),
        *(sa.Column(name, sa.Text if name == "detail" else sa.String, nullable=False) for name in texts),
        *(sa.Column(name, sa.String) for name in maybe),
    )
    op.create_index("audit_by_offset", "audit", ["city", "offset"])
    op.create_table(
        "audit_heads",
        sa.Column("city", sa.String, primary_key=True, autoincrement=False),
        sa.Column("entries", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("audit_heads")
    op.drop_table("audit")
