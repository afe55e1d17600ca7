-- +goose Up
-- Who took an invitation up: their name stands in it, too.
ALTER TABLE invitation ADD COLUMN taker BIGINT REFERENCES person (id);
