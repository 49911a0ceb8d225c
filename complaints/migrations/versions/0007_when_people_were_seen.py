"""When people were seen"""

import sqlalchemy as sa
from alembic import op

from complaints import store

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("seen_at", store.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "seen_at")
