-- +goose Up
-- Letters are carried by jobs: one job carries some letters, and a letter is carried by one.
ALTER TABLE letter ADD COLUMN job_id BIGINT NOT NULL DEFAULT 0; -- 0 until there is one
CREATE INDEX letter_job ON letter (state, job_id);
