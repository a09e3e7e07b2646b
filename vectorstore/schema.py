"""The tables of the library's SQLite file."""

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE article (
    article_id TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    same_story_as TEXT,
    corrections TEXT NOT NULL DEFAULT '{}'
) WITHOUT ROWID;
CREATE TABLE version (
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    published TEXT,
    published_from TEXT,
    url TEXT,
    author TEXT,
    ingested_at TEXT NOT NULL,
    removed TEXT NOT NULL,
    chunks TEXT NOT NULL,
    PRIMARY KEY (article_id, version)
);
CREATE INDEX version_by_text ON version (version);
CREATE TABLE appearance (
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    origin TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    url TEXT,
    published TEXT
) WITHOUT ROWID;
CREATE INDEX appearance_by_article ON appearance (article_id);
CREATE TABLE chunk (
    number INTEGER PRIMARY KEY,
    chunk_id TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    undated INTEGER NOT NULL,
    source_key TEXT NOT NULL
);
CREATE INDEX chunk_by_article ON chunk (article_id);
CREATE TABLE chunk_days (
    chunk INTEGER NOT NULL REFERENCES chunk ON DELETE CASCADE,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
);
CREATE INDEX chunk_days_by_chunk ON chunk_days (chunk);
CREATE TABLE sentence_vectors (
    chunk INTEGER PRIMARY KEY REFERENCES chunk ON DELETE CASCADE,
    packed BLOB NOT NULL
);
CREATE VIRTUAL TABLE chunk_terms USING fts5 (
    title, body, tokenize = 'unicode61 remove_diacritics 0 categories ''L* N* Co M*'''
);
CREATE VIRTUAL TABLE chunk_vocabulary USING fts5vocab (chunk_terms, 'row');
CREATE TABLE sound (
    key TEXT NOT NULL,
    word TEXT NOT NULL,
    named INTEGER NOT NULL,
    PRIMARY KEY (key, word)
) WITHOUT ROWID;
CREATE TABLE pending (article_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

# What a home made earlier may lack.
ADDED = """
CREATE TABLE IF NOT EXISTS fingerprint (
    print INTEGER NOT NULL,
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (print, article_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS fingerprint_by_article ON fingerprint (article_id);
CREATE TABLE IF NOT EXISTS source_line (
    outlet TEXT NOT NULL,
    print INTEGER NOT NULL,
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (outlet, print, article_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS source_line_by_article ON source_line (article_id);
CREATE INDEX IF NOT EXISTS chunk_days_by_first ON chunk_days (first, last, chunk);
CREATE INDEX IF NOT EXISTS chunk_days_long ON chunk_days (first, last, chunk) WHERE last - first > 62;
CREATE TABLE IF NOT EXISTS chunk_sentences (
    chunk INTEGER PRIMARY KEY REFERENCES chunk ON DELETE CASCADE,
    noted TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS leaving (chunk_id TEXT PRIMARY KEY, article_id TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS leaving_by_article ON leaving (article_id);
CREATE INDEX IF NOT EXISTS article_by_story ON article (same_story_as);
CREATE TABLE IF NOT EXISTS visit (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    article_id TEXT,
    listing TEXT
) WITHOUT ROWID;
"""
