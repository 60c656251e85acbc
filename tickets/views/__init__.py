"""The family's pages. Each fetches the child through `accessible_to`: a stranger's is a 404."""
