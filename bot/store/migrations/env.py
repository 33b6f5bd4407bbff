"""What Alembic runs for each command: the steps, on the connection that `bot.store.migrate` opened."""

from alembic import context

from bot.store.tables import metadata

connection = context.config.attributes["connection"]
# Batch mode: SQLite cannot alter a table in place, so Alembic copies it.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()
