"""What agents see of batches and payments."""
