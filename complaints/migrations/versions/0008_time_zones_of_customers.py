"""Time zones of customers"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("conversation", "case_record"):
        op.add_column(table, sa.Column("timezone", sa.String(60), nullable=True))


def downgrade() -> None:
    for table in ("case_record", "conversation"):
        op.drop_column(table, "timezone")
