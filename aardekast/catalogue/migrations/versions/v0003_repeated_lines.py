"""The lines that stand on many pages of a host."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "repeated_lines",
        sa.Column("host", sa.String(255), primary_key=True),
        sa.Column("digest", sa.String(24), primary_key=True),
    )


def downgrade() -> None:
    op.drop_table("repeated_lines")
