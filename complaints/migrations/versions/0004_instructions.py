"""Instructions to the shop"""

import sqlalchemy as sa
from alembic import op

from complaints import store

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instruction",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("case_reference", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("shop_reference", sa.Text(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("made_at", store.Moment(timezone=True), nullable=False),
        sa.Column("told_at", store.Moment(timezone=True), nullable=True),
        sa.Column("looked_at", store.Moment(timezone=True), nullable=True),
        sa.Column("silent_since", store.Moment(timezone=True), nullable=True),
        sa.Column("look_at", store.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["promise_id"], ["promise.id"]),
        sa.ForeignKeyConstraint(["case_reference"], ["case_record.reference"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_instruction_promise_id", "instruction", ["promise_id"])
    op.create_index("ix_instruction_case_reference", "instruction", ["case_reference"])
    op.create_index("ix_instruction_look_at", "instruction", ["look_at"])


def downgrade() -> None:
    op.drop_table("instruction")
