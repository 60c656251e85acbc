"""What the finance service says became of a batch, in a file: read, judged line by line, then told."""
