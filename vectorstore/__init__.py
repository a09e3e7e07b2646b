"""What is stored and how it is found: records, library (SQLite), vectors (Chroma), retrieval."""
