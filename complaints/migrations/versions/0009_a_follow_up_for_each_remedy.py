"""A follow-up for each remedy, where there was one for each case"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# As PostgreSQL names them by itself; SQLite gives them no name, and takes this one.
NAMES = {"uq": "%(table_name)s_%(column_0_name)s_key"}


def upgrade() -> None:
    with op.batch_alter_table("follow_up", naming_convention=NAMES) as batch:
        batch.drop_constraint("follow_up_case_reference_key", type_="unique")
        batch.create_unique_constraint("follow_up_promise_id_key", ["promise_id"])
        batch.create_index("ix_follow_up_case_reference", ["case_reference"])


def downgrade() -> None:
    # Only the newest of a case has a place in the table as it was.
    op.execute(
        "DELETE FROM follow_up WHERE id NOT IN"
        " (SELECT max(id) FROM follow_up GROUP BY case_reference)"
    )
    with op.batch_alter_table("follow_up", naming_convention=NAMES) as batch:
        batch.drop_index("ix_follow_up_case_reference")
        batch.drop_constraint("follow_up_promise_id_key", type_="unique")
        batch.create_unique_constraint("follow_up_case_reference_key", ["case_reference"])
