"""Until when the lists of repositories were read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complete_lists",
        sa.Column("source_id", sa.String(100), primary_key=True),
        sa.Column("look", sa.String(32), nullable=False),
        sa.Column("moment", sa.String(20), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("complete_lists")
