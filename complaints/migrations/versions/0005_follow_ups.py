"""Follow-ups, and addresses that want no letters"""

import sqlalchemy as sa
from alembic import op

from complaints import store

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_reference", sa.String(length=12), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", store.Moment(timezone=True), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("answered_at", store.Moment(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=10), nullable=True),
        sa.Column("scores_asked_at", store.Moment(timezone=True), nullable=True),
        sa.Column("outcome_score", sa.Integer(), nullable=True),
        sa.Column("treatment_score", sa.Integer(), nullable=True),
        sa.Column("scored_at", store.Moment(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("closed_at", store.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_reference"], ["case_record.reference"]),
        sa.ForeignKeyConstraint(["promise_id"], ["promise.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_reference"),
    )
    op.create_index("ix_follow_up_asked_at", "follow_up", ["asked_at"])
    op.create_table(
        "unsubscribed",
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("at", store.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email"),
    )


def downgrade() -> None:
    op.drop_table("unsubscribed")
    op.drop_table("follow_up")
