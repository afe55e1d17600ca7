-- +goose Up
-- How the chair signed, for the paper; '' before that.
ALTER TABLE briefing_minutes ADD COLUMN method TEXT NOT NULL DEFAULT '';
