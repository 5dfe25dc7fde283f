"""One project in one SQLite file. SQLAlchemy is known here and nowhere else."""
