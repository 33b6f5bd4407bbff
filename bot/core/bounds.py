"""What one server may add, and how long: far above what moderators write, and a bound on what a server costs."""

MOST_CLAIMS = 300
MOST_ADDED_QUESTIONS = 100
"""Wordings that a server adds to one shipped claim."""
MOST_OUT_OF_SCOPE = 500
MOST_QUESTIONS = 100
"""Wordings of one claim of a server's own; where it stands in a shipped one's place, beyond those of the shipped one."""
MOST_DECOYS = 100
"""Questions that look like one claim of a server's own and are not."""
MOST_SOURCES = 20
"""Of one claim of a server's own: four times what a shipped one cites at most."""
LEAST_ALT, MOST_ALT = 10, 1024
"""Characters of a picture's words: a sentence, and what Discord takes."""
