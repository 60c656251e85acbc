"""Coming in by FranceConnect or ProConnect: another door to an account that has its password all the same."""
