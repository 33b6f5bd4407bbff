"""Finding the claim that a question is about."""
