"""From a file to stored articles: read, clean, date, chunk, embed, store."""
