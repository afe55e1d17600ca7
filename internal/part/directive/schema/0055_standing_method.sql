-- +goose Up
-- How a decision on a standing, and its end, were signed; '' where it was not kept.
ALTER TABLE directive_standing ADD COLUMN method TEXT NOT NULL DEFAULT '';
ALTER TABLE directive_standing ADD COLUMN end_method TEXT NOT NULL DEFAULT '';
