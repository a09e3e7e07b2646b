"""The weights of the trained reader, ``qa.reader``."""
