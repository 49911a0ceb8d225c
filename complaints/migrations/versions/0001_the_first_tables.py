"""The first tables"""

import sqlalchemy as sa
from alembic import op

from complaints import store

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("visitor", sa.String(length=100), nullable=False),
        sa.Column("customer_id", sa.String(length=100), nullable=True),
        sa.Column("handler", sa.String(length=10), nullable=False),
        sa.Column("agent", sa.String(length=100), nullable=True),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("misunderstood", sa.Integer(), nullable=False),
        sa.Column("enquiry", sa.JSON(), nullable=True),
        sa.Column("leased_by", sa.String(length=60), nullable=True),
        sa.Column("leased_until", store.Moment(timezone=True), nullable=True),
        sa.Column("created_at", store.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversation_visitor"), ["visitor"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("transport", sa.String(length=20), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("case_reference", sa.String(length=12), nullable=True),
        sa.Column("due_at", store.Moment(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=60), nullable=True),
        sa.Column("claimed_until", store.Moment(timezone=True), nullable=True),
        sa.Column("sent_at", store.Moment(timezone=True), nullable=True),
        sa.Column("gave_up_at", store.Moment(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", store.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outbox_case_reference"), ["case_reference"], unique=False
        )
        batch_op.create_index("outbox_due", ["sent_at", "gave_up_at", "due_at"], unique=False)

    op.create_table(
        "case_record",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("policy_version", sa.String(length=40), nullable=False),
        sa.Column("received_at", store.Moment(timezone=True), nullable=False),
        sa.Column("acknowledged_at", store.Moment(timezone=True), nullable=True),
        sa.Column("closed_at", store.Moment(timezone=True), nullable=True),
        sa.Column("opened_by", sa.String(length=40), nullable=True),
        sa.Column("customer_id", sa.String(length=100), nullable=True),
        sa.Column("customer_name", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("postcode", sa.String(length=20), nullable=True),
        sa.Column("from_shop", sa.JSON(), nullable=False),
        sa.Column("proved_by", sa.String(length=20), nullable=True),
        sa.Column("proof_failures", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("other_categories", sa.JSON(), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=True),
        sa.Column("sku", sa.String(length=60), nullable=True),
        sa.Column("item", sa.String(length=200), nullable=True),
        sa.Column("story", sa.JSON(), nullable=False),
        sa.Column("gist", sa.Text(), nullable=True),
        sa.Column("damage", sa.JSON(), nullable=True),
        sa.Column("impact", sa.Text(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("amount", sa.String(length=20), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("wish_kinds", sa.JSON(), nullable=False),
        sa.Column("refused_kinds", sa.JSON(), nullable=False),
        sa.Column("agreed_at", store.Moment(timezone=True), nullable=True),
        sa.Column("heat", sa.Integer(), nullable=False),
        sa.Column("danger", sa.String(length=30), nullable=True),
        sa.Column("repeat_of", sa.String(length=12), nullable=True),
        sa.Column("pending", sa.String(length=30), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("without", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("outcome_reason", sa.Text(), nullable=True),
        sa.Column("root_cause", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
        ),
        sa.PrimaryKeyConstraint("reference"),
    )
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_record_category"), ["category"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_case_record_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_record_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_record_order_number"), ["order_number"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_record_status"), ["status"], unique=False)

    op.create_table(
        "log_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("case_reference", sa.String(length=12), nullable=True),
        sa.Column("at", store.Moment(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.String(length=40), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conversation_id", "message_id", "verb"),
    )
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_log_entry_case_reference"), ["case_reference"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_log_entry_conversation_id"), ["conversation_id"], unique=False
        )

    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("media_type", sa.String(length=30), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", store.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_photo_conversation_id"), ["conversation_id"], unique=False
        )

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("author", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("client_id", sa.String(length=160), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("asked_as", sa.String(length=60), nullable=True),
        sa.Column("answered_at", store.Moment(timezone=True), nullable=True),
        sa.Column("created_at", store.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"],
            ["photo.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conversation_id", "client_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_answers"), ["answers"], unique=False)
        batch_op.create_index("message_of_conversation", ["conversation_id", "id"], unique=False)
        batch_op.create_index("message_unanswered", ["answered_at", "author"], unique=False)

    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_reference", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("amount", sa.String(length=20), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("sku", sa.String(length=60), nullable=True),
        sa.Column("planned_at", store.Moment(timezone=True), nullable=True),
        sa.Column("due_at", store.Moment(timezone=True), nullable=True),
        sa.Column("by_the_day", sa.Boolean(), nullable=False),
        sa.Column("clause", sa.String(length=80), nullable=False),
        sa.Column("return_first", sa.Boolean(), nullable=False),
        sa.Column("in_hand", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("offered_at", store.Moment(timezone=True), nullable=False),
        sa.Column("answered_at", store.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_reference"],
            ["case_record.reference"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_offer_case_reference"), ["case_reference"], unique=False
        )

    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_reference", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("made_at", store.Moment(timezone=True), nullable=False),
        sa.Column("planned_at", store.Moment(timezone=True), nullable=False),
        sa.Column("due_at", store.Moment(timezone=True), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("by_the_day", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("settled_at", store.Moment(timezone=True), nullable=True),
        sa.Column("moved_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_reference"],
            ["case_record.reference"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_promise_case_reference"), ["case_reference"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_promise_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_promise_state"), ["state"], unique=False)

    op.create_table(
        "handoff",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("case_reference", sa.String(length=12), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("silences", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("made_at", store.Moment(timezone=True), nullable=False),
        sa.Column("taken_by", sa.String(length=100), nullable=True),
        sa.Column("taken_at", store.Moment(timezone=True), nullable=True),
        sa.Column("ended_at", store.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_reference"],
            ["case_record.reference"],
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"],
            ["promise.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("handoff", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_handoff_case_reference"), ["case_reference"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_handoff_conversation_id"), ["conversation_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("handoff", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handoff_conversation_id"))
        batch_op.drop_index(batch_op.f("ix_handoff_case_reference"))

    op.drop_table("handoff")
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promise_state"))
        batch_op.drop_index(batch_op.f("ix_promise_due_at"))
        batch_op.drop_index(batch_op.f("ix_promise_case_reference"))

    op.drop_table("promise")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_case_reference"))

    op.drop_table("offer")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("message_unanswered")
        batch_op.drop_index("message_of_conversation")
        batch_op.drop_index(batch_op.f("ix_message_answers"))

    op.drop_table("message")
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photo_conversation_id"))

    op.drop_table("photo")
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_entry_conversation_id"))
        batch_op.drop_index(batch_op.f("ix_log_entry_case_reference"))

    op.drop_table("log_entry")
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_record_status"))
        batch_op.drop_index(batch_op.f("ix_case_record_order_number"))
        batch_op.drop_index(batch_op.f("ix_case_record_customer_id"))
        batch_op.drop_index(batch_op.f("ix_case_record_conversation_id"))
        batch_op.drop_index(batch_op.f("ix_case_record_category"))

    op.drop_table("case_record")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_due")
        batch_op.drop_index(batch_op.f("ix_outbox_case_reference"))

    op.drop_table("outbox")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversation_visitor"))

    op.drop_table("conversation")
