"""The database of one data folder: the only room that knows SQLAlchemy."""
