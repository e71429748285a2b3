"""Item pipelines: Page -> extract -> language -> quality -> suggest -> keep."""
