"""Threads elsewhere"""

import sqlalchemy as sa
from alembic import op

from complaints import store

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("handoff_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("root", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=True),
        sa.Column("said_up_to", sa.Integer(), nullable=False),
        sa.Column("shows", sa.String(length=40), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("created_at", store.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"]),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "root"),
        sa.UniqueConstraint("handoff_id"),
    )
    op.create_index("ix_thread_conversation_id", "thread", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("thread")
