-- Once, on the primary, as postgres: psql --set=password=@PASSWORD@ --file=database.sql
CREATE ROLE passplus LOGIN PASSWORD :'password';
CREATE DATABASE passplus OWNER passplus TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
-- Behind PgBouncer a connection is nobody's own: what Pass+ asks of each one elsewhere, the role has here.
ALTER ROLE passplus SET statement_timeout = '10s';
ALTER ROLE passplus SET lock_timeout = '5s';
ALTER ROLE passplus SET random_page_cost = '1.1';
ALTER ROLE passplus SET timezone = 'UTC';
