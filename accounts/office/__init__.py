"""What agents work with in the admin: acts, the journal, lists that come and go as spreadsheets."""
