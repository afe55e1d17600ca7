-- +goose Up
-- What waits for somebody stands in "my work", on every page.
CREATE INDEX paper_open ON paper (unit_id, state);
