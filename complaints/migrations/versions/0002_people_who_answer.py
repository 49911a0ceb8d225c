"""People who answer"""

import sqlalchemy as sa
from alembic import op

from complaints import store

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("sign_in", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("available", sa.Boolean(), nullable=False),
        sa.Column("most_open", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", store.Moment(timezone=True), nullable=True),
        sa.Column("left_at", store.Moment(timezone=True), nullable=True),
        sa.Column("created_at", store.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sign_in"),
    )
    op.create_table(
        "look",
        sa.Column("case_reference", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("seen_at", store.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_reference"], ["case_record.reference"]),
        sa.PrimaryKeyConstraint("case_reference", "person"),
    )
    op.add_column("handoff", sa.Column("call_back", sa.Text(), nullable=True))
    op.add_column("offer", sa.Column("offered_by", sa.String(length=40), nullable=True))
    op.add_column("offer", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("case_record", sa.Column("needs", sa.Text(), nullable=True))
    op.add_column(
        "case_record", sa.Column("handed_back_at", store.Moment(timezone=True), nullable=True)
    )
    # Cases that are there already have nothing left to ask.
    op.add_column(
        "case_record", sa.Column("left_to_ask", sa.JSON(), nullable=False, server_default="[]")
    )


def downgrade() -> None:
    for table, columns in (
        ("case_record", ("left_to_ask", "handed_back_at", "needs")),
        ("offer", ("reason", "offered_by")),
        ("handoff", ("call_back",)),
    ):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)
    op.drop_table("look")
    op.drop_table("person")
