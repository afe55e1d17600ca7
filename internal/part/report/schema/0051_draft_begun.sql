-- +goose Up
-- When a draft was first saved: from then on it waits for the leader's signature.
ALTER TABLE report_draft ADD COLUMN begun_at BIGINT NOT NULL DEFAULT 0;
UPDATE report_draft SET begun_at = saved_at;
