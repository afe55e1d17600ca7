-- +goose Up
ALTER TABLE briefing_site ADD COLUMN reminded_at BIGINT NOT NULL DEFAULT 0; -- of its answer, last; 0 for never
