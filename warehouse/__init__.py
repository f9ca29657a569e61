"""The memory: a DuckLake of Parquet files, its SQL, and the only code that touches DuckDB."""
