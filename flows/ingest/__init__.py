"""The main job: from sources to tables, as plain functions and as a Prefect flow."""
