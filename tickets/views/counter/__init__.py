"""The pages of an organisme's counter."""
