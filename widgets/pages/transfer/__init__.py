"""The pages on which articles come into a project and training data leaves it."""
