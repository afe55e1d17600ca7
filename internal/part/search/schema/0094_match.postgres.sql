-- +goose Up
-- The tokens as they are: no parser of PostgreSQL's takes them apart.
CREATE INDEX search_entry_match ON search_entry USING gin (array_to_tsvector(string_to_array(tokens, ' ')));
