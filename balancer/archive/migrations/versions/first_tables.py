"""The first tables: legs, branch minutes, desk states, and how far a log has been read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("legs", "branch_minutes", "desk_states", "progress", "checkpoints")


def upgrade() -> None:
    """Make all tables."""
    op.create_table("legs", *_keys(city=sa.String, ticket=sa.String, leg=sa.SmallInteger), *_leg_columns())
    op.create_index("legs_by_day", "legs", ["city", "day", "branch"])
    op.create_table(
        "branch_minutes",
        *_keys(city=sa.String, minute=sa.BigInteger, branch=sa.String),
        *_musts(waiting=sa.Integer, desks_open=sa.Integer, desks_busy=sa.Integer),
        *_musts(alarm=sa.String, power=sa.String, state=sa.String),
    )
    op.create_table(
        "desk_states",
        *_keys(city=sa.String, branch=sa.String, desk=sa.String, since=sa.BigInteger),
        *_musts(state=sa.String),
    )
    op.create_table(
        "checkpoints", *_keys(city=sa.String, epoch=sa.String, offset=sa.BigInteger), *_musts(state=sa.Text)
    )
    op.create_table(
        "progress", *_keys(city=sa.String), *_musts(epoch=sa.String, offset=sa.BigInteger, state=sa.Text)
    )


def downgrade() -> None:
    """Drop all tables."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _leg_columns() -> list[sa.Column[Any]]:
    levels = [f"{which}_{level}" for which in ("first", "last") for level in ("p10", "p50", "p90")]
    return [
        *_musts(day=sa.String, branch=sa.String, queue=sa.String, service=sa.String),
        *_mays(sa.String, "desk", "agency"),
        *_musts(channel=sa.String),
        *_mays(sa.String, "priority"),
        *_musts(head_start_ms=sa.BigInteger, state=sa.String, arrived=sa.BigInteger, joined=sa.BigInteger),
        *_mays(sa.BigInteger, "called", "started", "finished", "wait_ms", "walk_ms", "service_ms"),
        *_musts(parked_ms=sa.BigInteger, paused_ms=sa.BigInteger, misses=sa.Integer, alarmed=sa.Boolean),
        *_mays(sa.String, "outcome"),
        *_mays(sa.BigInteger, "ended"),
        *_mays(sa.Float, *levels),
        *_musts(epoch=sa.String, offset=sa.BigInteger),
    ]


def _keys(**kinds: Any) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, primary_key=True, autoincrement=False) for name, kind in kinds.items()]


def _musts(**kinds: Any) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name, kind in kinds.items()]


def _mays(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind) for name in names]
