-- +goose Up
-- An address that the mail server does not take: since when, 0 while it does, and what the
-- server said, in which the address may stand.
ALTER TABLE person ADD COLUMN refused_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN refused TEXT NOT NULL DEFAULT '';
CREATE INDEX person_refused ON person (refused_at) WHERE refused_at <> 0;
