-- +goose Up
-- The open page that saved an article last, by the name that it gave itself, and the revision
-- that the run of its saves began on: an answer that was lost on the way is no conflict.
ALTER TABLE article ADD COLUMN page TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN page_since BIGINT NOT NULL DEFAULT 0;
