"""How Alembic finds our tables; run by `python -m complaints.store upgrade`."""

from alembic import context

from complaints import every_table  # noqa: F401
from complaints.store import Base, Store


def include_name(name: str | None, kind: str, _: object) -> bool:
    # Rasa may keep its tracker in the same PostgreSQL; its tables are none of ours.
    return kind != "table" or name in Base.metadata.tables


store = Store(context.config.get_main_option("sqlalchemy.url") or "")
with store.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_name=include_name,
        render_as_batch=True,  # SQLite cannot alter a column otherwise
        user_module_prefix="store.",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
store.engine.dispose()
