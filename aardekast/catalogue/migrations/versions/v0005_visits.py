"""What each page answered when it was last read, so that an unchanged one is not read again; which runs read whole."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("source_id", sa.String(100), primary_key=True),
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("answered", sa.String(32), nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("body", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "lists",
        sa.Column("source_id", sa.String(100), primary_key=True),
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("content_type", sa.Text),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    op.add_column("source_runs", sa.Column("look", sa.String(32)))


def downgrade() -> None:
    op.drop_column("source_runs", "look")
    op.drop_table("lists")
    op.drop_table("visits")
